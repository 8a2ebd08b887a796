package uk.reeve.cli.report;

import java.util.ArrayList;
import java.util.List;
import uk.reeve.engine.match.Finding;
import uk.reeve.engine.support.Standing;
import uk.reeve.scanner.Inventory;

/// The tables that the formats of documents (HTML, Markdown) share, as plain words.
///
/// @param heading of the table
/// @param columns their names; each row has as many cells
/// @param ids whether the third cell of a row is a list of ids with blanks between
record Sheet(String heading, List<String> columns, List<List<String>> rows, boolean ids) {

    private static final int MOST_DETAILS = 20;
    private static final int MOST_CHARS = 500;

    static List<Sheet> of(Report report, Summary summary) {
        List<Sheet> sheets = new ArrayList<>();
        acts(sheets, "Known to be malicious: remove it", summary.malicious);
        acts(sheets, "What to move", summary.upgrades);
        open(sheets, "No fixed version known", summary.unfixed);
        acts(sheets, "Development only, not in what is shipped", summary.development);
        open(sheets, "Possible, not counted", summary.possible);
        open(sheets, "Unimportant: the distribution says so, or kernel headers only", summary.unimportant);
        lapses(sheets, report, "Out of support", "Since", Standing.State.ENDED);
        lapses(sheets, report, "Support ends soon", "Ends", Standing.State.ENDING);
        for (Layers layers : Layers.of(report)) {
            layers(sheets, layers);
        }
        List<List<String>> ledger = new ArrayList<>();
        for (Ledger line : Ledger.of(report)) {
            ledger.add(List.of(line.what(), why(line)));
        }
        if (!ledger.isEmpty()) {
            sheets.add(new Sheet("Not looked at", List.of("What", "Why"), ledger, false));
        }
        return sheets;
    }

    private static void lapses(List<Sheet> sheets, Report report, String heading, String day, Standing.State state) {
        List<List<String>> rows = new ArrayList<>();
        for (Report.Lapse lapse : SupportWords.of(report, state)) {
            rows.add(SupportWords.cells(lapse, SupportWords.today(report)));
        }
        if (!rows.isEmpty()) {
            List<String> columns = List.of("Product", "Release, and what to move to", day, "Seen as", "Beyond that");
            sheets.add(new Sheet(heading, columns, rows, false));
        }
    }

    private static void layers(List<Sheet> sheets, Layers layers) {
        List<List<String>> rows = new ArrayList<>();
        for (Layers.Count count : layers.counts()) {
            rows.add(List.of(
                    Text.count(count.layer().number()),
                    count.layer().digest(),
                    Text.count(count.components()),
                    Text.count(count.flaws()),
                    Layers.command(count.layer(), MOST_CHARS)));
        }
        List<String> columns = List.of("Layer", "Digest", "Components", "Flaws", "Made by");
        sheets.add(new Sheet(layers.title(), columns, rows, false));
    }

    private static String why(Ledger line) {
        List<String> details = line.details();
        if (details.isEmpty()) {
            return line.why();
        }
        int shown = Math.min(details.size(), MOST_DETAILS);
        String rest = shown < details.size()
                ? "; and " + Text.count(details.size() - shown) + " more, in the JSON report"
                : "";
        return line.why() + ": " + String.join("; ", details.subList(0, shown)) + rest;
    }

    private static void acts(List<Sheet> sheets, String heading, List<Upgrade> upgrades) {
        List<List<String>> rows = new ArrayList<>();
        for (Upgrade upgrade : upgrades) {
            String target = upgrade.target().isEmpty() ? "none known" : upgrade.target();
            rows.add(List.of(
                    component(upgrade),
                    target + (upgrade.major() ? " (a new major version)" : ""),
                    ids(upgrade),
                    worst(upgrade),
                    comesIn(upgrade)));
        }
        if (!rows.isEmpty()) {
            sheets.add(new Sheet(heading, List.of("Component", "Move to", "Closes", "Worst", "Comes in"), rows, true));
        }
    }

    private static void open(List<Sheet> sheets, String heading, List<Upgrade> upgrades) {
        List<List<String>> rows = new ArrayList<>();
        for (Upgrade upgrade : upgrades) {
            rows.add(List.of(component(upgrade), scope(upgrade), ids(upgrade), worst(upgrade), comesIn(upgrade)));
        }
        if (!rows.isEmpty()) {
            sheets.add(new Sheet(heading, List.of("Component", "Scope", "Flaws", "Worst", "Comes in"), rows, true));
        }
    }

    private static String component(Upgrade upgrade) {
        String version = upgrade.row().component().version();
        return upgrade.name() + (version == null ? "" : " " + version);
    }

    private static String scope(Upgrade upgrade) {
        return JsonReport.scope(upgrade.row().component());
    }

    private static String ids(Upgrade upgrade) {
        StringBuilder text = new StringBuilder();
        for (Finding finding : upgrade.findings()) {
            text.append(text.isEmpty() ? "" : " ").append(finding.id());
        }
        return text.toString();
    }

    private static String worst(Upgrade upgrade) {
        Finding worst = upgrade.worst();
        String severity = Text.severity(worst.score(), worst.severity());
        return upgrade.malicious() ? "malicious" : upgrade.exploited() ? severity + ", exploited" : severity;
    }

    private static String comesIn(Upgrade upgrade) {
        Inventory.Item item = upgrade.row().item();
        if (!item.direct() && !item.chain().isEmpty()) {
            return String.join(" > ", item.chain());
        }
        if (item.layer() != null && !item.places().isEmpty()) {
            return "layer " + item.layer().number() + ": " + item.places().getFirst();
        }
        if (item.direct()) {
            return "direct";
        }
        return item.places().isEmpty() ? "" : item.places().getFirst().toString();
    }
}
