package uk.reeve.register;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import uk.reeve.engine.input.Unreadable;
import uk.reeve.register.advisory.Advisories;
import uk.reeve.register.advisory.Vulnerabilities;
import uk.reeve.register.alert.FanOut;
import uk.reeve.register.audience.Asker;
import uk.reeve.register.audience.Asking;
import uk.reeve.register.catalogue.Products;
import uk.reeve.register.catalogue.Sboms;
import uk.reeve.register.estate.Systems;
import uk.reeve.register.exposure.Decisions;
import uk.reeve.register.exposure.Evaluation;

/// Two records that were one flaw turn out to be two: decisions and alerts stay where their advisory matched, and
/// nobody is told again (RULINGS 11).
@RegisterTest
class SplitTest {

    private static final String ONE = "CVE-2099-50001";
    private static final String OTHER = "CVE-2099-50002";
    private static final String PACK = "invented-" + UUID.randomUUID();

    @Autowired
    Given given;

    @Autowired
    GivenFlaw givenFlaw;

    @Autowired
    Products products;

    @Autowired
    Sboms sboms;

    @Autowired
    Systems systems;

    @Autowired
    Advisories advisories;

    @Autowired
    Vulnerabilities vulnerabilities;

    @Autowired
    Evaluation evaluation;

    @Autowired
    Decisions decisions;

    @Autowired
    FanOut fanOut;

    @Autowired
    JdbcClient jdbc;

    @TempDir
    Path folder;

    @Test
    void decisions_and_alerts_stay_with_the_id_whose_advisory_matched_and_neither_alerts_again() throws Exception {
        Asker.Person both = runs("1.6.0");
        Asker.Person pysecOnly = runs("2.5.0");
        Asker.Person ghsaOnly = runs("1.0.0");
        evaluation.catchUp();
        receive(ghsa());
        receive(pysec("\"CVE-2099-50001\", \"GHSA-test-splt-0001\"", "2026-11-27T09:00:00Z"));
        everythingRuns();
        for (Asker.Person council : List.of(both, pysecOnly, ghsaOnly)) {
            assertThat(inForce(council)).containsExactly("exposed " + ONE);
            decide(council);
        }
        UUID first = vulnerabilities.byName(ONE).orElseThrow().id();
        int deliveries = deliveries();

        receive(pysec("\"CVE-2099-50002\"", "2026-11-28T09:00:00Z"));
        everythingRuns();

        assertThat(vulnerabilities.byName(ONE).orElseThrow().id()).isEqualTo(first);
        assertThat(vulnerabilities.names(first)).containsExactly(ONE, "GHSA-test-splt-0001");
        assertThat(vulnerabilities.byName("PYSEC-2099-1").orElseThrow().name()).isEqualTo(OTHER);
        assertThat(inForce(both)).containsExactly("exposed " + ONE, "exposed " + OTHER);
        assertThat(decided(both)).containsExactly(ONE, OTHER);
        assertThat(inForce(pysecOnly)).containsExactly("exposed " + OTHER);
        assertThat(decided(pysecOnly)).containsExactly(OTHER);
        assertThat(inForce(ghsaOnly)).containsExactly("exposed " + ONE);
        assertThat(decided(ghsaOnly)).containsExactly(ONE);
        assertThat(deliveries()).as("nobody is told again, or that it is gone").isEqualTo(deliveries);

        // the same again changes nothing; who comes to it later is told
        everythingRuns();
        assertThat(deliveries()).isEqualTo(deliveries);

        givenFlaw.becomesKnown(OTHER, "kev_added = current_date");
        assertThat(told(both)).containsExactly(ONE, OTHER, OTHER);
        assertThat(told(pysecOnly)).containsExactly(ONE, OTHER, OTHER);
        assertThat(told(ghsaOnly)).containsExactly(ONE);
    }

    @Test
    void a_name_that_has_no_record_of_its_own_is_forgotten() throws Exception {
        Asker.Person council = runs("1.6.0");
        evaluation.catchUp();
        String record = ghsa().replace("splt-0001", "splt-0009").replace(ONE, "CVE-2099-50009");
        receive(record);
        everythingRuns();
        UUID it = vulnerabilities.byName("CVE-2099-50009").orElseThrow().id();

        receive(record.replace("CVE-2099-50009", "CVE-2099-50008").replace("2026-11-27", "2026-11-28"));
        everythingRuns();

        assertThat(vulnerabilities.byName("CVE-2099-50009")).isEmpty();
        assertThat(vulnerabilities.byName("CVE-2099-50008").orElseThrow().id()).isEqualTo(it);
        assertThat(inForce(council)).contains("exposed CVE-2099-50008");
    }

