package uk.reeve.register.alert;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;
import uk.reeve.register.advisory.Heading;
import uk.reeve.register.audience.Asker;
import uk.reeve.register.audience.Asking;
import uk.reeve.register.exposure.Urgency;

/// What is to be sent, and what came of it. Whoever sends takes a batch, speaks to the other side with no transaction
/// open, and notes each outcome by itself; what was taken and not noted in time is taken again, as the same message.
@Service
public class Deliveries {

    /// After the first time it was due, nothing is tried any longer.
    static final Duration GIVE_UP = Duration.ofHours(24);

    static final Duration LEASE = Duration.ofMinutes(10);

    private static final Asker JOB = new Asker.Job();
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);
    private static final long CLAIMING = 0x7265657665616c65L; // one at a time claims, or a digest could part

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final Clock clock;

    Deliveries(JdbcClient jdbc, TransactionTemplate transactions, Clock clock) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.clock = clock;
    }

    /// Takes messages that are due, until [#LEASE] from now.
    ///
    /// @return their ids, the longest due first
    List<UUID> claim(String channel, int most) {
        Instant now = clock.instant();
        return inJob(() -> {
            jdbc.sql("SELECT pg_advisory_xact_lock(:lock)::text")
                    .param("lock", CLAIMING)
                    .query(String.class)
                    .single();
            return jdbc.sql("""
                    WITH due AS (
                        SELECT id, coalesce(message, CASE WHEN NOT digest THEN id END) AS message, organisation_id, address, due_at
                          FROM delivery d
                         WHERE state = 'waiting' AND channel = :channel AND due_at <= :now
                           AND (leased_until IS NULL OR leased_until <= :now)
                           -- what was told of the same flaw before goes first, so that "withdrawn" overtakes nothing
                           AND NOT EXISTS (
                               SELECT FROM alert a
                                 JOIN alert earlier ON earlier.organisation_id = a.organisation_id
                                      AND earlier.vulnerability_id = a.vulnerability_id
                                      AND (earlier.raised_at, earlier.id) < (a.raised_at, a.id)
                                 JOIN delivery e ON e.alert_id = earlier.id AND e.channel = d.channel
                                      AND e.address = d.address AND e.webhook_id IS NOT DISTINCT FROM d.webhook_id
                                WHERE a.id = d.alert_id AND e.state = 'waiting')),
                    joined AS (
                        SELECT id, due_at,
                               coalesce(message, first_value(id) OVER (PARTITION BY organisation_id, address, message
                                                                       ORDER BY due_at, id)) AS message
                          FROM due),
                    chosen AS (SELECT message, min(due_at) AS due_at FROM joined GROUP BY message ORDER BY 2, 1 LIMIT :most),
                    taken AS (
                        UPDATE delivery d SET message = joined.message, leased_until = :until
                          FROM joined JOIN chosen USING (message) WHERE joined.id = d.id)
                    SELECT message FROM chosen ORDER BY due_at, message
                    """)
                    .param("channel", channel)
                    .param("now", Timestamp.from(now))
                    .param("until", Timestamp.from(now.plus(LEASE)))
                    .param("most", most)
                    .query(UUID.class)
                    .list();
        });
    }

    /// The other side took it.
    void sent(UUID message) {
        inJob(() -> jdbc.sql("""
                UPDATE delivery SET state = 'sent', sent_at = now(), tries = tries + 1, last_error = NULL, leased_until = NULL
                 WHERE message = :message AND state = 'waiting'
                """).param("message", message).update());
    }

    /// It did not go: tried again after 15 seconds, then after twice as long each time, up to an hour; given up a day
    /// after it was due, or at once where the other side refused it for good.
    void failed(UUID message, String error, boolean forGood) {
        inJob(() -> jdbc.sql("""
                UPDATE delivery SET tries = tries + 1, last_error = :error, leased_until = NULL,
                       due_at = :now::timestamptz + least(interval '15 seconds' * power(2, least(tries, 20)), :pause * interval '1 second'),
                       state = CASE WHEN :forGood OR :now::timestamptz >= first_due_at + :giveUp * interval '1 second'
                                    THEN 'failed' ELSE 'waiting' END
                 WHERE message = :message AND state = 'waiting'
                """)
                .param("message", message)
                .param("error", error.length() > 500 ? error.substring(0, 500) : error)
                .param("forGood", forGood)
                .param("now", Timestamp.from(clock.instant()))
                .param("pause", LONGEST_PAUSE.toSeconds())
                .param("giveUp", GIVE_UP.toSeconds())
                .update());
    }

    /// Gives back what there was no time for.
    void release(List<UUID> messages) {
        inJob(() ->
                jdbc.sql("""
                        UPDATE delivery SET leased_until = NULL WHERE message = ANY (:messages) AND state = 'waiting'
                        """).param("messages", messages.toArray(UUID[]::new)).update());
    }

    private <T> T inJob(Supplier<T> work) {
        return Asking.as(JOB, () -> Objects.requireNonNull(transactions.execute(_ -> work.get())));
    }

    /// A delivery of the asking organisation.
    ///
    /// @param state `waiting`, `sent`, `failed`
    /// @param vulnerability null where it was a test
    public record Row(
            UUID id,
            String channel,
            String address,
            String state,
            boolean digest,
            int tries,
            Instant firstDueAt,
            Instant dueAt,
            @Nullable Instant sentAt,
            @Nullable String lastError,
            @Nullable String alert,
            @Nullable String kind,
            @Nullable Integer days,
            @Nullable String vulnerability,
            @Nullable String title,
            @Nullable String notice) {

        /// `Act now: Log4Shell (CVE-2021-44228)`.
        public String words() {
            if (vulnerability == null || days == null) {
                return notice == null ? "Test" : notice;
            }
            String heading = Heading.of(vulnerability, title);
            return "retracted".equals(kind)
                    ? "Withdrawn: " + heading
                    : Urgency.of(days).words() + ": " + heading;
        }
    }

    private static final String ROWS = """
            SELECT d.id, d.channel, d.address, d.state, d.digest, d.tries, d.first_due_at, d.due_at, d.sent_at,
                   d.last_error, a.ref AS alert, a.kind, a.days::int AS days, k.name AS vulnerability, k.title, n.text AS notice
              FROM delivery d
              LEFT JOIN notice n ON n.id = d.notice_id
              LEFT JOIN alert a ON a.id = d.alert_id
              LEFT JOIN vulnerability k ON k.id = a.vulnerability_id
            """;

    /// Of the asking organisation: what failed first, then what waits, then what went; the newest first.
    @Transactional(readOnly = true)
    public List<Row> list(int limit) {
        return jdbc.sql(ROWS + """
                 WHERE d.first_due_at > now() - interval '30 days'
                 ORDER BY array_position(ARRAY['failed', 'waiting', 'sent'], d.state), d.first_due_at DESC, d.id LIMIT :limit
                """).param("limit", limit).query(Row.class).list();
    }

    /// To one webhook, the newest first.
    @Transactional(readOnly = true)
    public List<Row> to(UUID webhook, int limit) {
        return jdbc.sql(ROWS + " WHERE d.webhook_id = :webhook ORDER BY d.first_due_at DESC, d.id LIMIT :limit")
                .param("webhook", webhook)
                .param("limit", limit)
                .query(Row.class)
                .list();
    }

    /// How many of the last 30 days are in each state.
    public record Totals(int sent, int waiting, int failed) {}

    @Transactional(readOnly = true)
    public Totals totals() {
        return jdbc.sql("""
                SELECT count(*) FILTER (WHERE state = 'sent')::int AS sent,
                       count(*) FILTER (WHERE state = 'waiting')::int AS waiting,
                       count(*) FILTER (WHERE state = 'failed')::int AS failed
                  FROM delivery WHERE first_due_at > now() - interval '30 days'
                """).query(Totals.class).single();
    }

    /// Sends one of the asking organisation's again, as the same message: what failed, or what a webhook had.
    ///
    /// @return false where there is none of that kind
    @Transactional
    public boolean again(UUID delivery) {
        return jdbc.sql("""
                UPDATE delivery SET state = 'waiting', first_due_at = :now, due_at = :now, tries = 0, last_error = NULL
                 WHERE id = :id AND (state = 'failed' OR channel = 'webhook' AND state = 'sent')
                """)
                        .param("id", delivery)
                        .param("now", Timestamp.from(clock.instant()))
                        .update()
                > 0;
    }
}
