package uk.reeve.register.advisory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import uk.reeve.engine.index.AdvisoryIndex;
import uk.reeve.engine.index.AdvisoryStore;
import uk.reeve.engine.index.Feeds;
import uk.reeve.engine.index.Progress;
import uk.reeve.engine.index.Scores;
import uk.reeve.engine.index.SupportDates;
import uk.reeve.engine.match.Matcher;

/// The advisory index that this node has mapped. Whoever works with an [Edition] keeps it; a new one takes its place
/// without a pause.
@Component
public class AdvisoryLibrary {

    /// One state of all advisories.
    ///
    /// @param stamp changes whenever any advisory or score does
    public record Edition(AdvisoryIndex index, Scores scores, Matcher matcher, String stamp) {

        static Edition of(AdvisoryStore store) throws IOException {
            AdvisoryIndex index = store.index();
            Scores scores = store.scores();
            return new Edition(
                    index, scores, new Matcher(index, scores), (index.digest() + " " + scores.digest()).strip());
        }
    }

    private static final String FOLDED = "folded";

    private final Path folder;
    private final Object writing = new Object();
    private volatile @Nullable Edition current;

    AdvisoryLibrary(@Value("${reeve.data}") Path data) {
        this.folder = data.resolve("advisories");
    }

    /// The newest; the starter snapshot is expanded first where there is none at all.
    public synchronized Edition current() {
        Edition edition = current;
        if (edition == null) {
            try {
                edition = Edition.of(AdvisoryStore.openOrStarter(folder));
            } catch (IOException e) {
                throw new UncheckedIOException("The advisories cannot be opened: " + e.getMessage(), e);
            }
            current = edition;
        }
        return edition;
    }

    /// Takes in files or folders of records and scores, and puts the new state in the place of the old.
    ///
    /// @return a line for each that could not be read; the rest was taken
    public List<String> take(List<Path> files, LocalDate asOf) throws IOException {
        synchronized (writing) {
            AdvisoryStore.Change change = store().importFrom(files, asOf);
            current = Edition.of(AdvisoryStore.open(folder));
            return change.problems();
        }
    }

    /// Fetches what the feeds have anew, and puts the new state in the place of the old.
    AdvisoryStore.Change update(Feeds feeds, Progress progress) throws IOException {
        synchronized (writing) {
            AdvisoryStore.Change change = store().update(feeds, progress);
            current = Edition.of(AdvisoryStore.open(folder)); // though no record changed, its day has
            return change;
        }
    }

    /// Which single records were taken in, so that none is twice: as the register's record of them names each.
    Set<String> folded() throws IOException {
        Path list = folder.resolve(FOLDED);
        return Files.exists(list) ? new HashSet<>(Files.readAllLines(list)) : new HashSet<>();
    }

    /// Takes in single records.
    ///
    /// @param folded all that were taken in then
    List<String> fold(List<Path> files, LocalDate asOf, Set<String> folded) throws IOException {
        synchronized (writing) {
            List<String> problems = take(files, asOf);
            Path fresh = Files.createTempFile(folder, FOLDED, ".new");
            Files.write(fresh, folded);
            Files.move(fresh, folder.resolve(FOLDED), StandardCopyOption.ATOMIC_MOVE);
            return problems;
        }
    }

    /// By which the database tells this copy of the advisories from other nodes'; made once.
    synchronized UUID node() throws IOException {
        Path file = folder.resolve("node");
        if (!Files.exists(file)) {
            Files.createDirectories(folder);
            Files.writeString(file, UUID.randomUUID().toString());
        }
        return UUID.fromString(Files.readString(file).strip());
    }

    /// The starter snapshot is laid down by one at a time.
    private synchronized AdvisoryStore store() throws IOException {
        return AdvisoryStore.openOrStarter(folder);
    }

    /// Until when products are supported, by endoflife.date.
    public SupportDates support() {
        try {
            return store().support();
        } catch (IOException e) {
            throw new UncheckedIOException("The dates of support cannot be opened: " + e.getMessage(), e);
        }
    }

    /// What is there, source by source.
    public AdvisoryStore.Status status() {
        try {
            return store().status();
        } catch (IOException e) {
            throw new UncheckedIOException("The advisories cannot be opened: " + e.getMessage(), e);
        }
    }

    /// An edition of a single record, for evaluating it at once; scores are the current ones.
    ///
    /// @param scratch an empty folder
    Edition of(Path record, Path scratch) throws IOException {
        AdvisoryStore store = AdvisoryStore.open(Files.createDirectories(scratch));
        store.importFrom(List.of(record), LocalDate.now());
        Edition alone = Edition.of(store);
        Scores scores = current().scores();
        return new Edition(alone.index(), scores, new Matcher(alone.index(), scores), alone.stamp());
    }
}
