package uk.reeve.engine.input;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// The lines of a UTF-8 file within [Limits]. Bytes that are no UTF-8 become U+FFFD; a byte order mark is dropped.
public final class LineInput {

    private final BufferedReader reader;
    private int number;

    public LineInput(InputStream in) {
        this.reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    }

    /// The next line without its end; null after the last.
    public @Nullable String next() throws IOException, Unreadable {
        StringBuilder line = new StringBuilder();
        int c = reader.read();
        if (c < 0) {
            return null;
        }
        number++;
        for (; c >= 0 && c != '\n'; c = reader.read()) {
            if (line.length() >= Limits.LINE_CHARS) {
                throw new Unreadable(number, "is longer than " + Limits.LINE_CHARS + " characters");
            }
            line.append((char) c);
        }
        if (!line.isEmpty() && line.charAt(line.length() - 1) == '\r') {
            line.setLength(line.length() - 1);
        }
        if (number == 1 && !line.isEmpty() && line.charAt(0) == '\uFEFF') {
            line.deleteCharAt(0);
        }
        return line.toString();
    }

    /// The number of the line that [#next] gave last; 0 before the first.
    public int number() {
        return number;
    }
}
