package uk.reeve.register.alert;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import uk.reeve.register.audience.Asking;
import uk.reeve.register.audit.Act;
import uk.reeve.register.audit.AuditLog;
import uk.reeve.register.organisation.Seal;
import uk.reeve.register.organisation.Secret;

/// Where the asking organisation's own machines are told.
@Service
public class Webhooks {

    static final int MOST = 20;

    private final JdbcClient jdbc;
    private final Seal seal;
    private final AuditLog audit;
    private final Clock clock;

    Webhooks(JdbcClient jdbc, Seal seal, AuditLog audit, Clock clock) {
        this.jdbc = jdbc;
        this.seal = seal;
        this.audit = audit;
        this.clock = clock;
    }

    /// @param detail `neutral`: that there is something to read; `full`: the flaw and the systems
    public record Webhook(
            UUID id,
            String ref,
            String url,
            String detail,
            Instant madeAt,
            @Nullable String madeBy) {

        public String tells() {
            return detail.equals("full") ? "The flaw and the systems" : "Only that there is something to read";
        }
    }

    private static final String ROWS = """
            SELECT w.id, w.ref, w.url, w.detail, w.made_at, p.name AS made_by
              FROM webhook w LEFT JOIN person p ON p.id = w.made_by
            """;

    @Transactional(readOnly = true)
    public List<Webhook> list() {
        return jdbc.sql(ROWS + " ORDER BY w.made_at, w.id LIMIT 100")
                .query(Webhook.class)
                .list();
    }

    @Transactional(readOnly = true)
    public Optional<Webhook> find(String ref) {
        return jdbc.sql(ROWS + " WHERE w.ref = :ref")
                .param("ref", ref)
                .query(Webhook.class)
                .optional();
    }

    /// @param secret by which the other side knows that it is us; told this once
    public record Made(String ref, String secret) {}

    @Transactional
    public Made add(String url, String detail) {
        String secret = Secret.fresh();
        String ref = jdbc.sql("""
                INSERT INTO webhook (organisation_id, url, detail, secret, made_by)
                VALUES (:organisation, :url, :detail, :secret, :person) RETURNING ref
                """)
                .param("organisation", Asking.person().organisation())
                .param("url", url)
                .param("detail", detail)
                .param("secret", seal.close(Base64.getUrlDecoder().decode(secret)))
                .param("person", Asking.person().person())
                .query(String.class)
                .single();
        audit.record(Act.WEBHOOK_ADDED, ref, null);
        return new Made(
                ref,
                "whsec_"
                        + Base64.getEncoder()
                                .encodeToString(Base64.getUrlDecoder().decode(secret)));
    }

    /// With all its deliveries.
    @Transactional
    public boolean remove(String ref) {
        boolean removed = jdbc.sql("DELETE FROM webhook WHERE ref = :ref")
                        .param("ref", ref)
                        .update()
                > 0;
        if (removed) {
            audit.record(Act.WEBHOOK_REMOVED, ref, null);
        }
        return removed;
    }

    /// Lets jobs send a message that tells nothing.
    @Transactional
    public boolean test(String ref) {
        return jdbc.sql("""
                INSERT INTO delivery (organisation_id, webhook_id, channel, address, first_due_at, due_at)
                SELECT organisation_id, id, 'webhook', url, :now, :now FROM webhook WHERE ref = :ref
                """)
                        .param("ref", ref)
                        .param("now", Timestamp.from(clock.instant()))
                        .update()
                > 0;
    }
}
