package uk.reeve.register.advisory;

import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import uk.reeve.register.audience.Asker;
import uk.reeve.register.audience.Asking;

/// How each feed stands; the same for all nodes.
@Component
class FeedStates {

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final Clock clock;

    FeedStates(JdbcClient jdbc, TransactionTemplate transactions, Clock clock) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.clock = clock;
    }

    /// @param asOf the day that its content names; null where none does
    /// @param checkedAt the last try
    /// @param fetchedAt the last try that went well; null where none did
    /// @param lastError the last try's; null where it went well
    public record State(
            String name,
            String title,
            @Nullable LocalDate asOf,
            int records,
            @Nullable Instant checkedAt,
            @Nullable Instant fetchedAt,
            @Nullable String lastError) {}

    private static final String STATE =
            "SELECT name, title, as_of, records, checked_at, fetched_at, last_error FROM feed";

    List<State> all() {
        return inJob(
                () -> jdbc.sql(STATE + " ORDER BY title").query(State.class).list());
    }

    Optional<State> of(String name) {
        return inJob(() -> jdbc.sql(STATE + " WHERE name = :name")
                .param("name", name)
                .query(State.class)
                .optional());
    }

    void well(String name, String title, @Nullable LocalDate asOf, int records) {
        note(name, title, asOf, records, null);
    }

    /// What was there before stays.
    void failed(String name, String title, String error) {
        note(name, title, null, 0, error);
    }

    private void note(String name, String title, @Nullable LocalDate asOf, int records, @Nullable String error) {
        inJob(() -> jdbc.sql("""
                INSERT INTO feed (name, title, as_of, records, checked_at, fetched_at, last_error)
                VALUES (:name, :title, :asOf::date, :records, :now, CASE WHEN :error::text IS NULL THEN :now::timestamptz END, :error)
                ON CONFLICT (name) DO UPDATE
                   SET checked_at = excluded.checked_at, last_error = excluded.last_error,
                       fetched_at = coalesce(excluded.fetched_at, feed.fetched_at),
                       as_of = CASE WHEN :error::text IS NULL THEN excluded.as_of ELSE feed.as_of END,
                       records = CASE WHEN :error::text IS NULL THEN excluded.records ELSE feed.records END
                """)
                .param("name", name)
                .param("title", title)
                .param("asOf", asOf == null ? null : asOf.toString(), Types.VARCHAR)
                .param("records", records)
                .param("now", Timestamp.from(clock.instant()))
                .param("error", error, Types.VARCHAR)
                .update());
    }

    private <T> T inJob(Supplier<T> work) {
        return Asking.as(new Asker.Job(), () -> Objects.requireNonNull(transactions.execute(_ -> work.get())));
    }
}
