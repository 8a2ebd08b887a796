package uk.reeve.register;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ContextConfiguration;

/// The demonstration as its visitor meets it, with its jobs at work.
@ExtendWith(PostgresHere.class)
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT, properties = "reeve.demo=true")
@ContextConfiguration(initializers = FreshFolder.class)
@Import(Given.class)
@DirtiesContext
class DemoTest {

    @Autowired
    Given given;

    @Autowired
    JdbcClient jdbc;

    @LocalServerPort
    int port;

    @Test
    void the_morning_reaches_exactly_the_councils_that_run_what_is_affected() throws IOException {
        Browser visitor = new Browser(port);
        assertThat(visitor.get("/demo").body()).contains("Priya Shah", "Start the morning", "four real advisories");
        var in = visitor.post("/demo/be/priya", visitor.token("/demo"));
        assertThat(in.statusCode()).isEqualTo(303);
        assertThat(visitor.get("/today").body()).contains("Priya Shah").doesNotContain("Log4Shell");
        assertThat(told()).isEmpty();

        visitor.post("/demo/morning", visitor.token("/demo"));
        Set<String> first = councilsWithLog4jOf("2.11.2", "2.13.2", "2.14.1");
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(waiting()).isZero());
        assertThat(told()).isEqualTo(first);
        assertThat(first).contains("westmere").doesNotContain("eastmere", "kelderby", "lowmarsh");
        assertThat(visitor.get("/today").body()).contains("Act now: Log4Shell (CVE-2021-44228), 2 systems");

        visitor.post("/demo/morning", visitor.token("/demo")); // 2.15.0 was not enough
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(waiting()).isZero());
        assertThat(told()).isEqualTo(councilsWithLog4jOf("2.11.2", "2.13.2", "2.14.1", "2.15.0", "2.16.0"));
        assertThat(told()).contains("kelderby").doesNotContain("eastmere", "lowmarsh");
        assertThat(visitor.get("/demo").body()).doesNotContain("Start the morning", "Publish the three");

        visitor.post("/demo/reset", visitor.token("/demo"));
        assertThat(told()).isEmpty();
        assertThat(visitor.get("/demo").body()).contains("Start the morning");
        assertThat(visitor.get("/today").body()).contains("Priya Shah").doesNotContain("Log4Shell");
    }

    @Test
    void everybody_on_the_page_can_be_and_every_step_of_the_tour_leads_somewhere() {
        Browser visitor = new Browser(port);
        for (String key : all("/demo/be/([a-z]+)\"", visitor.get("/demo").body())) {
            assertThat(visitor.post("/demo/be/" + key, visitor.token("/demo")).statusCode())
                    .isEqualTo(303);
            assertThat(visitor.get("/today").statusCode()).as(key).isEqualTo(200);
        }
        assertThat(visitor.post("/demo/be/nobody", visitor.token("/demo")).statusCode())
                .isEqualTo(404);
        Set<String> steps = all("href=\"(/tour/[0-9])\"", visitor.get("/tour").body());
        assertThat(steps).hasSizeGreaterThan(1);
        for (String step : steps) {
            Set<String> leads = all(
                    "action=\"(/demo/be/[a-z]+\\?step=[0-9])\"",
                    visitor.get(step).body());
            assertThat(leads).hasSize(1);
            var page = visitor.post(leads.iterator().next(), visitor.token(step));
            String path = page.headers().firstValue("Location").orElseThrow();
            // Log4Shell's page is there once it is published
            assertThat(visitor.get(path).statusCode()).as(path).isIn(200, path.contains("CVE-2021-44228") ? 404 : 200);
        }
    }

    @Test
    void what_attackers_are_known_to_use_has_a_sentence_of_our_own() {
        List<String> silent = given.inJob(
                () -> jdbc.sql("SELECT name FROM vulnerability WHERE kev_added IS NOT NULL AND title IS NULL")
                        .query(String.class)
                        .list());
        assertThat(silent).isEmpty();
        int told = given.inJob(() -> jdbc.sql("SELECT count(*)::int FROM vulnerability WHERE title IS NOT NULL")
                .query(Integer.class)
                .single());
        assertThat(told).isGreaterThan(19);
    }

    @Test
    void only_this_machine_under_its_own_name_is_answered() throws IOException {
        assertThat(statusFor("localhost:" + port)).contains(" 200");
        assertThat(statusFor("127.0.0.1:" + port)).contains(" 200");
        assertThat(statusFor("rebound.example:" + port)).contains(" 400");
        assertThat(new Browser(port).post("/demo/morning", "no token").statusCode())
                .isEqualTo(403);
    }

    @Test
    void the_sbom_to_upload_is_one() {
        assertThat(new Browser(port)
                        .get("/demo/larkfield-revenues-8.4.cdx.json")
                        .body())
                .contains("\"specVersion\":\"1.6\"", "pkg:maven/org.apache.logging.log4j/log4j-core@2.24.3");
    }

    private String statusFor(String host) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.getOutputStream()
                    .write(("GET /demo HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return answer.substring(0, answer.indexOf('\r'));
        }
    }

    private static Set<String> all(String pattern, String text) {
        Set<String> found = new TreeSet<>();
        java.util.regex.Pattern.compile(pattern).matcher(text).results().forEach(hit -> found.add(hit.group(1)));
        return found;
    }

    private Set<String> told() {
        return new HashSet<>(given.inJob(() -> jdbc.sql("""
                SELECT o.slug FROM alert a JOIN organisation o ON o.id = a.organisation_id
                 WHERE a.kind = 'exposed' AND a.superseded_at IS NULL
                """).query(String.class).list()));
    }

    private int waiting() {
        return given.inJob(() -> jdbc.sql(
                        "SELECT count(*)::int FROM outbox WHERE done_at IS NULL AND vulnerability_id IS NOT NULL")
                .query(Integer.class)
                .single());
    }

    /// From the tables that the demonstration is made of, without the register.
    private static Set<String> councilsWithLog4jOf(String... versions) throws IOException {
        Set<String> stacks = new HashSet<>();
        for (String[] row : rows("stacks")) {
            if (Set.of(versions).contains(row[1].replace("pkg:maven/org.apache.logging.log4j/log4j-core@", ""))) {
                stacks.add(row[0]);
            }
        }
        Map<String, String> releases = new HashMap<>();
        for (String[] row : rows("products")) {
            releases.put(row[1] + " " + row[3], row[6]);
        }
        Set<String> councils = new HashSet<>();
        for (String[] row : rows("systems")) {
            for (String stack : releases.get(row[2] + " " + row[3]).split(",")) {
                if (stacks.contains(stack)) {
                    councils.add(row[0]);
                }
            }
        }
        return councils;
    }

    private static List<String[]> rows(String name) throws IOException {
        try (var in = DemoTest.class.getResourceAsStream("/demo/" + name + ".tsv")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("\t", -1))
                    .toList();
        }
    }
}
