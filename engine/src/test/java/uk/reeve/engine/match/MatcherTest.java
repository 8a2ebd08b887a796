package uk.reeve.engine.match;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.reeve.engine.index.AdvisoryStore;
import uk.reeve.engine.index.Scores;
import uk.reeve.engine.purl.BadPurl;
import uk.reeve.engine.purl.Purl;
import uk.reeve.engine.sbom.Component;
import uk.reeve.engine.sbom.Place;
import uk.reeve.engine.sbom.Scope;
import uk.reeve.engine.version.Ecosystem;

class MatcherTest {

    @TempDir
    Path dir;

    private static Component component(String purl) throws BadPurl {
        return Component.of(purl, Purl.lenient(purl, _ -> {}), Scope.RUNTIME, true, new Place("bom.json", 1));
    }

    @ParameterizedTest
    @CsvSource({
        // Guava's records name one flavour
        "0:32.0.0-android, 31.1-jre, 32.0.0-jre",
        "0:32.0.0-android, 31.1-android, 32.0.0-android",
        "0:32.0.0-android, 20.0, 32.0.0-jre",
        // those of others name several; another flavour is better than none
        "0:12.2.1.jre8 12.3.0.jre8:12.4.0.jre11, 12.2.0.jre11, 12.4.0.jre11",
        "0:12.2.1.jre8 12.3.0.jre8:12.4.0.jre11, 12.2.0.jre8, 12.2.1.jre8",
        "0:12.2.1.jre8, 12.2.0.jre11, 12.2.1.jre8",
        // no flavour
        "0:2.0.1, 1.0, 2.0.1"
    })
    void moves_to_the_flavour_that_is_installed(String ranges, String installed, String to) throws Exception {
        Files.createDirectories(dir.resolve("Maven"));
        int number = 0;
        for (String range : ranges.split(" ")) {
            int colon = range.indexOf(':');
            record("GHSA-pot-000" + ++number, range.substring(0, colon), range.substring(colon + 1));
        }
        assertThat(Objects.requireNonNull(move("pkg:maven/org.example/pot@" + installed))
                        .to())
                .isEqualTo(to);
    }

    @ParameterizedTest
    @CsvSource({
        // EPEL's builds bear the release's own mark; only their vendor tells
        "pkg:rpm/rocky/nginx@1.24.0-1.el9?distro=rocky-9.3, Fedora Project, Fedora Project",
        "pkg:rpm/rocky/nginx@1.20.1-14.el9?distro=rocky-9.3, Rocky Enterprise Software Foundation,",
        "pkg:rpm/redhat/php@8.2.1-1.el9.remi?distro=rhel-9.3, , 8.2.1-1.el9.remi",
        "pkg:rpm/centos/bash@4.4.20-1.el8?distro=centos-8, CentOS,",
        "pkg:rpm/sles/curl@8.0.1-1?distro=sles-15.5, SUSE LLC <https://www.suse.com/>,",
        "pkg:deb/debian/libpq5@16.1-1.pgdg120%2B1?distro=debian-12, , 16.1-1.pgdg120+1",
        "pkg:deb/ubuntu/php8.2@8.2.7-1%2Bubuntu22.04.1%2Bdeb.sury.org%2B1?distro=ubuntu-22.04, ,"
                + " 8.2.7-1+ubuntu22.04.1+deb.sury.org+1",
        "pkg:deb/debian/curl@7.88.1-10%2Bdeb12u4?distro=debian-12, ,"
    })
    void a_third_partys_build_is_known_by_its_mark_or_vendor(
            String purl, @Nullable String vendor, @Nullable String builder) throws Exception {
        Component plain = component(purl);
        Component told = new Component(
                plain.ref(),
                plain.purl(),
                plain.group(),
                plain.name(),
                plain.version(),
                plain.type(),
                plain.scope(),
                plain.locked(),
                vendor,
                plain.licences(),
                plain.hashes(),
                plain.cpes(),
                vendor == null ? Map.of() : Map.of("rpm:vendor", vendor),
                plain.place(),
                plain.parent());
        Identity identity = Identity.of(told, null);
        assertThat(identity.refusal() == null ? null : identity.refusal().why())
                .isEqualTo(
                        builder == null
                                ? null
                                : "was built by a third party (" + builder + "), so "
                                        + Objects.requireNonNull(DistributionPackage.byName(plain.group()))
                                                .osvName()
                                        + "'s advisories do not judge it");
    }

    private void record(String id, String introduced, String fixed) throws IOException {
        Files.writeString(dir.resolve("Maven/" + id + ".json"), """
                {"id": "%s", "modified": "2030-01-09T00:00:00Z",
                 "affected": [{"package": {"ecosystem": "Maven", "name": "org.example:pot"},
                   "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "%s"}, {"fixed": "%s"}]}]}]}
                """.formatted(id, introduced, fixed));
    }

    private @Nullable Move move(String purl) throws Exception {
        try (AdvisoryStore store = AdvisoryStore.open(dir.resolve("store"))) {
            store.importFrom(List.of(dir.resolve("Maven")), null);
            return new Matcher(store.index(), Scores.NONE)
                    .match(component(purl), null)
                    .move();
        }
    }

    @Test
    void every_type_that_is_told_is_looked_up_and_no_other_has_an_ecosystem() throws BadPurl {
        for (String type : Matcher.types()) {
            Identity identity = Identity.of(component("pkg:" + type + "/debian/x@1"), null);
            String why = identity.refusal() == null ? "" : identity.refusal().why();
            assertThat(why).as(type).doesNotContain("packages of type");
        }
        for (Ecosystem ecosystem : Ecosystem.values()) {
            boolean unread = ecosystem == Ecosystem.KUBERNETES || ecosystem == Ecosystem.GHC; // no package URLs of them
            assertThat(Matcher.types().contains(ecosystem.purlType()))
                    .as(ecosystem.osvName())
                    .isNotEqualTo(unread);
        }
    }
}
