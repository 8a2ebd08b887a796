package uk.reeve.cli.report;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import uk.reeve.engine.index.SourceState;
import uk.reeve.engine.match.Finding;
import uk.reeve.engine.support.Standing;
import uk.reeve.scanner.Inventory;

/// For people at a terminal: the answer, what to do, what was looked at, what could not be, and how fresh that is.
public final class TableReport {

    private static final int FOLDED = 10;
    private static final int FRESH = 7; // days

    // Columns for an id of GitHub's and how many follow.
    private static final int LEAST = 24;

    private final Report report;
    private final Look look;
    private final Summary summary;
    private final Page page;
    private int closes = 24;

    private TableReport(Report report, Look look) {
        this.report = report;
        this.look = look;
        this.summary = Summary.of(report);
        this.page = new Page(look);
    }

    public static void write(Report report, Look look, OutputStream out) throws IOException {
        TableReport table = new TableReport(report, look);
        table.write();
        table.page.writeTo(out);
    }

    private void write() {
        Sentences sentences = new Sentences(report, summary);
        boolean bad = !summary.malicious.isEmpty() || !summary.exploited.isEmpty();
        String answer = sentences.answer();
        if (answer.length() <= page.columns()) {
            page.line(bad ? Page.RED : Page.BOLD, answer);
        } else {
            page.paragraph(answer, 0);
        }
        freshness();
        String threat = sentences.threat();
        if (!threat.isEmpty()) {
            page.paragraph(threat, 0);
        }
        String ended = SupportWords.answer(report);
        if (ended != null) {
            page.paragraph(ended, 0);
        }
        malicious();
        upgrades("Move to", summary.upgrades);
        unfixed("No fixed version known", summary.unfixed);
        development();
        possible();
        if (!summary.unimportant.isEmpty()) {
            unimportant();
        }
        judgedByDistribution();
        lapses("Out of support", "Since", Standing.State.ENDED);
        lapses("Support ends soon", "On", Standing.State.ENDING);
        layers();
        ledger();
        page.gap();
        page.paragraph(sentences.lookedAt(), 0);
        for (String sentence : sentences.more()) {
            page.paragraph(sentence, 0);
        }
        if (!report.failed().isEmpty()) {
            page.gap();
            for (String sentence : report.failed()) {
                page.line(Page.RED, "Failed: " + sentence);
            }
        }
    }

    private void freshness() {
        SourceState oldest = report.knowledge().oldest(report.rows());
        if (oldest == null || report.rows().isEmpty()) {
            return;
        }
        page.add(
                oldest.asOf().isEmpty()
                        ? "Advisories of no known date"
                        : "Advisories as of " + Text.date(oldest.asOf()));
        long days = Text.days(oldest.asOf(), report.time());
        if (days > FRESH) {
            page.add(", ");
            page.styled(Page.BOLD, Text.count(days) + " days old");
        }
        page.line(".");
    }

    private void malicious() {
        if (summary.malicious.isEmpty()) {
            return;
        }
        page.gap();
        page.line(Page.RED, "  Known to be malicious: remove it, and distrust every machine that ran it");
        Columns columns = columns(summary.malicious);
        for (Upgrade upgrade : summary.malicious) {
            row(columns, upgrade, upgrade.target().isEmpty() ? "" : " -> " + upgrade.target());
        }
        columns.print();
    }

    private void upgrades(String heading, List<Upgrade> upgrades) {
        if (upgrades.isEmpty()) {
            return;
        }
        page.gap();
        boolean major = false;
        Columns columns = columns(upgrades);
        boolean chains = false;
        for (Upgrade upgrade : upgrades) {
            chains |= !comesIn(upgrade.row()).isEmpty();
        }
        columns.row(Page.FAINT, heading, "", "Closes", "Worst", chains ? "Comes in" : "");
        for (Upgrade upgrade : upgrades) {
            row(columns, upgrade, arrow(upgrade));
            major |= upgrade.major();
        }
        columns.print();
        page.gap();
        String first = Sentences.argument(upgrades.getFirst().row().component());
        page.paragraph((major ? "! a new major version. " : "") + "Why each: reeve explain " + first, 2);
    }

    private static String arrow(Upgrade upgrade) {
        return upgrade.target().isEmpty() ? "" : " -> " + upgrade.target() + (upgrade.major() ? "  !" : "");
    }

