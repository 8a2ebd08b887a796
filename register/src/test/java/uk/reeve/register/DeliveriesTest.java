package uk.reeve.register;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.Message;
import jakarta.mail.internet.MimeMessage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;
import uk.reeve.register.alert.AlertDelivery;
import uk.reeve.register.alert.Deliveries;
import uk.reeve.register.alert.FanOut;
import uk.reeve.register.alert.Preferences;
import uk.reeve.register.audience.Asker;
import uk.reeve.register.mail.MailServer;

/// Whether it arrives: by mail, once, in the form and at the hour that each person chose.
@RegisterTest
class DeliveriesTest {

    @Autowired
    Given given;

    @Autowired
    GivenFlaw flaws;

    @Autowired
    AlertDelivery delivery;

    @Autowired
    Deliveries deliveries;

    @Autowired
    FanOut fanOut;

    @Autowired
    Preferences preferences;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transactions;

    @Autowired
    JsonMapper json;

    @Autowired
    Clock clock;

    @LocalServerPort
    int port;

    private GivenFlaw.Scene scene;
    private String mail;

    @BeforeEach
    void council_that_will_be_told() {
        delivery.catchUp();
        scene = flaws.scene();
        mail = given.mailOf(scene.council());
        flaws.run(scene, "Rates", "internet");
    }

    @AfterEach
    void nothing_left_for_other_tests() {
        given.inJob(() -> jdbc.sql("UPDATE delivery SET state = 'sent' WHERE state = 'waiting'")
                .update());
    }

    @Test
    void three_flaws_of_60_days_go_in_one_mail() throws Exception {
        List<String> three = List.of(
                flaws.advise(scene, GivenFlaw.SIXTY),
                flaws.advise(scene, GivenFlaw.SIXTY),
                flaws.advise(scene, GivenFlaw.SIXTY));
        delivery.catchUp();
        assertThat(mails()).isEmpty(); // not before its hour

        itIsTime();
        delivery.catchUp();
        assertThat(mails()).singleElement().satisfies(one -> {
            assertThat(one.getSubject()).startsWith("Summary, ").endsWith(": something to decide");
            assertThat(String.valueOf(one.getContent()))
                    .contains("3 flaws in what you run to decide on.")
                    .doesNotContain("GHSA", "Rates", "Ashby"); // the address is in none of its own domains
        });

        // as after a crash between sending and noting: the same message once more
        ownDomain();
        given.inJob(() -> jdbc.sql("UPDATE delivery SET state = 'waiting', leased_until = now() WHERE address = :mail")
                .param("mail", mail)
                .update());
        delivery.catchUp();
        List<MimeMessage> twice = mails();
        assertThat(twice).hasSize(2);
        assertThat(twice.get(1).getMessageID()).isEqualTo(twice.get(0).getMessageID());
        assertThat(String.valueOf(twice.get(1).getContent()))
                .contains(three)
                .contains("Rates (Rates): no fixed release");
    }

    @Test
    void withdrawn_does_not_overtake_what_is_still_tried() throws Exception {
        ownDomain();
        String flaw = flaws.advise(scene, GivenFlaw.WORST);
        try (SmtpServer server = new SmtpServer("451 later", () -> {})) {
            to(server.port()).catchUp();
        }
        assertThat(rows()).containsExactly("waiting 1 451 later");
        retract(flaw);
        delivery.catchUp();
        assertThat(mails()).isEmpty(); // it waits for the first, which is not due yet

        itIsTime();
        delivery.catchUp();
        delivery.catchUp();
        assertThat(mails()).hasSize(2);
        assertThat(mails().get(0).getSubject()).isEqualTo("Act now: " + flaw);
        assertThat(mails().get(1).getSubject()).isEqualTo("Withdrawn: " + flaw);
    }

