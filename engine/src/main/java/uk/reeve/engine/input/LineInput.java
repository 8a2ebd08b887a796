package uk.reeve.engine.input;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The lines of a UTF-8 file within [Limits]. Bytes that are no UTF-8 become U+FFFD; a byte order mark is dropped.
public final class LineInput {

    private static final int CHUNK_BYTES = 64 << 10;
    private static final int MOST_BYTES = 4 * Limits.LINE_CHARS;

    private final InputStream in;
    private byte[] bytes = new byte[CHUNK_BYTES];
    /// How many of the bytes hold the beginning of the next chunk.
    private int kept;
    /// Whole lines, decoded at once: character by character, a cold virtual machine takes several times as long.
    private String chunk = "";
    private int at;
    private int number;
    private boolean ended;
    private boolean open;

    public LineInput(InputStream in) {
        this.in = in;
    }

    /// The next line without its end; null after the last.
    public @Nullable String next() throws IOException, Unreadable {
        if (at >= chunk.length() && !fill()) {
            return null;
        }
        number++;
        int end = chunk.indexOf('\n', at);
        int next = end < 0 ? chunk.length() : end + 1;
        open = end < 0;
        end = end < 0 ? next : end;
        if (end > at && chunk.charAt(end - 1) == '\r') {
            end--;
        }
        int start = number == 1 && end > at && chunk.charAt(at) == '\uFEFF' ? at + 1 : at;
        at = next;
        if (end - start > Limits.LINE_CHARS) {
            throw tooLong(number);
        }
        return chunk.substring(start, end);
    }

    /// The number of the line that [#next] gave last; 0 before the first.
    public int number() {
        return number;
    }

    /// Whether the line that [#next] gave last has no end: the file stops within it, or right behind it.
    public boolean isOpen() {
        return open;
    }

    // Reads up to the last line end that fits; whether there was anything.
    private boolean fill() throws IOException, Unreadable {
        int filled = kept;
        int whole = 0;
        while (!ended && whole == 0) {
            if (filled == bytes.length) {
                if (filled >= MOST_BYTES) {
                    throw tooLong(number + 1);
                }
                bytes = Arrays.copyOf(bytes, filled * 2);
            }
            int read = in.readNBytes(bytes, filled, bytes.length - filled);
            ended = read < bytes.length - filled;
            filled += read;
            whole = filled;
            while (whole > 0 && bytes[whole - 1] != '\n') {
                whole--;
            }
        }
        if (ended) {
            whole = filled;
        }
        chunk = new String(bytes, 0, whole, StandardCharsets.UTF_8);
        at = 0;
        kept = filled - whole;
        System.arraycopy(bytes, whole, bytes, 0, kept);
        return whole > 0;
    }

    private static Unreadable tooLong(int line) {
        return new Unreadable(line, "is longer than " + Limits.LINE_CHARS + " characters");
    }
}
