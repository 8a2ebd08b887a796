package uk.reeve.engine.index;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.input.Unreadable;
import uk.reeve.engine.version.Ecosystem;

/// The advisories of one person on disk: a folder of generations. `advisories-7.idx` is newer than `advisories-6.idx`
/// and is never written over, since another process may have it mapped; old ones go when nothing holds them. Scores lie
/// beside it in the same way (`scores-7.sco`), and until when products are supported (`support-7.sup`).
public final class AdvisoryStore implements AutoCloseable {

    private static final String INDEX = "advisories-";
    private static final String SCORES = "scores-";
    private static final String SUPPORT = "support-";
    private static final String STARTER = "/uk/reeve/engine/index/starter.snapshot";

    private final Path dir;
    private @Nullable AdvisoryIndex index;
    private @Nullable Scores scores;
    private @Nullable SupportDates support;
    private boolean replaced;

    private AdvisoryStore(Path dir) {
        this.dir = dir;
    }

    /// The store in a folder, which need not exist yet.
    public static AdvisoryStore open(Path dir) {
        return new AdvisoryStore(dir);
    }

    /// The store in a folder; where it holds nothing yet, or what an earlier version of this program wrote and this one
    /// cannot read, the starter snapshot is expanded into it, once.
    public static AdvisoryStore openOrStarter(Path dir) throws IOException {
        AdvisoryStore store = new AdvisoryStore(dir);
        if (store.isEmpty()) {
            try (InputStream in = AdvisoryStore.class.getResourceAsStream(STARTER)) {
                if (in != null) {
                    store.replaced = store.newest(INDEX) > 0;
                    store.expand(in);
                }
            }
        }
        return store;
    }

    public Path dir() {
        return dir;
    }

    /// Whether there are no advisories yet, or in an older format only, which is as good as none.
    public boolean isEmpty() throws IOException {
        if (index != null) {
            return false;
        }
        int newest = newest(INDEX);
        return newest == 0 || AdvisoryIndex.isOfOlderFormat(dir.resolve(INDEX + newest + ".idx"));
    }

    /// Whether the starter snapshot has just taken the place of advisories in an older format.
    public boolean replacedOlderFormat() {
        return replaced;
    }

    /// The newest index, mapped.
    ///
    /// @throws BadIndex where there is none, or it is damaged
    public AdvisoryIndex index() throws IOException {
        AdvisoryIndex open = index;
        if (open == null) {
            int newest = newest(INDEX);
            if (newest == 0) {
                throw new BadIndex("there are no advisories in " + dir + "; run: reeve advisories import PATH");
            }
            open = AdvisoryIndex.open(dir.resolve(INDEX + newest + ".idx"));
            index = open;
        }
        return open;
    }

    /// The newest scores; [Scores#NONE] where there are none.
    public Scores scores() throws IOException {
        Scores open = scores;
        if (open == null) {
            int newest = newest(SCORES);
            open = newest == 0 ? Scores.NONE : Scores.open(dir.resolve(SCORES + newest + ".sco"));
            scores = open;
        }
        return open;
    }

    /// The newest dates of support; [SupportDates#NONE] where there are none.
    public SupportDates support() throws IOException {
        SupportDates open = support;
        if (open == null) {
            Path file = newestSupport();
            open = file == null ? SupportDates.NONE : SupportDates.open(file);
            support = open;
        }
        return open;
    }

    private @Nullable Path newestSupport() throws IOException {
        int newest = newest(SUPPORT);
        return newest == 0 ? null : dir.resolve(SUPPORT + newest + ".sup");
    }

    /// What changed.
    ///
    /// @param records read, those that changed nothing among them
    /// @param problems a line for each input or source that could not be read; the rest was taken
    /// @param notes lines that a person should see though nothing went wrong
    /// @param products of how many it was read until when they are supported
    /// @param dated whether that changed anything
    public record Change(
            int added,
            int changed,
            int removed,
            int records,
            List<String> problems,
            List<String> notes,
            int products,
            boolean dated) {

        Change(int added, int changed, int removed, int records, List<String> problems, List<String> notes) {
            this(added, changed, removed, records, problems, notes, 0, false);
        }

        Change(int added, int changed, int removed, int records, List<String> problems) {
            this(added, changed, removed, records, problems, List.of());
        }

        /// Whether everything was the same as before.
        public boolean nothing() {
            return added == 0 && changed == 0 && removed == 0 && !dated;
        }

        private Change with(int read, boolean dated, List<String> notes) {
            return new Change(added, changed, removed, records, problems, notes, read, dated);
        }
    }

