package uk.reeve.engine.input;

import org.jspecify.annotations.Nullable;

/// An input that cannot be read, or one that breaks a limit. The message says what is wrong, quotes the value, and says
/// what to do; it never names the file, which only the caller knows.
public final class Unreadable extends Exception {

    private final int line;

    /// @param line 1-based, or 0 where no line can be named
    public Unreadable(int line, String message) {
        super(oneLine(message));
        this.line = line;
    }

    /// @param line 1-based, or 0 where no line can be named
    public Unreadable(int line, String message, @Nullable Throwable cause) {
        super(oneLine(message), cause);
        this.line = line;
    }

    public int line() {
        return line;
    }

    /// The one line that a person sees: `file:line: what is wrong; what to do`.
    public String at(String file) {
        return line == 0 ? file + ": " + getMessage() : file + ":" + line + ": " + getMessage();
    }

    /// The message without line breaks, which what is quoted, by us or by a library, may hold.
    public static String oneLine(String message) {
        StringBuilder line = null;
        for (int i = 0; i < message.length(); i++) {
            char c = message.charAt(i);
            if (c == '\n' || c == '\r' || c == '\u2028' || c == '\u2029' || c == '\u0085') {
                line = line == null ? new StringBuilder(message) : line;
                line.setCharAt(i, ' ');
            }
        }
        return line == null ? message : line.toString();
    }

    @Override
    public String getMessage() {
        String message = super.getMessage();
        return message == null ? "cannot be read" : message;
    }
}
