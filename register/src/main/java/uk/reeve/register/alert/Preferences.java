package uk.reeve.register.alert;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;
import uk.reeve.register.audience.Asker;
import uk.reeve.register.audience.Asking;
import uk.reeve.register.organisation.Secret;

/// How the asking person is told, at the organisation that they act for, and the addresses of their feeds.
@Service
public class Preferences {

    private static final Duration STOPS_LAST = Duration.ofDays(60);

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final Clock clock;

    Preferences(JdbcClient jdbc, TransactionTemplate transactions, Clock clock) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.clock = clock;
    }

    /// `now`, `digest` or `none` for each class; the first never waits, the last never hurries.
    ///
    /// @param digestHour of the daily and the weekly mail, UK time
    /// @param detail `full`, or `neutral`: only that there is something to read
    /// @param onCallPhone whom colleagues ring when it burns
    public record Preference(
            String instant,
            String sameDay,
            String daily,
            String weekly,
            int digestHour,
            String detail,
            @Nullable String onCallPhone) {}

    /// What the asking person said; else what holds for those who say nothing.
    @Transactional(readOnly = true)
    public Preference mine() {
        boolean keeps = Asking.person().may(Asker.Role.EDITOR);
        String digest = keeps ? "digest" : "none";
        return jdbc.sql("""
                SELECT instant, same_day, daily, weekly, digest_hour::int AS digest_hour, detail, on_call_phone
                  FROM alert_preference WHERE person_id = :person AND organisation_id = :organisation
                """)
                .param("person", Asking.person().person())
                .param("organisation", Asking.person().organisation())
                .query(Preference.class)
                .optional()
                .orElse(new Preference(keeps ? "now" : "none", digest, digest, digest, 8, "full", null));
    }

    @Transactional
    public void save(Preference said) {
        jdbc.sql("""
                INSERT INTO alert_preference (person_id, organisation_id, instant, same_day, daily, weekly, digest_hour, detail,
                       on_call_phone)
                VALUES (:person, :organisation, :instant, :sameDay, :daily, :weekly, :hour, :detail, :phone)
                ON CONFLICT (person_id, organisation_id) DO UPDATE
                   SET instant = excluded.instant, same_day = excluded.same_day, daily = excluded.daily,
                       weekly = excluded.weekly, digest_hour = excluded.digest_hour, detail = excluded.detail,
                       on_call_phone = excluded.on_call_phone
                """)
                .param("person", Asking.person().person())
                .param("organisation", Asking.person().organisation())
                .param("instant", said.instant())
                .param("sameDay", said.sameDay())
                .param("daily", said.daily())
                .param("weekly", said.weekly())
                .param("hour", said.digestHour())
                .param("detail", said.detail())
                .param("phone", said.onCallPhone())
                .update();
    }

    /// The asking person's address, and whether it lies in the organisation's own domains.
    public record Mailbox(String email, boolean own) {}

    @Transactional(readOnly = true)
    public Mailbox mailbox() {
        return jdbc.sql("""
                SELECT email, EXISTS (SELECT FROM organisation_domain m WHERE m.organisation_id = :organisation
                                         AND m.domain = split_part(email, '@', 2)) AS own
                  FROM person WHERE id = :person
                """)
                .param("organisation", Asking.person().organisation())
                .param("person", Asking.person().person())
                .query(Mailbox.class)
                .single();
    }

    /// How many alerts of each class there were in the last seven days.
    @Transactional(readOnly = true)
    public Map<String, Integer> lastWeek() {
        Map<String, Integer> counts = new HashMap<>();
        jdbc.sql("SELECT class, count(*)::int FROM alert WHERE raised_at > :since GROUP BY class")
                .param("since", Timestamp.from(clock.instant().minus(Duration.ofDays(7))))
                .query((row, _) -> counts.put(row.getString(1), row.getInt(2)))
                .list();
        return counts;
    }

    /// Someone who can be rung when it burns.
    public record OnCall(String name, String phone) {}

    @Transactional(readOnly = true)
    public List<OnCall> onCall() {
        return jdbc.sql("""
                SELECT p.name, f.on_call_phone AS phone FROM alert_preference f JOIN person p ON p.id = f.person_id
                 WHERE f.on_call_phone IS NOT NULL ORDER BY p.name LIMIT 100
                """).query(OnCall.class).list();
    }

    /// A feed's address, of which only the day it was made is known.
    public record Feed(UUID id, Instant madeAt, @Nullable Instant lastUsedAt) {}

    @Transactional(readOnly = true)
    public List<Feed> feeds() {
        return jdbc.sql("""
                SELECT id, made_at, last_used_at FROM alert_feed
                 WHERE revoked_at IS NULL ORDER BY made_at DESC LIMIT 50
                """).query(Feed.class).list();
    }

    /// @return the end of a new address; told this once and kept as a hash
    @Transactional
    public String newFeed() {
        String secret = Secret.fresh();
        jdbc.sql("INSERT INTO alert_feed (person_id, organisation_id, hash) VALUES (:person, :organisation, :hash)")
                .param("person", Asking.person().person())
                .param("organisation", Asking.person().organisation())
                .param("hash", Secret.hash(secret))
                .update();
        return secret;
    }

    @Transactional
    public boolean revoke(UUID feed) {
        return jdbc.sql("UPDATE alert_feed SET revoked_at = now() WHERE id = :id AND revoked_at IS NULL")
                        .param("id", feed)
                        .update()
                > 0;
    }

    /// A link that ends a person's summaries. A job's work.
    ///
    /// @return its end; told this once and kept as a hash
    String newStop(UUID person, UUID organisation) {
        String secret = Secret.fresh();
        jdbc.sql("INSERT INTO digest_stop (hash, person_id, organisation_id) VALUES (:hash, :person, :organisation)")
                .param("hash", Secret.hash(secret))
                .param("person", person)
                .param("organisation", organisation)
                .update();
        return secret;
    }

    /// Links that are too old to be of use. A job's work.
    void forgetStops() {
        transactions.execute(_ -> jdbc.sql("DELETE FROM digest_stop WHERE made_at < :before")
                .param("before", Timestamp.from(clock.instant().minus(STOPS_LAST)))
                .update());
    }

    /// For whose summaries such a link is; empty where it was used, is too old or never was, or the person has left.
    ///
    /// @param stop whether they end now, and the link is spent
    Optional<String> summariesOf(String secret, boolean stop) {
        record Found(UUID person, UUID organisation, String name) {}
        return Asking.as(
                new Asker.Gate(),
                () -> java.util.Objects.requireNonNull(transactions.execute(_ -> {
                    Optional<Found> found = jdbc.sql("""
                            SELECT s.person_id AS person, o.id AS organisation, o.name
                              FROM digest_stop s JOIN organisation o ON o.id = s.organisation_id
                             WHERE s.hash = :hash AND s.spent_at IS NULL AND s.made_at > :since
                               AND EXISTS (SELECT FROM membership m
                                            WHERE m.person_id = s.person_id AND m.organisation_id = s.organisation_id)
                               FOR UPDATE OF s
                            """)
                            .param("hash", Secret.hash(secret))
                            .param("since", Timestamp.from(clock.instant().minus(STOPS_LAST)))
                            .query(Found.class)
                            .optional();
                    found.filter(_ -> stop).ifPresent(of -> {
                        jdbc.sql("UPDATE digest_stop SET spent_at = now() WHERE hash = :hash")
                                .param("hash", Secret.hash(secret))
                                .update();
                        jdbc.sql("""
                                INSERT INTO alert_preference AS f
                                       (person_id, organisation_id, instant, same_day, daily, weekly)
                                SELECT :person, :organisation, CASE WHEN bool_or(role = 'editor') THEN 'now' ELSE 'none' END,
                                       'none', 'none', 'none'
                                  FROM membership WHERE person_id = :person AND organisation_id = :organisation
                                ON CONFLICT (person_id, organisation_id) DO UPDATE
                                   SET same_day = CASE f.same_day WHEN 'digest' THEN 'none' ELSE f.same_day END,
                                       daily = CASE f.daily WHEN 'digest' THEN 'none' ELSE f.daily END,
                                       weekly = 'none'
                                """)
                                .param("person", of.person())
                                .param("organisation", of.organisation())
                                .update();
                    });
                    return found.map(Found::name);
                })));
    }

    /// Who a feed's address stands for: a reader; empty where it is unknown or revoked, or the person has left.
    Optional<Asker.Person> reader(String secret) {
        record Found(UUID id, UUID person, UUID organisation, String kind, boolean stale) {}
        return Asking.as(
                new Asker.Gate(),
                () -> java.util.Objects.requireNonNull(transactions.execute(_ -> {
                    Optional<Found> found = jdbc.sql("""
                            SELECT f.id, f.person_id AS person, f.organisation_id AS organisation, o.kind,
                                   coalesce(f.last_used_at < now() - interval '1 minute', true) AS stale
                              FROM alert_feed f
                              JOIN organisation o ON o.id = f.organisation_id
                             WHERE f.hash = :hash AND f.revoked_at IS NULL
                               AND EXISTS (SELECT FROM membership m
                                            WHERE m.person_id = f.person_id AND m.organisation_id = f.organisation_id)
                            """)
                            .param("hash", Secret.hash(secret))
                            .query(Found.class)
                            .optional();
                    found.filter(Found::stale)
                            .ifPresent(of -> jdbc.sql("UPDATE alert_feed SET last_used_at = now() WHERE id = :id")
                                    .param("id", of.id())
                                    .update());
                    return found.map(of -> new Asker.Person(
                            of.person(),
                            of.organisation(),
                            Asker.Kind.valueOf(of.kind().toUpperCase(java.util.Locale.ROOT)),
                            java.util.Set.of(Asker.Role.READER)));
                })));
    }
}
