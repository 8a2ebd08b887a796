package uk.reeve.cli.report;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import uk.reeve.engine.purl.Purl;
import uk.reeve.scanner.malice.CheckResult;
import uk.reeve.scanner.malice.Score;
import uk.reeve.scanner.malice.sign.Sighting;
import uk.reeve.scanner.malice.sign.Sign;

/// What `reeve check` has to say. It says *looks*, never *is*, unless something published names that exact version.
///
/// @param entries in the order in which they were asked for
public record CheckReport(List<Entry> entries) {

    public static final List<String> NAMES = List.of("table", "json");

    private static final int PLACES = 2;

    /// @param given as the person wrote it
    /// @param result null where only a name was given, or it could not be read
    /// @param purl null where it is not known
    /// @param known what is published of exactly this version
    /// @param unread why it could not be read; null where it was
    public record Entry(
            String given,
            @Nullable CheckResult result,
            @Nullable Purl purl,
            List<Known> known,
            @Nullable String unread) {

        boolean isAlarm() {
            return !known.isEmpty() || (result != null && result.score().isAlarm());
        }
    }

    /// @param id of a record, or the place in a list of indicators
    /// @param words what it says
    public record Known(String id, String words) {}

    public boolean isAlarm() {
        return entries.stream().anyMatch(Entry::isAlarm);
    }

    /// Whether something could not be read, or only in part.
    public boolean isIncomplete() {
        return entries.stream()
                .anyMatch(entry -> entry.unread != null
                        || (entry.result != null && !entry.result.problems().isEmpty()));
    }

    /// Writes it in one format.
    public void write(String format, Look look, OutputStream out) throws IOException {
        if (format.equals("json")) {
            json(out);
            return;
        }
        Page page = new Page(look);
        for (Entry entry : entries) {
            page.gap();
            new Table(page, look).entry(entry);
        }
        page.writeTo(out);
    }

    private record Table(Page page, Look look) {

        void entry(Entry entry) {
            String unread = entry.unread();
            CheckResult result = entry.result();
            if (unread != null) {
                page.line(Page.YELLOW, unread);
                return;
            }
            page.line(entry.isAlarm() ? Page.RED : Page.BOLD, first(entry));
            page.end();
            known(entry);
            if (result != null) {
                signs(result);
                weighs(result.score());
                for (String problem : result.problems()) {
                    page.line(Page.YELLOW, "  Not looked at  " + problem);
                }
            } else {
                page.line("  Signs    not looked for: this is a name only; give an archive or a folder");
            }
        }

        private static String first(Entry entry) {
            CheckResult result = entry.result();
            Purl purl = entry.purl();
            String name = result == null ? String.valueOf(purl) : called(result);
            if (!entry.known().isEmpty()) {
                return name + " is malicious, by what is published of this version.";
            }
            if (result == null) {
                return name + ": no published record names it.";
            }
            int points = result.score().points();
            return name + (result.score().isAlarm() ? " looks malicious: " : " does not look malicious: ") + points
                    + " of 100.";
        }

        private static String called(CheckResult result) {
            return result.name()
                    + (result.version() == null ? "" : " " + result.version())
                    + (result.type() == null ? "" : " (" + result.type() + ")");
        }

        private void known(Entry entry) {
            if (entry.known().isEmpty()) {
                page.line(
                        entry.purl() == null
                                ? "  Known    not looked up: its name and version are not told"
                                : "  Known    no published record names it");
            }
            for (Known known : entry.known()) {
                page.line(Page.RED, "  Known    " + known.id() + (known.words().isEmpty() ? "" : "  " + known.words()));
            }
        }