    private void unfixed(String heading, List<Upgrade> stay) {
        if (stay.isEmpty()) {
            return;
        }
        page.gap();
        page.line(Page.BOLD, "  " + heading);
        Columns columns = columns(stay);
        for (Upgrade upgrade : stay) {
            row(columns, upgrade, "");
        }
        columns.print();
    }

    private void development() {
        if (summary.development.isEmpty()) {
            return;
        }
        page.gap();
        page.line(Page.BOLD, "  Development only, not in what is shipped");
        Columns columns = columns(summary.development);
        for (Upgrade upgrade : summary.development) {
            row(columns, upgrade, arrow(upgrade));
        }
        columns.print();
    }

    private void possible() {
        if (summary.possible.isEmpty()) {
            return;
        }
        page.gap();
        page.line(Page.BOLD, "  Possible, not counted (the version, the release or the package is not certain)");
        folded(summary.possible);
    }

    private void unimportant() {
        Set<String> flaws = new HashSet<>();
        int components = 0;
        for (Upgrade upgrade : summary.unimportant) {
            flaws.addAll(Sentences.ids(upgrade));
            components += 1 + upgrade.also().size();
        }
        page.gap();
        page.paragraph(
                "Unimportant (the distribution says so, or kernel headers only): "
                        + Text.count(flaws.size(), "flaw", "flaws") + " in "
                        + Text.count(components, "component", "components")
                        + (look.verbose() ? "" : " (--verbose lists them)"),
                2);
        if (look.verbose()) {
            folded(summary.unimportant);
        }
    }

    private void judgedByDistribution() {
        Columns columns = new Columns(page, 28, 18, page.columns());
        boolean any = false;
        for (Report.Row row : look.verbose() ? report.rows() : List.<Report.Row>of()) {
            for (Report.Judged judged : row.findings()) {
                Report.Hiding hidden = judged.hidden();
                if (hidden != null && hidden.cause() == Report.Cause.DISTRIBUTION) {
                    any = true;
                    columns.row(
                            "",
                            Sentences.name(row.component()) + " "
                                    + row.component().version(),
                            judged.finding().id(),
                            hidden.reason());
                }
            }
        }
        if (any) {
            page.gap();
            page.line(Page.BOLD, "  Judged by the distribution, not counted again");
            columns.print();
        }
    }

    private void folded(List<Upgrade> group) {
        Columns columns = columns(group);
        int shown = look.verbose() ? group.size() : Math.min(group.size(), FOLDED);
        for (int i = 0; i < shown; i++) {
            row(columns, group.get(i), "");
        }
        columns.print();
        if (shown < group.size()) {
            page.line("  and " + Text.count(group.size() - shown) + " more (--verbose lists them)");
        }
    }

    private void lapses(String heading, String day, Standing.State state) {
        List<Report.Lapse> lapses = SupportWords.of(report, state);
        if (lapses.isEmpty()) {
            return;
        }
        page.gap();
        Columns columns = new Columns(page, 24, 24, 30, 34, page.columns());
        String today = SupportWords.today(report);
        columns.row(Page.BOLD, heading, "", day, "Seen as", "");
        int shown = look.verbose() ? lapses.size() : Math.min(lapses.size(), 2 * FOLDED);
        for (Report.Lapse lapse : lapses.subList(0, shown)) {
            columns.row("", SupportWords.cells(lapse, today).toArray(new String[0]));
        }
        columns.print();
        if (shown < lapses.size()) {
            page.line("  and " + Text.count(lapses.size() - shown) + " more (--verbose lists them)");
        }
    }

    private void layers() {
        for (Layers layers : Layers.of(report)) {
            page.gap();
            page.line(Page.BOLD, Text.clean(layers.title()));
            Columns columns = new Columns(page, 5, 12, 10, 8, page.columns());
            columns.row(Page.FAINT, "Layer", "Digest", "Components", "Flaws", "Made by");
            int most = look.verbose() ? 2_000 : Math.max(20, page.columns() - 45);
            for (Layers.Count count : layers.counts()) {
                String digest = count.layer().digest();
                String hex = digest.substring(digest.indexOf(':') + 1);
                columns.row(
                        "",
                        Text.count(count.layer().number()),
                        hex.substring(0, Math.min(12, hex.length())),
                        Text.count(count.components()),
                        Text.count(count.flaws()),
                        Layers.command(count.layer(), most));
            }
            columns.print();
        }
    }

