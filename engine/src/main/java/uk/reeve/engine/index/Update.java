package uk.reeve.engine.index;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.advisory.OsvRecord;
import uk.reeve.engine.input.Unreadable;
import uk.reeve.engine.version.Ecosystem;

/// Brings a store up to what its feeds serve. Each source's list of ids and times is compared with the index id by id:
/// a record is new, changed (its time differs to the second, in either direction) or gone (no list names it).
/// Everything is fetched to disk first, then one new generation is written. What fails keeps what was there.
final class Update {

    /// A source with more changes than this is fetched whole.
    static final int MOST_SINGLE = 2_000;

    /// So many sources that nobody answers for, one after the other, and the rest is not tried.
    private static final int MOST_SILENT = 3;

    private final AdvisoryStore store;
    private final Feeds feeds;
    private final Progress progress;
    private final Path work;
    private final Fetcher fetcher;
    private final LocalDate today = LocalDate.now(ZoneOffset.UTC);
    private final List<String> problems = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final Map<String, Source> sources = new TreeMap<>();
    private final Map<String, Listed> listed = new HashMap<>();
    private final @Nullable AdvisoryIndex index;
    private int silent;
    private int fetched;

    /// What the lists say of an id.
    private static final class Listed {
        long modified;
        final @Nullable Source from;
        boolean here;
        boolean wanted;

        Listed(long modified, @Nullable Source from) {
            this.modified = modified;
            this.from = from;
        }
    }

    private Update(AdvisoryStore store, Feeds feeds, Progress progress, Path work, Fetcher fetcher) throws IOException {
        this.store = store;
        this.feeds = feeds;
        this.progress = progress;
        this.work = work;
        this.fetcher = fetcher;
        this.index = store.isEmpty() ? null : store.index();
    }

    /// Runs one update.
    ///
    /// @param work a folder for what is fetched: lists and ETags stay there, the rest goes when it is in the index
    static AdvisoryStore.Change run(
            AdvisoryStore store, Feeds feeds, Progress progress, Path work, Map<String, String> environment)
            throws IOException {
        try (Fetcher fetcher = new Fetcher(feeds, environment)) {
            return new Update(store, feeds, progress, work, fetcher).run();
        }
    }

    private AdvisoryStore.Change run() throws IOException {
        lists();
        compare();
        for (Source source : sources.values()) {
            if ((source.listed && !source.wanted.isEmpty()) || source.shrinks()) {
                records(source);
            }
        }
        AdvisoryStore.Change change = build();
        Scores.Builder daily = new Scores.Builder().addAll(store.scores());
        boolean scored = scores("KEV", feeds.kev(), "kev.json", daily, Scores.Builder::kev);
        scored |= scores("EPSS", feeds.epss(), "epss.csv", daily, Scores.Builder::epss);
        if (scored) {
            store.writeScores(daily);
        }
        tidy();
        if (fetched == 0 && !problems.isEmpty()) {
            problems.add("nothing could be fetched");
        }
        return new AdvisoryStore.Change(
                change.added(), change.changed(), change.removed(), change.records(), problems, notes);
    }

    /// Fetches the list of each source.
    private void lists() throws IOException {
        Set<String> names = names();
        Set<String> served;
        try {
            served = served();
        } catch (NotFetched e) {
            problems.add(e.text());
            return;
        }
        List<String> unserved = new ArrayList<>();
        List<Source> stale = new ArrayList<>();
        for (String name : names) {
            Source source = new Source(name, work.resolve(name));
            if (!served.isEmpty() && !served.contains(name)) {
                unserved.add(name);
                continue;
            }
            if (silent >= MOST_SILENT) {
                problems.add(name + ": not tried, since nobody answered for the last " + silent);
                stale.add(source);
                continue;
            }
            try {
                fetcher.toFile(
                        feeds.below(name, "modified_id.csv"),
                        source.list(),
                        list -> IdList.read(list, (_, _) -> {}),
                        (bytes, total) -> progress.at(name, bytes, total, 0));
                IdList.read(source.list(), (id, modified) -> name(source, id, modified));
                source.listed = true;
                sources.put(name, source);
                fetched++;
                silent = 0;
            } catch (NotFetched e) {
                if (e.kind() == NotFetched.Kind.ABSENT && served.isEmpty()) {
                    unserved.add(name);
                    continue;
                }
                failed(source, e);
                stale.add(source);
            } catch (Unreadable e) {
                Files.deleteIfExists(source.list());
                problems.add(name + ": " + e.getMessage());
                stale.add(source);
            }
        }
        unserved(unserved);
        for (Source source : stale) {
            stale(source);
        }
    }

