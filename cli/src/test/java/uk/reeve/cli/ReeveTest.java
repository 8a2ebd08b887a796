package uk.reeve.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SpecificationVersion;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import uk.reeve.cli.report.Schemas;
import uk.reeve.engine.index.AdvisoryStore;

/// Whole runs, in this process, on a store of three invented records.
class ReeveTest {

    @TempDir
    static Path shared;

    @TempDir
    Path folder;

    private String out = "";
    private String err = "";

    @BeforeAll
    static void importRecords() throws IOException {
        Path records = Files.createDirectories(shared.resolve("records/npm"));
        record(
                records,
                "GHSA-aaaa-bbbb-cccc",
                "CVE-2030-0001",
                "teapot",
                "1.2.0",
                "9.8",
                "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H");
        record(
                records,
                "GHSA-dddd-eeee-ffff",
                "CVE-2030-0002",
                "teapot",
                "1.3.0",
                "5.3",
                "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:L/I:N/A:N");
        try (AdvisoryStore store = AdvisoryStore.open(shared.resolve("db"))) {
            store.importFrom(List.of(shared.resolve("records")), LocalDate.parse("2030-01-10"));
        }
    }

    private static void record(Path dir, String id, String cve, String name, String fixed, String score, String vector)
            throws IOException {
        Files.writeString(dir.resolve(id + ".json"), """
                {"id": "%s", "aliases": ["%s"], "modified": "2030-01-09T00:00:00Z", "published": "2030-01-08T00:00:00Z",
                 "severity": [{"type": "CVSS_V3", "score": "%s"}],
                 "affected": [{"package": {"ecosystem": "npm", "name": "%s"},
                   "ranges": [{"type": "SEMVER", "events": [{"introduced": "0"}, {"fixed": "%s"}]}]}]}
                """.formatted(id, cve, vector, name, fixed));
    }

