package uk.reeve.register;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.session.jdbc.JdbcIndexedSessionRepository;
import org.springframework.transaction.support.TransactionTemplate;
import uk.reeve.register.audience.Asker;
import uk.reeve.register.audience.Asking;
import uk.reeve.register.database.DatabaseAccess;

/// Who is signed in is the database's to know: any node's, and at once without who has left.
@RegisterTest
class SessionTest {

    @Autowired
    Given given;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transactions;

    @Autowired
    DatabaseAccess access;

    @Autowired
    JdbcIndexedSessionRepository sessions;

    @LocalServerPort
    int port;

    @TempDir
    java.nio.file.Path folder;

    @Test
    void another_node_knows_who_signed_in_here() {
        Asker.Person person = given.someoneOf(Asker.Kind.COUNCIL, "Two Nodes Council");
        String cookie =
                new Browser(port).signIn(given.account(person), Given.PASSWORD).cookie();
        try (var node = new SpringApplicationBuilder(RegisterApplication.class)
                .properties(
                        "server.port=0",
                        "reeve.jobs=false",
                        "reeve.address=https://register.example",
                        "reeve.database.url=" + access.url(),
                        "reeve.database.migrator-password=" + access.migratorPassword(),
                        "reeve.database.web-password=" + access.webPassword(),
                        "reeve.database.jobs-password=" + access.jobsPassword())
                .run("--reeve.data=" + folder)) { // a property would lose against application.properties
            int other = node.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
            assertThat(get(other, "/today", cookie).body()).contains("Someone of Two Nodes Council");
            assertThat(get(other, "/today", "reeve=nobodys").statusCode()).isEqualTo(302);
            assertThat(fresh(other)).contains("Secure", "HttpOnly", "SameSite=Lax"); // it is reached by https
        }
        assertThat(fresh(port)).contains("HttpOnly", "SameSite=Lax").doesNotContain("Secure");
    }

    @Test
    void signing_in_changes_the_session_and_signing_out_ends_it() {
        Browser browser = new Browser(port);
        browser.get("/sign-in");
        String before = browser.cookie();
        browser.signIn(given.account(Asker.Kind.COUNCIL), Given.PASSWORD);
        String in = browser.cookie();
        assertThat(in).isNotEqualTo(before);
        assertThat(get(port, "/today", before).statusCode()).isEqualTo(302);
        assertThat(get(port, "/today", in).statusCode()).isEqualTo(200);
        assertThat(browser.post("/sign-out", browser.token("/account")).statusCode())
                .isEqualTo(302);
        assertThat(get(port, "/today", in).statusCode()).isEqualTo(302);
    }

    @Test
    void only_the_gate_reads_sessions_and_nobody_reads_their_ids() {
        Asker.Person person = given.someoneOf(Asker.Kind.ADMINISTRATOR, "Curious Administrator");
        Browser browser = new Browser(port).signIn(given.account(person), Given.PASSWORD);
        assertThat(as(person, this::sessionsSeen)).isZero();
        assertThat(as(new Asker.Nobody(), this::sessionsSeen)).isZero();
        assertThatThrownBy(() -> as(new Asker.Job(), this::sessionsSeen)).isInstanceOf(DataAccessException.class);
        List<String> kept = as(new Asker.Gate(), () -> jdbc.sql("""
                SELECT s.session_id || ' ' || convert_from(a.attribute_bytes, 'UTF8') FROM session s
                  JOIN session_attributes a ON a.session_primary_id = s.primary_id WHERE s.principal_name = :person
                """)
                .param("person", person.person().toString())
                .query(String.class)
                .list());
        String id = new String(
                java.util.Base64.getDecoder().decode(browser.cookie().substring("reeve=".length())),
                StandardCharsets.UTF_8);
        assertThat(kept).isNotEmpty().noneMatch(text -> text.contains(id)).noneMatch(text -> text.contains("Curious"));
    }

    @Test
    void a_role_that_is_taken_away_is_gone_from_live_sessions_at_once() {
        Asker.Person person = given.someoneOf(Asker.Kind.COUNCIL, "Shrinking Council");
        Browser browser = new Browser(port).signIn(given.account(person), Given.PASSWORD);
        assertThat(browser.get("/organisation/people").statusCode()).isEqualTo(200);
        given.inJob(() -> jdbc.sql("DELETE FROM membership WHERE person_id = :person AND role = 'administrator'")
                .param("person", person.person())
                .update());
        assertThat(browser.get("/organisation/people").statusCode()).isEqualTo(403);
        assertThat(browser.get("/today").statusCode()).isEqualTo(200);
        given.inJob(() -> jdbc.sql("DELETE FROM membership WHERE person_id = :person")
                .param("person", person.person())
                .update());
        assertThat(browser.get("/today").statusCode()).isEqualTo(302);
    }

    @Test
    void a_session_ends_when_nobody_uses_it_and_at_the_latest_after_twelve_hours() {
        Asker.Person person = given.someoneOf(Asker.Kind.COUNCIL, "Tired Council");
        String email = given.account(person);
        Browser idle = new Browser(port).signIn(email, Given.PASSWORD);
        assertThat(change(
                        "UPDATE session SET last_access_time = last_access_time - 7260000, expiry_time = expiry_time - 7260000",
                        person))
                .isOne();
        assertThat(idle.get("/today").statusCode()).isEqualTo(302);

        Browser busy = new Browser(port).signIn(email, Given.PASSWORD);
        long before = Instant.now().toEpochMilli() - 12 * 3_600_000 - 1000;
        assertThat(change(
                        "UPDATE session_attributes a SET attribute_bytes = convert_to('e" + person.person() + " - "
                                + before
                                + "', 'UTF8') FROM session WHERE a.session_primary_id = primary_id AND attribute_name = 'SPRING_SECURITY_CONTEXT'",
                        person))
                .isOne();
        assertThat(busy.get("/today").statusCode()).isEqualTo(302);

        Browser left = new Browser(port).signIn(email, Given.PASSWORD);
        change("UPDATE session SET expiry_time = 0", person);
        sessions.cleanUpExpiredSessions();
        assertThat(change("UPDATE session SET expiry_time = 0", person)).isZero();
        assertThat(left.get("/today").statusCode()).isEqualTo(302);
    }

    private int change(String statement, Asker.Person person) {
        return as(new Asker.Gate(), () -> jdbc.sql(
                        statement + (statement.contains("WHERE") ? " AND" : " WHERE") + " principal_name = :person")
                .param("person", person.person().toString())
                .update());
    }

    private int sessionsSeen() {
        return jdbc.sql(
                        "SELECT count(*)::int FROM session FULL JOIN session_attributes ON session_primary_id = primary_id")
                .query(Integer.class)
                .single();
    }

    private <T> T as(Asker asker, Supplier<T> work) {
        return Asking.as(asker, () -> transactions.execute(_ -> work.get()));
    }

    private static String fresh(int port) {
        return get(port, "/sign-in", "").headers().firstValue("Set-Cookie").orElse("");
    }

    private static HttpResponse<String> get(int port, String path, String cookie) {
        try {
            var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
            return HttpClient.newHttpClient()
                    .send(
                            (cookie.isEmpty() ? request : request.header("Cookie", cookie)).build(),
                            HttpResponse.BodyHandlers.ofString());
        } catch (java.io.IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
