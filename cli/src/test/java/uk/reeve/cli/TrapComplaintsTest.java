package uk.reeve.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.reeve.cli.report.Formats;
import uk.reeve.engine.input.Node;

/// What people complain of most in scanners.
final class TrapComplaintsTest {

    @TempDir
    Path store;

    @Test
    void complaint_01_a_name_or_a_cpe_alone_never_fails_a_build() {
        TrapCase trap = new TrapCase("input-22-bare-name", store);
        TrapCase.Run run = trap.scan("--fail-on", "any");
        assertThat(run.status()).isZero();
        assertThat(run.json().get("summary").text("flaws")).isEqualTo("0");
        assertThat(run.json().get("summary").text("possible")).isEqualTo("1");
    }

    @Test
    void complaint_02_what_a_distribution_packages_is_judged_by_its_word_at_those_paths_only() {
        TrapCase trap = new TrapCase("complaint-02-distribution", store);
        TrapCase.Run run = trap.scan();
        assertThat(run.findings())
                .containsExactlyInAnyOrder(
                        "CVE-0000-0203 python3-hedgerow 2.28.1-1+deb12u1 exact", // Debian has no fix yet
                        "CVE-0000-0202 hedgerow 2.28.1 exact", // Debian has no word on it
                        "CVE-0000-0201 hedgerow 2.30.0 exact", // nobody packaged this copy
                        "CVE-0000-0202 hedgerow 2.30.0 exact",
                        "CVE-0000-0203 hedgerow 2.30.0 exact");
        assertThat(run.json().get("summary").get("hidden").text("the distribution's word"))
                .isEqualTo("2");
        assertThat(trap.run(trap.folder(), List.of("scan", "--verbose", "scanned"))
                        .out())
                .contains("2 hidden: 2 by the distribution's word.")
                .containsPattern("hedgerow 2\\.28\\.1 +CVE-0000-0201")
                .contains("the file is of the distribution's package python3-hedgerow 2.28.1-1+deb12u1, which its"
                        + " records call not affected")
                .contains("under which CVE-0000-0203 is told");
    }

    @Test
    void complaint_03_the_first_scan_has_advisories_and_a_failed_update_leaves_them() throws IOException {
        Files.writeString(store.resolve("requirements.txt"), "jinja2==2.10\n");
        Path starter = Files.createDirectory(store.resolve("starter"));
        List<String> scan = List.of("scan", "-f", "json", "requirements.txt");
        TrapCase.Run first = TrapCase.run(store, starter, scan);
        assertThat(first.status()).isZero();
        assertThat(first.findings()).contains("CVE-2019-10906 jinja2 2.10 exact");
        List<String> nowhere = List.of(
                "advisories",
                "update",
                "--from",
                "http://127.0.0.1:1/osv",
                "--kev",
                "none",
                "--epss",
                "none",
                "--ecosystem",
                "PyPI");
        assertThat(TrapCase.run(store, starter, nowhere).status()).isEqualTo(Exit.INCOMPLETE);
        assertThat(TrapCase.run(store, starter, scan).findings()).isEqualTo(first.findings());
        TrapCase.Run aged = TrapCase.run(store, starter, List.of("scan", "requirements.txt", "--fail-on", "stale"));
        assertThat(aged.status()).as("advisories of July in November").isEqualTo(Exit.FAILED);
    }

    @Test
    void complaint_04_development_and_optional_parts_are_marked_and_can_be_left_out() {
        TrapCase trap = new TrapCase("complaint-04-scope", store);
        assertThat(trap.scan().components("scope"))
                .containsExactlyInAnyOrder("shipped runtime", "tool development", "extra optional");
        assertThat(trap.scan().json().get("summary").text("developmentFlaws")).isEqualTo("1");
        assertThat(trap.scan("--no-dev").components("scope"))
                .containsExactlyInAnyOrder("shipped runtime", "extra optional");
    }

    @Test
    void complaint_05_an_entry_hides_by_any_alias_for_its_package_and_until_its_end() {
        TrapCase trap = new TrapCase("complaint-05-ignoring", store);
        String hedgerow = "CVE-0000-2001 hedgerow 1.0.0 exact";
        String stile = "CVE-0000-2002 stile 1.0.0 exact";
        assertThat(trap.scan().findings())
                .as("a rule file inside what is scanned")
                .containsExactly(hedgerow, stile);
        TrapCase.Run hidden = trap.scan("--ignore", "alias.yaml");
        assertThat(hidden.findings()).containsExactly(stile);
        assertThat(hidden.json().items("findings"))
                .as("stays in the report, marked")
                .hasSize(2);
        TrapCase.Run expired = trap.scan("--ignore", "expired.yaml");
        assertThat(expired.findings()).containsExactly(hedgerow, stile);
        assertThat(expired.out()).contains("ran out on");
        TrapCase.Run elsewhere = trap.scan("--ignore", "elsewhere.yaml");
        assertThat(elsewhere.findings()).containsExactly(hedgerow, stile);
        assertThat(elsewhere.out()).contains("hides nothing; remove it");
        assertThat(trap.scan("--ignore", "reasonless.yaml").status()).isEqualTo(Exit.USAGE);
    }

