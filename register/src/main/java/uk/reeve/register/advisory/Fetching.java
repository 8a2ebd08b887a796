package uk.reeve.register.advisory;

import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Service;
import uk.reeve.engine.index.AdvisoryStore;
import uk.reeve.engine.index.Feeds;
import uk.reeve.engine.index.Progress;

/// The bulk feeds, once a day and on demand, by `reeve.advisories.url` (`osv` for OSV's own bucket; empty: none is
/// fetched, and what is imported stands). A failure leaves yesterday's index in use, and is told on the page.
@Service
public class Fetching {

    static final String BULK = "bulk";
    static final String TITLE = "Advisories (bulk)";
    private static final Duration EVERY = Duration.ofHours(23);

    private final AdvisoryLibrary library;
    private final Editions editions;
    private final FeedStates states;
    private final Clock clock;
    private final @Nullable Feeds feeds;

    Fetching(
            AdvisoryLibrary library,
            Editions editions,
            FeedStates states,
            Clock clock,
            @Value("${reeve.advisories.url:}") String url) {
        this.library = library;
        this.editions = editions;
        this.states = states;
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

    /// Whether anything is fetched at all.
    public boolean on() {
        return feeds != null;
    }

    /// Whether KEV and EPSS come with it.
    boolean brings() {
        return feeds != null && feeds.kev() != null;
    }

    void whenDue() {
        Instant last = states.of(BULK).map(FeedStates.State::checkedAt).orElse(null);
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
            if (change.problems().isEmpty()) {
                LocalDate today = LocalDate.now(clock.withZone(ZoneOffset.UTC));
                AdvisoryLibrary.Edition edition = library.current();
                states.well(BULK, TITLE, today, edition.index().advisoryCount());
                if (brings()) {
                    scores(
                            Feed.KEV,
                            edition.scores().kevAsOf(),
                            edition.scores().kevCount());
                    scores(
                            Feed.EPSS,
                            edition.scores().epssAsOf(),
                            edition.scores().size());
                }
            } else {
                states.failed(BULK, TITLE, String.join("\n", limited(change.problems())));
            }
        } catch (IOException e) {
            states.failed(BULK, TITLE, String.valueOf(e.getMessage()));
        }
    }

    private void scores(Feed feed, String asOf, int records) {
        states.well(OwnFeeds.key(feed), feed.title(), asOf.isEmpty() ? null : LocalDate.parse(asOf), records);
    }

    private static List<String> limited(List<String> lines) {
        return lines.subList(0, Math.min(20, lines.size()));
    }
}
