package uk.reeve.engine.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import uk.reeve.engine.index.SupportDates;
import uk.reeve.engine.match.Confidence;
import uk.reeve.engine.purl.Purl;
import uk.reeve.engine.sbom.Component;
import uk.reeve.engine.sbom.Place;
import uk.reeve.engine.sbom.Scope;

class SupportMatcherTest {

    private static final int TODAY = (int) LocalDate.parse("2026-11-24").toEpochDay();

    @TempDir
    Path dir;

    private SupportDates dates = SupportDates.NONE;

    @BeforeEach
    void write() throws Exception {
        dates = GivenDates.dates(dir, GivenDates.TEAPOT, GivenDates.DEBIAN);
    }

    private static Component component(String purl, boolean locked) throws Exception {
        return Component.of(purl, Purl.parse(purl), Scope.RUNTIME, locked, new Place("a.lock", 1));
    }

    private @Nullable Standing standing(String purl) throws Exception {
        return new SupportMatcher(dates, TODAY).of(component(purl, true));
    }

    private static Component system(String name, String version) {
        return new Component(
                name,
                null,
                null,
                name,
                version,
                "operating-system",
                Scope.RUNTIME,
                true,
                null,
                List.of(),
                Map.of(),
                List.of(),
                Map.of(),
                null,
                null);
    }

    @ParameterizedTest
    @CsvSource({
        "3.1.4, 3.1, ENDED",
        "v3.1.0, 3.1, ENDED",
        "3.1-beta.2, 3.1, ENDED",
        "3.10.0, 3.10, SUPPORTED",
        "3.9.2, 3.9, ENDING",
        "2.0.1, 2, ENDED",
        "2.8.1, 2, ENDED"
    })
    void a_version_is_of_the_release_that_its_leading_parts_name(String version, String cycle, Standing.State state)
            throws Exception {
        Standing standing = standing("pkg:npm/%40pots/teapot@" + version);
        assertThat(standing).isNotNull();
        assertThat(standing.cycle().name()).isEqualTo(cycle);
        assertThat(standing.state()).isEqualTo(state);
        assertThat(standing.confidence()).isEqualTo(Confidence.EXACT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"3", "4.0.0", "20.1", "main", "3.2.0", "latest"})
    void a_version_of_no_release_that_is_told_is_of_none(String version) throws Exception {
        assertThat(standing("pkg:npm/%40pots/teapot@" + version)).isNull();
    }

