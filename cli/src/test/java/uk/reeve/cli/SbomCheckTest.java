package uk.reeve.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.reeve.engine.input.JsonInput;
import uk.reeve.engine.input.Node;

class SbomCheckTest {

    @TempDir
    Path folder;

    private Workbench bench;

    @BeforeEach
    void given() throws IOException {
        bench = new Workbench(folder);
    }

    @Test
    void it_says_line_by_line_what_is_there_and_then_the_score() {
        assertThat(bench.run("sbom", "check", "bom.json")).isZero();

        assertThat(bench.out())
                .startsWith("Valid by the schema of CycloneDX 1.6 (JSON). 12 of 21 minimum elements")
                .containsPattern("SBOM author +there +NTIA, CISA, BSI")
                .containsPattern("Hash +partly \\(1 of 2\\) +CISA, BSI")
                .containsPattern(
                        "Producer +missing +NTIA, CISA, BSI\\R +set supplier or manufacturer of each component")
                .contains("Score: 84 of 100"); // 40 + 15 + 0 + 15 + 7 + 5 + 2
        assertThat(bench.out().indexOf("Score:")).isGreaterThan(bench.out().indexOf("Hash"));
        assertThat(bench.err()).isEmpty();
    }

    @Test
    void it_names_the_schema_s_reason_with_its_line() throws IOException {
        bench.file("bad.json", Workbench.BOM.replace("\"MIT\"", "\"TIM\""));

        assertThat(bench.run("sbom", "check", "bad.json")).isZero();
        assertThat(bench.out())
                .startsWith("Not valid by the schema of CycloneDX 1.6 (JSON): 1 flaw.")
                .contains("bad.json:8: components[0].licenses[0].license.id: \"TIM\" does not have a");
    }

    @Test
    void twenty_flaws_are_told_and_all_by_verbose() throws IOException {
        String many = "{\"type\": \"lib\", \"name\": \"x\", \"version\": \"%d\"},\n";
        StringBuilder components = new StringBuilder("\"components\": [");
        for (int i = 0; i < 30; i++) {
            components.append(many.formatted(i));
        }
        bench.file("many.json", Workbench.BOM.replace("\"components\": [\n", components + "\n"));

        bench.run("sbom", "check", "many.json");
        assertThat(bench.out()).contains(": 30 flaws.", "and 10 more: --verbose shows all");
        bench.run("sbom", "check", "many.json", "--verbose");
        assertThat(bench.out()).contains("components[29].type").doesNotContain("more: --verbose");
    }

    @Test
    void it_fails_where_less_is_there_than_required() throws IOException {
        assertThat(bench.run("sbom", "check", "bom.json", "--require", "84", "--require", "valid"))
                .isZero();
        assertThat(bench.run("sbom", "check", "bom.json", "--require", "85")).isEqualTo(1);
        assertThat(bench.out()).contains("Failed: the score is below 85 (--require 85).");

        bench.file("bad.json", Workbench.BOM.replace("\"MIT\"", "\"TIM\""));
        assertThat(bench.run("sbom", "check", "bad.json", "--require", "10")).isZero();
        assertThat(bench.run("sbom", "check", "bad.json", "--require", "valid")).isEqualTo(1);
        assertThat(bench.out()).contains("Failed: it is not valid (--require valid).");

        assertThat(bench.run("sbom", "check", "bom.json", "--require", "good")).isEqualTo(2);
        assertThat(bench.err()).isEqualTo("reeve: --require takes valid and a score from 0 to 100, not \"good\"\n");
        assertThat(bench.run("sbom", ".", "--require", "10")).isEqualTo(2);
    }

    @Test
    void an_sbom_without_identity_cannot_be_used_for_exposure() throws IOException {
        bench.file("names.json", Workbench.BOM.replaceAll(", \"purl\": \"[^\"]*\"", ""));

        bench.run("sbom", "check", "names.json");
        assertThat(bench.out().replaceAll("\\s+", " ")).contains("Cannot be used for exposure: fewer than 40 %");
        bench.run("sbom", "check", "bom.json");
        assertThat(bench.out()).doesNotContain("exposure");
    }

    @Test
    void machines_get_the_same() throws Exception {
        bench.file("bad.json", Workbench.BOM.replace("\"MIT\"", "\"TIM\""));
        assertThat(bench.run("sbom", "check", "bad.json", "--format", "json")).isZero();

        Node json = JsonInput.read(new ByteArrayInputStream(bench.out().getBytes(StandardCharsets.UTF_8)));
        assertThat(json.text("format")).isEqualTo("reeve-sbom-check/1");
        Node validation = json.get("validation");
        assertThat(validation).isNotNull();
        assertThat(validation.text("result")).isEqualTo("invalid");
        assertThat(validation.items("flaws")).singleElement().satisfies(flaw -> assertThat(flaw.text("line"))
                .isEqualTo("8"));
        Node score = json.get("score");
        assertThat(score).isNotNull();
        assertThat(score.text("points")).isEqualTo("84");
        assertThat(json.items("elements"))
                .extracting(line -> line.text("state"))
                .contains("there", "partly", "missing");
    }

    @Test
    void what_has_no_schema_here_is_not_called_valid() throws IOException {
        bench.file("bom.spdx", """
                SPDXVersion: SPDX-2.3
                DataLicense: CC0-1.0
                SPDXID: SPDXRef-DOCUMENT
                PackageName: teapot
                SPDXID: SPDXRef-1
                PackageVersion: 1.0.0
                """);

        assertThat(bench.run("sbom", "check", "bom.spdx")).isZero();
        assertThat(bench.out())
                .startsWith("SPDX 2.3 (tag-value), not held against a schema: no schema of it")
                .contains("not looked at");
        assertThat(bench.run("sbom", "check", "bom.spdx", "--require", "valid")).isEqualTo(1);

        bench.file("more.json", Workbench.BOM + "}");
        assertThat(bench.run("sbom", "check", "more.json")).isZero();
        assertThat(bench.out()).startsWith("CycloneDX 1.6 (JSON), not held against a schema: it is not well-formed.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "no.json | 2 | no.json: there is no such file or folder",
                "empty.json | 3 | empty.json:1: is empty, where an SBOM was expected",
                "half.json | 3 | half.json:8: stops in the middle",
                "list.json | 3 | list.json:1: is JSON, and no SBOM",
                ". | 2 | .: is a folder; reeve sbom . --output bom.json writes an SBOM of it"
            })
    void what_cannot_be_read_is_one_line(String name, int status, String message) throws IOException {
        bench.file("empty.json", "");
        bench.file("list.json", "[]");
        bench.file("half.json", Workbench.BOM.substring(0, Workbench.BOM.indexOf("\"description\"")));

        assertThat(bench.run("sbom", "check", name)).isEqualTo(status);
        assertThat(bench.err()).hasLineCount(1).startsWith("reeve: " + message);
        assertThat(bench.out()).isEmpty();
    }

    @Test
    void a_folder_called_check_is_read_where_it_is_named_as_a_path() throws IOException {
        Files.createDirectories(folder.resolve("check"));
        bench.file("check/package-lock.json", """
                {"name": "x", "version": "1.0.0", "lockfileVersion": 3, "packages": {
                  "node_modules/teapot": {"version": "1.0.0"}}}
                """);

        assertThat(bench.run("sbom", "./check")).isZero();
        assertThat(bench.out()).contains("pkg:npm/teapot@1.0.0");
    }
}
