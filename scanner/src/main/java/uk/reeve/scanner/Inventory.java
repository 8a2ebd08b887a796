package uk.reeve.scanner;

import java.util.List;
import java.util.Map;
import uk.reeve.engine.sbom.Component;
import uk.reeve.engine.sbom.Place;
import uk.reeve.engine.sbom.Sbom;

/// What a scan found: every component once, and a line for whatever was not looked at.
///
/// @param items sorted by package URL, those without one last, by name
/// @param files each file that was read, with how many components it gave
/// @param ledger what could not be looked at, or only in part; sorted by file
/// @param documents SBOMs that were read, by file
public record Inventory(
        List<Item> items, List<FileRead> files, List<LedgerLine> ledger, Map<String, Sbom> documents) {

    /// A component with all places where it was seen.
    ///
    /// @param component its `ref` is unique in the inventory
    /// @param places never empty
    /// @param direct whether the project itself asks for it
    /// @param chain names from the project's direct dependency to this one, the shortest; empty where no file tells
    /// @param moreChains how many other ways it comes in
    /// @param dependsOn `ref`s of items
    public record Item(
            Component component,
            List<Place> places,
            boolean direct,
            List<String> chain,
            int moreChains,
            List<String> dependsOn) {}

    /// @param kind the extractor's name, or `sbom/cyclonedx`, `sbom/spdx`
    public record FileRead(String file, String kind, int components) {}

    /// Something that was not looked at.
    ///
    /// @param line 0 where no line can be named
    /// @param message a sentence without the file's name
    public record LedgerLine(Kind kind, String file, int line, String message) {

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
