package uk.reeve.register.alert;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import uk.reeve.register.audience.Asker;
import uk.reeve.register.audience.Asking;
import uk.reeve.register.organisation.Seal;

/// Sends to webhooks what is due, signed by Standard Webhooks: at least once, with the same `webhook-id`.
@Service
public class WebhookDelivery {

    private static final Logger LOG = LoggerFactory.getLogger(WebhookDelivery.class);
    private static final Asker JOB = new Asker.Job();
    private static final int BATCH = 20; // at the same time, so that a slow one holds nobody else up

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final Deliveries deliveries;
    private final Outbound outbound;
    private final Seal seal;
    private final JsonMapper json;
    private final Clock clock;
    private final String address;

    WebhookDelivery(
            JdbcClient jdbc,
            TransactionTemplate transactions,
            Deliveries deliveries,
            Outbound outbound,
            Seal seal,
            JsonMapper json,
            Clock clock,
            @Value("${reeve.address:http://localhost:8080}") String address) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.deliveries = deliveries;
        this.outbound = outbound;
        this.seal = seal;
        this.json = json;
        this.clock = clock;
        this.address = address;
    }

    /// @param alert its reference; null where this is a test
    private record Item(
            UUID message,
            String url,
            byte[] secret,
            String detail,
            String organisation,
            Instant occurredAt,
            @Nullable String alert,
            @Nullable String kind,
            @Nullable String news,
            @Nullable Integer days,
            @Nullable String reasons,
            @Nullable String systems,
            @Nullable String vulnerability) {}

    @EventListener
    void ready(ApplicationReadyEvent event) {
        Asking.as(
                JOB,
                () -> transactions.execute(_ -> {
                    seal.renew("webhooks", jdbc.sql("""
                            SELECT id, CASE WHEN length(secret) = 32 THEN '\\x00'::bytea || secret ELSE secret END AS all FROM webhook
                            """).query(Seal.Kept.class).list(), fresh -> jdbc.sql(
                                    "UPDATE webhook SET secret = :all WHERE id = :id")
                            .paramSource(fresh)
                            .update());
                    return true;
                }));
    }

    /// Sends what is due, to the last.
    ///
    /// @return how many were tried
    public int catchUp() {
        int tried = 0;
        while (true) {
            List<UUID> batch = deliveries.claim("webhook", BATCH);
            if (batch.isEmpty()) {
                return tried;
            }
            tried += batch.size();
            List<Future<?>> calls = new ArrayList<>();
            try (ExecutorService each = Executors.newVirtualThreadPerTaskExecutor()) {
                items(batch).forEach(item -> calls.add(each.submit(() -> send(item))));
            } // closes once all have ended
            for (Future<?> call : calls) {
                if (call.state() == Future.State.FAILED) {
                    LOG.error("a webhook's outcome was not noted; it is sent again", call.exceptionNow());
                }
            }
        }
    }

    private List<Item> items(List<UUID> messages) {
        return Asking.as(
                JOB,
                () -> Objects.requireNonNull(transactions.execute(_ -> jdbc.sql("""
                SELECT d.message, w.url, w.secret, w.detail, o.slug AS organisation,
                       coalesce(a.raised_at, d.first_due_at) AS occurred_at, a.ref AS alert, a.kind, a.news,
                       a.days::int AS days, a.reasons::text AS reasons, a.systems::text AS systems, k.name AS vulnerability
                  FROM delivery d
                  JOIN webhook w ON w.id = d.webhook_id
                  JOIN organisation o ON o.id = d.organisation_id
                  LEFT JOIN alert a ON a.id = d.alert_id
                  LEFT JOIN vulnerability k ON k.id = a.vulnerability_id
                 WHERE d.message = ANY (:messages) AND d.state = 'waiting'
                """)
                        .param("messages", messages.toArray(UUID[]::new))
                        .query(Item.class)
                        .list())));
    }

    private void send(Item item) {
        Optional<byte[]> secret = seal.open(item.secret());
        if (secret.isEmpty()) {
            deliveries.failed(
                    item.message(),
                    "Its secret cannot be read: it was sealed with another key. Remove the webhook and add it again",
                    true);
            return;
        }
        String id = "msg_" + item.message();
        long at = clock.instant().getEpochSecond();
        byte[] body = json.writeValueAsBytes(payload(item));
        try {
            outbound.post(
                    item.url(),
                    body,
                    Map.of(
                            "webhook-id", id,
                            "webhook-timestamp", Long.toString(at),
                            "webhook-signature", signature(secret.get(), id, at, body)));
        } catch (Outbound.Refused e) {
            deliveries.failed(item.message(), String.valueOf(e.getMessage()), false);
            return;
        }
        deliveries.sent(item.message());
    }

    /// `v1,` and the HMAC-SHA256 of `id.timestamp.body` in Base64 (Standard Webhooks 1.0).
    static String signature(byte[] secret, String id, long timestamp, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            mac.update((id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8));
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }

    private Map<String, Object> payload(Item item) {
        Map<String, Object> payload = new LinkedHashMap<>();
        payload.put("type", type(item));
        payload.put("id", item.alert() == null ? "test" : item.alert());
        payload.put(
                "occurredAt", item.occurredAt().truncatedTo(ChronoUnit.SECONDS).toString());
        payload.put("organisation", item.organisation());
        if (item.alert() == null || item.days() == null) {
            payload.put("url", address + "/organisation/webhooks");
            return payload;
        }
        Map<String, Object> urgency = new LinkedHashMap<>();
        urgency.put("level", level(item.days()));
        payload.put("urgency", urgency);
        if (item.detail().equals("full")) {
            urgency.put("reasons", tree(item.reasons()));
            payload.put("vulnerability", Map.of("id", String.valueOf(item.vulnerability())));
            payload.put("systems", tree(item.systems()));
        }
        payload.put("url", address + "/alerts/" + item.alert());
        return payload;
    }

    private static String type(Item item) {
        if (item.alert() == null) {
            return "test";
        }
        if ("retracted".equals(item.kind())) {
            return "exposure.withdrawn";
        }
        return "exposed".equals(item.news()) ? "exposure.opened" : "exposure.changed";
    }

    private static String level(int days) {
        return switch (days) {
            case 3 -> "act-now";
            case 14 -> "in-14-days";
            case 60 -> "in-60-days";
            default -> "next-upgrade";
        };
    }

    private JsonNode tree(@Nullable String text) {
        return json.readTree(text == null ? "[]" : text);
    }
}
