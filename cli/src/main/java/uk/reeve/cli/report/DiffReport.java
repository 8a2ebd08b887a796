package uk.reeve.cli.report;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JsonGenerator;

/// A [Difference] as text, JSON, Markdown or CSV.
public final class DiffReport {

    /// What `--format` takes, the usual one first.
    public static final List<String> NAMES = List.of("table", "json", "markdown", "csv");

    private static final int FOLDED = 20;

    private DiffReport() {}

    public static void write(Difference difference, List<String> failed, String format, Look look, OutputStream out)
            throws IOException {
        switch (format) {
            case "json" -> json(difference, failed, out);
            case "markdown" -> markdown(difference, failed, out);
            case "csv" -> csv(difference, out);
            default -> table(difference, failed, look, out);
        }
    }

    private static int flaws(List<SavedReport.Entry> entries) {
        Set<String> ids = new LinkedHashSet<>();
        entries.forEach(entry -> ids.add(entry.id()));
        return ids.size();
    }

    private static String flawSentence(Difference difference) {
        return Text.count(flaws(difference.closed()), "flaw closed", "flaws closed") + ", "
                + Text.count(flaws(difference.opened())) + " new, "
                + Text.count(difference.staying(), "stays", "stay") + ".";
    }

    private static String componentSentence(Difference difference) {
        int fresh = 0;
        int gone = 0;
        int changed = 0;
        int lower = 0;
        for (Difference.Change change : difference.changes()) {
            fresh += change.from().isEmpty() ? 1 : 0;
            gone += change.to().isEmpty() ? 1 : 0;
            changed += change.from().isEmpty() || change.to().isEmpty() ? 0 : 1;
            lower += change.downgraded() ? 1 : 0;
        }
        return "Components: " + Text.count(fresh) + " new, " + Text.count(gone) + " gone, " + Text.count(changed)
                + " changed" + (lower == 0 ? "." : " (" + lower + " downgraded).");
    }

    private static String title(Difference difference) {
        return Text.list(difference.old().targets()) + " -> "
                + Text.list(difference.now().targets());
    }

    private static String severity(SavedReport.Entry entry) {
        String severity = Text.severity(entry.score(), entry.severity());
        return entry.malicious() ? "malicious" : entry.exploited() ? severity + ", exploited" : severity;
    }

    private static void table(Difference difference, List<String> failed, Look look, OutputStream out)
            throws IOException {
        Page page = new Page(look);
        page.line(Page.BOLD, title(difference));
        page.paragraph(flawSentence(difference) + "    " + componentSentence(difference), 0);
        Columns columns = new Columns(page, 8, 24, 28, 40, page.columns());
        for (SavedReport.Entry entry : difference.opened()) {
            columns.row(Page.RED, "New", entry.id(), entry.name(), difference.move(entry), severity(entry));
        }
        for (SavedReport.Entry entry : difference.closed()) {
            columns.row("", "Closed", entry.id(), entry.name(), difference.move(entry), severity(entry));
        }
        for (SavedReport.Ended release : difference.lapsed()) {
            columns.row(Page.RED, "New", "out of support", release.title(), since(release), "");
        }
        for (SavedReport.Ended release : difference.recovered()) {
            columns.row("", "Gone", "out of support", release.title(), since(release), "");
        }
        boolean ended =
                !difference.lapsed().isEmpty() || !difference.recovered().isEmpty();
        if (ended || !difference.opened().isEmpty() || !difference.closed().isEmpty()) {
            page.gap();
        }
        columns.print();
        components(difference, look, page);
        for (String sentence : failed) {
            page.gap();
            page.line(Page.RED, "Failed: " + sentence);
        }
        page.writeTo(out);
    }

    private static String since(SavedReport.Ended ended) {
        return ended.since().isEmpty() ? "" : "since " + Text.date(ended.since());
    }

    private static void components(Difference difference, Look look, Page page) {
        if (difference.changes().isEmpty()) {
            return;
        }
        page.gap();
        page.line(Page.BOLD, "Components");
        Columns columns = new Columns(page, 12, 36, page.columns());
        int shown = look.verbose()
                ? difference.changes().size()
                : Math.min(FOLDED, difference.changes().size());
        for (Difference.Change change : difference.changes().subList(0, shown)) {
            columns.row("", word(change), change.name(), versions(change));
        }
        columns.print();
        if (shown < difference.changes().size()) {
            page.line("  and " + Text.count(difference.changes().size() - shown) + " more (--verbose lists them)");
        }
    }

    private static String word(Difference.Change change) {
        return change.from().isEmpty()
                ? "new"
                : change.to().isEmpty() ? "gone" : change.downgraded() ? "downgraded" : "changed";
    }