    private void ledger() {
        List<Ledger> lines = Ledger.of(report);
        if (lines.isEmpty()) {
            return;
        }
        page.gap();
        page.line(Page.BOLD, "Not looked at");
        Columns columns = new Columns(page, 40, page.columns());
        int shown = look.verbose() ? lines.size() : Math.min(lines.size(), 2 * FOLDED);
        boolean names = false;
        for (int i = 0; i < shown; i++) {
            Ledger line = lines.get(i);
            columns.row("", line.what(), line.why());
            names |= !line.details().isEmpty();
            for (String detail : look.verbose() ? line.details() : List.<String>of()) {
                columns.row("", "", detail);
            }
        }
        columns.print();
        if (shown < lines.size()) {
            page.line("  and " + Text.count(lines.size() - shown) + " more (--verbose lists them)");
        } else if (names && !look.verbose()) {
            page.line("  (--verbose names each)");
        }
    }

    // What the other columns leave is for the ids: at 80 columns that is one or two. Long versions stand on a line of
    // their own only where they have to.
    private Columns columns(List<Upgrade> upgrades) {
        int[] widest = new int[4];
        for (Upgrade upgrade : upgrades) {
            String from = upgrade.row().component().version();
            int move = (from == null ? 0 : from.length()) + arrow(upgrade).length();
            widest[0] = Math.max(widest[0], upgrade.name().length());
            widest[1] = Math.max(widest[1], move);
            widest[2] = Math.max(widest[2], worst(upgrade).length());
            widest[3] = Math.max(widest[3], comesIn(upgrade.row()).length());
        }
        int spare = page.columns() - 80;
        int room = page.columns() - Math.clamp(widest[2], 5, 24) - Math.min(widest[3], 16) - LEAST - 10;
        boolean fits = widest[0] + widest[1] <= room;
        int name = fits ? widest[0] : Math.min(widest[0], 18 + spare / 5);
        int version = fits ? widest[1] : Math.min(widest[1], 24 + spare / 5);
        closes = Math.clamp(room + LEAST - name - version, LEAST, 60);
        return new Columns(page, Math.max(name, 7), version, closes, 24, page.columns());
    }

    private void row(Columns columns, Upgrade upgrade, String arrow) {
        String version = upgrade.row().component().version();
        columns.row(
                upgrade.malicious() || upgrade.exploited() ? Page.RED : "",
                upgrade.name(),
                (version == null ? "" : version) + arrow,
                closes(upgrade.findings()),
                worst(upgrade),
                comesIn(upgrade.row()));
    }

    private static String worst(Upgrade upgrade) {
        Finding worst = upgrade.worst();
        String severity = Text.severity(worst.score(), worst.severity());
        return upgrade.malicious() ? "malicious" : upgrade.exploited() ? severity + ", exploited" : severity;
    }

    // As many ids as the column takes, at least one; all of them with --verbose.
    private String closes(List<Finding> findings) {
        int room = look.verbose() ? Integer.MAX_VALUE : closes;
        StringBuilder ids = new StringBuilder();
        int shown = 0;
        for (Finding finding : findings) {
            int rest = findings.size() - shown - 1;
            int more = rest == 0 ? 0 : 3 + Text.count(rest).length();
            if (shown > 0 && ids.length() + 2 + finding.id().length() + more > room) {
                break;
            }
            ids.append(shown == 0 ? "" : "  ").append(finding.id());
            shown++;
        }
        return shown < findings.size() ? ids + "  +" + (findings.size() - shown) : ids.toString();
    }

    private String comesIn(Report.Row row) {
        Inventory.Item item = row.item();
        List<String> chain = item.chain();
        boolean way = !item.direct() && !chain.isEmpty();
        if (item.layer() != null && !way && !item.places().isEmpty()) {
            return "layer " + item.layer().number() + ": "
                    + Layers.within(report, item.places().getFirst());
        }
        if (item.direct()) {
            return "direct";
        }
        if (chain.isEmpty()) {
            boolean one = report.inventory().files().size() < 2; // then the file says nothing
            return one || item.places().isEmpty()
                    ? ""
                    : item.places().getFirst().toString();
        }
        List<String> shown = new ArrayList<>(chain);
        if (!look.verbose() && chain.size() > 3) {
            shown = List.of(chain.getFirst(), look.utf8() ? "…" : "...", chain.getLast());
        }
        String more = item.moreChains() == 0 ? "" : ", +" + Text.count(item.moreChains(), "more way", "more ways");
        return String.join(" > ", shown) + more;
    }
}
