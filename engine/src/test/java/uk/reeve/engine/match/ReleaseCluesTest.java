package uk.reeve.engine.match;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.reeve.engine.purl.BadPurl;
import uk.reeve.engine.purl.Purl;
import uk.reeve.engine.sbom.Component;
import uk.reeve.engine.sbom.Place;
import uk.reeve.engine.sbom.Scope;

class ReleaseCluesTest {

    @ParameterizedTest
    @CsvSource({
        "deb/debian/stile@7.88.1-10%2Bdeb12u5, Debian:12",
        "deb/debian/stile@5.2.5-2.1~deb9u1, Debian:9",
        "deb/debian/stile@2.0-1~bpo11%2B1, Debian:11",
        "deb/stile@1.1.1n-0%2Bdeb11u3, Debian:11",
        "deb/ubuntu/stile@1.2-3ubuntu0.22.04.1, Ubuntu:22.04",
        "deb/ubuntu/stile@20.10.12-0ubuntu2~20.04.1, Ubuntu:20.04",
        "deb/ubuntu/stile@4.5~18.04, Ubuntu:18.04",
        "rpm/redhat/stile@1.0-3.el9_4, Red Hat:9",
        "rpm/centos/stile@1.0-3.module%2Bel8.5.0%2B12, Red Hat:8",
        "rpm/almalinux/stile@1.0-3.el10, AlmaLinux:10",
        "rpm/rocky/stile@1.0-3.el8, Rocky Linux:8",
    })
    void a_version_tells_the_release_that_it_was_built_for(String purl, String release) throws BadPurl {
        assertThat(alone(purl)).isEqualTo(release);
    }

    @ParameterizedTest
    @CsvSource({
        "deb/debian/stile@1.0-1",
        "deb/debian/stile@1.0-debug1",
        "deb/stile@1.0-1",
        "deb/ubuntu/stile@20.10.12-0ubuntu4",
        "deb/ubuntu/stile@1.21.1ubuntu2.3",
        "rpm/fedora/stile@1.0-3.fc38",
        "rpm/stile@1.0-3.el9",
        "rpm/redhat/stile@1.0-3.el2024",
        "apk/alpine/stile@1.0-r3",
        "npm/stile@1.0~deb12u1",
    })
    void a_version_without_a_mark_tells_nothing(String purl) throws BadPurl {
        assertThat(alone(purl)).isNull();
    }

    @Test
    void packages_of_one_document_are_of_one_release_and_the_newest_mark_tells_it() throws BadPurl {
        ReleaseClues clues = new ReleaseClues();
        clues.add(component("deb/debian/hedge@1.0-1+deb9u1"));
        clues.add(component("deb/debian/gate@1.0-1+deb12u1"));
        clues.add(component("deb/debian/stile@1.0-1"));
        InferredRelease release = clues.of(component("deb/debian/stile@1.0-1"));
        assertThat(release).isEqualTo(new InferredRelease("Debian:12", "the version of a package says"));
        assertThat(clues.of(component("deb/debian/hedge@1.0-1+deb9u1"))).isEqualTo(release);
        assertThat(clues.of(component("deb/ubuntu/stile@1.0-1"))).isNull();
    }

    @Test
    void an_rpm_is_of_the_release_that_its_own_version_marks() throws BadPurl {
        ReleaseClues clues = new ReleaseClues();
        clues.add(component("rpm/redhat/hedge@1.0-1.el8"));
        clues.add(component("rpm/redhat/gate@1.0-1.el9"));
        assertThat(word(clues.of(component("rpm/redhat/hedge@1.0-1.el8")))).isEqualTo("Red Hat:8");
        assertThat(clues.of(component("rpm/redhat/stile@1.0-1")))
                .as("two releases in one document")
                .isNull();
    }

    @Test
    void the_operating_system_of_the_document_and_other_packages_tell_it() throws BadPurl {
        ReleaseClues system = new ReleaseClues();
        system.add(operatingSystem("alpine", "3.18.4"));
        assertThat(word(system.of(component("apk/alpine/stile@1.0-r3")))).isEqualTo("Alpine:v3.18");
        ReleaseClues others = new ReleaseClues();
        others.add(component("deb/debian/gate@1.0-1?distro=debian-11.7"));
        assertThat(word(others.of(component("deb/debian/stile@1.0-1")))).isEqualTo("Debian:11");
        others.add(operatingSystem("debian", "12"));
        assertThat(others.of(component("deb/debian/stile@1.0-1")))
                .as("two systems in one document")
                .isNull();
    }

    private static @Nullable String alone(String purl) throws BadPurl {
        Component component = component(purl);
        ReleaseClues clues = new ReleaseClues();
        clues.add(component);
        return word(clues.of(component));
    }

    private static @Nullable String word(@Nullable InferredRelease release) {
        return release == null ? null : release.distribution();
    }

    private static Component component(String purl) throws BadPurl {
        return Component.of(purl, Purl.lenient("pkg:" + purl, w -> {}), Scope.RUNTIME, true, new Place("bom.json", 1));
    }

    private static Component operatingSystem(String name, String version) {
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
}
