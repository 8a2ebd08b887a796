package uk.reeve.scanner.extract;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import uk.reeve.engine.input.Unreadable;

/// A database's file, read at any place, and how much of it was read: one that leads in circles ends.
final class RpmPages {

    /// What RPM itself takes for one header.
    static final int MOST_BLOB = 256 << 20;

    private final SeekableByteChannel file;
    private final long size;
    private long left;

    RpmPages(SeekableByteChannel file) throws IOException {
        this.file = file;
        this.size = file.size();
        this.left = 4 * size + (1 << 20);
    }

    long size() {
        return size;
    }

    /// @throws EOFException where the file ends before
    ByteBuffer read(long at, int bytes, ByteOrder order) throws IOException, Unreadable {
        if (at < 0 || bytes < 0 || at > size - bytes) {
            throw new EOFException();
        }
        left -= bytes;
        if (left < 0) {
            throw new Unreadable(0, "leads in circles, so it is damaged; " + RpmDatabase.MEND);
        }
        ByteBuffer into = ByteBuffer.allocate(bytes).order(order);
        file.position(at);
        while (into.hasRemaining()) {
            if (file.read(into) < 0) {
                throw new EOFException();
            }
        }
        return into.flip();
    }

    /// Takes what the database keeps of one package.
    @FunctionalInterface
    interface Blobs {
        void blob(byte[] header) throws IOException, Unreadable;
    }
}
