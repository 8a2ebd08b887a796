package uk.reeve.engine.index;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The person's advisories on disk.
public final class AdvisoryStore implements AutoCloseable {

    /// @param sources by name
    /// @param digest SHA-256 of the index, lower-case hex; empty where there is none
    /// @param notCovered ecosystems that are read and that no source covers
    public record Status(
            List<SourceState> sources, long records, Path file, long bytes, String digest, List<String> notCovered) {}

    /// @param failures one line for each source that could not be read; what was there before stays
    public record Change(long added, long changed, long withdrawn, List<String> failures) {}

    /// Told how an update goes on.
    @FunctionalInterface
    public interface Progress {
        void at(String source, long bytes, long records);
    }

    private final Path dir;

    private AdvisoryStore(Path dir) {
        this.dir = dir;
    }

    public static AdvisoryStore open(Path dir) throws IOException {
        return new AdvisoryStore(dir);
    }

    public Change importFrom(List<Path> paths) throws IOException {
        return new Change(0, 0, 0, List.of());
    }

    public Change update(Progress progress) throws IOException {
        return new Change(0, 0, 0, List.of());
    }

    public void exportTo(Path file) throws IOException {}

    public Status status() throws IOException {
        return new Status(List.of(), 0, dir, 0, "", List.of());
    }

    /// The record as sentences; null where no record has that id.
    public @Nullable String show(String id) throws IOException {
        return null;
    }

    /// What is wrong with the index; empty where nothing is.
    public List<String> verify() throws IOException {
        return List.of();
    }

    public boolean isEmpty() {
        return true;
    }

    /// @throws BadIndex where there are no advisories yet
    public AdvisoryIndex index() throws IOException {
        throw new BadIndex("there are no advisories yet");
    }

    public Scores scores() throws IOException {
        return Scores.NONE;
    }

    @Override
    public void close() {}
}
