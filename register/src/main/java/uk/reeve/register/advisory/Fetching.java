package uk.reeve.register.advisory;

import java.io.IOException;
import java.net.URI;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;
import uk.reeve.engine.index.AdvisoryStore;
import uk.reeve.engine.index.Feeds;
import uk.reeve.engine.index.Progress;
import uk.reeve.register.audience.Asker;
import uk.reeve.register.audience.Asking;

/// The bulk feeds, once a day and on demand, by `reeve.advisories.url` (`osv` for OSV's own bucket; empty: none is
/// fetched, and what is imported stands). A failure leaves yesterday's index in use, and is told on the page.
@Service
public class Fetching {

    private static final Asker JOB = new Asker.Job();
    private static final Duration EVERY = Duration.ofHours(23);

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final AdvisoryLibrary library;
    private final Editions editions;
    private final Clock clock;
    private final @Nullable Feeds feeds;

    Fetching(
            JdbcClient jdbc,
            TransactionTemplate transactions,
            AdvisoryLibrary library,
            Editions editions,
            Clock clock,
            @Value("${reeve.advisories.url:}") String url) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.library = library;
        this.editions = editions;
        this.clock = clock;
        this.feeds = url.isEmpty() ? null : feeds(url);
    }

    private static Feeds feeds(String url) {
        Feeds standard = Feeds.standard();
        return url.equals("osv")
                ? standard
                : new Feeds(
                        URI.create(url),
                        null,
                        null,
                        standard.ecosystems(),
                        standard.authorities(),
                        standard.proxy(),
                        standard.connect(),
                        standard.silence(),
                        standard.pause(),
                        standard.mostBytes());
    }

    /// @param checkedAt null where it was never tried
    /// @param error the last try's; null where it went well
    public record State(
            @Nullable Instant checkedAt, @Nullable String error) {}

    /// Whether anything is fetched at all.
    public boolean on() {
        return feeds != null;
    }

    public Optional<State> state() {
        return Asking.as(
                JOB,
                () -> transactions.execute(
                        _ -> jdbc.sql("SELECT checked_at, last_error AS error FROM feed WHERE name = 'bulk'")
                                .query(State.class)
                                .optional()));
    }

    void whenDue() {
        Instant last = state().map(State::checkedAt).orElse(null);
        if (feeds != null && (last == null || last.plus(EVERY).isBefore(clock.instant()) || editions.older())) {
            now();
        }
    }

    /// Fetches what changed; the new index takes the place of the old.
    public synchronized void now() {
        if (feeds == null) {
            return;
        }
        try {
            AdvisoryStore.Change change = library.update(feeds, Progress.SILENT);
            note(change.problems().isEmpty() ? null : String.join("\n", limited(change.problems())));
        } catch (IOException e) {
            note(String.valueOf(e.getMessage()));
        }
    }

    private static List<String> limited(List<String> lines) {
        return lines.subList(0, Math.min(20, lines.size()));
    }

    private void note(@Nullable String error) {
        Asking.as(
                JOB,
                () -> transactions.execute(_ -> jdbc.sql("""
                        INSERT INTO feed (name, title, state, checked_at, last_error)
                        VALUES ('bulk', 'Bulk feeds', :state, :now, :error)
                        ON CONFLICT (name) DO UPDATE
                           SET state = excluded.state, checked_at = excluded.checked_at, last_error = excluded.last_error
                        """)
                        .param("state", error == null ? "current" : "failed")
                        .param("now", Timestamp.from(clock.instant()))
                        .param("error", error)
                        .update()));
    }
}
