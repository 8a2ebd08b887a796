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
import uk.reeve.register.audience.Asking;
import uk.reeve.register.catalogue.Inside;
import uk.reeve.register.catalogue.Products;
import uk.reeve.register.catalogue.Sboms;
import uk.reeve.register.exposure.Evaluation;
import uk.reeve.register.exposure.Exposures;

/// A record that comes alone, before the index holds it.
@RegisterTest
class LoneRecordTest {

    @Autowired
    Given given;

    @Autowired
    GivenFlaw flaws;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Products products;

    @Autowired
    Sboms sboms;

    @Autowired
    Inside inside;

    @Autowired
    Advisories advisories;

    @Autowired
    Vulnerabilities vulnerabilities;

    @Autowired
    Evaluation evaluation;

    @Autowired
    Exposures exposures;

    @TempDir
    Path folder;

    @Test
    void it_makes_a_flaw_graver_and_never_milder_until_the_whole_is_read() throws Exception {
        GivenFlaw.Scene scene = flaws.scene();
        flaws.run(scene, "Rates", "internet");
        String flaw = flaws.advise(scene, GivenFlaw.HIGH_BUT_LOCAL);
        assertThat(score(flaw)).isEqualTo(7.1);

        receive(scene, flaw, "");
        assertThat(score(flaw)).isEqualTo(7.1);
        assertThat(fixed(scene, flaw)).isEqualTo("2.0.0"); // that other record says 1.5.0

        receive(scene, flaw, """
                "severity": [{"type": "CVSS_V3", "score": "CVSS:3.1/%s"}],""".formatted(GivenFlaw.WORST));
        assertThat(score(flaw)).isEqualTo(9.8);
    }

    @Test
    void what_came_while_an_older_edition_is_gone_through_is_not_withdrawn_by_it() {
        GivenFlaw.Scene scene = flaws.scene();
        flaws.run(scene, "Rates", "internet");
        String flaw = flaws.advise(scene, GivenFlaw.WORST);
        given.inJob(() -> jdbc.sql(
                        "UPDATE component_finding SET found_at = now() - interval '1 hour' WHERE vulnerability_id = :id")
                .param("id", vulnerabilities.byName(flaw).orElseThrow().id())
                .update()); // the clock had been set back
        // as if the components had not been looked at with the edition in force, which does not hold the record
        evaluation.publish(java.util.Set.of());
        assertThat(Asking.as(
                        scene.council(),
                        () -> exposures.of(
                                vulnerabilities.byName(flaw).orElseThrow().id())))
                .singleElement()
                .satisfies(one -> assertThat(one.verdict()).isEqualTo("affected"));
    }

    @Test
    void a_flaw_of_the_releases_own_package_is_found() throws Exception {
        GivenFlaw.Scene scene = flaws.scene();
        flaws.advise(scene, GivenFlaw.WORST);
        Path file = Files.writeString(folder.resolve("own.json"), """
                {"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,
                 "metadata": {"component": {"type": "application", "bom-ref": "it", "name": "%1$s", "version": "1.0.0",
                                            "purl": "pkg:npm/%1$s@1.0.0"}},
                 "components": [{"type": "library", "bom-ref": "a", "name": "a", "version": "1", "purl": "pkg:npm/a@1"}],
                 "dependencies": [{"ref": "it", "dependsOn": ["a"]}]}
                """.formatted(scene.pack()));
        UUID release = Asking.as(scene.supplier(), () -> {
            UUID id = products.addRelease(scene.product(), "3", LocalDate.of(2026, 3, 1), null);
            try {
                sboms.store(id, Sboms.Origin.DECLARED, "verified", file, true);
            } catch (Unreadable | Sboms.OfAnother e) {
                throw new AssertionError(e);
            }
            return id;
        });
        evaluation.catchUp();
        List<Inside.Flaw> found = Asking.as(
                scene.supplier(), () -> inside.flaws(inside.of(release).orElseThrow(), true, 10));
        assertThat(found).singleElement().satisfies(one -> assertThat(one.path())
                .containsExactly(scene.pack() + " 1.0.0"));
    }

    private void receive(GivenFlaw.Scene scene, String aliased, String severity) throws Exception {
        Path record = Files.writeString(folder.resolve(UUID.randomUUID() + ".json"), """
                {"schema_version": "1.7.0", "id": "TEST-%s", "aliases": ["%s"], "modified": "2026-11-28T10:00:00Z", %s
                 "affected": [{"package": {"ecosystem": "npm", "name": "%s"},
                               "ranges": [{"type": "SEMVER", "events": [{"introduced": "0"}, {"fixed": "1.5.0"}]}]}]}
                """.formatted(
                        UUID.randomUUID(), aliased, severity, scene.pack()));
        advisories.receive(record);
    }

    private Double score(String flaw) {
        return vulnerabilities.byName(flaw).orElseThrow().score();
    }

    private String fixed(GivenFlaw.Scene scene, String flaw) {
        return Asking.as(scene.council(), () -> exposures
                .of(vulnerabilities.byName(flaw).orElseThrow().id())
                .getFirst()
                .fixedIn());
    }
}
