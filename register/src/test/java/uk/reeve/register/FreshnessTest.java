package uk.reeve.register;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import uk.reeve.register.advisory.AdvisoryLibrary;
import uk.reeve.register.audience.Asker;
import uk.reeve.register.audience.Asking;
import uk.reeve.register.catalogue.Products;
import uk.reeve.register.catalogue.Sboms;
import uk.reeve.register.estate.Systems;
import uk.reeve.register.exposure.Evaluation;
import uk.reeve.register.web.Words;

/// Each page that speaks of flaws says as of when the advisories were, and warns where they are old.
@RegisterTest
class FreshnessTest {

    private static final LocalDate TODAY = LocalDate.now(ZoneOffset.UTC);

    @Autowired
    Given given;

    @Autowired
    AdvisoryLibrary library;

    @Autowired
    Products products;

    @Autowired
    Sboms sboms;

    @Autowired
    Systems systems;

    @Autowired
    Evaluation evaluation;

    @Autowired
    JdbcClient jdbc;

    @LocalServerPort
    int port;

    @TempDir
    Path folder;

    private record Scene(Browser council, String product) {

        List<String> pages() {
            return List.of(
                    product + "/releases/2",
                    product + "/releases/2/findings",
                    product + "/releases/2/compare?with=1",
                    "/today",
                    "/exposures");
        }
    }

    @BeforeEach
    void what_is_exploited_was_fetched_today() {
        kevFetched("now()");
    }

    private void kevFetched(String at) {
        given.inJob(() -> jdbc.sql("""
                INSERT INTO feed (name, title, fetched_at) VALUES ('kev', 'Known exploited (KEV)', %s)
                ON CONFLICT (name) DO UPDATE SET fetched_at = excluded.fetched_at
                """.formatted(at)).update());
    }

    @Test
    void a_list_of_what_is_exploited_that_nobody_fetched_for_days_is_named_too() throws Exception {
        told("Pub", TODAY.minusDays(1));
        Scene scene = scene("pub");
        kevFetched("now() - interval '3 days'");

        assertThat(scene.council().text("/exposures"))
                .containsPattern("Older than a day: Known exploited \\(KEV\\) \\(as of [^)]+, [0-9]+ days old\\)\\.");
    }

    @Test
    void pages_say_as_of_when_the_advisories_were_and_warn_of_nothing_while_those_are_fresh() throws Exception {
        told("Pub", TODAY.minusDays(1)); // less than 48 hours ago, and as much as a day is allowed
        Scene scene = scene("pub");

        for (String page : scene.pages()) {
            assertThat(scene.council().text(page))
                    .as(page)
                    .contains("as of " + Words.date(TODAY.minusDays(1)))
                    .doesNotContain("Older than a day");
        }
    }

    @Test
    void a_stale_source_is_named_on_each_page_with_what_to_do_about_it() throws Exception {
        told("Hex", TODAY.minusDays(2));
        Scene scene = scene("hex");

        for (String page : scene.pages()) {
            assertThat(scene.council().text(page))
                    .as(page)
                    .contains("as of " + Words.date(TODAY.minusDays(2)))
                    .containsPattern("Older than a day: Hex \\(as of [^)]+, 2 days old\\)\\. Flaws told since then")
                    .contains("ask who runs this register to fetch it");
            assertThat(scene.council().get(page).body()).contains("govuk-warning-text", "\"/advisories/sources\"");
        }
        assertThat(scene.council().text("/advisories/sources"))
                .contains(Words.date(TODAY.minusDays(2)) + ", older than a day");
    }

    @Test
    void who_administers_is_led_to_where_advisories_are_fetched() throws Exception {
        told("Hex", TODAY.minusDays(2));
        Browser admin = new Browser(port).signIn(given.account(Asker.Kind.ADMINISTRATOR), Given.PASSWORD);

        assertThat(admin.text("/today")).contains("Older than a day: ", "Fetch them from the advisory sources");
        assertThat(admin.get("/today").body()).contains("\"/admin/sources\"").doesNotContain("ask who runs");
        assertThat(admin.text("/admin/sources")).contains(Words.date(TODAY.minusDays(2)) + ", older than a day");
    }

    /// One record, as of that day; nobody else's test speaks of the ecosystem.
    private void told(String source, LocalDate asOf) throws Exception {
        Path record = Files.createDirectories(folder.resolve(source)).resolve("GHSA-test-test-" + source + ".json");
        Files.writeString(record, """
                {"schema_version": "1.7.0", "id": "GHSA-test-test-%s", "modified": "%sT09:00:00Z",
                 "affected": [{"package": {"ecosystem": "%s", "name": "freshly-invented"},
                               "ranges": [{"type": "SEMVER", "events": [{"introduced": "0"}, {"fixed": "2.0.0"}]}]}]}
                """.formatted(source, asOf, source));
        assertThat(library.take(List.of(record.getParent()), asOf)).isEmpty();
        evaluation.catchUp();
    }

    /// A council that runs release 2 of a product, whose two releases hold a package of that type.
    private Scene scene(String type) throws Exception {
        Asker.Person supplier = given.someoneOf(Asker.Kind.SUPPLIER, "Barnby Software (invented)");
        Asker.Person council = given.someoneOf(Asker.Kind.COUNCIL, "Barnby council (invented)");
        UUID product = Asking.as(supplier, () -> products.add("Barnby " + UUID.randomUUID(), null, null));
        release(supplier, product, "1", type);
        UUID second = release(supplier, product, "2", type);
        Asking.as(supplier, () -> {
            products.publish(product);
            return product;
        });
        Asking.as(council, () -> systems.add(new Systems.New("Barnby", null, second, null, "own", "internet", null)));
        evaluation.catchUp();
        return new Scene(new Browser(port).signIn(given.account(council), Given.PASSWORD), "/products/" + product);
    }

    private UUID release(Asker.Person supplier, UUID product, String version, String type) throws Exception {
        Path sbom = folder.resolve(UUID.randomUUID() + ".json");
        Files.writeString(sbom, """
                {"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,
                 "components": [{"type": "library", "name": "harmless", "version": "%s.0.0",
                                 "purl": "pkg:%s/harmless@%s.0.0"}]}
                """.formatted(version, type, version));
        return Asking.as(supplier, () -> {
            UUID release = products.addRelease(product, version, LocalDate.of(2026, 1, 1), null);
            try {
                sboms.store(release, Sboms.Origin.DECLARED, "verified", sbom);
            } catch (uk.reeve.engine.input.Unreadable e) {
                throw new AssertionError(e);
            }
            return release;
        });
    }
}
