package uk.reeve.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.reeve.cli.report.Formats;

/// Inputs on which scanners are known to have answered wrongly.
final class TrapInputsTest {

    @TempDir
    Path store;

    @Test
    void trap_01_move_to_the_version_clean_of_all_records() {
        TrapCase.Run run = new TrapCase("input-01-tmp", store).scan();
        assertThat(run.upgrades()).containsExactly("tmp to 0.2.7");
    }

    @Test
    void trap_02_the_fix_ends_the_range_the_install_is_in() {
        TrapCase.Run run = new TrapCase("input-02-ranges", store).scan();
        assertThat(run.upgrades()).containsExactly("hedgerow to 2.3.1");
    }

    @Test
    void trap_03_an_alias_is_looked_up_as_what_it_installs() {
        TrapCase.Run run = new TrapCase("input-03-alias", store).scan();
        assertThat(run.findings()).containsExactly("GHSA-widt-0000-0001 string-width 4.2.3 exact");
        assertThat(run.components("version")).containsExactly("string-width 4.2.3");
    }

    @Test
    void trap_04_members_of_a_workspace_are_no_registry_packages() {
        TrapCase.Run run = new TrapCase("input-04-workspace", store).scan();
        assertThat(run.findings()).isEmpty();
    }

    @Test
    void trap_05_a_private_package_among_test_files_is_not_reported() {
        TrapCase.Run run = new TrapCase("input-05-fixture-package", store).scan();
        assertThat(run.findings()).isEmpty();
    }

    @Test
    void trap_06_a_minimum_is_not_a_version() {
        TrapCase.Run run = new TrapCase("input-06-minimum", store).scan();
        assertThat(run.findings()).isEmpty();
        assertThat(run.ledger())
                .containsExactly(
                        "unlocked: PyJWT >=2.10.0 has no locked version",
                        "unlocked: hedgerow >=0.6.0,<1 has no locked version");
    }

    @Test
    void trap_07_go_and_toolchain_lines_make_the_standard_library_possible_only() {
        TrapCase.Run run = new TrapCase("input-07-toolchain", store).scan();
        assertThat(run.findings()).containsExactly("GO-0000-0002 stdlib 1.23.6 possible");
        assertThat(run.upgrades()).isEmpty();
    }

    @Test
    void trap_09_a_pseudo_version_is_exact_only_against_module_versions() {
        TrapCase.Run run = new TrapCase("input-09-pseudo-version", store).scan();
        String pseudo = "v0.0.0-20220308185742-91533d04e894";
        assertThat(run.findings())
                .containsExactly(
                        "GO-0000-0003 example.org/hedge " + pseudo + " exact",
                        "GHSA-isti-0000-0001 istio.io/istio " + pseudo + " possible");
    }

    @Test
    void trap_10_parts_of_kubernetes_are_numbered_apart_from_its_releases() {
        TrapCase.Run run = new TrapCase("input-10-staging", store).scan();
        assertThat(run.findings()).containsExactly("GHSA-kube-0000-0001 k8s.io/kube-proxy v0.22.1 possible");
        assertThat(run.upgrades()).isEmpty();
    }

    @Test
    void trap_11_a_replaced_module_has_the_version_that_replaces_it() {
        TrapCase.Run run = new TrapCase("input-11-replace", store).scan();
        assertThat(run.findings()).isEmpty();
        assertThat(run.components("version")).contains("golang.org/x/net v0.22.0");
    }

    @Test
    void trap_12_a_fix_of_another_module_stream_says_nothing() {
        TrapCase.Run run = new TrapCase("input-12-module-stream", store).scan();
        assertThat(run.findings()).isEmpty();
    }

    @Test
    void trap_13_a_build_by_a_third_party_is_not_judged() {
        TrapCase.Run run = new TrapCase("input-13-third-party", store).scan();
        assertThat(run.findings()).isEmpty();
        assertThat(run.components("coverage")).containsExactly("php not judged");
    }

    @Test
    void trap_14_a_python_package_that_an_rpm_owns_is_judged_by_the_rpm() {
        TrapCase trap = new TrapCase("input-14-owned-by-an-rpm", store);
        assertThat(trap.scan("scanned/owned/bom.json").findings()).isEmpty();
        assertThat(trap.scan("scanned-syft/image.spdx.json").findings()).isEmpty();
        assertThat(trap.scan("scanned-alone/bom.json").findings())
                .containsExactly("CVE-0000-1401 requests 2.31.0 exact");
    }

    @Test
    void trap_15_a_source_has_not_the_epoch_of_a_binary_of_another_version() {
        TrapCase.Run run = new TrapCase("input-15-source-epoch", store).scan();
        assertThat(run.findings()).isEmpty();
        assertThat(run.components("coverage")).containsExactly("perl-Errno looked at");
    }

    @Test
    void trap_16_a_fix_in_version_zero_affects_nothing_and_origins_are_looked_up() {
        TrapCase.Run run = new TrapCase("input-16-secfixes-zero", store).scan();
        assertThat(run.findings()).containsExactly("ALPINE-CVE-0000-0002 libssl3 3.1.4-r0 exact");
    }

