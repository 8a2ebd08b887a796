package uk.reeve.scanner.archive;

import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.io.input.ProxyInputStream;

/// How much may come out of one file that was given, with all that is nested in it. For one thread.
public final class Allowance {

    private final Bounds bounds;
    private long bytes;
    private int files;

    public Allowance(Bounds bounds) {
        this.bounds = bounds;
    }

    void file() throws IOException {
        if (++files > bounds.files()) {
            throw new IOException(
                    "more than %,d files are in it; allow more with --max-files".formatted(bounds.files()));
        }
    }

    /// Whether nothing more may come.
    boolean isSpent() {
        return files > bounds.files() || bytes > bounds.bytes();
    }

    private void come(long read) throws IOException {
        bytes += Math.max(0, read);
        if (bytes > bounds.bytes()) {
            throw new IOException(
                    "more than %,d bytes came out of it; allow more with --max-bytes".formatted(bounds.bytes()));
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
