package uk.reeve.register.advisory;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Service;
import uk.reeve.engine.index.Scores;
import uk.reeve.engine.input.Unreadable;
import uk.reeve.register.web.Words;

/// KEV, EPSS and records of the CVE Program, each by itself: once a day and on demand from the address of its setting
/// (`reeve.kev.url`, `reeve.epss.url`, `reeve.cve.url`), or from a file. What cannot be read, was cut short or is older
/// than what is here changes nothing, and is told in a sentence.
@Service
public class OwnFeeds {

    private static final Logger LOG = LoggerFactory.getLogger(OwnFeeds.class);
    private static final Duration EVERY = Duration.ofHours(23);

    private final Map<Feed, URI> addresses = new EnumMap<>(Feed.class);
    private final AdvisoryLibrary library;
    private final Editions editions;
    private final CveRecords cves;
    private final FeedStates states;
    private final Clock clock;

    OwnFeeds(
            AdvisoryLibrary library,
            Editions editions,
            CveRecords cves,
            FeedStates states,
            Clock clock,
            Environment settings) {
        this.library = library;
        this.editions = editions;
        this.cves = cves;
        this.states = states;
        this.clock = clock;
        for (Feed feed : Feed.values()) {
            String address = settings.getProperty("reeve." + feed.name().toLowerCase(Locale.ROOT) + ".url", "");
            if (!address.isEmpty()) {
                addresses.put(feed, URI.create(address));
            }
        }
    }

    boolean on(Feed feed) {
        return addresses.containsKey(feed);
    }

    /// Fetches those that were not tried within a day, or that another node has newer.
    public void whenDue() {
        for (Feed feed : addresses.keySet()) {
            Instant last = states.of(key(feed)).map(FeedStates.State::checkedAt).orElse(null);
            boolean behind = feed != Feed.CVE && editions.older();
            if (last == null || last.plus(EVERY).isBefore(clock.instant()) || behind) {
                now(feed);
            }
        }
    }

    /// Fetches all that have an address.
    void now() {
        addresses.keySet().forEach(this::now);
    }

    private void now(Feed feed) {
        URI address = addresses.get(feed);
        if (address == null) {
            return;
        }
        try {
            if ("file".equals(address.getScheme())) {
                take(feed, Path.of(address));
                return;
            }
            Path file = Files.createTempFile("reeve-feed", null);
            try {
                Download.to(file, address, feed.most());
                take(feed, file);
            } finally {
                Files.deleteIfExists(file);
            }
        } catch (Unreadable e) {
            states.failed(
                    key(feed),
                    feed.title(),
                    "What came " + e.getMessage() + (e.line() > 0 ? " (line " + e.line() + ")" : ""));
        } catch (IOException e) {
            states.failed(key(feed), feed.title(), "The address " + e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("the feed {} could not be taken", key(feed), e);
            states.failed(key(feed), feed.title(), "What came could not be kept; the log says why");
        }
    }

    /// Takes a file: all of it or, where that cannot be, nothing.
    ///
    /// @return what it brought, in a sentence
    /// @throws Unreadable says why nothing was taken
    synchronized String take(Feed feed, Path path) throws IOException, Unreadable {
        if (!Files.exists(path)) {
            throw new Unreadable(0, "is not there");
        }
        if (Files.isRegularFile(path)) {
            if (Files.size(path) > feed.most()) {
                throw new Unreadable(0, "is larger than " + feed.most() / 1_000_000 + " MB, more than it may be");
            }
            if (first(path) == '<') {
                throw new Unreadable(0, "is a web page; a proxy or a log-in page may stand between");
            }
        }
        return switch (feed) {
            case KEV -> scores(feed, path, "known_exploited_vulnerabilities.json", Scores.Builder::kev);
            case EPSS -> scores(feed, path, gzip(path) ? "epss.csv.gz" : "epss.csv", Scores.Builder::epss);
            case CVE -> {
                CveRecords.Taken taken = cves.take(path);
                states.well(key(feed), feed.title(), LocalDate.now(clock.withZone(ZoneOffset.UTC)), cves.count());
                yield Words.count(taken.read(), "CVE record was", "CVE records were") + " read; " + taken.news()
                        + " told something new";
            }
        };
    }

    private interface Reading {
        void read(Scores.Builder builder, InputStream in) throws IOException, Unreadable;
    }

    private String scores(Feed feed, Path file, String name, Reading reading) throws IOException, Unreadable {
        Path scratch = Files.createTempDirectory("reeve-scores");
        try {
            Scores.Builder trial = new Scores.Builder();
            try (InputStream in = Files.newInputStream(file)) {
                reading.read(trial, in);
            }
            Path read = scratch.resolve("read");
            trial.write(read, _ -> true);
            Scores fresh = Scores.open(read);
            Scores here = library.current().scores();
            boolean kev = feed == Feed.KEV;
            String asOf = kev ? fresh.kevAsOf() : fresh.epssAsOf();
            String before = kev ? here.kevAsOf() : here.epssAsOf();
            int records = kev ? fresh.kevCount() : fresh.size();
            if (records == 0) {
                throw new Unreadable(0, "names no CVE");
            }
            int held = kev ? here.kevCount() : here.size();
            if (records * 2 < held) {
                throw new Unreadable(
                        0, "names " + records + " CVEs, fewer than half of the " + held + " here: it was cut short");
            }
            if (asOf.isEmpty()) {
                throw new Unreadable(0, "does not say of which day it is");
            }
            if (asOf.compareTo(LocalDate.now(clock).plusDays(1).toString()) > 0) {
                throw new Unreadable(0, "says that it is of " + asOf + ", a day that has not come yet");
            }
            if (asOf.compareTo(before) < 0) {
                throw new Unreadable(0, "is of " + asOf + ", older than that of " + before + " which is here");
            }
            Path named = Files.copy(file, scratch.resolve(name));
            List<String> problems = library.take(List.of(named), LocalDate.now(clock.withZone(ZoneOffset.UTC)));
            if (!problems.isEmpty()) {
                throw new Unreadable(0, "could not be taken: " + problems.getFirst());
            }
            states.well(key(feed), feed.title(), LocalDate.parse(asOf), records);
            return feed.title() + " of " + asOf + " is here: " + records + " entries";
        } finally {
            delete(scratch);
        }
    }

    static String key(Feed feed) {
        return feed.name().toLowerCase(Locale.ROOT);
    }

    private static int first(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            int c = in.read();
            while (c == ' ' || c == '\n' || c == '\r' || c == '\t') {
                c = in.read();
            }
            return c;
        }
    }

    private static boolean gzip(Path file) throws IOException {
        return first(file) == 0x1f;
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
