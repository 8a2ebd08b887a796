package uk.reeve.scanner.extract;

import java.io.IOException;
import uk.reeve.engine.input.Unreadable;

/// One kind of file that names components. Stateless. Walking, opening, limits and closing belong to the scan.
public interface Extractor {

    /// `ecosystem/kind`: `npm/package-lock`. `--as KIND` takes it.
    String name();

    /// Whether the file is of this kind: cheap, asked for every path.
    boolean wants(ScanPath path, Head head) throws IOException;

    /// Whether the file tells what is installed, not what is asked for. Below `node_modules`, `site-packages` and the
    /// like only such files count; what it says of a scope yields to what a lock file says.
    default boolean installed() {
        return false;
    }

    /// Whether it reads this file beside those that it wants: of an archive that is read but once, it is kept.
    default boolean looksAt(ScanPath path) {
        return false;
    }

    /// Whether package managers write the file anew with all that was in it before. In an image, what it names is
    /// then of the lowest layer that had it.
    default boolean grows() {
        return false;
    }

    /// What is in it. What is wrong with a part goes to [Sink#problem], and the rest still counts.
    ///
    /// @throws Unreadable when nothing of use can be read
    void extract(ScanFile file, Sink out) throws IOException, Unreadable;
}
