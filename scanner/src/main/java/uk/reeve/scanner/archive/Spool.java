package uk.reeve.scanner.archive;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;
import org.apache.commons.io.input.BoundedInputStream;
import org.jspecify.annotations.Nullable;

/// What is taken out of archives, in one file that is gone once it is closed. It is made when the first comes.
final class Spool implements Closeable {

    private static final int IN_MEMORY = 4 << 20;
    private static final long MOST = 4L << 30;

    private @Nullable FileChannel file;
    private long end;

    /// Where something stands.
    record Part(long at, long bytes) {}

    Part add(InputStream content) throws IOException {
        FileChannel to = file == null ? file = open() : file;
        long at = end;
        end = at
                + bounded(content, MOST - at)
                        .transferTo(Channels.newOutputStream(to.position(at))); // closing that would close the file
        return new Part(at, end - at);
    }

    InputStream open(Part part) {
        return new InputStream() {

            private long at = part.at();

            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                long left = part.at() + part.bytes() - at;
                if (length == 0 || left <= 0) {
                    return length == 0 ? 0 : -1;
                }
                FileChannel from = file;
                if (from == null) {
                    throw new IOException("is closed");
                }
                int read = from.read(ByteBuffer.wrap(into, offset, (int) Math.min(length, left)), at);
                at += Math.max(0, read);
                return read;
            }
        };
    }

    /// The same, to read at any place.
    SeekableByteChannel channel(Part part) throws IOException {
        FileChannel whole = file;
        if (whole == null) {
            throw new IOException("is closed");
        }
        return new Slice(whole, part.at(), part.bytes());
    }

    /// All of it to read at any place: in memory where it is small, else as a file that is gone once it is closed.
    static SeekableByteChannel of(InputStream content) throws IOException {
        byte[] first = content.readNBytes(IN_MEMORY);
        if (first.length < IN_MEMORY) {
            return new SeekableInMemoryByteChannel(first);
        }
        FileChannel file = open();
        try {
            file.write(ByteBuffer.wrap(first));
            bounded(content, MOST).transferTo(Channels.newOutputStream(file));
            return file.position(0);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    // What the machine's temporary folder is asked for, however much comes.
    private static InputStream bounded(InputStream content, long most) throws IOException {
        return BoundedInputStream.builder()
                .setInputStream(content)
                .setMaxCount(most)
                .setOnMaxCount((_, _) -> {
                    throw new IOException("more than " + (MOST >> 20)
                            + " MiB of it would have to be kept meanwhile; unpack it and scan the folder");
                })
                .setPropagateClose(false)
                .get();
    }

    private static FileChannel open() throws IOException {
        Path path = Files.createTempFile("reeve-", ".unpacked");
        return FileChannel.open(
                path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
    }

    @Override
    public void close() throws IOException {
        if (file != null) {
            file.close();
        }
    }
}