    private int run(String... args) {
        ByteArrayOutputStream report = new ByteArrayOutputStream();
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        Environment environment = new Environment(
                InputStream.nullInputStream(),
                report,
                said,
                Map.of("REEVE_DB", shared.resolve("db").toString()),
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

    private void project(String version) throws IOException {
        Files.writeString(folder.resolve("package-lock.json"), """
                {"name": "cafe", "version": "1.0.0", "lockfileVersion": 3, "packages": {
                  "": {"name": "cafe", "version": "1.0.0", "dependencies": {"teapot": "^1.0.0"}},
                  "node_modules/teapot": {"version": "%s"}}}
                """.formatted(version));
    }

    private void file(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    @Test
    void findings_alone_do_not_fail() throws IOException {
        project("1.0.0");
        assertThat(run("scan", folder.toString())).isZero();
        assertThat(out).isEqualTo("""
                2 known flaws in 1 of 1 component. 1 upgrade closes all 2.
                Advisories as of 10 January 2030.
                None is known to be exploited. None of the packages is known to be malicious.

                  Move to                  Closes                        Worst         Comes in
                  teapot   1.0.0 -> 1.3.0  CVE-2030-0001  CVE-2030-0002  9.8 critical  direct

                  Why each: reeve explain npm/teapot@1.0.0

                Looked at 1 of 1 component in 1 file. npm advisories as of 10 January 2030. For newer ones: reeve
                advisories update
                npm: only 2 records, so silence says little.
                """);
        assertThat(err).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "critical, 1.0.0, 1", "critical, 1.2.0, 0", "medium, 1.2.0, 1", "high, 1.0.0, 1", "kev, 1.0.0, 0",
        "malicious, 1.0.0, 0", "unrated, 1.0.0, 0", "any, 1.2.0, 1", "any, 1.3.0, 0", "stale, 1.3.0, 0"
    })
    void a_severity_fails_for_that_or_worse(String word, String version, int status) throws IOException {
        project(version);
        assertThat(run("scan", folder.toString(), "--fail-on", word)).isEqualTo(status);
    }

    @Test
    void old_knowledge_fails_where_that_was_asked() throws IOException {
        project("1.3.0");
        assertThat(run("scan", folder.toString(), "--max-age", "12h", "--fail-on", "stale"))
                .isEqualTo(1);
        assertThat(out).contains("Failed: the advisories are too old (--fail-on stale).");
        assertThat(run("scan", folder.toString(), "--max-age", "12h")).isZero();
        assertThat(out).contains("npm advisories of 10 January 2030 are older than --max-age allows");
    }

    @Test
    void a_file_that_cannot_be_read_is_3_and_a_failure_is_1_all_the_same() throws IOException {
        project("1.0.0");
        file("poetry.lock", "[[package]\nname = ");
        assertThat(run("scan", folder.toString())).isEqualTo(3);
        assertThat(out).contains("Not looked at", "poetry.lock");
        assertThat(run("scan", folder.toString(), "--fail-on", "any")).isEqualTo(1);
    }

    @Test
    void what_is_not_locked_is_0_and_3_with_strict() throws IOException {
        file("package.json", "{\"name\": \"cafe\", \"dependencies\": {\"teapot\": \"^1.0.0\"}}");
        assertThat(run("scan", folder.toString())).isZero();
        assertThat(out).contains("Not looked at", "package.json");
        assertThat(run("scan", folder.toString(), "--strict")).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "scna .|there is no command scna; did you mean reeve scan?",
                "scan . --fail_on kev|there is no option --fail_on; did you mean --fail-on?",
                "scan . --fail-on critcal|--fail-on takes no \"critcal\"; did you mean critical?",
                "scan . --format jsn|--format takes no \"jsn\"; did you mean json?",
                "scan . --format|--format needs a value: --format FORMAT[=FILE]",
                "scan . --strict=yes|--strict takes no value",
                "scan|scan needs a path: reeve scan .",
                "scan nowhere|nowhere: there is no such file or folder",
                "scan . --max-age soon|--max-age takes no \"soon\"; write days, hours or weeks: 14d, 36h, 2w",
                "scan . --distro debain:12|--distro takes no \"debain:12\"; did you mean debian?",
                "scan . --distro debian|--distro debian needs a release: debian:12",
                "scan . --min-severity bad|--min-severity takes no \"bad\"; it takes critical, high, medium, low",
                "--versoin|there is no option --versoin; did you mean reeve --version?",
                "version|there is no command version; did you mean reeve --version?",
                "verison|there is no command verison; did you mean reeve --version?",
                "update|there is no command update; did you mean reeve advisories update?",
                "brew|there is no command brew; reeve --help lists them",
                "diff one|diff needs two things to compare: reeve diff OLD NEW",
                "explain|explain needs a package URL, and perhaps an id: reeve explain gem/puma@4.3.12",
                "completion ksh|completion needs a shell: bash, zsh, fish",
                "advisories shwo CVE-1|advisories has no \"shwo\"; did you mean show?"
            })
    void wrong_usage_is_one_line_and_2(String words, String message) {
        assertThat(run(words.split(" "))).isEqualTo(2);
        assertThat(err).isEqualTo("reeve: " + message + "\n");
        assertThat(out).isEmpty();
    }

    @Test
    void a_rule_hides_by_any_id_and_is_counted() throws IOException {
        project("1.2.0");
        file("reeve.yaml", """
                fail-on: any
                ignore:
                  - id: ghsa-dddd-eeee-ffff
                    package: npm/teapot
                    reason: only used with water
                    until: 2030-02-01
                    by: Jo
                """);
        assertThat(run("scan", folder.toString())).isZero();
        assertThat(out).contains("1 hidden: 1 by reeve.yaml (until 1 February 2030).");
    }

    @Test
    void a_rule_that_ran_out_no_longer_hides_and_one_that_hides_nothing_is_named() throws IOException {
        project("1.2.0");
        file("reeve.yaml", """
                ignore:
                  - {id: CVE-2030-0002, reason: was fine, until: 2030-01-11}
                  - {id: CVE-2030-7777, reason: gone, until: 2030-02-01}
                """);
        assertThat(run("scan", folder.toString(), "--fail-on", "any")).isEqualTo(1);
        assertThat(out)
                .contains(
                        "reeve.yaml:2: the entry for CVE-2030-0002 ran out on 11 January 2030",
                        "reeve.yaml:3: the entry for CVE-2030-7777 hides nothing; remove it.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{id: CVE-1, until: 2030-02-01}|reeve.yaml:2: the entry for CVE-1 has no reason; write reason: why it does not matter here",
                "{id: CVE-1, reason: x}|reeve.yaml:2: the entry for CVE-1 has no end; write until: 2027-03-01",
                "{id: CVE-1, reason: x, until: soon}|reeve.yaml:2: the entry for CVE-1 ends on \"soon\"; write the date as 2027-03-01",
                "{reason: x, until: 2030-02-01}|reeve.yaml:2: the entry has no id; write id: CVE-... or another id of the flaw",
                "{id: CVE-1, raeson: x, until: 2030-02-01}|reeve.yaml:2: there is no field \"raeson\"; did you mean \"reason\"?"
            })
    void an_entry_that_lacks_something_is_refused(String entry, String message) throws IOException {
        project("1.0.0");
        file("reeve.yaml", "ignore:\n  - " + entry + "\n");
        assertThat(run("scan", folder.toString())).isEqualTo(2);
        assertThat(err).isEqualTo("reeve: " + message + "\n");
    }

    @Test
    void a_rule_file_inside_what_is_scanned_is_not_obeyed() throws IOException {
        Path inner = Files.createDirectories(folder.resolve("app"));
        project("1.2.0");
        Files.move(folder.resolve("package-lock.json"), inner.resolve("package-lock.json"));
        Files.writeString(inner.resolve("reeve.yaml"), "ignore: [{id: CVE-2030-0002, reason: x, until: 2030-02-01}]");
        assertThat(run("scan", inner.toString(), "--fail-on", "any")).isEqualTo(1);
    }

    @Test
    void man_pages_hold_every_option_that_help_prints() throws IOException {
        assertThat(run("help", "--man", folder.resolve("man").toString())).isZero();
        assertThat(folder.resolve("man/reeve.1")).content().contains(".BR reeve\\-scan (1)");
        for (String name : Command.NAMES) {
            String page = Files.readString(folder.resolve("man/reeve-" + name + ".1"));
            assertThat(page).startsWith(".TH \"REEVE\\-" + name.toUpperCase(java.util.Locale.ROOT) + "\" 1 ");
            for (Option option : Command.of(name).options()) {
                assertThat(page)
                        .contains(
                                option.name().replace("-", "\\-"), option.help().replace("-", "\\-"));
            }
        }
        file("in-the-way", "");
        assertThat(run("help", "--man", folder.resolve("in-the-way").toString()))
                .isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bash", "zsh", "fish"})
    void completion_knows_every_command_and_option(String shell) {
        assertThat(run("completion", shell)).isZero();
        for (String name : Command.NAMES) {
            assertThat(out).contains(name);
            for (Option option : Command.of(name).options()) {
                assertThat(out).contains(option.name().substring(2));
            }
        }
    }

    @Test
    void standard_input_is_what_the_caller_gives() throws IOException {
        String bom = """
                {"bomFormat": "CycloneDX", "specVersion": "1.6", "components": [
                  {"type": "library", "name": "teapot", "version": "1.0.0", "purl": "pkg:npm/teapot@1.0.0"}]}
                """;
        ByteArrayOutputStream report = new ByteArrayOutputStream();
        String db = shared.resolve("db").toString();
        int status = Reeve.run(
                new String[] {"scan", "-", "--fail-on", "any", "--db", db},
                new java.io.ByteArrayInputStream(bom.getBytes(StandardCharsets.UTF_8)),
                report,
                OutputStream.nullOutputStream());
        assertThat(status).isEqualTo(Exit.FAILED);
        assertThat(report.toString(StandardCharsets.UTF_8)).contains("CVE-2030-0001");
    }

    @Test
    void a_private_package_is_never_asked_for() throws IOException {
        project("1.0.0");
        file("reeve.yaml", "private: [\"tea*\"]");
        assertThat(run("scan", folder.toString(), "--fail-on", "any")).isZero();
        assertThat(out).contains("not compared: your own, as reeve.yaml says").doesNotContain("CVE-2030");
        assertThat(run("scan", folder.toString(), "--strict"))
                .as("left out on purpose")
                .isZero();
    }

    @Test
    void a_public_package_of_a_private_name_is_a_sign() throws IOException {
        project("1.0.0");
        file("reeve.yaml", "private: teapot");
        run("scan", folder.toString());
        assertThat(out.replaceAll("\\s+", " "))
                .contains("but public records name a package called so: make sure that yours comes from your own"
                        + " registry");
        file("reeve.yaml", "private: [\"@council/*\"]");
        file("package-lock.json", """
                {"name": "cafe", "version": "1.0.0", "lockfileVersion": 3, "packages": {
                  "": {"name": "cafe", "version": "1.0.0"},
                  "node_modules/@council/forms": {"version": "1.0.0"},
                  "node_modules/@council/maps": {"version": "2.0.0"}}}
                """);
        run("scan", folder.toString());
        assertThat(out)
                .containsPattern("2 private components +not compared: your own, as reeve.yaml says")
                .doesNotContain("public records");
        run("scan", folder.toString(), "-f", "json");
        assertThat(out).contains("\"coverage\" : \"private\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "private: \"*\"|reeve.yaml:1: private \"*\" would stand for every package; name your own: \"@council/*\"",
                "private: [\"@a/*\", \"b*c*\"]|reeve.yaml:1: private \"b*c*\" has two stars; write one pattern for each"
            })
    void a_private_pattern_that_would_hide_too_much_is_refused(String yaml, String message) throws IOException {
        project("1.0.0");
        file("reeve.yaml", yaml);
        assertThat(run("scan", folder.toString())).isEqualTo(2);
        assertThat(err).isEqualTo("reeve: " + message + "\n");
    }

    @Test
    void vex_hides_the_product_that_it_names_and_no_other() throws IOException {
        project("1.2.0");
        String vex = """
                {"@context": "https://openvex.dev/ns/v0.2.0", "@id": "https://example.org/vex/1", "author": "Maker",
                 "timestamp": "2030-01-01T00:00:00Z", "version": 1, "statements": [
                  {"vulnerability": {"name": "CVE-2030-0002"}, "products": [{"@id": "%s"}],
                   "status": "not_affected", "justification": "vulnerable_code_not_in_execute_path"}]}
                """;
        file("ours.json", vex.formatted("pkg:npm/teapot@1.2.0"));
        file("other.json", vex.formatted("pkg:npm/kettle@1.2.0"));
        String lock = folder.resolve("package-lock.json").toString();
        assertThat(run("scan", lock, "--fail-on", "any", "--vex", "ours.json")).isZero();
        assertThat(out).contains("1 hidden: 1 by VEX.");
        assertThat(run("scan", lock, "--fail-on", "any", "--vex", "other.json")).isEqualTo(1);
    }

    @Test
    void against_a_baseline_only_what_is_new_counts() throws IOException {
        project("1.2.0");
        String lock = folder.resolve("package-lock.json").toString();
        assertThat(run("scan", lock, "--format", "json", "--output", "old.json"))
                .isZero();
        assertThat(run("scan", lock, "--baseline", "old.json", "--fail-on", "any"))
                .isZero();
        assertThat(out)
                .startsWith("No new known flaws in 1 of 1 component.")
                .contains("1 finding is in the baseline already.");
        project("1.0.0");
        assertThat(run("scan", lock, "--baseline", "old.json", "--fail-on", "any"))
                .isEqualTo(1);
        assertThat(out).contains("CVE-2030-0001").doesNotContain("CVE-2030-0002");
    }

    @Test
    void several_formats_in_one_run_and_each_file_appears_whole() throws IOException {
        project("1.0.0");
        String lock = folder.resolve("package-lock.json").toString();
        assertThat(run("scan", lock, "--format", "json=a.json", "--format", "sarif=a.sarif"))
                .isZero();
        assertThat(out).startsWith("2 known flaws");
        assertThat(Schemas.errors(
                        Schemas.file("docs/reference/report.schema.json"),
                        SpecificationVersion.DRAFT_2020_12,
                        Files.readString(folder.resolve("a.json")),
                        InputFormat.JSON))
                .isEmpty();
        assertThat(folder.toFile().list()).containsExactlyInAnyOrder("a.json", "a.sarif", "package-lock.json");
    }

    @Test
    void a_moved_checkout_gives_the_same_sarif() throws IOException {
        project("1.0.0");
        run("scan", folder.toString(), "--format", "sarif");
        String here = out;
        Path elsewhere = Files.createDirectories(shared.resolve("elsewhere"));
        Files.copy(folder.resolve("package-lock.json"), elsewhere.resolve("package-lock.json"));
        run("scan", elsewhere.toString(), "--format", "sarif");
        assertThat(out).isEqualTo(here);
    }

    @Test
    void an_sbom_of_a_folder_is_valid_and_can_be_scanned() throws IOException {
        project("1.0.0");
        assertThat(run("sbom", folder.toString(), "--output", "bom.json")).isZero();
        assertThat(Schemas.cyclonedx(Files.readString(folder.resolve("bom.json"))))
                .isEmpty();
        assertThat(run("scan", folder.resolve("bom.json").toString(), "--fail-on", "any"))
                .isEqualTo(1);
        assertThat(run("sbom", folder.toString(), "--format", "cyclonedx=other.json"))
                .isZero();
        assertThat(out).isEmpty();
        assertThat(folder.resolve("other.json")).content().contains("\"name\":\"teapot\"");
        assertThat(run("sbom", folder.toString(), "--format", "spdx")).isZero();
        assertThat(out).contains("SPDX-2.3");
    }

    private static final String TEAPOT = """
            ---
            title: Teapot
            permalink: /teapot
            category: framework
            identifiers:
              - purl: pkg:npm/teapot
            releases:
              - releaseCycle: "1.4"
                releaseDate: 2029-05-01
                eol: 2031-01-01
              - releaseCycle: "1.3"
                releaseDate: 2028-05-01
                eol: 2029-12-31
            ---
            """;

    private void supported() throws IOException {
        file("teapot.md", TEAPOT);
        String db = folder.resolve("db").toString();
        String records = shared.resolve("records").toString();
        assertThat(run("advisories", "import", records, "--as-of", "2030-01-10", "--db", db))
                .isZero();
        assertThat(run("advisories", "import", "teapot.md", "--as-of", "2030-01-11", "--db", db))
                .isZero();
        assertThat(out).isEqualTo("Dates of support of 1 product read.\n");
    }

    @Test
    void a_release_out_of_support_is_shown_and_fails_where_that_was_asked() throws IOException {
        supported();
        project("1.3.0");
        assertThat(run("scan", "package-lock.json", "--db", "db")).isZero();
        assertThat(out).contains("""
                No known flaws in 1 of 1 component.
                Advisories as of 10 January 2030.
                1 release is out of support: Teapot 1.3.

                  Out of support              Since             Seen as
                  Teapot          1.3 -> 1.4  31 December 2029  teapot 1.3.0
                """).contains("Dates of support by endoflife.date, as of 11 January 2030.");
        assertThat(run("scan", "package-lock.json", "--db", "db", "--fail-on", "eol"))
                .isEqualTo(1);
        assertThat(out).contains("Failed: 1 release is out of support (--fail-on eol).");
        project("1.4.0");
        assertThat(run("scan", "package-lock.json", "--db", "db", "--fail-on", "eol"))
                .isZero();
        assertThat(out).doesNotContain("support");
    }

    @Test
    void a_release_out_of_support_can_be_hidden_is_known_to_a_baseline_and_is_new_in_a_diff() throws IOException {
        supported();
        project("1.4.0");
        run("scan", "package-lock.json", "--db", "db", "--format", "json=old.json");
        project("1.3.0");
        run("scan", "package-lock.json", "--db", "db", "--format", "json=now.json");
        String[] failing = {"scan", "package-lock.json", "--db", "db", "--fail-on", "eol", "--baseline", "old.json"};
        assertThat(run(failing)).isEqualTo(1);
        failing[7] = "now.json";
        assertThat(run(failing)).isZero();
        assertThat(run("diff", "old.json", "now.json", "--db", "db", "--fail-on", "eol"))
                .isEqualTo(1);
        assertThat(out)
                .contains("Teapot 1.3")
                .contains("since 31 December 2029")
                .contains("1 release is newly");
        assertThat(run("diff", "now.json", "old.json", "--db", "db", "--fail-on", "eol"))
                .isZero();
        file("reeve.yaml", """
                ignore:
                  - {id: eol/teapot/1.3, reason: support is bought, until: 2030-12-31}
                """);
        assertThat(run("scan", "package-lock.json", "--db", "db", "--fail-on", "eol"))
                .isZero();
        assertThat(out).contains("1 hidden: 1 by reeve.yaml (until 31 December 2030).");
    }

    @Test
    void without_dates_of_support_they_cannot_fail_and_that_is_said() throws IOException {
        project("1.3.0");
        assertThat(run("scan", "package-lock.json", "--fail-on", "eol")).isEqualTo(3);
        assertThat(out).contains("--fail-on eol could not be judged");
    }

    @Test
    void explain_says_how_a_release_stands() throws IOException {
        supported();
        run("explain", "npm/teapot@1.3.0", "--db", "db");
        assertThat(out)
                .contains("Teapot 1.3 is out of support since 31 December 2029. Move to 1.4 (until 1 January 2031).");
        run("explain", "npm/teapot@1.4.0", "--db", "db");
        assertThat(out).contains("Teapot 1.4 is supported until 1 January 2031.");
    }

    @Test
    void a_diff_says_what_came_and_went() throws IOException {
        project("1.0.0");
        String lock = folder.resolve("package-lock.json").toString();
        run("scan", lock, "--format", "json", "--output", "old.json");
        project("1.2.0");
        assertThat(run("diff", "old.json", lock, "--fail-on", "any")).isZero();
        assertThat(out)
                .contains(
                        "1 flaw closed, 0 new, 1 stays.",
                        "Components: 0 new, 0 gone, 1 changed.",
                        "Closed",
                        "1.0.0 -> 1.2.0");
        run("scan", lock, "--format", "json", "--output", "new.json");
        assertThat(run("diff", "new.json", "old.json", "--fail-on", "critical")).isEqualTo(1);
        assertThat(out).contains("1 changed (1 downgraded)", "New", "CVE-2030-0001");
    }

    @Test
    void explains_what_applies_and_what_does_not() {
        assertThat(run("explain", "npm/teapot@1.2.0")).isZero();
        assertThat(out)
                .startsWith("teapot 1.2.0 is affected by 1 flaw.\nMove to 1.3.0: nothing is known against it.\n")
                .contains("GHSA-aaaa-bbbb-cccc  from the start, before 1.2.0: 1.2.0 is outside");
        assertThat(run("explain", "pkg:npm/teapot@1.2.0", "cve-2030-0002")).isZero();
        assertThat(out)
                .startsWith("teapot 1.2.0 is affected by CVE-2030-0002 (GHSA-dddd-eeee-ffff).")
                .contains("1.2.0 < 1.3.0 in npm's own order", "5.3 medium", "1.3.0; nothing known against 1.3.0");
        assertThat(run("explain", "npm/teapot@1.2.0", "CVE-2030-0001")).isZero();
        assertThat(out).startsWith("teapot 1.2.0 is not affected by CVE-2030-0001.");
    }

    @Test
    void explain_never_takes_silence_for_an_all_clear() {
        assertThat(run("explain", "npm/teaopt@1.2.0")).isZero();
        assertThat(unfolded())
                .startsWith("No record names teaopt in npm (2 records as of 10 January 2030): that is no proof that it"
                        + " is safe; check the spelling.")
                .doesNotContain("no known flaws");
        assertThat(run("explain", "pkg:nmp/teapot@1.2.0")).isEqualTo(3);
        assertThat(out)
                .startsWith("teapot 1.2.0 could not be looked at: no source here covers type nmp; did you mean npm?\n");
        assertThat(run("explain", "kettle/teapot@1.2.0")).isEqualTo(3);
        assertThat(unfolded()).contains("no source here covers type kettle; types are npm, pypi, ", " and rpm.");
        assertThat(run("explain", "npm/teapot@1.3.0", "CVE-2030-9999")).isEqualTo(3);
        assertThat(out).startsWith("No record here has the id CVE-2030-9999, ").doesNotContain("not affected");
        assertThat(run("explain", "npm/teaopt@1.2.0", "CVE-2030-0001")).isZero();
        assertThat(unfolded())
                .startsWith("No record names teaopt in npm")
                .contains("The record CVE-2030-0001 does not name this package.");
        assertThat(run("explain", "npm/teapot")).isEqualTo(3);
    }

    @Test
    void an_older_name_for_packages_of_alpine_is_read_with_a_word() {
        assertThat(run("explain", "pkg:alpine/musl@1.2.3-r4")).isEqualTo(3);
        assertThat(out).startsWith("musl 1.2.3-r4 could not be looked at: release of Alpine unknown");
        assertThat(err).contains("\"alpine\" is no type of package; read as pkg:apk/alpine");
    }

    @Test
    void few_records_are_told_of_what_is_there_and_of_nothing_else() throws IOException {
        file("requirements.txt", "teapot==1.0.0\n");
        run("scan", "requirements.txt");
        assertThat(out).doesNotContain("silence says little");
        project("1.3.0");
        run("scan", "package-lock.json", "--format", "json");
        assertThat(out).contains("npm: only 2 records, so silence says little.");
    }

    private String unfolded() {
        return out.replace('\n', ' ');
    }

    @Test
    void shows_a_record_and_the_state_of_all() {
        assertThat(run("advisories", "show", "CVE-2030-0001")).isZero();
        assertThat(out).contains("GHSA-aaaa-bbbb-cccc, npm", "npm teapot: from the start, before 1.2.0");
        assertThat(run("advisories", "show", "CVE-1999-0001")).isEqualTo(1);
        assertThat(run("advisories", "status")).isZero();
        assertThat(out).startsWith("2 records of 1 source.").contains("10 January 2030", "2 days old");
        assertThat(run("advisories", "verify")).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"scan", "explain", "diff", "sbom", "advisories", "completion", "help"})
    void help_fits_eighty_columns_and_names_its_statuses(String command) {
        assertThat(run(command, "--help")).isZero();
        assertThat(out.lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));
        assertThat(out).contains("Usage: reeve " + command, "Exit status");
    }

    @Test
    void help_names_the_register_too() {
        assertThat(run("--help")).isZero();
        assertThat(out).contains("  demo ", "  serve ");
    }

    @Test
    void reeve_alone_prints_five_lines() {
        assertThat(run()).isZero();
        assertThat(out.lines()).hasSize(5);
        assertThat(out).doesNotContain("archive");
    }

    @Test
    void the_version_is_that_of_the_build() throws IOException {
        assertThat(run("--version")).isZero();
        assertThat(out)
                .startsWith("reeve " + Version.NUMBER + " (commit ")
                .contains("advisories as of 10 January 2030");
        assertThat(Files.readString(Schemas.file("pom.xml")))
                .containsPattern("<version>" + Version.NUMBER + "(-SNAPSHOT)?</version>");
    }
}
