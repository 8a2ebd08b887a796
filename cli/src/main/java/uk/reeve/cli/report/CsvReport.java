package uk.reeve.cli.report;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import uk.reeve.engine.match.Confidence;
import uk.reeve.engine.match.Finding;
import uk.reeve.engine.support.Standing;

/// A row a finding, then a row for each thing that was not looked at, for spreadsheets: RFC 4180, UTF-8, CRLF. A cell
/// that a spreadsheet would take for a formula begins with an apostrophe.
public final class CsvReport {

    private static final int COLUMNS = 22;
    private static final int PACKAGE = 2;
    private static final int PLACE = 16;

    private CsvReport() {}

    public static void write(Report report, OutputStream out) throws IOException {
        StringBuilder text = new StringBuilder(4096);
        row(
                text,
                "id",
                "other ids",
                "package",
                "version",
                "purl",
                "move to",
                "fixed in",
                "severity",
                "score",
                "exploited",
                "malicious",
                "epss",
                "confidence",
                "unimportant",
                "scope",
                "presence",
                "place",
                "comes in",
                "hidden",
                "reason",
                "support",
                "not looked at");
        for (Report.Row row : report.rows()) {
            for (Report.Judged judged : row.findings()) {
                row(text, cells(report, row, judged));
            }
            if (text.length() > 1 << 16) {
                out.write(text.toString().getBytes(StandardCharsets.UTF_8));
                text.setLength(0);
            }
        }
        for (Report.Lapse lapse : report.lapses()) {
            row(text, cells(lapse));
        }
        for (NotLookedAt one : NotLookedAt.of(report)) {
            String[] cells = new String[COLUMNS];
            Arrays.fill(cells, "");
            cells[PACKAGE] = one.subject();
            cells[PLACE] = one.place().toString();
            cells[COLUMNS - 1] = one.kind() + ": " + one.message();
            row(text, cells);
        }
        out.write(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static String[] cells(Report report, Report.Row row, Report.Judged judged) {
        Finding finding = judged.finding();
        String version = row.component().version();
        String to = row.outcome().move() == null ? null : row.outcome().move().to();
        Report.Hiding hidden = judged.hidden();
        return new String[] {
            finding.id(),
            String.join(" ", finding.otherIds()),
            Sentences.name(row.component()),
            version == null ? "" : version,
            row.component().purl() == null ? "" : row.component().purl().toString(),
            to == null ? "" : to,
            String.join(" ", finding.fixedIn()),
            finding.severity(),
            finding.score() < 0 ? "" : Text.score(finding.score()),
            yes(finding.kev() != null),
            yes(finding.malicious()),
            finding.epss() == null ? "" : Double.toString(finding.epss().score()),
            finding.confidence() == Confidence.EXACT ? "exact" : "possible",
            yes(finding.unimportant()),
            JsonReport.scope(row.component()),
            Presence.word(report, row.item()),
            row.item().places().isEmpty() ? "" : row.item().places().getFirst().toString(),
            row.item().direct() ? "direct" : String.join(" > ", row.item().chain()),
            hidden == null ? "" : hidden.cause().word(),
            hidden == null ? "" : hidden.reason(),
            "",
            ""
        };
    }

    // A release that is out of support has a row of its own, with nothing in the columns of flaws.
    private static String[] cells(Report.Lapse lapse) {
        Standing standing = lapse.standing();
        Report.Row first = lapse.rows().getFirst();
        boolean one = lapse.rows().size() == 1 && first.component().purl() != null;
        Report.Hiding hidden = lapse.hidden();
        String end = standing.cycle().endDate();
        return new String[] {
            standing.id(),
            "",
            standing.product().title(),
            standing.cycle().name(),
            one ? String.valueOf(first.component().purl()) : "",
            standing.replacement() == null ? "" : standing.replacement().name(),
            "",
            "",
            "",
            "",
            "",
            "",
            SupportWords.confidence(standing),
            "",
            JsonReport.scope(first.component()),
            "",
            first.item().places().isEmpty()
                    ? ""
                    : first.item().places().getFirst().toString(),
            one
                    ? first.item().direct()
                            ? "direct"
                            : String.join(" > ", first.item().chain())
                    : "",
            hidden == null ? "" : hidden.cause().word(),
            hidden == null ? "" : hidden.reason(),
            SupportWords.state(standing) + (end.isEmpty() ? "" : " " + end),
            ""
        };
    }

    private static String yes(boolean is) {
        return is ? "yes" : "no";
    }

    private static void row(StringBuilder text, String... cells) {
        for (int i = 0; i < cells.length; i++) {
            if (i > 0) {
                text.append(',');
            }
            cell(text, cells[i]);
        }
        text.append("\r\n");
    }

    static void cell(StringBuilder text, String value) {
        String plain = Text.clean(value);
        String first = plain.strip();
        boolean formula = !first.isEmpty() && "=+-@\uff1d\uff0b\uff0d\uff20".indexOf(first.charAt(0)) >= 0;
        boolean control = !value.isEmpty() && value.charAt(0) < ' ';
        String guarded = formula || control ? "'" + plain : plain;
        boolean quoted = false;
        for (int i = 0; i < guarded.length() && !quoted; i++) {
            quoted = ",\"\r\n;\t".indexOf(guarded.charAt(i)) >= 0;
        }
        if (quoted) {
            text.append('"').append(guarded.replace("\"", "\"\"")).append('"');
        } else {
            text.append(guarded);
        }
    }
}
