package uk.reeve.engine.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.reeve.engine.Shared;
import uk.reeve.engine.advisory.OsvReader;
import uk.reeve.engine.purl.Purl;
import uk.reeve.engine.sbom.Component;
import uk.reeve.engine.sbom.Place;
import uk.reeve.engine.sbom.Scope;
import uk.reeve.engine.support.ProductReader;
import uk.reeve.engine.support.Standing;
import uk.reeve.engine.support.SupportMatcher;

class SupportDatesTest {

    private static final String POT = """
            ---
            title: Pot
            permalink: /pot
            identifiers:
              - purl: pkg:npm/pot
            releases:
              - releaseCycle: "1"
                releaseDate: 2020-01-01
                eol: 2021-01-01
            ---
            """;

    @TempDir
    Path dir;

    private Path page(String name, String text) throws IOException {
        Path file = dir.resolve("pages").resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private AdvisoryStore store(String name) {
        return AdvisoryStore.open(dir.resolve(name));
    }

    private static void advisory(AdvisoryStore store) throws Exception {
        IndexBuilder builder = new IndexBuilder(true);
        builder.add(OsvReader.read(new ByteArrayInputStream("""
                        {"id": "GHSA-aaaa-bbbb-cccc", "modified": "2026-01-01T00:00:00Z", "affected": [{
                          "package": {"ecosystem": "npm", "name": "left-pad"}, "versions": ["1.0.0"]}]}
                        """.getBytes(StandardCharsets.UTF_8))), "npm");
        builder.source("npm", "2026-01-01", "here");
        Files.createDirectories(store.dir());
        store.replace(builder, 1, List.of());
    }

    @Test
    void a_folder_takes_the_place_of_all_and_a_single_page_that_of_its_own() throws Exception {
        Path pot = page("pot.md", POT);
        page("README.md", "# About");
        AdvisoryStore store = store("db");
        assertThat(store.importFrom(List.of(pot.getParent()), LocalDate.parse("2026-11-01"))
                        .products())
                .isEqualTo(1);
        assertThat(store.support().asOf()).isEqualTo("2026-11-01");
        assertThat(store.importFrom(List.of(pot), LocalDate.parse("2026-11-01")).nothing())
                .isTrue();
        Files.delete(pot);
        Path lid = page("lid.md", POT.replace("Pot", "Lid").replace("pot", "lid"));
        store.importFrom(List.of(lid), null);
        assertThat(store.support().size()).isEqualTo(2);
        store.importFrom(List.of(lid.getParent()), null);
        assertThat(store.support().find("npm/pot")).isEmpty();
        assertThat(store.support().find("npm/lid")).hasSize(1);
    }

    @Test
    void a_page_that_is_no_product_is_named_and_changes_nothing() throws Exception {
        AdvisoryStore store = store("db");
        Path broken = page("broken.md", POT.replace("2021-01-01", "soon"));
        AdvisoryStore.Change change = store.importFrom(List.of(broken), null);
        assertThat(change.problems()).hasSize(1).first().asString().startsWith(broken + ":9: has the eol \"soon\"");
        assertThat(store.support().size()).isZero();
    }

    @Test
    void dates_travel_in_a_bundle_and_in_the_starter_snapshot() throws Exception {
        AdvisoryStore from = store("from");
        advisory(from);
        from.importFrom(List.of(page("pot.md", POT)), LocalDate.parse("2026-11-01"));
        from.exportTo(dir.resolve("a.bundle"), null);
        AdvisoryStore to = store("to");
        to.importFrom(List.of(dir.resolve("a.bundle")), null);
        assertThat(to.support().find("npm/pot")).hasSize(1);
        to.verify();
        from.exportStarter(dir.resolve("a.snapshot"));
        Path dates = dir.resolve("a.sup");
        Snapshot.expand(
                Files.newInputStream(dir.resolve("a.snapshot")), dir.resolve("a.idx"), dir.resolve("a.sco"), dates);
        assertThat(SupportDates.open(dates).asOf()).isEqualTo("2026-11-01");
    }

    @Test
    void a_damaged_file_is_refused_or_answers_but_never_breaks() throws Exception {
        Path whole = dir.resolve("whole.sup");
        SupportDates.Builder builder = new SupportDates.Builder();
        builder.add(ProductReader.read(new ByteArrayInputStream(POT.getBytes(StandardCharsets.UTF_8))));
        builder.write(whole);
        byte[] bytes = Files.readAllBytes(whole);
        Random random = new Random(7);
        for (int i = 0; i < 500; i++) {
            byte[] bad = bytes.clone();
            for (int flips = random.nextInt(4); flips >= 0; flips--) {
                bad[random.nextInt(bad.length)] = (byte) random.nextInt();
            }
            Path file = Files.write(dir.resolve("bad.sup"), bad);
            try {
                SupportDates dates = SupportDates.open(file);
                dates.find("npm/pot");
                new SupportDates.Builder().addAll(dates);
            } catch (BadIndex e) {
                assertThat(e).hasMessageNotContaining("null");
            }
        }
        Files.write(dir.resolve("bad.sup"), java.util.Arrays.copyOf(bytes, bytes.length - 1));
        assertThatThrownBy(() -> SupportDates.open(dir.resolve("bad.sup")).verify())
                .isInstanceOf(BadIndex.class);
    }

    @Test
    void the_real_products_say_what_their_makers_say() throws Exception {
        AdvisoryStore store = store("real");
        AdvisoryStore.Change change =
                store.importFrom(List.of(Shared.path("data/eol/endoflife.date-products.zip")), null);
        assertThat(change.problems()).isEmpty();
        assertThat(change.products()).isEqualTo(464);
        assertThat(store.support().asOf()).isEqualTo("2026-08-22");
        SupportMatcher matcher = new SupportMatcher(
                store.support(), (int) LocalDate.parse("2026-11-24").toEpochDay());
        String[][] rows = {
            {"pkg:gem/rails@6.1.7.10", "eol/rails/6.1 ENDED 2024-10-01"},
            {"pkg:npm/angular@1.8.3", "eol/angularjs/1.8 ENDED 2021-12-31"},
            {"pkg:npm/%40angular/core@20.1.0", "eol/angular/20 ENDING 2026-11-28"},
            {"pkg:composer/laravel/framework@v8.83.27", "eol/laravel/8 ENDED 2023-01-24"},
            {"pkg:pypi/Django@3.2.25", "eol/django/3.2 ENDED 2024-04-01"},
            {"pkg:maven/org.springframework.boot/spring-boot@2.7.18", "eol/spring-boot/2.7 ENDED 2023-06-30"},
            {"pkg:nuget/jquery@1.12.4", "eol/jquery/1 ENDED "},
            {"pkg:npm/react@17.0.2", "eol/react/17 SUPPORTED "},
            {"pkg:golang/stdlib@1.19.3", "eol/go/1.19 ENDED 2023-09-06"},
            {"pkg:generic/python@3.8.10", "eol/python/3.8 ENDED 2024-10-07"},
            {"pkg:npm/%40fortawesome/fontawesome-svg-core@1.2.36", "none"},
            {"pkg:golang/github.com/gorilla/mux@v1.8.1", "none"},
            {"pkg:golang/github.com/prometheus/prometheus@v1.8.2-0.20211119115433-692a54649ed7", "none"},
            {"pkg:deb/debian/nginx@1.14.2-2", "none"},
            {"pkg:maven/org.springframework.cloud/spring-cloud-commons@2.2.9.RELEASE", "none"},
            {"pkg:composer/drupal/core@dev-main", "none"},
        };
        for (String[] row : rows) {
            Component component = Component.of(row[0], Purl.parse(row[0]), Scope.RUNTIME, true, new Place("a", 0));
            Standing standing = matcher.of(component);
            String told = standing == null
                    ? "none"
                    : standing.id() + " " + standing.state() + " "
                            + standing.cycle().endDate();
            assertThat(told).as(row[0]).isEqualTo(row[1]);
        }
        String[][] releases = {
            {"pkg:deb/debian/bash@5.0?distro=debian-10.2", "eol/debian/10 ENDED 2022-09-10"},
            {"pkg:deb/ubuntu/bash@4.4?distro=ubuntu-18.04", "eol/ubuntu/18.04 ENDED 2023-05-31"},
            {"pkg:apk/alpine/busybox@1.31?distro=3.12.5", "eol/alpine-linux/3.12 ENDED 2022-05-01"},
            {"pkg:rpm/centos/bash@4.2?distro=centos-7.6.1810", "eol/centos/7 ENDED 2024-06-30"},
            {"pkg:rpm/redhat/bash@4.4?distro=rhel-8.10", "eol/rhel/8 SUPPORTED 2029-05-31"},
        };
        for (String[] row : releases) {
            Component component = Component.of(row[0], Purl.parse(row[0]), Scope.RUNTIME, true, new Place("a", 0));
            Standing standing = matcher.distribution(component, null);
            assertThat(standing).as(row[0]).isNotNull();
            assertThat(standing.id() + " " + standing.state() + " "
                            + standing.cycle().endDate())
                    .isEqualTo(row[1]);
        }
    }
}