    /// Brings everything up to what the feeds serve: new and changed records come, gone ones go. A source that
    /// cannot be had keeps what was there and is a line in the problems. An interrupted update goes on when it is
    /// run again.
    ///
    /// @throws IOException when nothing could be begun: a bad certificate file, a folder that cannot be written
    public Change update(Feeds feeds, Progress progress) throws IOException {
        return update(feeds, progress, System.getenv());
    }

    /// The same in another environment.
    ///
    /// @param environment where the proxy settings are looked up
    Change update(Feeds feeds, Progress progress, Map<String, String> environment) throws IOException {
        try (Writing _ = new Writing()) {
            return Update.run(this, feeds, progress, dir.resolve("update"), environment);
        }
    }

    /// Writes what is there as a bundle, to be imported where no network is.
    ///
    /// @param privateKeyPem an Ed25519 key (PKCS #8, PEM) to sign it with; null to leave it unsigned
    public Bundle.Written exportTo(Path file, @Nullable Path privateKeyPem) throws IOException {
        AdvisoryIndex open = index();
        open.verify();
        int newest = newest(SCORES);
        return Bundle.write(
                open.file(),
                newest == 0 ? null : dir.resolve(SCORES + newest + ".sco"),
                newestSupport(),
                file,
                privateKeyPem);
    }

    /// Adds records, KEV and EPSS to what is there: zips, folders, single records, KEV's JSON, EPSS's CSV. A record
    /// that is there already in the same or a later state changes nothing. Products of endoflife.date, a zip or a
    /// folder of them, take the place of those that are there; a single one that of its own. A bundle, which comes
    /// alone, takes the place of all that is there.
    ///
    /// @param asOf how fresh the input is; null to take its own word, else today
    public Change importFrom(List<Path> paths, @Nullable LocalDate asOf) throws IOException {
        return importFrom(paths, asOf, null);
    }

    /// The same for a bundle that must be signed.
    ///
    /// @param trust a public Ed25519 key (PEM): only a bundle that is signed with its private key is taken
    /// @throws BadIndex when a bundle is damaged or not signed as asked for; then nothing was changed
    public Change importFrom(List<Path> paths, @Nullable LocalDate asOf, @Nullable Path trust) throws IOException {
        for (Path path : paths) {
            boolean bundle = Bundle.is(path);
            if (bundle && paths.size() > 1) {
                throw new BadIndex(path + " is a bundle and takes the place of everything; import it alone");
            }
            if (bundle) {
                return replaceBy(path, trust);
            }
            if (trust != null) {
                throw new BadIndex(path + " is no bundle, or a damaged one, so nothing in it is signed;"
                        + " nothing was imported");
            }
        }
        try (Writing writing = new Writing()) {
            IndexBuilder builder = new IndexBuilder(true);
            boolean advisories = false;
            for (Path path : paths) {
                advisories |=
                        Files.exists(path) && !(Files.isRegularFile(path) && isScores(path)) && !Products.is(path);
            }
            if (advisories && !isEmpty()) {
                builder.addAll(index(), Set.of());
            }
            Importer importer = new Importer(builder, asOf);
            Scores.Builder daily = new Scores.Builder().addAll(scores());
            List<String> problems = new ArrayList<>();
            List<String> notes = new ArrayList<>();
            List<Path> scored = new ArrayList<>();
            for (Path path : paths) {
                if (!Files.exists(path)) {
                    problems.add(path + ": is not there");
                } else if (Files.isRegularFile(path) && isScores(path)) {
                    scored.add(path);
                } else {
                    importer.add(path);
                }
            }
            problems.addAll(importer.problems());
            scored.addAll(importer.scores());
            for (Path path : scored) {
                try (InputStream in = new BufferedInputStream(Files.newInputStream(path))) {
                    readScores(path, in, daily);
                    notes.add(path + ": " + (path.toString().endsWith(".json") ? "KEV" : "EPSS") + " was read");
                } catch (Unreadable e) {
                    problems.add(e.at(path.toString()));
                }
            }
            if (!notes.isEmpty()) {
                writeScores(daily);
            }
            Products products = new Products(importer.products(), support(), asOf);
            problems.addAll(products.problems());
            boolean dated = products.read() > 0 && writeSupport(products.builder());
            Change change = advisories
                    ? replace(builder, importer.records(), problems)
                    : new Change(0, 0, 0, 0, problems); // the index is as it was
            return change.with(products.read(), dated, notes);
        }
    }