    @Test
    void complaint_06_an_sbom_is_known_by_its_content_and_works_from_package_urls() {
        TrapCase trap = new TrapCase("complaint-06-sbom", store);
        TrapCase.Run run = trap.scan("scanned/delivered-by-supplier.txt");
        assertThat(run.findings()).hasSize(1);
        assertThat(run.components("coverage")).contains("something no identity");
    }

    @Test
    void complaint_07_an_unknown_release_is_said_and_can_be_told() {
        TrapCase trap = new TrapCase("complaint-07-release", store);
        TrapCase.Run unknown = trap.scan();
        assertThat(unknown.components("coverage")).containsExactly("openssl unknown release");
        assertThat(trap.scan("--strict").status()).isEqualTo(Exit.INCOMPLETE);
        assertThat(trap.scan("--distro", "debian:12").findings()).hasSize(1);
    }

    @Test
    void complaint_08_what_the_distribution_calls_unimportant_is_counted_apart() {
        TrapCase trap = new TrapCase("complaint-08-unimportant", store);
        TrapCase.Run run = trap.scan();
        assertThat(run.json().get("summary").text("unimportant")).isEqualTo("1");
        assertThat(run.json().get("summary").text("flaws")).isEqualTo("2");
        assertThat(run.upgrades()).containsExactly("stile to 1.0-2", "stile has none yet");
    }

    @Test
    void complaint_09_puma_of_the_starter_snapshot_moves_to_one_clean_version() throws IOException {
        Path lock = store.resolve("Gemfile.lock");
        Files.writeString(
                lock,
                "GEM\n  remote: https://rubygems.org/\n  specs:\n    nio4r (2.7.3)\n    puma (4.3.12)\n"
                        + "      nio4r (~> 2.0)\n\nPLATFORMS\n  ruby\n\nDEPENDENCIES\n  puma\n\nBUNDLED WITH\n   2.5.0\n");
        Path starter = Files.createDirectory(store.resolve("starter"));
        TrapCase.Run run = TrapCase.run(store, starter, List.of("scan", "-f", "json", "Gemfile.lock"));
        assertThat(run.upgrades()).containsExactly("puma to 5.6.9");
    }

    @Test
    void complaint_10_the_exit_status_tells_found_hidden_wrong_and_incomplete_apart() {
        TrapCase trap = new TrapCase("complaint-05-ignoring", store);
        assertThat(trap.scan().status()).isEqualTo(Exit.DONE);
        assertThat(trap.scan("--fail-on", "any").status()).isEqualTo(Exit.FAILED);
        assertThat(trap.scan("--fail-on", "any", "--exclude", "forms/**").status())
                .isEqualTo(Exit.DONE);
        assertThat(trap.scan("--fail-on", "everything").status()).isEqualTo(Exit.USAGE);
    }

    @Test
    void complaint_11_a_broken_file_makes_the_scan_incomplete_and_is_named() {
        TrapCase trap = new TrapCase("complaint-11-broken", store);
        assertThat(trap.scan().status()).isEqualTo(Exit.INCOMPLETE);
        for (String format : Formats.NAMES) {
            TrapCase.Run run = trap.run(trap.folder(), List.of("scan", "scanned", "-f", format));
            assertThat(run.status()).as(format).isEqualTo(Exit.INCOMPLETE);
            assertThat(run.out()).as(format).contains("stops in the middle");
        }
    }

    @Test
    void complaint_13_one_flaw_under_three_names_is_one_finding() {
        TrapCase trap = new TrapCase("complaint-13-aliases", store);
        TrapCase.Run run = trap.scan();
        assertThat(run.findings()).containsExactly("CVE-0000-3001 hedgerow 1.0.0 exact");
        assertThat(run.json().items("findings").getFirst().items("otherIds")).hasSize(2);
    }

    @Test
    void complaint_14_a_finding_says_its_file_and_through_whom() {
        TrapCase trap = new TrapCase("complaint-14-chain", store);
        Node finding = trap.scan().json().items("findings").getFirst();
        assertThat(finding.items("places").getFirst().text("file")).isEqualTo("package-lock.json");
        assertThat(finding.items("chain")).extracting(Node::text).containsExactly("gate", "hinge");
    }