    private void everythingRuns() {
        advisories.foldIn();
        evaluation.catchUp();
        fanOut.catchUp();
    }

    private Asker.Person runs(String version) throws Exception {
        Asker.Person supplier = given.someoneOf(Asker.Kind.SUPPLIER, "Thornby Systems (invented)");
        Asker.Person council = given.someoneOf(Asker.Kind.COUNCIL, "Thornby council (invented)");
        given.account(council);
        Path sbom = folder.resolve(UUID.randomUUID() + ".json");
        Files.writeString(sbom, """
                {"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,
                 "components": [{"type": "library", "name": "%s", "version": "%s", "purl": "pkg:pypi/%s@%s"}]}
                """.formatted(PACK, version, PACK, version));
        UUID release = Asking.as(supplier, () -> {
            UUID product = products.add("Thornby " + UUID.randomUUID(), null, null);
            UUID id = products.addRelease(product, "1", LocalDate.of(2026, 1, 1), null);
            products.publish(product);
            try {
                sboms.store(id, Sboms.Origin.DECLARED, "verified", sbom);
            } catch (Unreadable e) {
                throw new AssertionError(e);
            }
            return id;
        });
        Asking.as(council, () -> systems.add(new Systems.New("Rota", null, release, null, "own", "internet", null)));
        return council;
    }

    private void decide(Asker.Person council) {
        String ref = given.inJob(() -> jdbc.sql("SELECT ref FROM system WHERE organisation_id = :council")
                .param("council", council.organisation())
                .query(String.class)
                .single());
        assertThat(Asking.as(
                        council,
                        () -> decisions.decide(
                                vulnerabilities.byName(ONE).orElseThrow(),
                                List.of(ref),
                                new Decisions.Decision(
                                        Decisions.Kind.FIX, LocalDate.now().plusDays(5), null, null, null, null))))
                .isEqualTo(1);
    }

    private void receive(String record) throws Exception {
        Path file = folder.resolve("record.json");
        Files.writeString(file, record);
        advisories.receive(file);
    }

    /// As GitHub writes it.
    private static String ghsa() {
        return """
                {"schema_version": "1.4.0", "id": "GHSA-test-splt-0001", "modified": "2026-11-27T09:00:00Z",
                 "published": "2026-11-26T09:00:00Z", "aliases": ["CVE-2099-50001"], "summary": "Invented",
                 "severity": [{"type": "CVSS_V3", "score": "CVSS:3.1/%s"}],
                 "affected": [{"package": {"ecosystem": "PyPI", "name": "%s"},
                               "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "2.0.0"}]}]}],
                 "database_specific": {"severity": "MODERATE", "github_reviewed": true}}
                """.formatted(GivenFlaw.SIXTY, PACK);
    }

    /// As PyPA writes it: no severity, and the versions one by one.
    private static String pysec(String aliases, String modified) {
        return """
                {"schema_version": "1.4.0", "id": "PYSEC-2099-1", "modified": "%s", "published": "2026-11-26T09:00:00Z",
                 "aliases": [%s], "details": "Invented",
                 "affected": [{"package": {"ecosystem": "PyPI", "name": "%s", "purl": "pkg:pypi/%s"},
                               "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "1.5.0"}, {"fixed": "3.0.0"}]}],
                               "versions": ["1.5.0", "1.6.0", "2.5.0"]}]}
                """.formatted(modified, aliases, PACK, PACK);
    }

    private List<String> inForce(Asker.Person council) {
        return alerts(council, " AND a.superseded_at IS NULL", "a.kind || ' ' || v.name");
    }

    private List<String> told(Asker.Person council) {
        return alerts(council, "", "v.name");
    }

    private List<String> alerts(Asker.Person council, String which, String what) {
        return given.inJob(
                () -> jdbc.sql("SELECT " + what + " FROM alert a JOIN vulnerability v ON v.id = a.vulnerability_id"
                                + " WHERE a.organisation_id = :council" + which + " ORDER BY v.name, a.raised_at")
                        .param("council", council.organisation())
                        .query(String.class)
                        .list());
    }

    private List<String> decided(Asker.Person council) {
        return given.inJob(() -> jdbc.sql("""
                SELECT v.name FROM decision d JOIN vulnerability v ON v.id = d.vulnerability_id
                 WHERE d.organisation_id = :council AND d.superseded_at IS NULL ORDER BY v.name
                """)
                .param("council", council.organisation())
                .query(String.class)
                .list());
    }

    private int deliveries() {
        return given.inJob(() -> jdbc.sql("SELECT count(*)::int FROM delivery")
                .query(Integer.class)
                .single());
    }
}