    /// Writes what the builder holds as a new generation, unless it is what is there.
    Change replace(IndexBuilder builder, int read, List<String> problems) throws IOException {
        Map<String, Long> before = isEmpty() ? Map.of() : times(index());
        if (builder.isEmpty() && before.isEmpty()) {
            return new Change(0, 0, 0, read, problems);
        }
        Path fresh = draft(".idx", builder::write);
        return install(fresh, before, read, problems, List.of());
    }

    /// Makes a whole index the newest generation, unless it is what is there.
    private Change install(Path fresh, Map<String, Long> before, int read, List<String> problems, List<String> notes)
            throws IOException {
        AdvisoryIndex written = AdvisoryIndex.open(fresh);
        if (!isEmpty() && written.digest().equals(index().digest())) {
            Files.deleteIfExists(fresh);
            return new Change(0, 0, 0, read, problems, notes);
        }
        Map<String, Long> after = times(written);
        publish(fresh, INDEX, ".idx");
        index = null;
        int added = 0;
        int changed = 0;
        for (Map.Entry<String, Long> e : after.entrySet()) {
            Long old = before.get(e.getKey());
            added += old == null ? 1 : 0;
            changed += old != null && !old.equals(e.getValue()) ? 1 : 0;
        }
        Set<String> gone = new HashSet<>(before.keySet());
        gone.removeAll(after.keySet());
        return new Change(added, changed, gone.size(), read, problems, notes);
    }

    private Change replaceBy(Path bundle, @Nullable Path trust) throws IOException {
        try (Writing _ = new Writing()) {
            Path fresh = Files.createTempFile(dir, "new", ".idx");
            Path daily = Files.createTempFile(dir, "new", ".sco");
            Path dates = Files.createTempFile(dir, "new", ".sup");
            Files.delete(fresh);
            Files.delete(daily);
            Files.delete(dates);
            try {
                boolean signed = Bundle.unpack(bundle, trust, fresh, daily, dates);
                List<String> notes = new ArrayList<>();
                if (signed && trust == null) {
                    notes.add(bundle + ": is signed, and no key was given to hold the signature against");
                }
                AdvisoryIndex written = AdvisoryIndex.open(fresh);
                Map<String, Long> before = Map.of();
                if (!isEmpty()) {
                    before = times(index());
                    older(written, notes);
                }
                publishScores(daily);
                if (Files.exists(dates)) {
                    publishSupport(dates);
                } else if (newestSupport() != null) {
                    writeSupport(new SupportDates.Builder());
                }
                return install(fresh, before, written.advisoryCount(), List.of(), notes);
            } finally {
                Files.deleteIfExists(fresh);
                Files.deleteIfExists(daily);
                Files.deleteIfExists(dates);
            }
        }
    }

    /// Says which sources the bundle takes back to an earlier day: somebody may have sent an old one on purpose.
    private void older(AdvisoryIndex written, List<String> notes) throws IOException {
        Map<String, String> fresh = new HashMap<>();
        for (SourceState state : written.sources()) {
            fresh.put(state.name(), state.asOf());
        }
        for (SourceState state : index().sources()) {
            String asOf = fresh.getOrDefault(state.name(), "");
            if (asOf.compareTo(state.asOf()) < 0) {
                notes.add("older than what was here: " + state.name() + " as of " + (asOf.isEmpty() ? "no day" : asOf)
                        + ", before " + state.asOf());
            }
        }
    }

