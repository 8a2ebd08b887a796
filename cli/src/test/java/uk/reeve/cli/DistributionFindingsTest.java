package uk.reeve.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DistributionFindingsTest {

    @TempDir
    Path store;

    @Test
    void an_inferred_release_gives_possible_findings_and_stays_in_the_ledger() {
        TrapCase trap = new TrapCase("release-inferred", store);
        TrapCase.Run run = trap.scan();
        assertThat(run.findings()).containsExactly("DEBIAN-CVE-0000-0007 stile 1.0-1 possible");
        assertThat(run.out()).contains("the release is taken to be Debian 11, as the version of a package says");
        assertThat(run.components("coverage"))
                .containsExactlyInAnyOrder("stile unknown release", "gate unknown release");
        assertThat(trap.scan("--strict").status()).isEqualTo(Exit.INCOMPLETE);
        assertThat(trap.scan("--fail-on", "any").status()).isEqualTo(Exit.DONE);
        assertThat(trap.scan("--distro", "debian:12").findings())
                .containsExactly("DEBIAN-CVE-0000-0008 stile 1.0-1 exact");
    }

    @Test
    void a_flaw_of_the_kernel_in_its_headers_alone_is_counted_apart() {
        TrapCase.Run run = new TrapCase("complaint-08-headers", store).scan();
        assertThat(run.json().get("summary").text("unimportant")).isEqualTo("1");
        assertThat(run.upgrades()).containsExactly("linux-image-6.1.0-12-amd64 to 6.1.99-1");
    }

    @Test
    void a_revision_of_bitnami_is_no_pre_release() {
        TrapCase.Run run = new TrapCase("bitnami-revision", store).scan();
        assertThat(run.findings())
                .containsExactlyInAnyOrder(
                        "BIT-gate-0000-1 gate 6.7.2-3 exact", "BIT-stile-0000-1 stile 7.4.0-3 exact");
    }
}