    /// What is asked for, else what the index has and Reeve knows.
    private Set<String> names() throws IOException {
        Set<String> names = new TreeSet<>(feeds.ecosystems());
        if (names.isEmpty()) {
            for (Ecosystem ecosystem : Ecosystem.values()) {
                names.add(ecosystem.osvName());
            }
            if (index != null) {
                for (SourceState state : index.sources()) {
                    names.add(state.name());
                }
            }
            names.removeIf(name -> !Feeds.isDirectory(name));
        }
        return names;
    }

    /// The directories that the bucket says it has; empty where it has no such list, as a mirror of some may not.
    private Set<String> served() throws IOException {
        URI uri = feeds.below("ecosystems.txt");
        Set<String> served = new HashSet<>();
        try {
            String text = new String(fetcher.bytes(uri, 1 << 20), StandardCharsets.UTF_8);
            if (text.strip().startsWith("<")) {
                throw new NotFetched(
                        NotFetched.Kind.REFUSED,
                        Feeds.shown(uri) + ": a web page came instead; a proxy or a log-in page may stand between");
            }
            text.lines().map(String::strip).filter(line -> !line.isEmpty()).forEach(served::add);
        } catch (NotFetched e) {
            if (e.kind() != NotFetched.Kind.ABSENT) {
                throw e;
            }
        }
        return served;
    }

    private void unserved(List<String> names) throws IOException {
        Set<String> held = new HashSet<>(feeds.ecosystems());
        if (index != null) {
            for (SourceState state : index.sources()) {
                if (state.records() > 0) {
                    held.add(state.name());
                }
            }
        }
        names.removeIf(name -> !held.contains(name));
        if (!names.isEmpty()) {
            notes.add(
                    "not served by " + Feeds.shown(feeds.base()) + ", left as they were: " + String.join(", ", names));
        }
    }

    private void name(Source source, String id, long modified) {
        Listed known = listed.get(id);
        // one record may lie in several directories, written at different moments: the latest word counts
        if (known == null || known.modified < modified) {
            listed.put(id, new Listed(modified, source));
        }
    }

    /// A source whose list cannot be had today: what it named yesterday is not gone.
    private void stale(Source source) throws IOException {
        source.whole = false;
        if (!Files.isRegularFile(source.list())) {
            sources.put(source.name, source);
            return;
        }
        try {
            IdList.read(source.list(), (id, modified) -> listed.putIfAbsent(id, new Listed(modified, null)));
        } catch (Unreadable _) {
            Files.deleteIfExists(source.list());
            sources.put(source.name, source);
        }
    }

    private void compare() throws IOException {
        AdvisoryIndex old = index;
        Set<String> blind = new HashSet<>();
        for (Source source : sources.values()) {
            if (!source.listed) {
                blind.add(source.name);
            }
        }
        boolean any = false;
        for (int i = old == null ? -1 : old.advisoryCount() - 1; old != null && i >= 0; i--) {
            Advisory advisory = old.advisory(i);
            Source source = sources.get(advisory.source());
            if (source != null) {
                source.held++;
            }
            Listed entry = listed.get(advisory.id());
            if (entry != null) {
                entry.here = true;
                entry.wanted = entry.from != null && entry.modified != advisory.modified();
            } else if (source != null && source.listed) {
                source.gone.add(advisory.id());
                any = true;
            }
        }
        for (Map.Entry<String, Listed> e : listed.entrySet()) {
            Listed entry = e.getValue();
            entry.wanted |= !entry.here && entry.from != null;
            if (entry.wanted && entry.from != null) {
                entry.from.wanted.add(e.getKey());
            }
        }
        if (any && old != null && !blind.isEmpty()) {
            spare(old, blind);
        }
    }

    /// A record lies in one directory for each ecosystem that it names: it is not gone while one of those has not been
    /// seen.
    private void spare(AdvisoryIndex old, Set<String> blind) throws BadIndex {
        Set<String> spared = new HashSet<>();
        old.records((_, record) -> {
            for (OsvRecord.Affected affected : record.affected()) {
                Ecosystem ecosystem = Ecosystem.ofOsv(affected.ecosystem());
                if (ecosystem != null && blind.contains(ecosystem.osvName())) {
                    spared.add(record.id());
                }
            }
        });
        for (Source source : sources.values()) {
            source.gone.removeIf(spared::contains);
        }
    }

