package uk.reeve.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import uk.reeve.engine.match.Move;

class TableReportTest {

    private static final Look EIGHTY = new Look(80, false, true, false);

    @Test
    void says_the_answer_then_what_to_do_then_what_was_not_looked_at() {
        assertThat(Given.written(
                        Given.everything().report(List.of("1 finding is known to be exploited.")), "table", EIGHTY))
                .isEqualTo("""
                1 component is known to be malicious. 3 known flaws in 2 of 7 components. 1
                upgrade closes 2 of them. 1 more in development-only components.
                Advisories as of 1 March 2026, 268 days old.
                1 is known to be exploited: CVE-2024-4068.

                  Known to be malicious: remove it, and distrust every machine that ran it
                  left-padd  1.0.3  MAL-2025-1  malicious  direct

                  Move to                     Closes             Worst                Comes in
                  braces   2.3.2 -> 3.0.3  !  CVE-2024-4068  +1  7.5 high, exploited  direct

                  ! a new major version. Why each: reeve explain npm/braces@2.3.2

                  No fixed version known
                  request  2.88.2  CVE-2023-28155  6.1 medium  jsdom > request

                  Development only, not in what is shipped
                  ansi-html  0.0.7 -> 0.0.8  CVE-2021-23424  7.5 high  webpack > ansi-html

                  Possible, not counted (the version, the release or the package is not certain)
                  semver  5.0.0  CVE-2022-25883  7.5 high  direct

                  Unimportant (the distribution says so, or kernel headers only): 1 flaw in 1
                  component (--verbose lists them)

                Not looked at
                  old/bom.json:1       stops in the middle; export it again
                  web/package.json     2 dependencies without a locked version
                  pkg:generic/thing@1  no advisory source covers type generic
                  (--verbose names each)

                Looked at 6 of 7 components in 1 file. npm advisories as of 1 March 2026
                (starter snapshot). For newer ones: reeve advisories update

                Failed: 1 finding is known to be exploited.
                """);
    }

    @Test
    void says_of_what_against_what_and_as_of_when_where_all_is_clean() {
        String text =
                Given.written(new Given().item("pkg:npm/lodash@4.17.21", null).report(), "table", Look.PLAIN);
        assertThat(text).isEqualTo("""
                No known flaws in 1 of 1 component.
                Advisories as of 1 March 2026, 268 days old.

                Looked at 1 of 1 component in 1 file. npm advisories as of 1 March 2026 (starter snapshot). For
                newer ones: reeve advisories update
                """);
    }

    @Test
    void old_advisories_are_told_in_bold() {
        String text = Given.written(
                new Given().item("pkg:npm/lodash@4.17.21", null).report(), "table", new Look(80, true, true, false));
        assertThat(text).contains("Advisories as of 1 March 2026, \u001b[1m268 days old\u001b[0m.\n");
    }

    @Test
    void a_long_name_leaves_its_columns_to_the_others() {
        Given given = new Given();
        for (int letters = 8; letters < 40; letters++) {
            String purl = "pkg:npm/" + "n".repeat(letters) + "@1.0.0";
            given.item(purl, new Move("1.0.10", null, false), Given.finding(purl, "CVE-2024-1", 5, "1.0.10"));
        }
        List<String> rows = Given.written(given.report(), "table", EIGHTY)
                .lines()
                .filter(line -> line.contains("1.0.0 -> "))
                .toList();
        assertThat(rows).hasSize(32).allSatisfy(row -> assertThat(row)
                .matches(" +(n+ )? +1\\.0\\.0 -> 1\\.0\\.10  .*"));
        assertThat(rows.stream().map(row -> row.indexOf("1.0.0 -> ")).distinct())
                .hasSize(1);
    }

    @Test
    void says_that_nothing_was_found_where_nothing_was() {
        assertThat(Given.written(new Given().report(), "table", Look.PLAIN)).startsWith("No components in 1 file.\n");
    }

    @Test
    void a_name_cannot_drive_the_terminal() {
        String purl = "pkg:npm/%1B%5B2Jevil@1.0.0";
        Report report = new Given()
                .item(purl, new Move("2.0.0", null, true), Given.finding(purl, "CVE-2024-1", 5, "2.0.0"))
                .report();
        assertThat(Given.written(report, "table", Look.PLAIN))
                .contains("\\x1b[2Jevil")
                .doesNotContain("\u001b");
    }

    @Test
    void colour_only_where_it_is_wanted_and_never_instead_of_a_word() {
        Report report = Given.everything().report();
        String coloured = Given.written(report, "table", new Look(80, true, true, false));
        assertThat(coloured).contains("\u001b[1;31m");
        assertThat(coloured.replaceAll("\u001b\\[[0-9;]*m", "")).isEqualTo(Given.written(report, "table", EIGHTY));
    }

    @Test
    void plain_ascii_where_the_terminal_is_not_utf8() {
        String purl = "pkg:npm/caf%C3%A9@1.0.0";
        Report report = new Given()
                .item(purl, new Move("2.0.0", null, true), Given.finding(purl, "CVE-2024-1", 5, "2.0.0"))
                .report();
        String text = Given.written(report, "table", new Look(80, false, false, false));
        assertThat(text).contains("caf?").isASCII();
    }

    @Test
    void what_is_hidden_is_counted_in_one_line() {
        Report.Hiding hiding =
                new Report.Hiding(Report.Cause.RULE, "reeve.yaml", null, null, "not reachable", "2027-03-01", "Jo");
        assertThat(Given.written(Given.hidden(hiding), "table", Look.PLAIN))
                .startsWith("No known flaws in 1 of 1 component.")
                .contains("\n1 hidden: 1 by reeve.yaml (until 1 March 2027).\n");
    }
}
