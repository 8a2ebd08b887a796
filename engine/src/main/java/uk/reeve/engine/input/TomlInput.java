package uk.reeve.engine.input;

import java.io.IOException;
import java.io.InputStream;

/// TOML within [Limits]: version 1.0, and what 1.1 allows beyond it (line breaks and a last comma in inline tables,
/// `\e` and `\xHH`). Numbers and dates stay as they are written.
public final class TomlInput {

    private TomlInput() {}

    /// The whole file as a tree.
    public static Node read(InputStream in) throws IOException, Unreadable {
        return read(in.readAllBytes());
    }

    /// The same of a file that was read.
    public static Node read(byte[] bytes) throws Unreadable {
        return new TomlReader(new TomlText(bytes)).read();
    }
}
