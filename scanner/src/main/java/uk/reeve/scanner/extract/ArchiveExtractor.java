package uk.reeve.scanner.extract;

import java.io.IOException;
import uk.reeve.engine.input.Unreadable;

/// One kind of archive that is itself a component, or holds several merged into one. Stateless. What else is in it is
/// read as if it lay in a folder where packages are installed.
public interface ArchiveExtractor {

    /// `ecosystem/kind`: `maven/archive`.
    String name();

    /// Whether the archive is of this kind, by its name and those of the files in it.
    boolean wants(ScanPath path, ArchiveFiles inside);

    /// Whether [#extract] reads this file of such an archive and no [Extractor] does. Asked for each file of an archive
    /// that can be read but once.
    default boolean keeps(ScanPath inside) {
        return false;
    }

    /// What it is. Lines are 0: nobody can turn to one.
    ///
    /// @throws Unreadable when nothing of use can be read
    void extract(ScanPath path, ArchiveFiles inside, Sink out) throws IOException, Unreadable;
}
