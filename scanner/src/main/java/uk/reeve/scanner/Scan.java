package uk.reeve.scanner;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.reeve.scanner.archive.Bounds;
import uk.reeve.scanner.archive.Platform;
import uk.reeve.scanner.extract.Extractor;
import uk.reeve.scanner.extract.Extractors;

/// A scan of files and folders.
///
/// A folder is walked: folders of version control and caches are passed by, links are not followed, `.gitignore` is
/// not obeyed (what is ignored may still be shipped). A file that is named is always looked at, whatever it is called;
/// `-` is standard input.
public final class Scan {

    private Scan() {}

    /// What to scan, and how.
    ///
    /// @param exclude globs of paths relative to each folder that are left out; one without `/` is for every depth
    /// @param as the extractor's name that every given file is read by; null to know files by name and content
    /// @param progress told of every file that is met; null where nobody watches
    /// @param standard what `-` reads; null for the standard input of the process
    /// @param platform of which an image is read; null for `linux/amd64`, or what there is
    /// @param bounds what may come out of an archive
    public record Options(
            List<String> exclude,
            @Nullable String as,
            @Nullable Progress progress,
            @Nullable InputStream standard,
            @Nullable Platform platform,
            Bounds bounds) {

        public static final Options DEFAULT = new Options(List.of(), null);

        /// Checks them.
        ///
        /// @throws IllegalArgumentException where a glob is broken or a kind unknown: a sentence that quotes it
        public Options {
            exclude = List.copyOf(exclude);
            Exclusions.check(exclude);
            if (as != null && !kinds().contains(as)) {
                throw new IllegalArgumentException("\"" + as + "\" is no kind of file that is read");
            }
        }

        /// With the process's own standard input.
        public Options(List<String> exclude, @Nullable String as, @Nullable Progress progress) {
            this(exclude, as, progress, null, null, Bounds.DEFAULT);
        }

        /// Without progress.
        public Options(List<String> exclude, @Nullable String as) {
            this(exclude, as, null, null, null, Bounds.DEFAULT);
        }
    }

    /// Watches a scan. Called from several threads, one at a time.
    @FunctionalInterface
    public interface Progress {

        /// A file was met.
        ///
        /// @param files how many files were met so far
        /// @param path the one at which the scan is
        void seen(int files, String path);
    }

    /// All words that `as` may be: the extractors' names, then `sbom/cyclonedx` and `sbom/spdx`.
    public static List<String> kinds() {
        List<String> kinds = new ArrayList<>();
        for (Extractor extractor : Extractors.ALL) {
            kinds.add(extractor.name());
        }
        kinds.add(Recognition.CYCLONEDX);
        kinds.add(Recognition.SPDX);
        return kinds;
    }

    /// Reads files and walks folders. What cannot be read is a line of the ledger, never an exception.
    ///
    /// Places are relative to the one path given; of several, each is shown as it was given.
    public static Inventory of(List<Path> paths, Options options) {
        Gathering gathering = new Gathering(options.progress());
        Recognition recognition = new Recognition(gathering, options.as());
        Walk walk = new Walk(
                recognition,
                new Unpacking(recognition, gathering, options.platform(), options.bounds()),
                gathering,
                new Exclusions(options.exclude()),
                options.standard() == null ? System.in : options.standard());
        for (Path path : paths) {
            walk.add(path, paths.size() == 1);
        }
        walk.run();
        Inventory found =
                new Merge(gathering.files(), gathering.ledger(), Memory.OURS, gathering.origins()).inventory();
        List<Inventory.ImageRead> images = new ArrayList<>(gathering.images());
        images.sort(Comparator.comparing(Inventory.ImageRead::shown));
        return new Inventory(found.items(), found.files(), found.ledger(), found.documents(), images);
    }
}
