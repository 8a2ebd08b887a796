package uk.reeve.register.alert;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mail.MailException;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import uk.reeve.register.advisory.Heading;
import uk.reeve.register.audience.Asker;
import uk.reeve.register.audience.Asking;

/// Deliveries whose time has come, one a transaction: at least once, since after a crash one may go twice, with
/// the same Message-ID (RULINGS 18). Without a mail server everything stays readable on pages, and each
/// delivery says so.
@Service
public class AlertDelivery {

    private static final Logger LOG = LoggerFactory.getLogger(AlertDelivery.class);
    private static final Asker JOB = new Asker.Job();
    private static final int MOST_TRIES = 8;

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final JsonMapper json;
    private final Clock clock;
    private final @Nullable JavaMailSenderImpl mail;
    private final String from;
    private final String address;

    AlertDelivery(
            JdbcClient jdbc,
            TransactionTemplate transactions,
            JsonMapper json,
            Clock clock,
            @Value("${reeve.mail.host:}") String host,
            @Value("${reeve.mail.port:25}") int port,
            @Value("${reeve.mail.from:reeve@localhost}") String from,
            @Value("${reeve.address:http://localhost:8080}") String address) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.json = json;
        this.clock = clock;
        this.mail = host.isEmpty() ? null : sender(host, port);
        this.from = from;
        this.address = address;
    }

    private static JavaMailSenderImpl sender(String host, int port) {
        JavaMailSenderImpl sender = new JavaMailSenderImpl();
        sender.setHost(host);
        sender.setPort(port);
        Properties limits = sender.getJavaMailProperties();
        limits.put("mail.smtp.connectiontimeout", "10000");
        limits.put("mail.smtp.timeout", "20000");
        limits.put("mail.smtp.writetimeout", "20000");
        return sender;
    }

    private record Due(
            UUID id,
            String to,
            int tries,
            String kind,
            int days,
            String systems,
            String reasons,
            String vulnerability,
            @Nullable String title,
            String council,
            boolean ownDomain) {}

    /// Sends what is due, to the last.
    ///
    /// @return how many were tried
    public int catchUp() {
        int tried = 0;
        while (mail != null && Boolean.TRUE.equals(Asking.as(JOB, () -> transactions.execute(_ -> next())))) {
            tried++;
        }
        return tried;
    }

    private boolean next() {
        Due due = jdbc.sql("""
                SELECT d.id, d.address AS to, d.tries, a.kind, a.days, a.systems::text AS systems,
                       a.reasons::text AS reasons, k.name AS vulnerability, k.title, o.name AS council,
                       EXISTS (SELECT FROM organisation_domain m WHERE m.organisation_id = d.organisation_id
                                  AND m.domain = split_part(d.address, '@', 2)) AS own_domain
                  FROM delivery d
                  JOIN alert a ON a.id = d.alert_id
                  JOIN vulnerability k ON k.id = a.vulnerability_id
                  JOIN organisation o ON o.id = d.organisation_id
                 WHERE d.state = 'waiting' AND d.due_at <= :now AND d.channel = 'email'
                 ORDER BY d.due_at, d.id LIMIT 1 FOR UPDATE OF d SKIP LOCKED
                """)
                .param("now", java.sql.Timestamp.from(clock.instant()))
                .query(Due.class)
                .optional()
                .orElse(null);
        if (due == null) {
            return false;
        }
        String error = send(due);
        if (error == null) {
            jdbc.sql(
                            "UPDATE delivery SET state = 'sent', sent_at = now(), tries = tries + 1, last_error = NULL WHERE id = :id")
                    .param("id", due.id())
                    .update();
        } else {
            boolean last = due.tries() + 1 >= MOST_TRIES;
            Instant again = clock.instant().plus(Duration.ofSeconds(15L << due.tries())); // 15 s to half an hour
            jdbc.sql("""
                    UPDATE delivery SET tries = tries + 1, last_error = :error, due_at = :again,
                           state = CASE WHEN :last THEN 'failed' ELSE 'waiting' END
                     WHERE id = :id
                    """)
                    .param("id", due.id())
                    .param("error", error)
                    .param("again", java.sql.Timestamp.from(again))
                    .param("last", last)
                    .update();
        }
        return true;
    }

    /// @return null when the server took it
    private @Nullable String send(Due due) {
        String heading = heading(due);
        String link = address + "/exposures/" + due.vulnerability();
        AlertMail.Message words = due.kind().equals("retracted")
                ? AlertMail.retracted(heading, due.council(), link, due.ownDomain())
                : AlertMail.exposed(
                        heading,
                        due.days(),
                        lines(due.systems()),
                        texts(due.reasons()),
                        due.council(),
                        link,
                        due.ownDomain());
        try {
            JavaMailSenderImpl sender = java.util.Objects.requireNonNull(mail);
            MimeMessage message = new FixedId(sender, "<" + due.id() + "@reeve>");
            message.setFrom(new InternetAddress(from));
            message.setRecipient(jakarta.mail.Message.RecipientType.TO, new InternetAddress(due.to()));
            message.setSubject(words.subject(), StandardCharsets.UTF_8.name());
            message.setText(words.body(), StandardCharsets.UTF_8.name());
            message.setHeader("Auto-Submitted", "auto-generated");
            message.setHeader("References", "<" + due.vulnerability() + "@reeve>");
            message.setSentDate(java.util.Date.from(clock.instant()));
            sender.send(message);
            return null;
        } catch (MailException | MessagingException e) {
            String error = String.valueOf(e.getMessage());
            LOG.warn("delivery {} failed: {}", due.id(), error);
            return error.length() > 500 ? error.substring(0, 500) : error;
        }
    }

    private static String heading(Due due) {
        String title = due.title();
        return Heading.of(due.vulnerability(), title);
    }

    private List<String> lines(String systems) {
        List<String> lines = new ArrayList<>();
        for (JsonNode system : json.readTree(systems)) {
            String service = system.path("service").asString("");
            String moveTo = system.path("moveTo").asString("");
            lines.add(system.path("name").asString("") + (service.isEmpty() ? "" : " (" + service + ")") + ": "
                    + (moveTo.isEmpty()
                            ? "no fixed release of " + system.path("release").asString("") + " yet"
                            : "move from " + system.path("release").asString("") + " to " + moveTo));
        }
        return lines;
    }

    private List<String> texts(String array) {
        List<String> texts = new ArrayList<>();
        for (JsonNode text : json.readTree(array)) {
            texts.add(text.asString(""));
        }
        return texts;
    }

    /// A message whose id does not change when it is sent again.
    private static final class FixedId extends MimeMessage {

        private final String id;

        FixedId(JavaMailSenderImpl sender, String id) {
            super(sender.getSession());
            this.id = id;
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", id);
        }
    }
}