    @Test
    void a_summary_ends_summaries_by_one_post_and_nothing_else() throws Exception {
        flaws.advise(scene, GivenFlaw.SIXTY);
        itIsTime();
        delivery.catchUp();
        MimeMessage summary = mails().getFirst();
        assertThat(summary.getHeader("List-Unsubscribe-Post")).containsExactly("List-Unsubscribe=One-Click");
        String header = summary.getHeader("List-Unsubscribe")[0].replaceAll("\\s", "");
        String path = header.replaceAll("<https?://[^/]+(/unsubscribe/[A-Za-z0-9_-]{43})>", "$1");
        assertThat(String.valueOf(summary.getContent())).contains(path, "/account/alerts");

        Browser program = new Browser(port); // no cookie, no form's token
        assertThat(program.text(path)).contains("Stop the summaries");
        assertThat(program.get(path.replaceFirst(".$", "_")).statusCode()).isEqualTo(404);
        flaws.advise(scene, GivenFlaw.SIXTY);
        assertThat(waiting()).containsExactly("digest"); // a look spends nothing
        assertThat(program.post(path, "", "List-Unsubscribe", "One-Click").body())
                .contains("You get no more summaries for Ashby council (invented)");
        assertThat(program.post(path, "", "List-Unsubscribe", "One-Click").statusCode())
                .isEqualTo(404);
        assertThat(program.get(path).statusCode()).isEqualTo(404);

        given.inJob(() -> jdbc.sql("UPDATE delivery SET state = 'sent' WHERE address = :mail")
                .param("mail", mail)
                .update());
        flaws.advise(scene, GivenFlaw.SIXTY);
        assertThat(waiting()).isEmpty();
        flaws.advise(scene, GivenFlaw.WORST);
        assertThat(waiting()).containsExactly("now"); // what burns still comes
        delivery.catchUp();
        assertThat(mails().getLast().getHeader("List-Unsubscribe")).isNull();
    }

    @Test
    void whoever_took_it_has_it_until_its_time_is_over() {
        flaws.advise(scene, GivenFlaw.WORST);
        given.inJob(() -> jdbc.sql(
                        "UPDATE delivery SET message = id, leased_until = now() + interval '1 minute' WHERE address = :mail")
                .param("mail", mail)
                .update());
        delivery.catchUp();
        assertThat(mails()).isEmpty(); // another node has it
        given.inJob(() -> jdbc.sql("UPDATE delivery SET leased_until = now() WHERE address = :mail")
                .param("mail", mail)
                .update());
        delivery.catchUp();
        assertThat(mails()).hasSize(1);
    }

    @Test
    void each_person_is_told_as_they_chose() {
        Browser browser = new Browser(port).signIn(given.account(scene.council()), Given.PASSWORD);
        assertThat(browser.get("/account/alerts").body())
                .contains("We write to " + mail, "outside your organisation", "In the last 7 days: 0.");
        assertThat(save(browser, "weekly", "hour", "now", "8").body())
                .contains("Choose one") // weekly never hurries
                .doesNotContain("Saved");
        assertThat(save(browser, "weekly", "phone", "none", "ring me").body()).contains("Enter a telephone number");
        assertThat(save(browser, "weekly", "phone", "none", "01632 960001").statusCode())
                .isEqualTo(303);
        flaws.advise(scene, GivenFlaw.SIXTY);
        assertThat(waiting()).isEmpty();
        assertThat(browser.get("/organisation/deliveries").body())
                .contains("Nothing was to be sent", "Someone of Ashby council (invented), 01632 960001");

        // what is told at once reaches somebody, even where nobody wants it
        assertThat(save(browser, "instant", "phone", "none", "").statusCode()).isEqualTo(303);
        flaws.advise(scene, GivenFlaw.WORST);
        assertThat(waiting()).containsExactly("now");
    }

    @Test
    void mail_to_ones_own_domain_tells_all_unless_one_chose_otherwise() throws Exception {
        ownDomain();
        Browser browser = new Browser(port).signIn(given.account(scene.council()), Given.PASSWORD);
        save(browser, "instant", "phone", "now", "01632 960001");
        String first = flaws.advise(scene, GivenFlaw.WORST);
        delivery.catchUp();
        save(browser, "detail", "phone", "neutral", "01632 960001");
        flaws.advise(scene, GivenFlaw.WORST);
        delivery.catchUp();
        List<MimeMessage> both = mails();
        assertThat(both).hasSize(2);
        assertThat(both.get(0).getSubject()).isEqualTo("Act now: " + first);
        assertThat(String.valueOf(both.get(0).getContent()))
                .contains("You run 1 affected system.", "On call: Someone of Ashby council (invented), 01632 960001");
        assertThat(both.get(1).getSubject()).isEqualTo("Act now: something you run");
        assertThat(String.valueOf(both.get(1).getContent())).doesNotContain("GHSA", "Rates");
    }

