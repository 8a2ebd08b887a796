package uk.reeve.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SpecificationVersion;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uk.reeve.engine.Shared;
import uk.reeve.engine.input.JsonInput;
import uk.reeve.engine.input.Node;
import uk.reeve.engine.match.Move;
import uk.reeve.engine.sbom.Scope;

class MachineFormatsTest {

    private static final Report EVERYTHING = Given.everything().lapses().report();

    @Test
    void json_is_what_its_schema_says() throws Exception {
        assertThat(Schemas.errors(
                        Schemas.file("docs/reference/report.schema.json"),
                        SpecificationVersion.DRAFT_2020_12,
                        Given.written(EVERYTHING, "json", Look.PLAIN),
                        InputFormat.JSON))
                .isEmpty();
    }

    @Test
    void cyclonedx_is_valid() throws Exception {
        assertThat(Schemas.cyclonedx(Given.written(EVERYTHING, "cyclonedx", Look.PLAIN)))
                .isEmpty();
    }

    @Test
    void sarif_is_valid() throws Exception {
        Path schema = Shared.path("conformance/sarif/sarif-2.1/schema/sarif-schema-2.1.0.json");
        Report.Hiding hiding = new Report.Hiding(Report.Cause.RULE, "reeve.yaml", null, null, "why", "2027-03-01", "");
        for (Report report : List.of(EVERYTHING, Given.hidden(hiding), new Given().report())) {
            assertThat(Schemas.errors(
                            schema,
                            SpecificationVersion.DRAFT_4,
                            Given.written(report, "sarif", Look.PLAIN),
                            InputFormat.JSON))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"json", "cyclonedx", "sarif", "html", "markdown", "csv", "table"})
    void the_same_report_gives_the_same_bytes(String format) {
        assertThat(Given.written(Given.everything().lapses().report(), format, Look.PLAIN))
                .isEqualTo(Given.written(EVERYTHING, format, Look.PLAIN));
    }

    @Test
    void a_release_out_of_support_is_told_by_every_machine_format() throws Exception {
        Node lapse = read(EVERYTHING, "json").items("support").getFirst();
        assertThat(lapse.text("id")).isEqualTo("eol/pot/2");
        assertThat(lapse.text("state")).isEqualTo("ended");
        assertThat(lapse.get("moveTo")).isNotNull();
        Node component = read(EVERYTHING, "cyclonedx").items("components").getFirst();
        assertThat(property(component, "reeve:support")).isEqualTo("ended");
        assertThat(property(component, "reeve:support:release")).isEqualTo("pot 2");
        Node sarif = read(EVERYTHING, "sarif").items("runs").getFirst();
        Node result = sarif.items("results").get(sarif.items("results").size() - 3);
        assertThat(result.text("ruleId")).isEqualTo("eol/pot/2");
        assertThat(result.text("level")).isEqualTo("warning");
        assertThat(Given.written(EVERYTHING, "csv", Look.PLAIN))
                .contains("eol/pot/2,,Pot & Lid,2,pkg:npm/ansi-html@0.0.7,3,")
                .contains(",ended 2025-10-20,\r\n");
    }

    @Test
    void a_possible_finding_says_so_in_cyclonedx_and_an_unimportant_one_has_no_state() throws Exception {
        Node bom = read(EVERYTHING, "cyclonedx");
        assertThat(property(flaw(bom, "CVE-2022-25883"), "reeve:confidence")).isEqualTo("possible");
        assertThat(property(flaw(bom, "CVE-2023-45853"), "reeve:relevance")).isEqualTo("unimportant");
        assertThat(flaw(bom, "CVE-2023-45853").get("analysis")).isNull();
        assertThat(flaw(bom, "CVE-2024-4068")
                        .items("references")
                        .getFirst()
                        .get("source")
                        .text("name"))
                .isEqualTo("GitHub Advisory Database");
    }

    @Test
    void what_vex_hides_stays_in_cyclonedx_with_its_state() throws Exception {
        Report.Hiding hiding = new Report.Hiding(
                Report.Cause.VEX,
                "a.json",
                "not_affected",
                "vulnerable_code_not_in_execute_path",
                "never called",
                null,
                "Maker");
        Node analysis =
                flaw(read(Given.hidden(hiding), "cyclonedx"), "CVE-2021-23337").get("analysis");
        assertThat(analysis).isNotNull();
        assertThat(analysis.text("state")).isEqualTo("not_affected");
        assertThat(analysis.text("justification")).isEqualTo("code_not_reachable");
        assertThat(analysis.text("detail")).isEqualTo("never called (Maker)");
    }

    @Test
    void what_an_option_filters_away_stays_in_cyclonedx_without_a_state() throws Exception {
        Report.Hiding hiding =
                new Report.Hiding(Report.Cause.BELOW_SEVERITY, "", null, null, "below critical", null, "");
        Node flaw = flaw(read(Given.hidden(hiding), "cyclonedx"), "CVE-2021-23337");
        assertThat(flaw.get("analysis")).isNull();
        assertThat(property(flaw, "reeve:hidden")).isEqualTo("--min-severity");
    }

    @Test
    void a_fingerprint_stays_when_the_version_and_everything_around_it_change() throws Exception {
        Report old = given("pkg:npm/lodash@4.17.20").report();
        Report now =
                given("pkg:npm/lodash@4.17.19").item("pkg:npm/aaa@1.0.0", null).report();
        assertThat(fingerprint(old)).isEqualTo(fingerprint(now)).hasSize(32);
        Report other = given("pkg:npm/underscore@4.17.20").report();
        assertThat(fingerprint(other)).isNotEqualTo(fingerprint(old));
    }

    private static Given given(String purl) {
        return new Given()
                .item(
                        purl,
                        Scope.RUNTIME,
                        List.of("lodash"),
                        new Move("4.17.21", null, false),
                        Given.finding(purl, "CVE-2021-23337", 7.2, "4.17.21"));
    }

    private static String fingerprint(Report report) throws Exception {
        Node result =
                read(report, "sarif").items("runs").getFirst().items("results").getFirst();
        return String.valueOf(result.get("partialFingerprints").text("reeve/v1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", " =1", "\n=1", "\uff1d1"})
    void a_cell_cannot_become_a_formula(String value) {
        StringBuilder cell = new StringBuilder();
        CsvReport.cell(cell, value);
        assertThat(cell.toString().replace("\"", "")).startsWith("'");
    }

    @Test
    void a_path_with_blanks_and_letters_beyond_ascii_is_a_uri() {
        assertThat(SarifReport.uri("a b/é.json")).isEqualTo("a%20b/%C3%A9.json");
    }

    private static Node read(Report report, String format) throws Exception {
        String text = Given.written(report, format, Look.PLAIN);
        return JsonInput.read(new java.io.ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static Node flaw(Node bom, String id) {
        return bom.items("vulnerabilities").stream()
                .filter(v -> id.equals(v.text("id")))
                .findFirst()
                .orElseThrow();
    }

    private static String property(Node flaw, String name) {
        return flaw.items("properties").stream()
                .filter(p -> name.equals(p.text("name")))
                .map(p -> String.valueOf(p.text("value")))
                .findFirst()
                .orElseThrow();
    }
}
