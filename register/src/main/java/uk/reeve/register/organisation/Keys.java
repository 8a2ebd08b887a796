package uk.reeve.register.organisation;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;
import uk.reeve.register.audience.Asker;
import uk.reeve.register.audience.Asking;
import uk.reeve.register.audit.Act;
import uk.reeve.register.audit.AuditLog;

/// Keys for machines. A key acts for its organisation, never with more than its maker may do there today.
@Service
public class Keys {

    private static final String MARK = "reeve_";

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final AuditLog audit;
    private final Clock clock;

    Keys(JdbcClient jdbc, TransactionTemplate transactions, AuditLog audit, Clock clock) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.audit = audit;
        this.clock = clock;
    }

    /// @param scope `read`, or `publish`: what an editor may do
    public record Key(
            UUID id,
            String name,
            String scope,
            Instant madeAt,
            Instant expiresAt,
            @Nullable Instant lastUsedAt,
            @Nullable Instant revokedAt) {}

    /// A new key of the asking organisation; told this once and kept as a hash.
    @Transactional
    public String make(String name, String scope, Duration lasts) {
        String key = MARK + Secret.fresh();
        jdbc.sql("""
                INSERT INTO api_key (organisation_id, made_by, name, scope, hash, expires_at)
                VALUES (:organisation, :person, :name, :scope, :hash, :expires)
                """)
                .param("organisation", Asking.person().organisation())
                .param("person", Asking.person().person())
                .param("name", name)
                .param("scope", scope)
                .param("hash", Secret.hash(key))
                .param("expires", Timestamp.from(clock.instant().plus(lasts)))
                .update();
        audit.record(Act.KEY_MADE, name, null);
        return key;
    }

    /// Of the asking organisation, the newest first.
    @Transactional(readOnly = true)
    public List<Key> list() {
        return jdbc.sql("""
                SELECT id, name, scope, made_at, expires_at, last_used_at, revoked_at FROM api_key
                 ORDER BY made_at DESC LIMIT 200
                """).query(Key.class).list();
    }

    @Transactional
    public void revoke(UUID key) {
        jdbc.sql("UPDATE api_key SET revoked_at = now() WHERE id = :key AND revoked_at IS NULL RETURNING name")
                .param("key", key)
                .query(String.class)
                .optional()
                .ifPresent(name -> audit.record(Act.KEY_REVOKED, name, null));
    }

    /// Who a key acts for; empty where it is unknown, revoked, too old, or its maker has left.
    Optional<Asker.Person> asker(String key) {
        if (!key.startsWith(MARK) || key.length() > 100) {
            return Optional.empty();
        }
        record Found(
                UUID id, UUID person, UUID organisation, String kind, String scope, boolean editor, boolean stale) {}
        return Asking.as(
                new Asker.Gate(),
                () -> java.util.Objects.requireNonNull(transactions.execute(_ -> {
                    Optional<Found> found = jdbc.sql("""
                    SELECT k.id, k.made_by AS person, k.organisation_id AS organisation, o.kind, k.scope,
                           bool_or(m.role = 'editor') AS editor,
                           coalesce(k.last_used_at < now() - interval '1 minute', true) AS stale
                      FROM api_key k
                      JOIN organisation o ON o.id = k.organisation_id
                      JOIN membership m ON m.person_id = k.made_by AND m.organisation_id = k.organisation_id
                     WHERE k.hash = :hash AND k.revoked_at IS NULL AND k.expires_at > :now
                     GROUP BY k.id, o.id
                    """)
                            .param("hash", Secret.hash(key))
                            .param("now", Timestamp.from(clock.instant()))
                            .query(Found.class)
                            .optional();
                    found.filter(Found::stale)
                            .ifPresent(of -> jdbc.sql("UPDATE api_key SET last_used_at = now() WHERE id = :id")
                                    .param("id", of.id())
                                    .update());
                    return found.map(of -> new Asker.Person(
                            of.person(),
                            of.organisation(),
                            Asker.Kind.valueOf(of.kind().toUpperCase(Locale.ROOT)),
                            of.scope().equals("publish") && of.editor()
                                    ? Set.of(Asker.Role.READER, Asker.Role.EDITOR)
                                    : Set.of(Asker.Role.READER)));
                })));
    }
}
