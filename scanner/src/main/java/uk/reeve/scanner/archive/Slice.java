package uk.reeve.scanner.archive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;

/// A part of something that may be read at any place, read where it lies. Several of one whole may be open at a time,
/// by one thread; closing one leaves the whole open.
final class Slice implements SeekableByteChannel {

    private final SeekableByteChannel whole;
    private final long from;
    private final long bytes;
    private long at;
    private boolean open = true;

    Slice(SeekableByteChannel whole, long from, long bytes) {
        this.whole = whole;
        this.from = from;
        this.bytes = bytes;
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        if (!open) {
            throw new ClosedChannelException();
        }
        long left = bytes - at;
        if (left <= 0) {
            return into.hasRemaining() ? -1 : 0;
        }
        int limit = into.limit();
        into.limit((int) Math.min(limit, into.position() + left));
        try {
            int read = whole.position(from + at).read(into);
            at += Math.max(0, read);
            return read;
        } finally {
            into.limit(limit);
        }
    }

    @Override
    public long position() {
        return at;
    }

    @Override
    public SeekableByteChannel position(long to) {
        at = to;
        return this;
    }

    @Override
    public long size() {
        return bytes;
    }

    @Override
    public int write(ByteBuffer from) {
        throw new NonWritableChannelException();
    }

    @Override
    public SeekableByteChannel truncate(long size) {
        throw new NonWritableChannelException();
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public void close() {
        open = false;
    }
}