    private interface Draft {
        void to(Path file) throws IOException;
    }

    // A whole file beside those that are there; a half one is not left behind.
    private Path draft(String suffix, Draft draft) throws IOException {
        Path fresh = Files.createTempFile(dir, "new", suffix);
        Files.delete(fresh);
        try {
            draft.to(fresh);
            return fresh;
        } catch (IOException e) {
            Files.deleteIfExists(fresh);
            throw e;
        }
    }

    void writeScores(Scores.Builder daily) throws IOException {
        publishScores(draft(".sco", file -> daily.write(file, _ -> true)));
    }

    private boolean writeSupport(SupportDates.Builder dates) throws IOException {
        return publishSupport(draft(".sup", dates::write));
    }

    private boolean publishSupport(Path fresh) throws IOException {
        Path newest = newestSupport();
        if (newest != null && Files.mismatch(fresh, newest) < 0) {
            Files.delete(fresh);
            return false;
        }
        publish(fresh, SUPPORT, ".sup");
        support = null;
        return true;
    }

    private void publishScores(Path fresh) throws IOException {
        int newest = newest(SCORES);
        if (newest > 0 && Files.mismatch(fresh, dir.resolve(SCORES + newest + ".sco")) < 0) {
            Files.delete(fresh);
            return;
        }
        publish(fresh, SCORES, ".sco");
        scores = null;
    }

    /// A row a source, and the whole.
    ///
    /// @param supportAsOf ISO date of the dates of support; empty where none is told
    /// @param supported how many products they are of
    /// @param starter whether this is the starter snapshot and nothing newer
    public record Status(
            List<SourceState> sources,
            int records,
            Path file,
            long bytes,
            String digest,
            List<String> notCovered,
            String kevAsOf,
            int kev,
            String epssAsOf,
            String supportAsOf,
            int supported,
            boolean starter) {}

    public Status status() throws IOException {
        AdvisoryIndex open = index();
        Set<String> covered = open.covered();
        List<String> uncovered = new ArrayList<>();
        for (Ecosystem ecosystem : Ecosystem.values()) {
            boolean any = false;
            for (String name : covered) {
                any |= name.equals(ecosystem.osvName()) || name.startsWith(ecosystem.osvName() + ":");
            }
            if (!any) {
                uncovered.add(ecosystem.osvName());
            }
        }
        return new Status(
                open.sources(),
                open.advisoryCount(),
                open.file(),
                Files.size(open.file()),
                open.digest(),
                uncovered,
                scores().kevAsOf(),
                scores().kevCount(),
                scores().epssAsOf(),
                support().asOf(),
                support().size(),
                Files.exists(dir.resolve(INDEX + newest(INDEX) + ".starter")));
    }

    /// Reads everything against its digests, and tries packages the slow way, on every range with the real comparer.
    ///
    /// @return how many comparisons were tried
    public int verify() throws IOException {
        index().verify();
        scores().verify();
        support().verify();
        return new SlowPath(index()).check(1_000);
    }

    /// Writes what is there as a starter snapshot: facts only, no summaries, EPSS for the CVEs of its records only.
    public void exportStarter(Path file) throws IOException {
        AdvisoryIndex open = index();
        IndexBuilder builder = new IndexBuilder(false);
        builder.addAll(open, Set.of());
        Set<Long> known = new HashSet<>();
        for (int i = open.groupCount() - 1; i >= 0; i--) {
            for (String id : open.group(i).ids()) {
                known.add(Scores.number(id));
            }
        }
        for (SourceState state : open.sources()) {
            builder.source(state.name(), state.asOf(), "starter snapshot");
        }
        Path bare = Files.createTempFile(dir, "starter", ".idx");
        Path daily = Files.createTempFile(dir, "starter", ".sco");
        Path dates = Files.createTempFile(dir, "starter", ".sup");
        Files.delete(bare);
        Files.delete(daily);
        Files.delete(dates);
        try (OutputStream out = Files.newOutputStream(file)) {
            builder.write(bare);
            new Scores.Builder().addAll(scores()).write(daily, known::contains);
            new SupportDates.Builder().addAll(support()).write(dates);
            Snapshot.write(bare, daily, dates, out);
        } finally {
            Files.deleteIfExists(bare);
            Files.deleteIfExists(daily);
            Files.deleteIfExists(dates);
        }
    }

