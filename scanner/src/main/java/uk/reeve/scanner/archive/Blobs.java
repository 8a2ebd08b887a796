package uk.reeve.scanner.archive;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import org.jspecify.annotations.Nullable;

/// What an image is made of, by its path in the file or folder. For one thread.
sealed interface Blobs extends Closeable permits FolderBlobs, TarBlobs {

    /// Whoever opens it closes it; null where there is none of that name.
    @Nullable
    SeekableByteChannel open(String name) throws IOException;
}
