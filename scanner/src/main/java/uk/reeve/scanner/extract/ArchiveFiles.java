package uk.reeve.scanner.extract;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The files in one archive, for who says what the archive itself is.
public interface ArchiveFiles {

    /// In the archive's order, with `/` between their parts. One may stand there twice.
    List<String> names();

    /// The first of that name; null where there is none.
    @Nullable
    ScanFile file(String name);
}