    @Test
    void no_transaction_is_open_while_mail_is_spoken_and_a_batch_needs_one_connection() throws Exception {
        flaws.advise(scene, GivenFlaw.WORST);
        flaws.advise(scene, GivenFlaw.WORST);
        List<Integer> open = new ArrayList<>();
        try (SmtpServer server = new SmtpServer(
                "250 ok",
                () -> open.add(
                        given.inJob(() -> jdbc.sql("""
                        SELECT count(*)::int FROM pg_stat_activity
                         WHERE usename = 'reeve_jobs' AND state LIKE 'idle in transaction%'
                        """).query(Integer.class).single())))) {
            to(server.port()).catchUp();
            assertThat(server.connections.get()).isEqualTo(1);
        }
        assertThat(open).containsExactly(0, 0);
        assertThat(rows()).containsExactly("sent 1 null", "sent 1 null");
    }

    @Test
    void what_is_refused_for_good_is_not_tried_again_and_can_be_sent_by_hand() {
        flaws.advise(scene, GivenFlaw.WORST);
        try (SmtpServer server = new SmtpServer("550 5.1.1 no such mailbox", () -> {})) {
            to(server.port()).catchUp();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        assertThat(rows()).containsExactly("failed 1 550 5.1.1 no such mailbox");

        Browser browser = new Browser(port).signIn(given.account(scene.council()), Given.PASSWORD);
        assertThat(browser.get("/organisation/deliveries").body())
                .contains("1 delivery did not arrive", "Given up after 1 try", "550 5.1.1 no such mailbox", "Retry");
        assertThat(browser.get("/alerts").body()).contains("1 message failed");
        UUID id = given.inJob(() -> jdbc.sql("SELECT id FROM delivery WHERE address = :mail")
                .param("mail", mail)
                .query(UUID.class)
                .single());
        String retry = "/organisation/deliveries/" + id + "/retry";
        Browser other = new Browser(port).signIn(given.account(Asker.Kind.COUNCIL), Given.PASSWORD);
        assertThat(other.get("/organisation/deliveries").body()).doesNotContain(mail);
        assertThat(other.post(retry, other.token("/account")).statusCode()).isEqualTo(404);
        assertThat(browser.post(retry, browser.token("/account")).statusCode()).isEqualTo(303);
        assertThat(browser.get("/organisation/deliveries").body()).contains("1 delivery waits", "About to go");
        delivery.catchUp();
        assertThat(mails()).hasSize(1);
        assertThat(browser.get("/organisation/deliveries").body()).contains("All 1 delivery arrived in 30 days.");
    }

    @Test
    void a_server_that_does_not_answer_is_tried_for_a_day_and_no_longer() throws Exception {
        flaws.advise(scene, GivenFlaw.WORST);
        int closed;
        try (ServerSocket once = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = once.getLocalPort();
        }
        AlertDelivery down = to(closed);
        down.catchUp();
        assertThat(rows()).singleElement().asString().startsWith("waiting 1 The mail server does not answer: ");
        down.catchUp();
        assertThat(rows()).singleElement().asString().startsWith("waiting 1 "); // not before 15 seconds are over

        given.inJob(() -> jdbc.sql("""
                UPDATE delivery SET due_at = now(), first_due_at = now() - interval '24 hours' WHERE address = :mail
                """).param("mail", mail).update());
        down.catchUp();
        assertThat(rows()).singleElement().asString().startsWith("failed 2 The mail server does not answer: ");
    }

    @Test
    void where_no_mail_leaves_pages_say_so() {
        flaws.advise(scene, GivenFlaw.WORST);
        AlertDelivery off = delivery("", 25);
        assertThat(off.on()).isFalse();
        assertThat(off.catchUp()).isZero();
        assertThat(rows()).containsExactly("waiting 0 null");
    }

    private AlertDelivery to(int smtp) {
        return delivery("127.0.0.1", smtp);
    }

    private AlertDelivery delivery(String host, int smtp) {
        return new AlertDelivery(
                jdbc,
                transactions,
                deliveries,
                json,
                clock,
                new MailServer(host, smtp, "", "", "", "reeve@reeve.example"),
                preferences,
                "https://reeve.example");
    }

    private java.net.http.HttpResponse<String> save(
            Browser browser, String one, String other, String oneValue, String otherValue) {
        List<String> fields = new ArrayList<>(List.of(
                "instant",
                "now",
                "same-day",
                "digest",
                "daily",
                "digest",
                "weekly",
                "digest",
                "hour",
                "8",
                "detail",
                "full",
                "phone",
                ""));
        fields.set(fields.indexOf(one) + 1, oneValue);
        fields.set(fields.indexOf(other) + 1, otherValue);
        return browser.post("/account/alerts", browser.token("/account/alerts"), fields.toArray(String[]::new));
    }

    private void itIsTime() {
        given.inJob(() -> jdbc.sql("UPDATE delivery SET due_at = now() WHERE address = :mail")
                .param("mail", mail)
                .update());
    }

    private void ownDomain() {
        given.inJob(() -> jdbc.sql("INSERT INTO organisation_domain (domain, organisation_id) VALUES (:domain, :id)")
                .param("domain", mail.substring(mail.indexOf('@') + 1))
                .param("id", scene.council().organisation())
                .update());
    }

    /// Nothing of it is left in what is run.
    private void retract(String flaw) {
        given.inJob(() -> {
            jdbc.sql("UPDATE component_finding SET withdrawn_at = now() WHERE vulnerability_id = :flaw")
                    .param("flaw", flaws.id(flaw))
                    .update();
            jdbc.sql("DELETE FROM set_finding WHERE (SELECT number FROM vulnerability WHERE id = :flaw) = ANY (exact)")
                    .param("flaw", flaws.id(flaw))
                    .update(); // reckoned again when somebody asks
            return jdbc.sql("INSERT INTO outbox (cause, vulnerability_id) VALUES ('withdrawal', :flaw)")
                    .param("flaw", flaws.id(flaw))
                    .update();
        });
        fanOut.catchUp();
    }

    private List<String> rows() {
        return given.inJob(
                () -> jdbc.sql("""
                SELECT state || ' ' || tries || ' ' || coalesce(last_error, 'null') FROM delivery WHERE address = :mail
                """).param("mail", mail).query(String.class).list());
    }

    private List<String> waiting() {
        return given.inJob(
                () -> jdbc.sql("""
                SELECT CASE WHEN digest THEN 'digest' ELSE 'now' END FROM delivery
                 WHERE address = :mail AND state = 'waiting'
                """).param("mail", mail).query(String.class).list());
    }

    private List<MimeMessage> mails() {
        return Arrays.stream(MailSink.SERVER.getReceivedMessages())
                .filter(this::toUs)
                .toList();
    }

    private boolean toUs(MimeMessage message) {
        try {
            return message.getRecipients(Message.RecipientType.TO)[0].toString().equals(mail);
        } catch (jakarta.mail.MessagingException e) {
            throw new AssertionError(e);
        }
    }

    /// A mail server that answers each recipient as told and calls back before it takes a message.
    private static final class SmtpServer implements AutoCloseable {

        final AtomicInteger connections = new AtomicInteger();

        private final ServerSocket socket;
        private final String toRecipient;
        private final Runnable before;

        SmtpServer(String toRecipient, Runnable before) throws IOException {
            this.socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
            this.toRecipient = toRecipient;
            this.before = before;
            Thread.ofVirtual().start(this::serve);
        }

        int port() {
            return socket.getLocalPort();
        }

        private void serve() {
            while (!socket.isClosed()) {
                try (Socket client = socket.accept()) {
                    connections.incrementAndGet();
                    speak(client);
                } catch (IOException e) {
                    return; // closed
                }
            }
        }

        private void speak(Socket client) throws IOException {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
            OutputStream out = client.getOutputStream();
            say(out, "220 here");
            boolean data = false;
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (data) {
                    if (line.equals(".")) {
                        data = false;
                        before.run();
                        say(out, "250 taken");
                    }
                } else if (line.startsWith("DATA")) {
                    data = true;
                    say(out, "354 go on");
                } else if (line.startsWith("QUIT")) {
                    say(out, "221 bye");
                    return;
                } else {
                    say(out, line.startsWith("RCPT") ? toRecipient : "250 ok");
                }
            }
        }

        private static void say(OutputStream out, String line) throws IOException {
            out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
            out.flush();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
