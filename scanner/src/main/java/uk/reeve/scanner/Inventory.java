package uk.reeve.scanner;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.sbom.Component;
import uk.reeve.engine.sbom.Place;
import uk.reeve.engine.sbom.Sbom;
import uk.reeve.scanner.archive.Image;
import uk.reeve.scanner.archive.Layer;

/// What a scan found: every component once, and a line for whatever was not looked at. The same files give the same
/// inventory, in the same order.
///
/// @param items sorted by package URL, those without one last, by name
/// @param files each file that was read, with how many components it gave
/// @param ledger what could not be looked at, or only in part; sorted by file
/// @param documents SBOMs that were read, by file
/// @param images container images that were read, by file and name
public record Inventory(
        List<Item> items,
        List<FileRead> files,
        List<LedgerLine> ledger,
        Map<String, Sbom> documents,
        List<ImageRead> images) {

    /// Without images.
    public Inventory(List<Item> items, List<FileRead> files, List<LedgerLine> ledger, Map<String, Sbom> documents) {
        this(items, files, ledger, documents, List.of());
    }

    /// A component with all places where it was seen.
    ///
    /// @param component its `ref` is unique in the inventory: the package URL, else name and version
    /// @param places never empty
    /// @param direct whether the project itself asks for it
    /// @param chain names from the project's direct dependency to this one, the shortest, both ends included; of
    ///     more than 20 the first ten, `… 80 more …` and the last nine; empty where no file tells
    /// @param moreChains how many other ways it comes in, at most 99
    /// @param dependsOn `ref`s of items
    /// @param subject whether it is what the documents describe, no dependency: the project itself
    /// @param layer the lowest layer of an image that brought it; null where it is of no image
    /// @param owners `ref`s of the distribution's packages that brought it; empty where a place of it is of none
    public record Item(
            Component component,
            List<Place> places,
            boolean direct,
            List<String> chain,
            int moreChains,
            List<String> dependsOn,
            boolean subject,
            @Nullable Layer layer,
            List<String> owners) {

        /// Of no image and no distribution's package.
        public Item(
                Component component,
                List<Place> places,
                boolean direct,
                List<String> chain,
                int moreChains,
                List<String> dependsOn,
                boolean subject) {
            this(component, places, direct, chain, moreChains, dependsOn, subject, null, List.of());
        }

        /// A dependency.
        public Item(
                Component component,
                List<Place> places,
                boolean direct,
                List<String> chain,
                int moreChains,
                List<String> dependsOn) {
            this(component, places, direct, chain, moreChains, dependsOn, false);
        }
    }

    /// A file that was read.
    ///
    /// @param kind the extractor's name, or `sbom/cyclonedx`, `sbom/spdx`
    public record FileRead(String file, String kind, int components) {}

    /// A container image that was read.
    ///
    /// @param file that it lies in
    /// @param shown what stands before a path within it
    public record ImageRead(String file, String shown, Image image) {}

    /// Something that was not looked at.
    ///
    /// @param line 0 where no line can be named
    /// @param message a sentence without the file's name
    /// @param subject the component of which it speaks, with its version or the range that is wanted; null where it
    ///     speaks of the file
    public record LedgerLine(
            Kind kind,
            String file,
            int line,
            String message,
            @Nullable String subject) {

        /// A line about the file.
        public LedgerLine(Kind kind, String file, int line, String message) {
            this(kind, file, line, message, null);
        }

        /// What the line says.
        public enum Kind {
            /// The file was recognised and could not be read at all: exit status 3.
            UNREADABLE,
            /// A part of the file could not be read: exit status 3.
            PARTLY_READ,
            /// Something is odd, and everything was read.
            WARNING,
            /// A dependency without a locked version.
            UNLOCKED,
            /// No advisory source covers it.
            NOT_COVERED,
            /// Too large, a link, a special file, or excluded by a limit.
            SKIPPED
        }
    }
}