    @Test
    void a_version_a_little_above_the_last_is_possible_and_one_far_above_it_is_another_thing() throws Exception {
        Standing mended = standing("pkg:npm/%40pots/teapot@2.8.2");
        assertThat(mended).isNotNull();
        assertThat(mended.confidence()).isEqualTo(Confidence.POSSIBLE);
        assertThat(standing("pkg:npm/%40pots/teapot@2.9.0")).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pkg:deb/debian/teapot@3.1.4-1",
                "pkg:npm/teapot@3.1.4",
                "pkg:pypi/teapot@3.1.4",
                "pkg:oci/teapot@3.1.4",
                "pkg:oci/teapot@3.1.4?repository_url=registry.example"
            })
    void another_package_of_that_name_is_not_meant_and_a_distribution_supports_its_own(String purl) throws Exception {
        assertThat(standing(purl)).isNull();
    }

    @Test
    void what_replaces_it_is_the_newest_supported_release_with_long_support() throws Exception {
        Standing standing = standing("pkg:npm/%40pots/teapot@3.1.4");
        assertThat(standing).isNotNull();
        assertThat(standing.replacement()).isNotNull();
        assertThat(standing.replacement().name()).isEqualTo("3.9");
        assertThat(standing.product().extendedName()).isEqualTo("Teapot LTS");
        assertThat(standing.cycle().extendedEndDate()).isEqualTo("2028-06-30");
        assertThat(standing.id()).isEqualTo("eol/teapot/3.1");
    }

    @Test
    void on_its_last_day_a_release_is_supported() throws Exception {
        Component teapot = component("pkg:npm/%40pots/teapot@3.1.4", true);
        int last = (int) LocalDate.parse("2025-06-30").toEpochDay();
        assertThat(new SupportMatcher(dates, last).of(teapot))
                .extracting("state")
                .isEqualTo(Standing.State.ENDING);
        assertThat(new SupportMatcher(dates, last + 1).of(teapot))
                .extracting("state")
                .isEqualTo(Standing.State.ENDED);
        assertThat(new SupportMatcher(dates, last - 181).of(teapot))
                .extracting("state")
                .isEqualTo(Standing.State.SUPPORTED);
    }

    @Test
    void a_manifests_minimum_is_possible() throws Exception {
        Standing standing = new SupportMatcher(dates, TODAY).of(component("pkg:npm/%40pots/teapot@3.1.4", false));
        assertThat(standing).extracting("confidence").isEqualTo(Confidence.POSSIBLE);
    }

    @ParameterizedTest
    @CsvSource({"debian, 10.2, 10", "Debian, 12, 12", "debian, buster, 10"})
    void an_operating_system_is_of_its_release(String name, String version, String cycle) throws Exception {
        Standing standing = new SupportMatcher(dates, TODAY).of(system(name, version));
        assertThat(standing).isNotNull();
        assertThat(standing.cycle().name()).isEqualTo(cycle);
    }

    @Test
    void an_operating_system_that_merely_sounds_alike_is_none() throws Exception {
        assertThat(new SupportMatcher(dates, TODAY).of(system("debian-like", "10")))
                .isNull();
        assertThat(new SupportMatcher(dates, TODAY).of(system("debian", "100"))).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "pkg:deb/debian/bash@5.0?distro=debian-10, , 10", "pkg:deb/debian/bash@5.0?distro=10.2, , 10",
        "pkg:deb/debian/bash@5.0?distro=buster, , 10", "pkg:deb/debian/bash@5.0, Debian:12, 12"
    })
    void a_package_tells_the_release_of_its_distribution(String purl, @Nullable String told, String cycle)
            throws Exception {
        Standing standing = new SupportMatcher(dates, TODAY).distribution(component(purl, true), told);
        assertThat(standing).isNotNull();
        assertThat(standing.cycle().name()).isEqualTo(cycle);
    }

    @Test
    void of_several_products_of_one_name_the_one_supported_longest_is_possible() throws Exception {
        String kettle = GivenDates.TEAPOT
                .replace("Teapot", "Kettle")
                .replace("/teapot\n", "/kettle\n")
                .replace("%40pots/kettle", "%40pots/teapot")
                .replace("2025-06-30", "2025-07-31");
        SupportDates both = GivenDates.dates(dir, GivenDates.TEAPOT, kettle);
        Standing standing = new SupportMatcher(both, TODAY).of(component("pkg:npm/%40pots/teapot@3.1.4", true));
        assertThat(standing).isNotNull();
        assertThat(standing.product().name()).isEqualTo("kettle");
        assertThat(standing.confidence()).isEqualTo(Confidence.POSSIBLE);
    }

    @Test
    void a_cpe_alone_is_possible() throws Exception {
        Component named = new Component(
                "a",
                null,
                null,
                "teapot",
                null,
                "application",
                Scope.RUNTIME,
                true,
                null,
                List.of(),
                Map.of(),
                List.of("cpe:2.3:a:pots:teapot:3.1.4:*:*:*:*:*:*:*"),
                Map.of(),
                null,
                null);
        Standing standing = new SupportMatcher(dates, TODAY).of(named);
        assertThat(standing).isNotNull();
        assertThat(standing.cycle().name()).isEqualTo("3.1");
        assertThat(standing.confidence()).isEqualTo(Confidence.POSSIBLE);
    }
}
