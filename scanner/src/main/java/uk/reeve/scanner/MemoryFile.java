package uk.reeve.scanner;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.input.Limits;
import uk.reeve.engine.input.Unreadable;
import uk.reeve.scanner.archive.Archives;
import uk.reeve.scanner.extract.Head;
import uk.reeve.scanner.extract.ScanFile;
import uk.reeve.scanner.extract.ScanPath;

/// What comes through a pipe, kept whole: it can be read once, and is looked at twice. It has no neighbours.
final class MemoryFile extends ScanFile implements Shown, Head {

    private final byte[] bytes;

    private MemoryFile(String name, byte[] bytes) {
        super(new ScanPath(name));
        this.bytes = bytes;
    }

    /// Reads to the end, at most as much as a file may have and a quarter of the heap.
    static MemoryFile read(String name, InputStream in) throws IOException, Unreadable {
        int most = (int) Math.min(Limits.FILE_BYTES, Runtime.getRuntime().maxMemory() / 4);
        byte[] bytes = in.readNBytes(most);
        if (bytes.length == most && in.read() >= 0) {
            throw new Unreadable(0, "has more than " + (most >> 20) + " MiB; save it as a file and scan that");
        }
        return new MemoryFile(name, bytes);
    }

    @Override
    public String shown() {
        return path().value();
    }

    @Override
    public InputStream open() {
        return new ByteArrayInputStream(bytes);
    }

    @Override
    public SeekableByteChannel channel() throws IOException {
        return Archives.seekable(open());
    }

    @Override
    public String text() {
        return new String(bytes, 0, Math.min(DiskFile.HEAD_BYTES, bytes.length), StandardCharsets.ISO_8859_1);
    }

    @Override
    public @Nullable ScanFile neighbour(String relative) {
        return null;
    }
}
