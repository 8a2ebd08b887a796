package uk.reeve.scanner;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A scan of files and folders.
public final class Scan {

    private Scan() {}

    /// What to scan, and how.
    ///
    /// @param exclude globs of paths relative to each folder that are left out
    /// @param as the extractor's name that every given file is read by; null to know files by name and content
    public record Options(List<String> exclude, @Nullable String as) {

        public static final Options DEFAULT = new Options(List.of(), null);
    }

    /// Reads files and walks folders. What cannot be read is a line of the ledger, never an exception.
    public static Inventory of(List<Path> paths, Options options) {
        return new Inventory(List.of(), List.of(), List.of(), Map.of());
    }
}