        private void signs(CheckResult result) {
            if (result.signs().isEmpty()) {
                page.line("  Signs    none in " + Text.count(result.files(), "file", "files"));
                return;
            }
            Columns columns = new Columns(page, 8, 60, 40, 20);
            String head = "Signs";
            for (CheckResult.Seen seen : result.signs()) {
                if (!look.verbose() && !result.score().signs().contains(seen.sign())) {
                    continue;
                }
                Sighting place = seen.places().getFirst();
                columns.row(
                        "",
                        head,
                        seen.sign().title(),
                        place(place),
                        String.join(", ", seen.sign().techniques()));
                head = "";
                int shown = look.verbose()
                        ? seen.places().size()
                        : Math.min(PLACES, seen.places().size());
                for (Sighting each : seen.places().subList(0, shown)) {
                    if (!each.excerpt().isEmpty()) {
                        columns.row("", "", "  " + each.excerpt(), each == place ? "" : place(each), "");
                    }
                }
                if (look.verbose()) {
                    columns.row(
                            "",
                            "",
                            "  weighs " + seen.sign().weight() + ": "
                                    + seen.sign().reason(),
                            "",
                            "");
                }
            }
            columns.print();
        }

        private static String place(Sighting sighting) {
            return sighting.line() == 0 ? sighting.file() : sighting.file() + ":" + sighting.line();
        }

        private void weighs(Score score) {
            if (score.points() == 0) {
                return;
            }
            StringBuilder sum = new StringBuilder();
            for (Sign sign : score.signs()) {
                sum.append(sum.isEmpty() ? "" : " + ").append(sign.weight());
            }
            page.line("  Weighs   " + sum + (score.others() == 0 ? "" : ", others " + score.others())
                    + "; an alarm above " + Score.ALARM);
            for (Score.Extra extra : score.combinations()) {
                page.line("           + " + extra.points() + ": " + extra.reason());
            }
        }
    }

    private void json(OutputStream out) {
        try (JsonGenerator json = Json.to(out)) {
            json.writeStartObject();
            json.writeStringProperty("format", "reeve-check/1");
            json.writeNumberProperty("alarm", Score.ALARM);
            json.writeArrayPropertyStart("packages");
            entries.forEach(entry -> entry(json, entry));
            json.writeEndArray();
            json.writeEndObject();
            json.writeRaw('\n');
        }
    }

    private static void entry(JsonGenerator json, Entry entry) {
        json.writeStartObject();
        json.writeStringProperty("given", entry.given());
        Json.text(json, "purl", entry.purl() == null ? null : entry.purl().toString());
        Json.text(json, "unread", entry.unread());
        json.writeArrayPropertyStart("known");
        for (Known known : entry.known()) {
            json.writeStartObject();
            json.writeStringProperty("id", known.id());
            Json.text(json, "words", known.words());
            json.writeEndObject();
        }
        json.writeEndArray();
        CheckResult result = entry.result();
        if (result != null) {
            json.writeStringProperty("name", result.name());
            Json.text(json, "version", result.version());
            json.writeNumberProperty("score", result.score().points());
            json.writeBooleanProperty("looksMalicious", result.score().isAlarm());
            json.writeArrayPropertyStart("signs");
            result.signs().forEach(seen -> sign(json, seen, result.score()));
            json.writeEndArray();
            json.writeArrayPropertyStart("combinations");
            for (Score.Extra extra : result.score().combinations()) {
                json.writeStartObject();
                json.writeNumberProperty("points", extra.points());
                json.writeStringProperty("reason", extra.reason());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeNumberProperty("files", result.files());
            Json.texts(json, "problems", result.problems());
        }
        json.writeEndObject();
    }

    private static void sign(JsonGenerator json, CheckResult.Seen seen, Score score) {
        json.writeStartObject();
        json.writeStringProperty("name", seen.sign().name());
        json.writeStringProperty("title", seen.sign().title());
        json.writeNumberProperty("weight", seen.sign().weight());
        json.writeBooleanProperty("counts", score.signs().contains(seen.sign()));
        Json.texts(json, "techniques", seen.sign().techniques());
        json.writeArrayPropertyStart("places");
        for (Sighting place : seen.places()) {
            json.writeStartObject();
            json.writeStringProperty("file", place.file());
            json.writeNumberProperty("line", place.line());
            json.writeStringProperty("excerpt", place.excerpt());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
