package uk.reeve.scanner.extract;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.SeekableByteChannel;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.input.Element;
import uk.reeve.engine.input.JsonInput;
import uk.reeve.engine.input.LineInput;
import uk.reeve.engine.input.Node;
import uk.reeve.engine.input.TomlInput;
import uk.reeve.engine.input.Unreadable;
import uk.reeve.engine.input.XmlInput;
import uk.reeve.engine.input.YamlInput;

/// A file that an extractor may read, and its neighbours inside what is scanned.
public abstract class ScanFile {

    private final ScanPath path;
    /// The last line where it was read and has no end; 0 where it has one.
    private int openLine;

    protected ScanFile(ScanPath path) {
        this.path = path;
    }

    public final ScanPath path() {
        return path;
    }

    /// The file's bytes; whoever opens it closes it.
    public abstract InputStream open() throws IOException, Unreadable;

    /// The same bytes, to read at any place; whoever asks closes it.
    public abstract SeekableByteChannel channel() throws IOException, Unreadable;

    /// Another file, named relative to this one's folder (`../pom.xml`); null where there is none, or where it lies
    /// outside what is scanned.
    public abstract @Nullable ScanFile neighbour(String relative) throws IOException;

    public final Node json() throws IOException, Unreadable {
        try (InputStream in = open()) {
            return JsonInput.read(in);
        }
    }

    public final Node yaml() throws IOException, Unreadable {
        try (InputStream in = open()) {
            return YamlInput.read(in);
        }
    }

    public final Node toml() throws IOException, Unreadable {
        byte[] bytes;
        try (InputStream in = open()) {
            bytes = in.readAllBytes();
        }
        openLine = 0;
        if (bytes.length > 0 && bytes[bytes.length - 1] != '\n') {
            openLine = 1;
            for (byte b : bytes) {
                openLine += b == '\n' ? 1 : 0;
            }
        }
        return TomlInput.read(bytes);
    }

    public final Element xml() throws IOException, Unreadable {
        try (InputStream in = open()) {
            return XmlInput.read(in);
        }
    }

    /// Gives each line to `each` until the file ends.
    public final void lines(Lines each) throws IOException, Unreadable {
        try (InputStream in = open()) {
            LineInput lines = new LineInput(in);
            for (String line = lines.next(); line != null; line = lines.next()) {
                each.line(lines.number(), line);
            }
            openLine = lines.isOpen() ? lines.number() : 0;
        }
    }

    /// Tells of a last line without an end, once [#lines] or [#toml] has read the file. For files that only a tool
    /// writes: it ends each line, so the rest of such a file is lost.
    ///
    /// @param command writes the file again
    /// @return whether it told
    final boolean tellOpenLine(Sink out, String command) {
        if (openLine == 0) {
            return false;
        }
        out.problem(openLine, cut("the last line has no end", command));
        return true;
    }

    /// What is said of a file of which a part seems lost.
    static String cut(String sign, String command) {
        return sign + ", so the file may be cut short; write it again with: " + command;
    }

    /// Takes one line of a file, without its end.
    @FunctionalInterface
    public interface Lines {
        void line(int number, String text) throws IOException, Unreadable;
    }
}