    /// Fetches what is new or changed, as one zip or one by one.
    private void records(Source source) throws IOException {
        boolean shrinks = source.shrinks();
        if (silent >= MOST_SILENT) {
            source.whole = false;
            source.gone.removeIf(_ -> shrinks);
            problems.add(source.name + ": not fetched, since nobody answered for the last " + silent);
            return;
        }
        try {
            if (shrinks || source.held == 0 || source.wanted.size() > MOST_SINGLE) {
                Set<String> ids = new HashSet<>();
                boolean fresh = fetcher.toFile(
                        feeds.below(source.name, "all.zip"),
                        source.zip(),
                        zip -> ids.addAll(Zips.ids(zip)),
                        (bytes, total) -> progress.at(source.name, bytes, total, 0));
                if (!fresh) {
                    ids.addAll(Zips.ids(source.zip()));
                }
                source.zipped = ids;
                source.gone.removeIf(ids::contains);
            } else {
                String problem = new Singles(fetcher, feeds, progress, source).fetch(this::modified);
                if (problem != null) {
                    source.whole = false;
                    problems.add(problem);
                }
            }
        } catch (NotFetched e) {
            failed(source, e);
            source.gone.removeIf(_ -> shrinks);
        } catch (ZipException e) {
            Files.deleteIfExists(source.zip());
            source.gone.removeIf(_ -> shrinks);
            failed(source, new NotFetched(NotFetched.Kind.REFUSED, "what was fetched before " + e.getMessage(), e));
        }
    }

    private long modified(String id) {
        Listed entry = listed.get(id);
        return entry == null ? -1 : entry.modified;
    }

    private void failed(Source source, NotFetched e) {
        source.whole = false;
        silent = e.kind() == NotFetched.Kind.NETWORK ? silent + 1 : 0;
        problems.add(source.name + ": " + e.text());
    }

    /// New records first, then the old ones but for those that are gone or changed.
    private AdvisoryStore.Change build() throws IOException {
        IndexBuilder builder = new IndexBuilder(true);
        Set<String> without = new HashSet<>();
        Importer importer = new Importer(builder, today, record -> {
            Listed entry = listed.get(record.id());
            if (entry != null && entry.wanted && entry.modified == IndexBuilder.seconds(record.modified())) {
                without.add(record.id());
            }
            return entry != null;
        });
        boolean news = false;
        for (Source source : sources.values()) {
            int before = importer.records();
            if (source.zipped != null) {
                importer.add(source.zip());
            } else {
                for (String id : source.wanted) {
                    if (Files.isRegularFile(source.single(id))) {
                        importer.add(source.single(id));
                    }
                }
            }
            without.addAll(source.gone);
            news |= importer.records() > before || !source.gone.isEmpty();
            if (importer.records() > before) {
                progress.at(source.name, 0, -1, importer.records() - before);
            }
        }
        problems.addAll(importer.problems());
        Map<String, SourceState> states = new HashMap<>();
        if (index != null) {
            for (SourceState state : index.sources()) {
                states.put(state.name(), state);
            }
        }
        Map<String, String> fresh = new TreeMap<>();
        for (Source source : sources.values()) {
            SourceState state = states.get(source.name);
            String from = Feeds.shown(feeds.below(source.name));
            if (source.listed && source.whole) {
                news |= state == null
                        || !state.asOf().equals(today.toString())
                        || !state.from().equals(from);
                fresh.put(source.name, today.toString());
            } else if (source.listed) {
                fresh.put(source.name, state == null ? "" : state.asOf());
            }
        }
        if (!news) {
            return new AdvisoryStore.Change(0, 0, 0, importer.records(), problems);
        }
        if (index != null) {
            builder.addAll(index, without);
        }
        fresh.forEach((name, asOf) -> builder.source(name, asOf, Feeds.shown(feeds.below(name))));
        return store.replace(builder, importer.records(), problems);
    }

    private interface Reading {
        void read(Scores.Builder builder, InputStream in) throws IOException, Unreadable;
    }

    /// Fetches KEV or EPSS and reads it; what was fetched before is read again, since the scores may come
    /// from elsewhere.
    private boolean scores(String name, @Nullable URI uri, String file, Scores.Builder daily, Reading reading)
            throws IOException {
        if (uri == null) {
            return false;
        }
        Path kept = work.resolve(file);
        try {
            fetcher.toFile(
                    uri,
                    kept,
                    fresh -> {
                        Scores.Builder trial = new Scores.Builder();
                        read(fresh, trial, reading);
                        if (trial.isEmpty()) {
                            throw new Unreadable(1, "it names no CVE");
                        }
                    },
                    (bytes, total) -> progress.at(name, bytes, total, 0));
            read(kept, daily, reading);
            fetched++;
            return true;
        } catch (NotFetched e) {
            problems.add(name + ": " + e.text());
        } catch (Unreadable e) {
            Files.deleteIfExists(kept);
            problems.add(name + ": " + e.getMessage());
        }
        return false;
    }

    private static void read(Path file, Scores.Builder builder, Reading reading) throws IOException, Unreadable {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            reading.read(builder, in);
        }
    }

    /// Removes what is in the index now; lists, ETags and what is half fetched stay.
    private void tidy() throws IOException {
        for (Source source : sources.values()) {
            if (!Files.isDirectory(source.folder) || !source.whole) {
                continue;
            }
            Files.walkFileTree(source.folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    if (!file.getFileName().toString().startsWith("modified_id.csv")) {
                        Files.deleteIfExists(file);
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        }
    }
}
