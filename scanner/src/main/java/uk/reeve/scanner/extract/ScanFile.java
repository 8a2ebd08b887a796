package uk.reeve.scanner.extract;

import java.io.IOException;
import java.io.InputStream;
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

    protected ScanFile(ScanPath path) {
        this.path = path;
    }

    public final ScanPath path() {
        return path;
    }

    /// The file's bytes; whoever opens it closes it.
    public abstract InputStream open() throws IOException, Unreadable;

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
        try (InputStream in = open()) {
            return TomlInput.read(in);
        }
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
        }
    }

    /// Takes one line of a file, without its end.
    @FunctionalInterface
    public interface Lines {
        void line(int number, String text) throws IOException, Unreadable;
    }
}
