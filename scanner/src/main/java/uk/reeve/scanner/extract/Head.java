package uk.reeve.scanner.extract;

import java.io.IOException;

/// The first 8 KB of a file as Latin-1 text, read only when asked for.
@FunctionalInterface
public interface Head {

    /// No content: for questions that the path alone must answer.
    Head NONE = () -> "";

    String text() throws IOException;
}
