package uk.reeve.register;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import uk.reeve.register.advisory.Advisories;
import uk.reeve.register.audience.Asking;
import uk.reeve.register.catalogue.Sboms;
import uk.reeve.register.exposure.Evaluation;

/// What is told of a flaw does not hang on which component shows it first, nor on how its package is called.
@RegisterTest
class OneFlawManyComponentsTest {

    @Autowired
    Given given;

    @Autowired
    GivenFlaw flaws;

    @Autowired
    Sboms sboms;

    @Autowired
    Advisories advisories;

    @Autowired
    Evaluation evaluation;

    @Autowired
    JdbcClient jdbc;

    @TempDir
    Path folder;

    @Test
    void a_flaw_is_malicious_where_one_of_its_records_says_so_whatever_component_comes_first() throws Exception {
        GivenFlaw.Scene scene = flaws.scene();
        String pack = scene.pack();
        list(flaws.blind(scene, "0.8"), scene, purl("npm", pack, "1.0.0"), purl("npm", pack, "1.0.1"));
        String flaw = "GHSA-" + UUID.randomUUID();
        record(flaw, "", "npm", pack, "\"ranges\": [{\"type\": \"SEMVER\", \"events\": [{\"introduced\": \"0\"}]}]");
        record("MAL-2026-" + UUID.randomUUID(), flaw, "npm", pack, "\"versions\": [\"1.0.1\"]");
        evaluation.catchUp(); // with both in one index

        assertThat(given.inJob(() ->
                        jdbc.sql("""
                SELECT c.version || ' ' || v.malicious FROM component_finding f
                  JOIN component c ON c.id = f.component_id JOIN vulnerability v ON v.id = f.vulnerability_id
                 WHERE c.name = :pack AND f.withdrawn_at IS NULL ORDER BY 1
                """).param("pack", pack).query(String.class).list()))
                .containsExactly("1.0.0 true", "1.0.1 true");
    }

    @Test
    void a_distributions_record_on_a_source_is_told_at_once_of_what_was_built_from_it() throws Exception {
        GivenFlaw.Scene scene = flaws.scene();
        String source = "source-" + scene.pack();
        String built = "built-" + scene.pack();
        list(flaws.blind(scene, "0.8"), scene, """
                "purl": "pkg:deb/debian/%s@1.0-1?distro=debian-12",
                "properties": [{"name": "aquasecurity:trivy:SrcName", "value": "%s"}]""".formatted(built, source));
        evaluation.catchUp();
        assertThat(found(built)).isEmpty();

        record(
                "DSA-" + UUID.randomUUID(),
                "",
                "Debian:12",
                source,
                "\"ranges\": [{\"type\": \"ECOSYSTEM\", \"events\": [{\"introduced\": \"0\"}, {\"fixed\": \"1.0-2\"}]}]");
        assertThat(found(built)).containsExactly("1.0-1");
    }

    @Test
    void look_alikes_of_a_name_are_one_package_where_their_registry_says_so() throws Exception {
        GivenFlaw.Scene scene = flaws.scene();
        String dotted = scene.pack().replace('-', '.');
        list(flaws.blind(scene, "0.8"), scene, purl("pypi", dotted, "1.0"));
        evaluation.catchUp();

        record("PYSEC-" + UUID.randomUUID(), "", "PyPI", scene.pack(), "\"versions\": [\"1.0\"]");
        assertThat(found(dotted)).containsExactly("1.0");
    }

    private static String purl(String type, String name, String version) {
        return "\"purl\": \"pkg:%s/%s@%s\"".formatted(type, name, version);
    }

    private void list(UUID release, GivenFlaw.Scene scene, String... components) throws Exception {
        StringBuilder all = new StringBuilder();
        for (String component : components) {
            all.append(all.isEmpty() ? "" : ", ")
                    .append("{\"type\": \"library\", \"bom-ref\": \"%d\", \"name\": \"it\", %s}"
                            .formatted(all.length(), component));
        }
        Path file = folder.resolve("sbom.json");
        Files.writeString(
                file, "{\"bomFormat\": \"CycloneDX\", \"specVersion\": \"1.6\", \"components\": [" + all + "]}");
        Asking.as(scene.supplier(), () -> {
            try {
                return sboms.store(release, Sboms.Origin.DECLARED, "verified", file);
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
    }

    private void record(String id, String alias, String ecosystem, String name, String affected) throws Exception {
        Path file = folder.resolve("record.json");
        Files.writeString(
                file, """
                {"schema_version": "1.7.0", "id": "%s", "modified": "2026-11-28T09:00:00Z", "aliases": [%s],
                 "affected": [{"package": {"ecosystem": "%s", "name": "%s"}, %s}]}
                """.formatted(id, alias.isEmpty() ? "" : "\"" + alias + "\"", ecosystem, name, affected));
        advisories.receive(file);
    }

    private List<String> found(String name) {
        return given.inJob(
                () -> jdbc.sql("""
                SELECT c.version FROM component_finding f JOIN component c ON c.id = f.component_id
                 WHERE c.name = :name AND f.withdrawn_at IS NULL
                """).param("name", name).query(String.class).list());
    }
}
