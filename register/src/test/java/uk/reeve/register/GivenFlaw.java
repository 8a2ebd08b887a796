package uk.reeve.register;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import uk.reeve.engine.input.Unreadable;
import uk.reeve.register.advisory.Advisories;
import uk.reeve.register.advisory.Vulnerabilities;
import uk.reeve.register.alert.FanOut;
import uk.reeve.register.audience.Asker;
import uk.reeve.register.audience.Asking;
import uk.reeve.register.catalogue.Products;
import uk.reeve.register.catalogue.Sboms;
import uk.reeve.register.estate.Systems;
import uk.reeve.register.exposure.Evaluation;

/// An invented product with one component of its own, and flaws in that.
@Component
class GivenFlaw {

    /// Not automatable, of no total impact: 60 days where it faces the internet. Score 6.3.
    static final String SIXTY = "AV:N/AC:L/PR:L/UI:N/S:U/C:L/I:L/A:L";

    /// The worst: 3 days where it faces the internet. Score 9.8.
    static final String WORST = "AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H";

    /// High, but with the next upgrade. Score 7.1.
    static final String HIGH_BUT_LOCAL = "AV:L/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:N";

    private final Given given;
    private final Products products;
    private final Sboms sboms;
    private final Systems systems;
    private final Advisories advisories;
    private final Vulnerabilities vulnerabilities;
    private final Evaluation evaluation;
    private final FanOut fanOut;
    private final JdbcClient jdbc;

    GivenFlaw(
            Given given,
            Products products,
            Sboms sboms,
            Systems systems,
            Advisories advisories,
            Vulnerabilities vulnerabilities,
            Evaluation evaluation,
            FanOut fanOut,
            JdbcClient jdbc) {
        this.given = given;
        this.products = products;
        this.sboms = sboms;
        this.systems = systems;
        this.advisories = advisories;
        this.vulnerabilities = vulnerabilities;
        this.evaluation = evaluation;
        this.fanOut = fanOut;
        this.jdbc = jdbc;
    }

    /// @param pack the name of the component
    record Scene(Asker.Person supplier, Asker.Person council, String pack, UUID product, UUID release) {}

    /// A council and a product of which nothing is wrong yet; its first release holds version 1.0.0 of the component.
    Scene scene() {
        Asker.Person supplier = given.someoneOf(Asker.Kind.SUPPLIER, "Ashby Systems (invented)");
        Asker.Person council = given.someoneOf(Asker.Kind.COUNCIL, "Ashby council (invented)");
        String pack = "ashby-" + UUID.randomUUID();
        UUID product = Asking.as(supplier, () -> products.add("Ashby " + pack, null, null));
        UUID release = release(supplier, product, pack, "1", LocalDate.of(2026, 1, 1), "1.0.0");
        Asking.as(supplier, () -> {
            products.publish(product);
            return product;
        });
        evaluation.catchUp();
        return new Scene(supplier, council, pack, product, release);
    }

    /// A release with the component mended.
    UUID mended(Scene scene, String version, LocalDate on) {
        UUID release = release(scene.supplier(), scene.product(), scene.pack(), version, on, "2.0.0");
        Asking.as(scene.supplier(), () -> {
            products.publish(scene.product());
            return release;
        });
        evaluation.catchUp();
        return release;
    }

    /// A release of which nobody has told yet what is in it.
    UUID blind(Scene scene, String version) {
        return Asking.as(scene.supplier(), () -> {
            UUID release = products.addRelease(scene.product(), version, LocalDate.of(2025, 1, 1), null);
            products.publish(scene.product());
            return release;
        });
    }

    /// Somebody tells that the component is in a release.
    ///
    /// @param version flaws are in 1.0.0
    void list(Asker.Person person, UUID release, Sboms.Origin origin, Scene scene, String version) {
        Asking.as(person, () -> store(release, origin, scene.pack(), version));
    }

    private UUID release(
            Asker.Person supplier, UUID product, String pack, String version, LocalDate on, String component) {
        return Asking.as(supplier, () -> {
            UUID release = products.addRelease(product, version, on, null);
            store(release, Sboms.Origin.DECLARED, pack, component);
            return release;
        });
    }

    private UUID store(UUID release, Sboms.Origin origin, String pack, String component) {
        try {
            Path file = Files.createTempFile("sbom", ".json");
            Files.writeString(file, """
                    {"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,
                     "components": [{"type": "library", "bom-ref": "a", "name": "%s", "version": "%s",
                                     "purl": "pkg:npm/%s@%s"}]}
                    """.formatted(pack, component, pack, component));
            return sboms.store(release, origin, "verified", file).document();
        } catch (IOException | Unreadable e) {
            throw new AssertionError(e);
        }
    }

    /// @return the system's reference
    String run(Scene scene, String name, String exposure) {
        return Asking.as(
                scene.council(),
                () -> systems.add(new Systems.New(name, null, scene.release(), "Rates", "own", exposure, null)));
    }

    /// An advisory comes in, and councils are told.
    ///
    /// @return its name
    String advise(Scene scene, String vector) {
        String flaw = "GHSA-" + UUID.randomUUID();
        try {
            Path record = Files.createTempFile("record", ".json");
            Files.writeString(record, """
                    {"schema_version": "1.7.0", "id": "%s", "modified": "2026-11-28T09:00:00Z",
                     "severity": [{"type": "CVSS_V3", "score": "CVSS:3.1/%s"}],
                     "affected": [{"package": {"ecosystem": "npm", "name": "%s"},
                                   "ranges": [{"type": "SEMVER", "events": [{"introduced": "0"}, {"fixed": "2.0.0"}]}]}]}
                    """.formatted(flaw, vector, scene.pack()));
            advisories.receive(record);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (Unreadable e) {
            throw new AssertionError(e);
        }
        fanOut.catchUp();
        return flaw;
    }

    UUID id(String flaw) {
        return vulnerabilities.byName(flaw).orElseThrow().id();
    }

    /// A fact on a flaw becomes known, as a feed would say it.
    ///
    /// @param set as in `kev_added = current_date`
    void becomesKnown(String flaw, String set) {
        given.inJob(() -> jdbc.sql("UPDATE vulnerability SET " + set + " WHERE name = :name")
                .param("name", flaw)
                .update());
        fanOut.catchUp();
    }

    /// A cause that changes nothing.
    void againToLookAt(String flaw) {
        given.inJob(() -> jdbc.sql("INSERT INTO outbox (cause, vulnerability_id) VALUES ('raised', :id)")
                .param("id", id(flaw))
                .update());
        fanOut.catchUp();
    }
}
