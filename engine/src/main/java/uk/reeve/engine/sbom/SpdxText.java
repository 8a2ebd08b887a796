package uk.reeve.engine.sbom;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/// The bytes of a text in UTF-8, also where it is UTF-16 with a byte order mark; lines that end with a carriage return
/// alone end with a line feed here. Knows afterwards whether the last line
/// was complete, the only trace that a cut leaves in formats of lines.
final class SpdxText extends InputStream {

    private final PushbackInputStream in;
    private int last = '\n';

    private SpdxText(InputStream in) {
        this.in = new PushbackInputStream(in, 1);
    }

    static SpdxText of(InputStream in) throws IOException {
        PushbackInputStream head = new PushbackInputStream(in, 2);
        byte[] mark = head.readNBytes(2);
        if (mark.length == 2) {
            int both = ((mark[0] & 0xff) << 8) | (mark[1] & 0xff);
            if (both == 0xFFFE) {
                return new SpdxText(new Recoded(new InputStreamReader(head, StandardCharsets.UTF_16LE)));
            }
            if (both == 0xFEFF) {
                return new SpdxText(new Recoded(new InputStreamReader(head, StandardCharsets.UTF_16BE)));
            }
        }
        head.unread(mark);
        return new SpdxText(head);
    }

    /// Warns where the last line has no end. To be called once all was read.
    void warnOfCut(SpdxWarnings warnings) {
        if (last != '\n') {
            warnings.add(0, "the last line has no end: the document may be cut off; compare it with the original");
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] to, int from, int length) throws IOException {
        int n = in.read(to, from, length);
        for (int i = from; i < from + n; i++) {
            if (to[i] == '\r' && (i + 1 < from + n ? to[i + 1] : next()) != '\n') {
                to[i] = '\n';
            }
        }
        last = n > 0 ? to[from + n - 1] : last;
        return n;
    }

    private int next() throws IOException {
        int b = in.read();
        if (b >= 0) {
            in.unread(b);
        }
        return b;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private static final class Recoded extends InputStream {

        private static final Charset UTF_8 = StandardCharsets.UTF_8;

        private final Reader reader;
        private final char[] chars = new char[4096];
        private byte[] bytes = new byte[0];
        private int next;

        Recoded(Reader reader) {
            this.reader = reader;
        }

        @Override
        public int read() throws IOException {
            return fill() ? bytes[next++] & 0xff : -1;
        }

        @Override
        public int read(byte[] to, int from, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (!fill()) {
                return -1;
            }
            int n = Math.min(length, bytes.length - next);
            System.arraycopy(bytes, next, to, from, n);
            next += n;
            return n;
        }

        @Override
        public void close() throws IOException {
            reader.close();
        }

        private boolean fill() throws IOException {
            while (next == bytes.length) {
                // One place stays free for the second half of a pair.
                int n = reader.read(chars, 0, chars.length - 1);
                if (n < 0) {
                    return false;
                }
                if (n > 0 && Character.isHighSurrogate(chars[n - 1])) {
                    int half = reader.read();
                    if (half >= 0) {
                        chars[n++] = (char) half;
                    }
                }
                bytes = new String(chars, 0, n).getBytes(UTF_8);
                next = 0;
            }
            return true;
        }
    }
}
