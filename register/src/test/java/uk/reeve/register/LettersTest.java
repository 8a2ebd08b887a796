package uk.reeve.register;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import uk.reeve.register.audience.Asker;
import uk.reeve.register.database.DatabaseAccess;
import uk.reeve.register.jobs.Job;

/// Mail about accounts while the mail server cannot be reached: a node that asks one which is not there.
@RegisterTest
class LettersTest {

    @Autowired
    Given given;

    @Autowired
    DatabaseAccess access;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    @Qualifier("sendLetters")
    Job sendLetters;

    @LocalServerPort
    int port;

    @Value("${reeve.data}")
    Path data;

    @TempDir
    Path folder;

    @Test
    void an_invitation_is_kept_sealed_until_it_went_and_the_page_says_why_it_has_not() throws Exception {
        Asker.Person person = given.someoneOf(Asker.Kind.COUNCIL, "Patient Council (invented)");
        String mark = UUID.randomUUID().toString().substring(0, 8);
        String wanted = "wanted-" + mark + "@patient.example";
        String unwanted = "unwanted-" + mark + "@patient.example";
        Files.copy(data.resolve("seal.key"), folder.resolve("seal.key"));
        try (var node = new SpringApplicationBuilder(RegisterApplication.class)
                .properties(
                        "server.port=0",
                        "reeve.jobs=false",
                        "reeve.database.url=" + access.url(),
                        "reeve.database.migrator-password=" + access.migratorPassword(),
                        "reeve.database.web-password=" + access.webPassword(),
                        "reeve.database.jobs-password=" + access.jobsPassword())
                .run("--reeve.data=" + folder, "--reeve.mail.host=127.0.0.1", "--reeve.mail.port=" + closed())) {
            int other = node.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
            Browser administrator = new Browser(other).signIn(given.account(person), Given.PASSWORD);
            String page = "/organisation/people";
            for (String email : new String[] {wanted, unwanted}) {
                administrator.post(page, administrator.token(page), "email", email, "roles", "reader");
                assertThat(administrator.text(page)).contains("The invitation is on its way to " + email);
                await().until(() -> administrator.text(page), text -> text.contains("The mail server does not answer"));
            }
            assertThat(waiting(wanted)).isEqualTo(1);
            assertThat(given.inJob(() -> jdbc.sql("SELECT encode(sealed, 'escape') FROM letter WHERE address = :to")
                            .param("to", wanted)
                            .query(String.class)
                            .single()))
                    .doesNotContain("/join/", "Patient");
            String withdrawal = "/organisation/people/invitations/"
                    + given.inJob(() -> jdbc.sql("SELECT id FROM invitation WHERE email = :to")
                            .param("to", unwanted)
                            .query(UUID.class)
                            .single())
                    + "/withdrawal";
            assertThat(administrator.post(withdrawal, administrator.token(page)).statusCode())
                    .isEqualTo(303);

            due();
            sendLetters.work().run(); // where the mail server is there
            String join = MailSink.link(wanted, "/join/[A-Za-z0-9_-]+");
            assertThat(waiting(wanted)).isZero();
            assertThat(waiting(unwanted)).isZero();
            due();
            sendLetters.work().run();
            assertThat(mails(wanted)).isEqualTo(1);
            assertThat(mails(unwanted)).isZero();
            assertThat(administrator.text(page))
                    .contains(wanted)
                    .contains("Sent")
                    .doesNotContain("does not answer");
            assertThat(new Browser(other).get(join).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void what_is_of_no_use_any_more_and_what_was_for_somebody_who_left_is_forgotten() {
        Asker.Person person = given.someoneOf(Asker.Kind.COUNCIL, "Leaving Council (invented)");
        String mail = given.account(person);
        String late = "late-" + UUID.randomUUID() + "@nowhere.example";
        given.inJob(() -> jdbc.sql("""
                INSERT INTO letter (id, address, sealed, due_at, expires_at)
                SELECT gen_random_uuid(), a, '\\x00', now() + interval '1 hour', e
                  FROM (VALUES (:mail, now() + interval '1 day'), (:late, now())) AS told (a, e)
                """).param("mail", mail).param("late", late).update());
        sendLetters.work().run();
        assertThat(waiting(late)).isZero();
        assertThat(waiting(mail)).isEqualTo(1);
        Browser browser = new Browser(port).signIn(mail, Given.PASSWORD);
        assertThat(browser.post("/account/erasure", browser.token("/account/erasure"), "password", Given.PASSWORD)
                        .statusCode())
                .isEqualTo(303);
        assertThat(waiting(mail)).isZero();
        assertThat(mails(mail)).isZero();
    }

    private void due() {
        given.inJob(() -> jdbc.sql("UPDATE letter SET due_at = now()").update());
    }

    private int waiting(String to) {
        return given.inJob(() -> jdbc.sql("SELECT count(*)::int FROM letter WHERE address = :to")
                .param("to", to)
                .query(Integer.class)
                .single());
    }

    private static long mails(String to) {
        return Arrays.stream(MailSink.SERVER.getReceivedMessages())
                .filter(mail -> com.icegreen.greenmail.util.GreenMailUtil.getWholeMessage(mail)
                        .contains("To: " + to))
                .count();
    }

    private static int closed() throws Exception {
        try (ServerSocket once = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return once.getLocalPort();
        }
    }
}
