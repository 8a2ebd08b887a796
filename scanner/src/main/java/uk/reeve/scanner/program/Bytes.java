package uk.reeve.scanner.program;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;

/// A file's bytes at any place, at most as many at once as a reader needs.
///
/// @param base where the program begins in the file
record Bytes(SeekableByteChannel file, long base, ByteOrder order) {

    private static final int MOST = 64 << 20;

    /// @throws EOFException where they reach beyond the file's end
    ByteBuffer at(long place, long length) throws IOException {
        if (length < 0 || length > MOST) {
            throw new IOException("a part of it that says to have %,d bytes is not read".formatted(length));
        }
        if (place < 0 || base + place < 0 || base + place > file.size() - length) {
            throw new EOFException("stops in the middle");
        }
        ByteBuffer into = ByteBuffer.allocate((int) length).order(order);
        file.position(base + place);
        while (into.hasRemaining()) {
            if (file.read(into) < 0) {
                throw new EOFException("stops in the middle");
            }
        }
        return into.flip();
    }

    Bytes in(ByteOrder other) {
        return new Bytes(file, base, other);
    }

    Bytes from(long place) {
        return new Bytes(file, base + place, order);
    }

    /// A number without sign, of 4 or 8 bytes.
    static long word(ByteBuffer from, int at, int bytes) {
        return bytes == 8 ? from.getLong(at) : from.getInt(at) & 0xffffffffL;
    }

    /// A name of at most so many bytes, which a zero may end sooner.
    static String name(ByteBuffer from, int at, int most) {
        StringBuilder name = new StringBuilder();
        for (int i = at; i < Math.min(from.limit(), at + most) && from.get(i) != 0; i++) {
            name.append((char) (from.get(i) & 0xff));
        }
        return name.toString();
    }
}
