package uk.reeve.register.alert;

import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import uk.reeve.register.advisory.Heading;
import uk.reeve.register.audience.Asker;
import uk.reeve.register.audience.Asking;
import uk.reeve.register.mail.IdentifiedMessage;
import uk.reeve.register.mail.MailServer;

/// Sends mail that is due, a batch over one connection: at least once, since after a crash one may go twice, with the
/// same Message-ID (RULINGS 18). Without a mail server everything stays readable on pages, which say so.
@Service
public class AlertDelivery {

    private static final Logger LOG = LoggerFactory.getLogger(AlertDelivery.class);
    private static final Asker JOB = new Asker.Job();
    private static final int BATCH = 100;
    private static final Duration ENOUGH = Deliveries.LEASE.minusMinutes(2); // one message takes a minute at most

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final Deliveries deliveries;
    private final JsonMapper json;
    private final Clock clock;
    private final MailServer mail;
    private final Preferences preferences;
    private final String address;

    /// @param address of this register, as links begin
    public AlertDelivery(
            JdbcClient jdbc,
            TransactionTemplate transactions,
            Deliveries deliveries,
            JsonMapper json,
            Clock clock,
            MailServer mail,
            Preferences preferences,
            @Value("${reeve.address:http://localhost:8080}") String address) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.deliveries = deliveries;
        this.json = json;
        this.clock = clock;
        this.mail = mail;
        this.preferences = preferences;
        this.address = address;
    }

    /// Whether any mail leaves this register.
    public boolean on() {
        return mail.session() != null;
    }

    /// One alert, or one notice, within a message to one address.
    ///
    /// @param ref of the alert; a notice's path
    /// @param kind `exposed`, `retracted`, `notice`
    /// @param name of the flaw; a notice's text
    private record Item(
            UUID message,
            boolean digest,
            String to,
            UUID organisation,
            @Nullable UUID person,
            String ref,
            String kind,
            String news,
            String alertClass,
            int days,
            String systems,
            String reasons,
            @Nullable UUID vulnerability,
            String name,
            @Nullable String title,
            String council,
            boolean full,
            @Nullable String onCall) {}

    /// Sends what is due, to the last.
    ///
    /// @return how many messages were tried
    public int catchUp() {
        int tried = 0;
        Session session = mail.session();
        while (session != null) {
            List<UUID> batch = deliveries.claim("email", BATCH);
            if (batch.isEmpty()) {
                break;
            }
            tried += send(session, batch);
        }
        return tried;
    }

    private int send(Session with, List<UUID> batch) {
        Instant until = clock.instant().plus(ENOUGH);
        Map<UUID, List<Item>> items = items(batch);
        int tried = 0;
        try (Transport server = with.getTransport("smtp")) {
            for (UUID id : batch) {
                List<UUID> left = batch.subList(tried, batch.size());
                if (clock.instant().isAfter(until)) {
                    deliveries.release(left);
                    break;
                }
                if (!server.isConnected() && !connected(server, left)) {
                    return batch.size();
                }
                tried++;
                send(with, server, id, items.getOrDefault(id, List.of()));
            }
        } catch (MessagingException e) {
            LOG.debug("the mail server was not left in order", e); // what was noted before stands
        }
        return tried;
    }

    private boolean connected(Transport server, List<UUID> left) {
        try {
            server.connect();
            return true;
        } catch (MessagingException e) {
            String error = MailServer.problem(e);
            LOG.warn("{} messages did not go: {}", left.size(), error);
            left.forEach(id -> deliveries.failed(id, error, false));
            return false;
        }
    }

    private void send(Session with, Transport server, UUID id, List<Item> items) {
        if (items.isEmpty()) {
            return; // taken away since
        }
        try {
            MimeMessage message = message(with, id, items);
            server.sendMessage(message, message.getAllRecipients());
        } catch (MessagingException e) {
            String error = MailServer.problem(e);
            LOG.warn("message {} did not go: {}", id, error);
            deliveries.failed(id, error, MailServer.forGood(e));
            return;
        }
        deliveries.sent(id);
    }

    private MimeMessage message(Session with, UUID id, List<Item> items) throws MessagingException {
        Item first = items.getFirst();
        AlertMail.Message words = first.digest() ? digest(items) : single(first);
        MimeMessage message = new IdentifiedMessage(with, id);
        message.setFrom(new InternetAddress(mail.from()));
        message.setRecipients(jakarta.mail.Message.RecipientType.TO, new Address[] {new InternetAddress(first.to())});
        message.setSubject(words.subject(), StandardCharsets.UTF_8.name());
        message.setHeader("Auto-Submitted", "auto-generated");
        UUID person = first.person();
        if (first.digest() && person != null) {
            String stop = address + "/unsubscribe/" + stop(person, first.organisation());
            message.setHeader("List-Unsubscribe", "<" + stop + ">");
            message.setHeader("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
            words = AlertMail.stoppable(words, stop, address + "/account/alerts");
        }
        message.setText(words.body(), StandardCharsets.UTF_8.name());
        if (!first.digest()) {
            message.setHeader("References", "<" + first.vulnerability() + "@reeve>"); // one thread for each flaw
        }
        message.setSentDate(Date.from(clock.instant()));
        message.saveChanges();
        return message;
    }

    private String stop(UUID person, UUID organisation) {
        return Asking.as(
                JOB,
                () -> Objects.requireNonNull(transactions.execute(_ -> preferences.newStop(person, organisation))));
    }

    /// The gravest first within each message.
    private Map<UUID, List<Item>> items(List<UUID> messages) {
        Map<UUID, List<Item>> items = new LinkedHashMap<>();
        List<Item> all = Asking.as(
                JOB,
                () -> Objects.requireNonNull(transactions.execute(_ -> jdbc.sql("""
                SELECT d.message, d.digest, d.address AS to, d.organisation_id AS organisation, d.person_id AS person,
                       coalesce(a.ref, n.path) AS ref, coalesce(a.kind, 'notice') AS kind, coalesce(a.news, '') AS news,
                       coalesce(a.class, 'daily') AS alert_class, coalesce(a.days, 0)::int AS days,
                       coalesce(a.systems::text, '[]') AS systems, coalesce(a.reasons::text, '[]') AS reasons,
                       k.id AS vulnerability, coalesce(k.name, n.text) AS name, k.title,
                       o.name AS council,
                       coalesce(f.detail, 'full') = 'full'
                           AND EXISTS (SELECT FROM organisation_domain m WHERE m.organisation_id = d.organisation_id
                                          AND m.domain = split_part(d.address, '@', 2)) AS full,
                       (SELECT string_agg(p.name || ', ' || c.on_call_phone, '; ' ORDER BY p.name)
                          FROM alert_preference c JOIN person p ON p.id = c.person_id
                         WHERE c.organisation_id = d.organisation_id AND c.on_call_phone IS NOT NULL
                           AND EXISTS (SELECT FROM membership m WHERE m.person_id = c.person_id
                                          AND m.organisation_id = c.organisation_id)) AS on_call
                  FROM delivery d
                  LEFT JOIN alert a ON a.id = d.alert_id
                  LEFT JOIN notice n ON n.id = d.notice_id
                  LEFT JOIN vulnerability k ON k.id = a.vulnerability_id
                  JOIN organisation o ON o.id = d.organisation_id
                  LEFT JOIN alert_preference f ON f.person_id = d.person_id AND f.organisation_id = d.organisation_id
                 WHERE d.message = ANY (:messages) AND d.state = 'waiting'
                 ORDER BY a.kind, (a.days + 999) % 1000, a.raised_at, d.id
                """)
                        .param("messages", messages.toArray(UUID[]::new))
                        .query(Item.class)
                        .list())));
        for (Item item : all) {
            items.computeIfAbsent(item.message(), _ -> new ArrayList<>()).add(item);
        }
        return items;
    }

    private AlertMail.Message single(Item item) {
        return item.kind().equals("retracted")
                ? AlertMail.retracted(heading(item), item.council(), link(item), item.full())
                : AlertMail.exposed(
                        heading(item),
                        item.days(),
                        item.news(),
                        lines(item.systems()),
                        texts(item.reasons()),
                        item.council(),
                        item.alertClass().equals(AlertClass.INSTANT.key()) ? item.onCall() : null,
                        link(item),
                        item.full());
    }

    private AlertMail.Message digest(List<Item> items) {
        return AlertMail.digest(
                clock.instant(),
                items.stream()
                        .map(item -> new AlertMail.Entry(
                                item.kind(),
                                item.days(),
                                item.news(),
                                heading(item),
                                lines(item.systems()),
                                item.kind().equals("notice") ? address + item.ref() : link(item)))
                        .toList(),
                items.getFirst().council(),
                address + "/alerts",
                items.getFirst().full());
    }

    private static String heading(Item item) {
        return Heading.of(item.name(), item.title());
    }

    /// By the alert, not by the flaw: an address tells what somebody runs as much as a subject does (RULINGS 19).
    private String link(Item item) {
        return address + "/alerts/" + item.ref();
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
}