    @Test
    void complaint_15_a_moved_checkout_keeps_its_fingerprints() throws IOException {
        TrapCase trap = new TrapCase("complaint-14-chain", store);
        Path moved = Files.createDirectories(store.resolve("moved/elsewhere/scanned"));
        Files.copy(trap.folder().resolve("scanned/package-lock.json"), moved.resolve("package-lock.json"));
        List<String> words = List.of("scan", "-f", "sarif", "scanned");
        String here = trap.run(trap.folder(), words).out();
        assertThat(here).contains("GHSA-chai-0000-0001");
        assertThat(trap.run(moved.getParent(), words).out()).isEqualTo(here);
    }

    @Test
    void complaint_16_malware_is_as_the_lists_of_versions_say_and_withdrawn_records_are_silent() {
        TrapCase trap = new TrapCase("complaint-16-malware", store);
        TrapCase.Run run = trap.scan();
        assertThat(run.findings()).containsExactly("MAL-0000-13 bolt 1.0.1 exact");
    }

    @Test
    void complaint_16_sources_that_disagree_are_shown_side_by_side_and_the_widest_counts() {
        TrapCase trap = new TrapCase("complaint-16-disagreement", store);
        assertThat(trap.scan().findings()).containsExactly("CVE-0000-4001 hedgerow 1.6.0 exact");
        String shown = unfolded(trap.run(trap.folder(), List.of("advisories", "show", "CVE-0000-4001")));
        assertThat(shown)
                .contains(
                        "3 records tell of CVE-0000-4001. PYSEC-0000-42 was withdrawn by its source, and matches nothing.")
                .contains(
                        "The records disagree on PyPI hedgerow: GHSA-disa-0000-0001 says from the start, before 2.0.0, "
                                + "PYSEC-0000-41 says from the start, before 1.5.0.")
                .contains(
                        "The records disagree on the severity: GHSA-disa-0000-0001 says 9.8 critical, PYSEC-0000-41 says"
                                + " 1.8 low.");
        String explained =
                unfolded(trap.run(trap.folder(), List.of("explain", "pypi/hedgerow@1.6.0", "CVE-0000-4001")));
        assertThat(explained)
                .contains("But PYSEC-0000-41, PyPI, does not apply; from the start, before 1.5.0: 1.6.0 is outside")
                .contains("Severity 9.8 critical");
    }

    private static String unfolded(TrapCase.Run run) {
        return run.out().replaceAll("\\s+", " ");
    }

    @Test
    void complaint_17_only_what_is_new_since_a_baseline_fails() {
        TrapCase trap = new TrapCase("complaint-17-baseline", store);
        Path before = store.resolve("before.json");
        Path lock = trap.folder().resolve("scanned");
        List<String> words = List.of("scan", "-f", "json", "-o", before.toString(), "package-lock.json");
        assertThat(trap.run(lock.resolve("before"), words).status()).isZero();
        words = List.of("scan", "-f", "json", "--baseline", before.toString(), "--fail-on", "any", "package-lock.json");
        TrapCase.Run after = trap.run(lock.resolve("after"), words);
        assertThat(after.status()).isEqualTo(Exit.FAILED);
        assertThat(after.json().items("failed").getFirst().text()).startsWith("1 finding ");
        assertThat(trap.run(lock.resolve("before"), words).status()).isZero();
    }

    @Test
    void complaint_18_a_report_names_its_sources_their_dates_and_a_digest() {
        TrapCase trap = new TrapCase("complaint-14-chain", store);
        Node knowledge = trap.scan().json().get("knowledge");
        assertThat(knowledge.text("digest")).isNotBlank();
        assertThat(knowledge.items("sources")).isNotEmpty();
        assertThat(knowledge.items("sources").getFirst().text("asOf")).isNotBlank();
    }

    @Test
    void complaint_18_the_licences_of_the_sources_are_told() throws IOException {
        Files.writeString(store.resolve("requirements.txt"), "hedgerow==1.0.0\n");
        Path starter = Files.createDirectory(store.resolve("starter"));
        Node json = TrapCase.run(store, starter, List.of("scan", "-f", "json", "requirements.txt"))
                .json();
        Node pypi = json.get("knowledge").items("sources").stream()
                .filter(source -> "PyPI".equals(source.text("name")))
                .findFirst()
                .orElseThrow();
        assertThat(pypi.text("licence")).isEqualTo("CC-BY-4.0, MAL-* Apache-2.0");
        assertThat(TrapCase.run(store, starter, List.of("advisories", "status")).out())
                .contains("CC-BY-SA-4.0");
        assertThat(TrapCase.run(store, starter, List.of("scan", "-f", "cyclonedx", "requirements.txt"))
                        .out())
                .containsPattern("\\{\"name\":\"reeve:advisories\",\"value\":\"PyPI as of [0-9-]+, CC-BY-4.0");
    }
}