    private void expand(InputStream snapshot) throws IOException {
        Files.createDirectories(dir);
        try (Writing _ = new Writing()) {
            if (!isEmpty()) {
                return; // another process was first
            }
            Path fresh = Files.createTempFile(dir, "new", ".idx");
            Path daily = Files.createTempFile(dir, "new", ".sco");
            Files.delete(fresh);
            Files.delete(daily);
            Path dates = Files.createTempFile(dir, "new", ".sup");
            Files.delete(dates);
            try {
                Snapshot.expand(snapshot, fresh, daily, dates);
            } catch (IOException e) {
                Files.deleteIfExists(fresh);
                Files.deleteIfExists(daily);
                Files.deleteIfExists(dates);
                throw e;
            }
            Files.createFile(dir.resolve(INDEX + (newest(INDEX) + 1) + ".starter"));
            if (newestSupport() == null) {
                publish(dates, SUPPORT, ".sup");
            } else {
                Files.delete(dates); // somebody imported others before there were advisories
            }
            publish(daily, SCORES, ".sco");
            publish(fresh, INDEX, ".idx");
        }
    }

    private void publish(Path fresh, String prefix, String suffix) throws IOException {
        int number = newest(prefix) + 1;
        Path target = dir.resolve(prefix + number + suffix);
        try {
            Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException _) {
            Files.move(fresh, target);
        }
        for (int old = 1; old < number; old++) {
            try {
                Files.deleteIfExists(dir.resolve(prefix + old + suffix));
                Files.deleteIfExists(dir.resolve(prefix + old + ".starter"));
            } catch (IOException _) {
                // still mapped by another process (Windows): the next generation tries again
            }
        }
    }

    /// The highest generation; 0 where there is none.
    private int newest(String prefix) throws IOException {
        if (!Files.isDirectory(dir)) {
            return 0;
        }
        int newest = 0;
        String suffix = prefix.equals(INDEX) ? ".idx" : prefix.equals(SCORES) ? ".sco" : ".sup";
        try (DirectoryStream<Path> files = Files.newDirectoryStream(dir, prefix + "*" + suffix)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                try {
                    newest = Math.max(
                            newest, Integer.parseInt(name.substring(prefix.length(), name.length() - suffix.length())));
                } catch (NumberFormatException _) {
                    // not one of ours
                }
            }
        }
        return newest;
    }

    private static Map<String, Long> times(AdvisoryIndex index) throws BadIndex {
        Map<String, Long> times = new HashMap<>();
        for (int i = index.advisoryCount() - 1; i >= 0; i--) {
            Advisory advisory = index.advisory(i);
            times.put(advisory.id(), advisory.modified());
        }
        return times;
    }

    private static boolean isScores(Path path) {
        String name = path.getFileName().toString();
        return name.endsWith(".csv") || name.endsWith(".csv.gz") || name.startsWith("known_exploited");
    }

    private static void readScores(Path path, InputStream in, Scores.Builder daily) throws IOException, Unreadable {
        if (path.getFileName().toString().endsWith(".json")) {
            daily.kev(in);
        } else {
            daily.epss(in);
        }
    }

    @Override
    public void close() {
        index = null;
        scores = null;
        support = null;
    }

    /// One writer a folder: two updates at once would each lose the other's work.
    final class Writing implements AutoCloseable {

        private final FileChannel channel;
        private final FileLock lock;

        Writing() throws IOException {
            try {
                Files.createDirectories(dir);
            } catch (FileAlreadyExistsException e) {
                throw new IOException(dir + " is a file, and a folder for the advisories was expected", e);
            }
            channel = FileChannel.open(dir.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            try {
                lock = channel.lock();
            } catch (OverlappingFileLockException e) {
                channel.close();
                throw new IOException(dir + " is being written by another update; try again when it is done", e);
            }
        }

        @Override
        public void close() throws IOException {
            lock.release();
            channel.close();
        }
    }
}
