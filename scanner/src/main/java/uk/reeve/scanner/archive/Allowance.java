package uk.reeve.scanner.archive;

import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.io.input.ProxyInputStream;

/// How much may come out of one file that was given, with all that is nested in it. For one thread.
public final class Allowance {

    /// How deep an archive may lie in others.
    public static final int DEPTH = 16;

    private static final long BYTES = 16L << 30;
    private static final int FILES = 2_000_000;

    private final long most;
    private long bytes;
    private int files;

    public Allowance() {
        this(BYTES);
    }

    /// @param most bytes, decompressed
    Allowance(long most) {
        this.most = most;
    }

    void file() throws IOException {
        if (++files > FILES) {
            throw new IOException("more than %,d files are in it; unpack it and scan the folder".formatted(FILES));
        }
    }

    /// Whether nothing more may come.
    boolean isSpent() {
        return files > FILES || bytes > most;
    }

    private void come(long read) throws IOException {
        bytes += Math.max(0, read);
        if (bytes > most) {
            throw new IOException(
                    "more than %,d MiB came out of it; unpack it and scan the folder".formatted(most >> 20));
        }
    }

    /// The same bytes, counted.
    InputStream counted(InputStream from) {
        return new ProxyInputStream(from) {
            @Override
            protected void afterRead(int read) throws IOException {
                come(read);
            }

            @Override
            public long skip(long n) throws IOException {
                long skipped = super.skip(n);
                come(skipped);
                return skipped;
            }

            @Override
            public boolean markSupported() {
                return false;
            }
        };
    }
}
