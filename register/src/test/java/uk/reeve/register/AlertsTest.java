package uk.reeve.register;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import uk.reeve.register.advisory.Advisories;
import uk.reeve.register.advisory.Vulnerabilities;
import uk.reeve.register.alert.Alerts;
import uk.reeve.register.alert.FanOut;
import uk.reeve.register.audience.Asker;
import uk.reeve.register.audience.Asking;
import uk.reeve.register.catalogue.Products;
import uk.reeve.register.catalogue.Sboms;
import uk.reeve.register.estate.Systems;
import uk.reeve.register.exposure.Decisions;
import uk.reeve.register.exposure.Evaluation;
import uk.reeve.register.exposure.Exposures;

/// What a council is told, when again, and what not.
@RegisterTest
class AlertsTest {

    @Autowired
    Given given;

    @Autowired
    Products products;

    @Autowired
    Sboms sboms;

    @Autowired
    Systems systems;

    @Autowired
    Advisories advisories;

    @Autowired
    Evaluation evaluation;

    @Autowired
    Vulnerabilities vulnerabilities;

    @Autowired
    Decisions decisions;

    @Autowired
    Exposures exposures;

    @Autowired
    FanOut fanOut;

    @Autowired
    Alerts alerts;

    @Autowired
    JdbcClient jdbc;

    @TempDir
    Path folder;

    private final String pack = "ashby-" + UUID.randomUUID();
    private final String flaw = "GHSA-" + UUID.randomUUID();
    private Asker.Person supplier;
    private Asker.Person council;
    private UUID product;
    private UUID release;

    @BeforeEach
    void council_that_runs_what_will_be_flawed() {
        supplier = given.someoneOf(Asker.Kind.SUPPLIER, "Ashby Systems (invented)");
        council = given.someoneOf(Asker.Kind.COUNCIL, "Ashby council (invented)");
        release = Asking.as(supplier, () -> {
            product = products.add("Ashby " + pack, null, null);
            UUID added = products.addRelease(product, "1", LocalDate.of(2026, 1, 1), null);
            products.publish(product);
            return added;
        });
        store(release, "1.0.0");
        evaluation.catchUp();
    }

    @Test
    void what_a_council_said_does_not_affect_it_is_not_told_again_until_it_is_more_urgent() throws Exception {
        String system = run("Rates", "internet");
        advise("AV:N/AC:L/PR:L/UI:N/S:U/C:L/I:L/A:L");
        assertThat(told()).containsExactly("exposed 60");
        notUs(system);

        raise();
        assertThat(told()).containsExactly("exposed 60"); // neither again nor taken back
        assertThat(affected()).isZero();

        // another of its systems is no part of what it decided
        run("Rates copy", "internet");
        given.inJob(() -> jdbc.sql("DELETE FROM delivery WHERE organisation_id = :id")
                .param("id", council.organisation())
                .update());
        given.inJob(() -> jdbc.sql("DELETE FROM alert WHERE organisation_id = :id")
                .param("id", council.organisation())
                .update());
        raise();
        assertThat(told()).containsExactly("exposed 60");
        assertThat(Asking.as(council, () -> alerts.told(10)).getFirst().systems())
                .isEqualTo(1);

        exploited();
        raise();
        assertThat(told()).containsExactly("exposed 14", "exposed 60");
        assertThat(Asking.as(council, () -> alerts.told(10)).getFirst().systems())
                .isEqualTo(2);
        assertThat(affected()).isEqualTo(2); // the page and the alert say the same
        notUs(system);
        assertThat(affected()).isEqualTo(1);
    }

    private long affected() {
        UUID id = vulnerabilities.byName(flaw).orElseThrow().id();
        return Asking.as(council, () -> exposures.of(id)).stream()
                .filter(one -> one.verdict().equals("affected"))
                .count();
    }

    private void notUs(String system) {
        var found = vulnerabilities.byName(flaw).orElseThrow();
        var decision = new Decisions.Decision(Decisions.Kind.NOT_US, null, null, null, null, "component_not_present");
        assertThat(Asking.as(council, () -> decisions.decide(found, List.of(system), decision)))
                .isEqualTo(1);
    }

    private void exploited() {
        given.inJob(() -> jdbc.sql("UPDATE vulnerability SET kev_added = current_date WHERE name = :name")
                .param("name", flaw)
                .update());
    }

    /// As a cause that nobody's own transaction knows of.
    private void raise() {
        given.inJob(() -> jdbc.sql(
                        "INSERT INTO outbox (cause, vulnerability_id) SELECT 'raised', id FROM vulnerability WHERE name = :name")
                .param("name", flaw)
                .update());
        fanOut.catchUp();
    }

    /// @return kind and days, the newest first
    private List<String> told() {
        return Asking.as(council, () -> alerts.told(10)).stream()
                .map(told -> told.kind() + " " + told.days())
                .toList();
    }

    private String run(String name, String exposure) {
        return Asking.as(
                council, () -> systems.add(new Systems.New(name, null, release, "Rates", "own", exposure, null)));
    }

    private void advise(String vector) throws Exception {
        Path record = folder.resolve("record.json");
        Files.writeString(record, """
                {"schema_version": "1.7.0", "id": "%s", "modified": "2026-11-28T09:00:00Z",
                 "severity": [{"type": "CVSS_V3", "score": "CVSS:3.1/%s"}],
                 "affected": [{"package": {"ecosystem": "npm", "name": "%s"},
                               "ranges": [{"type": "SEMVER", "events": [{"introduced": "0"}, {"fixed": "2.0.0"}]}]}]}
                """.formatted(flaw, vector, pack));
        advisories.receive(record);
        fanOut.catchUp();
    }

    private void store(UUID of, String version) {
        Asking.as(supplier, () -> {
            try {
                Path file = folder.resolve(of + ".json");
                Files.writeString(file, """
                        {"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,
                         "components": [{"type": "library", "bom-ref": "a", "name": "%s", "version": "%s",
                                         "purl": "pkg:npm/%s@%s"}]}
                        """.formatted(pack, version, pack, version));
                return sboms.store(of, Sboms.Origin.DECLARED, "verified", file);
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
    }
}