    private static String versions(Difference.Change change) {
        String from = String.join(", ", change.from());
        String to = String.join(", ", change.to());
        return from.isEmpty() ? to : to.isEmpty() ? from : from + " -> " + to;
    }

    private static void json(Difference difference, List<String> failed, OutputStream out) {
        try (JsonGenerator json = Json.to(out)) {
            json.writeStartObject();
            json.writeStringProperty("format", "reeve-diff/1");
            Json.texts(json, "old", difference.old().targets());
            Json.texts(json, "new", difference.now().targets());
            json.writeNumberProperty("staying", difference.staying());
            findings(json, "opened", difference, difference.opened());
            findings(json, "closed", difference, difference.closed());
            ended(json, "newlyOutOfSupport", difference.lapsed());
            ended(json, "noLongerOutOfSupport", difference.recovered());
            json.writeArrayPropertyStart("components");
            for (Difference.Change change : difference.changes()) {
                json.writeStartObject();
                json.writeStringProperty("package", change.packageName());
                json.writeStringProperty("change", word(change));
                Json.texts(json, "from", change.from());
                Json.texts(json, "to", change.to());
                json.writeEndObject();
            }
            json.writeEndArray();
            Json.texts(json, "failed", failed);
            json.writeEndObject();
            json.writeRaw('\n');
        }
    }

    private static void findings(
            JsonGenerator json, String name, Difference difference, List<SavedReport.Entry> entries) {
        json.writeArrayPropertyStart(name);
        for (SavedReport.Entry entry : entries) {
            json.writeStartObject();
            json.writeStringProperty("id", entry.id());
            Json.texts(json, "otherIds", entry.ids().subList(1, entry.ids().size()));
            json.writeStringProperty("package", entry.packageName());
            json.writeStringProperty("version", entry.version());
            json.writeStringProperty("move", difference.move(entry));
            json.writeStringProperty("severity", entry.severity());
            if (entry.score() >= 0) {
                json.writeNumberProperty("score", entry.score());
            }
            json.writeBooleanProperty("exploited", entry.exploited());
            json.writeBooleanProperty("malicious", entry.malicious());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void ended(JsonGenerator json, String name, List<SavedReport.Ended> releases) {
        json.writeArrayPropertyStart(name);
        for (SavedReport.Ended ended : releases) {
            json.writeStartObject();
            json.writeStringProperty("id", ended.id());
            json.writeStringProperty("title", ended.title());
            Json.text(json, "end", ended.since());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static List<String[]> rows(Difference difference) {
        List<String[]> rows = new ArrayList<>();
        for (SavedReport.Entry entry : difference.opened()) {
            rows.add(new String[] {"new", entry.id(), entry.name(), difference.move(entry), severity(entry)});
        }
        for (SavedReport.Entry entry : difference.closed()) {
            rows.add(new String[] {"closed", entry.id(), entry.name(), difference.move(entry), severity(entry)});
        }
        for (SavedReport.Ended ended : difference.lapsed()) {
            rows.add(new String[] {"new", "out of support", ended.title(), since(ended), ""});
        }
        for (SavedReport.Ended ended : difference.recovered()) {
            rows.add(new String[] {"gone", "out of support", ended.title(), since(ended), ""});
        }
        for (Difference.Change change : difference.changes()) {
            rows.add(new String[] {"component " + word(change), "", change.name(), versions(change), ""});
        }
        return rows;
    }

    private static void markdown(Difference difference, List<String> failed, OutputStream out) throws IOException {
        StringBuilder text = new StringBuilder("## ")
                .append(MarkdownReport.escape(title(difference)))
                .append("\n\n")
                .append(flawSentence(difference))
                .append(' ')
                .append(componentSentence(difference))
                .append("\n\n| What | Flaw | Package | Version | Severity |\n| --- | --- | --- | --- | --- |\n");
        for (String[] row : rows(difference)) {
            text.append('|');
            for (String cell : row) {
                text.append(' ').append(MarkdownReport.escape(cell)).append(" |");
            }
            text.append('\n');
        }
        for (String sentence : failed) {
            text.append("\n**Failed:** ").append(sentence).append('\n');
        }
        out.write(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static void csv(Difference difference, OutputStream out) throws IOException {
        StringBuilder text = new StringBuilder("what,flaw,package,version,severity\r\n");
        for (String[] row : rows(difference)) {
            for (int i = 0; i < row.length; i++) {
                text.append(i == 0 ? "" : ",");
                CsvReport.cell(text, row[i]);
            }
            text.append("\r\n");
        }
        out.write(text.toString().getBytes(StandardCharsets.UTF_8));
    }
}