    @Test
    void trap_17_a_fix_of_ubuntu_pro_counts_for_its_builds() {
        TrapCase.Run run = new TrapCase("input-17-esm", store).scan();
        assertThat(run.findings()).isEmpty();
    }

    @Test
    void trap_18_a_release_is_later_than_its_candidate() {
        TrapCase.Run run = new TrapCase("input-18-candidate", store).scan();
        assertThat(run.findings()).isEmpty();
    }

    @Test
    void trap_19_a_canary_is_earlier_than_its_release_at_both_bounds() {
        TrapCase.Run run = new TrapCase("input-19-canary", store).scan();
        assertThat(run.findings()).containsExactly("GHSA-next-0000-0001 next 15.2.3-canary.0 exact");
        assertThat(run.upgrades()).containsExactly("next to 15.2.3");
    }

    @Test
    void trap_20_a_pre_release_is_within_a_range_by_plain_order() {
        TrapCase.Run run = new TrapCase("input-20-long-term", store).scan();
        assertThat(run.findings()).containsExactly("GHSA-mult-0000-0001 multer 1.45.1-lts.1 exact");
    }

    @Test
    void trap_21_what_a_lock_file_of_cargo_names_is_perhaps_not_compiled() {
        TrapCase trap = new TrapCase("input-21-not-compiled", store);
        TrapCase.Run run = trap.scan();
        assertThat(run.findings()).hasSize(1);
        assertThat(run.json().items("findings").getFirst().text("presence")).isEqualTo("perhaps not compiled");
        saysInEveryFormat(trap, "perhaps not compiled");
        assertThat(trap.run(trap.folder(), List.of("scan", "scanned")).out().replace("\n", " "))
                .contains("Perhaps not compiled: rsa 0.9.6 is named by Cargo.lock alone");
    }

    @Test
    void trap_25_what_a_deps_json_names_is_perhaps_not_on_disk() {
        TrapCase trap = new TrapCase("input-25-not-on-disk", store);
        assertThat(trap.scan().findings()).hasSize(1);
        saysInEveryFormat(trap, "eclared, perhaps not on disk");
    }

    private static void saysInEveryFormat(TrapCase trap, String words) {
        for (String format : Formats.NAMES) {
            assertThat(trap.run(trap.folder(), List.of("scan", "scanned", "-f", format))
                            .out()
                            .replace("Perhaps", "perhaps"))
                    .as(format)
                    .contains(words);
        }
    }

    @Test
    void trap_19_explain_tells_why_a_canary_is_affected_at_one_bound_and_not_at_the_other() {
        TrapCase trap = new TrapCase("input-19-canary", store);
        String affected = explained(trap, "npm/next@15.2.3-canary.0", "GHSA-next-0000-0001");
        assertThat(affected)
                .contains("is affected by GHSA-NEXT-0000-0001".replace("NEXT", "next"))
                .contains("Range       from 15.0.0, before 15.2.3")
                .contains("15.2.3-canary.0 < 15.2.3");
        String not = explained(trap, "npm/gate@1.2.0-beta.1", "GHSA-gate-0000-0002");
        assertThat(not)
                .contains("is not affected by GHSA-GATE-0000-0002")
                .contains("from 1.2.0, before 1.2.5: 1.2.0-beta.1 is a pre-release of 1.2.0, and so before it");
    }

    private static String explained(TrapCase trap, String... words) {
        List<String> all = new ArrayList<>(List.of("explain"));
        all.addAll(List.of(words));
        return trap.run(trap.folder(), all).out().replaceAll("\n {10,}", " ");
    }

    @Test
    void trap_22_a_bare_name_matches_nothing_and_a_cpe_is_possible_only() {
        TrapCase.Run run = new TrapCase("input-22-bare-name", store).scan();
        assertThat(run.findings()).containsExactly("BIT-libidn2-0000-1 libidn2 2.3.2 possible");
        assertThat(run.upgrades()).isEmpty();
    }

    @Test
    void trap_24_a_statement_holds_for_the_product_it_names() {
        TrapCase trap = new TrapCase("input-24-vex", store);
        assertThat(trap.scan("--vex", "vex.json").findings()).containsExactly("CVE-0000-1001 package-b 1.0.0 exact");
        assertThat(trap.scan("--vex", "vex.json", "--fail-on", "any")
                        .json()
                        .items("failed")
                        .getFirst()
                        .text())
                .startsWith("1 finding ");
    }

    @Test
    void trap_26_a_module_called_go_is_not_the_standard_library() {
        TrapCase.Run run = new TrapCase("input-26-module-not-stdlib", store).scan();
        assertThat(run.findings()).containsExactly("GO-0000-0006 github.com/json-iterator/go v1.1.12 exact");
    }

    @Test
    void trap_27_the_package_url_has_the_word_on_the_version() {
        TrapCase.Run run = new TrapCase("input-27-two-versions", store).scan();
        assertThat(run.findings()).containsExactly("GHSA-hedg-0000-0002 hedgerow 1.0.0 exact");
        assertThat(run.ledger()).singleElement().asString().startsWith("warning: the version \"9.0.14\"");
    }
}
