package uk.reeve.register;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.jdbc.core.simple.JdbcClient;
import uk.reeve.register.advisory.Advisories;
import uk.reeve.register.advisory.AdvisoryLibrary;
import uk.reeve.register.advisory.Editions;
import uk.reeve.register.audience.Asker;
import uk.reeve.register.exposure.Evaluation;

/// Two nodes, each with its own copy of the advisories, on one database: only the copy in force takes findings back.
@RegisterTest
class TwoNodesTest {

    private static final LocalDate TODAY = LocalDate.now(ZoneOffset.UTC);

    @Autowired
    ApplicationContext here;

    @Autowired
    GivenFlaw givenFlaw;

    @Autowired
    Given given;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    AdvisoryLibrary library;

    @Autowired
    Advisories advisories;

    @Autowired
    Evaluation evaluation;

    @LocalServerPort
    int port;

    @TempDir
    Path folder;

    /// The edition in force is the whole register's, and other tests go on with it.
    @AfterEach
    void the_other_node_is_gone() {
        given.inJob(() -> jdbc.sql("UPDATE edition SET seen_at = now() - interval '3 hours'")
                .update());
        evaluation.catchUp();
    }

    @Test
    void a_node_with_an_older_copy_takes_nothing_back_until_it_has_caught_up() throws Exception {
        GivenFlaw.Scene scene = givenFlaw.scene();
        try (AnnotationConfigApplicationContext there = another("older")) {
            library.take(List.of(record(scene, "fetched")), TODAY);
            evaluation.catchUp();
            assertThat(open(scene)).containsExactly("GHSA-test-node-fetched");

            there.getBean(Evaluation.class).catchUp();

            assertThat(open(scene)).containsExactly("GHSA-test-node-fetched");
            GivenFlaw.Scene later = givenFlaw.scene(); // by the node whose copy is in force
            assertThat(evaluated(later)).isTrue();

            // what comes in by itself is told at once wherever it comes in, and folded in by each node
            there.getBean(Advisories.class).receive(record(scene, "single"));
            assertThat(open(scene)).containsExactly("GHSA-test-node-fetched", "GHSA-test-node-single");
            assertThat(advisories.foldIn()).isPositive();
            evaluation.catchUp();
            there.getBean(Evaluation.class).catchUp();
            assertThat(open(scene)).containsExactly("GHSA-test-node-fetched", "GHSA-test-node-single");

            // caught up: a newer copy takes the place of the other, which then waits in its turn
            there.getBean(AdvisoryLibrary.class).take(List.of(record(scene, "fetched")), TODAY.plusDays(1));
            there.getBean(Evaluation.class).catchUp();
            assertThat(inForce())
                    .isEqualTo(there.getBean(AdvisoryLibrary.class).current().stamp());
            evaluation.catchUp();
            assertThat(inForce())
                    .isEqualTo(there.getBean(AdvisoryLibrary.class).current().stamp());
            assertThat(open(scene)).containsExactly("GHSA-test-node-fetched", "GHSA-test-node-single");

            // whoever runs this node is told, and may decide otherwise
            Browser admin = new Browser(port).signIn(given.account(Asker.Kind.ADMINISTRATOR), Given.PASSWORD);
            assertThat(admin.text("/admin/sources")).contains("Another node's advisories are newer than this one's");
            admin.post("/admin/sources/edition", admin.token("/admin/sources"));
            assertThat(inForce()).isEqualTo(library.current().stamp());
            assertThat(admin.text("/admin/sources")).doesNotContain("Another node's advisories");
        }
    }

    @Test
    void a_copy_as_fresh_waits_until_the_other_node_has_long_been_silent() throws Exception {
        GivenFlaw.Scene scene = givenFlaw.scene();
        try (AnnotationConfigApplicationContext there = another("equal")) {
            library.take(List.of(record(scene, "here")), TODAY);
            evaluation.catchUp();
            String ours = inForce();
            there.getBean(AdvisoryLibrary.class).take(List.of(record(scene, "there")), TODAY);

            there.getBean(Evaluation.class).catchUp();
            assertThat(inForce()).isEqualTo(ours);

            given.inJob(() -> jdbc.sql("UPDATE edition SET seen_at = now() - interval '3 hours'")
                    .update());
            there.getBean(Evaluation.class).catchUp();
            assertThat(inForce())
                    .isEqualTo(there.getBean(AdvisoryLibrary.class).current().stamp());
        }
    }

    /// Another node on the same database, with a data folder of its own that holds a copy of the advisories as they
    /// are.
    private AnnotationConfigApplicationContext another(String name) throws IOException {
        Path from = Path.of(here.getEnvironment().getRequiredProperty("reeve.data"), "advisories");
        Path to = Files.createDirectories(folder.resolve(name + "/advisories"));
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (!file.endsWith("node") && !file.endsWith("lock")) {
                    Files.copy(file, to.resolve(file.getFileName()));
                }
            }
        }
        AnnotationConfigApplicationContext node = new AnnotationConfigApplicationContext();
        node.setParent(here);
        node.getEnvironment()
                .getPropertySources()
                .addFirst(new MapPropertySource(
                        name, Map.of("reeve.data", folder.resolve(name).toString())));
        node.register(AdvisoryLibrary.class, Advisories.class, Editions.class, Evaluation.class);
        node.refresh();
        assertThat(node.getBean(AdvisoryLibrary.class)).isNotSameAs(library);
        return node;
    }

    /// A record on the scene's component, in a folder of its ecosystem.
    private Path record(GivenFlaw.Scene scene, String name) throws Exception {
        Path record = Files.createDirectories(folder.resolve(name + "/npm")).resolve(name + ".json");
        return Files.writeString(record, """
                {"schema_version": "1.7.0", "id": "GHSA-test-node-%s", "modified": "2026-11-28T09:00:00Z",
                 "affected": [{"package": {"ecosystem": "npm", "name": "%s"},
                               "ranges": [{"type": "SEMVER", "events": [{"introduced": "0"}, {"fixed": "2.0.0"}]}]}]}
                """.formatted(name, scene.pack()));
    }

    private List<String> open(GivenFlaw.Scene scene) {
        return given.inJob(() ->
                jdbc.sql("""
                SELECT v.name FROM component_finding f JOIN component c ON c.id = f.component_id
                  JOIN vulnerability v ON v.id = f.vulnerability_id
                 WHERE c.name = :name AND f.withdrawn_at IS NULL ORDER BY v.name
                """).param("name", scene.pack()).query(String.class).list());
    }

    private boolean evaluated(GivenFlaw.Scene scene) {
        return given.inJob(
                () -> jdbc.sql("SELECT bool_and(evaluated_with IS NOT NULL) FROM component WHERE name = :name")
                        .param("name", scene.pack())
                        .query(Boolean.class)
                        .single());
    }

    private String inForce() {
        return given.inJob(
                () -> jdbc.sql("SELECT stamp FROM edition").query(String.class).single());
    }
}
