package uk.reeve.scanner.archive;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.SeekableByteChannel;
import java.util.List;

/// The files in an archive, by number. Names are as they stand there, with `/` between their parts; one may stand there
/// twice. For one thread.
public sealed interface Archive extends Closeable permits RootFileSystem, StreamArchive, ZipArchive {

    /// Of files only, in the archive's order.
    List<String> names();

    /// The file's bytes, decompressed; whoever opens it closes it.
    ///
    /// @throws IOException where it is damaged, encrypted, or more comes out than is allowed
    InputStream open(int number) throws IOException;

    /// The same, to read at any place.
    default SeekableByteChannel channel(int number) throws IOException {
        try (InputStream in = open(number)) {
            return Archives.seekable(in);
        }
    }
}
