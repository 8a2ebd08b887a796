package uk.reeve.engine.input;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// The text of a TOML file, the place in it, and what has no parts: blanks, comments, keys, strings, words.
final class TomlText {

    /// Nothing more follows.
    static final char END = '\uffff';

    private final String text;
    private int at;
    private int line = 1;

    TomlText(byte[] bytes) throws Unreadable {
        String decoded;
        try {
            decoded = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new Unreadable(0, "is not UTF-8, which TOML must be; save it as UTF-8", e);
        }
        text = decoded.startsWith("\uFEFF") ? decoded.substring(1) : decoded;
    }

    int line() {
        return line;
    }

    char peek() {
        return peek(0);
    }

    char peek(int ahead) {
        return at + ahead < text.length() ? text.charAt(at + ahead) : END;
    }

    boolean isEnd() {
        return at >= text.length();
    }

    void skip(int characters) {
        at += characters;
    }

    boolean skipIf(char c) {
        if (peek() != c) {
            return false;
        }
        at++;
        return true;
    }

    void expect(char c, String why) throws Unreadable {
        if (!skipIf(c)) {
            throw error("expected " + why + ", found " + shown());
        }
    }

    void blanks() {
        while (peek() == ' ' || peek() == '\t') {
            at++;
        }
    }

    /// Blanks, comments and line ends.
    void blankLines() {
        while (true) {
            blanks();
            char c = peek();
            if (c == '\n') {
                line++;
                at++;
            } else if (c == '\r' && peek(1) == '\n') {
                at++;
            } else if (c == '#') {
                comment();
            } else {
                return;
            }
        }
    }

    /// What may follow a value or a header on its line, and the line's end.
    void endOfLine() throws Unreadable {
        blanks();
        if (peek() == '#') {
            comment();
        }
        if (!isEnd() && peek() != '\n' && !(peek() == '\r' && peek(1) == '\n')) {
            throw error("expected the end of the line, found " + shown());
        }
    }

    private void comment() {
        int end = text.indexOf('\n', at);
        at = end < 0 ? text.length() : end > at && text.charAt(end - 1) == '\r' ? end - 1 : end;
    }

    /// A bare or quoted key.
    String key() throws Unreadable {
        char c = peek();
        if (c == '"' || c == '\'') {
            at++;
            return c == '"' ? basic() : literal();
        }
        int start = at;
        while (isBare(peek())) {
            at++;
        }
        if (at == start) {
            throw error("expected a key, found " + shown());
        }
        return text.substring(start, at);
    }

    private static boolean isBare(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    }

    /// A string at whose first quote the text stands.
    String string() throws Unreadable {
        char quote = peek();
        boolean several = peek(1) == quote && peek(2) == quote;
        at += several ? 3 : 1;
        if (several) {
            if (peek() == '\r' && peek(1) == '\n') {
                at++;
            }
            if (skipIf('\n')) {
                line++;
            }
            return lines(quote);
        }
        return quote == '"' ? basic() : literal();
    }

    private String literal() throws Unreadable {
        String plain = plain('\'');
        if (plain != null) {
            return plain;
        }
        while (true) { // finds what is wrong
            refuseControl();
            at++;
        }
    }

    // Up to the quote where nothing before it needs a closer look, as in nearly every string; else null. Searched, not
    // walked: a lock file is mostly digests, and a cold virtual machine walks slowly.
    private @Nullable String plain(char quote) throws Unreadable {
        int end = text.indexOf(quote, at);
        if (end < 0 || text.indexOf('\n', at, end) >= 0 || (quote == '"' && text.indexOf('\\', at, end) >= 0)) {
            return null;
        }
        String value = text.substring(at, end);
        at = end + 1;
        return limited(value);
    }

    private String basic() throws Unreadable {
        String plain = plain('"');
        if (plain != null) {
            return plain;
        }
        StringBuilder out = new StringBuilder();
        while (!skipIf('"')) {
            refuseControl();
            if (skipIf('\\')) {
                escape(out);
            } else {
                out.append(peek());
                at++;
            }
        }
        return limited(out.toString());
    }

    // Up to two quotes may stand right before the three that end it.
    private String lines(char quote) throws Unreadable {
        StringBuilder out = new StringBuilder();
        while (true) {
            char c = peek();
            if (c == quote && peek(1) == quote && peek(2) == quote) {
                at += 3;
                for (int i = 0; i < 2 && peek() == quote; i++) {
                    out.append(quote);
                    at++;
                }
                return limited(out.toString());
            }
            if (isEnd()) {
                throw new Unreadable(line, "stops in the middle of a string; export or copy it again");
            }
            at++;
            if (c == '\\' && quote == '"') {
                if (!joinedLine()) {
                    escape(out);
                }
            } else if (c != '\r' || peek() != '\n') {
                line += c == '\n' ? 1 : 0;
                out.append(c);
            }
        }
    }

    // After a backslash at the end of a line, everything up to the next word.
    private boolean joinedLine() {
        int from = at;
        while (from < text.length() && (text.charAt(from) == ' ' || text.charAt(from) == '\t')) {
            from++;
        }
        if (from >= text.length() || (text.charAt(from) != '\n' && text.charAt(from) != '\r')) {
            return false;
        }
        while (from < text.length() && " \t\r\n".indexOf(text.charAt(from)) >= 0) {
            line += text.charAt(from) == '\n' ? 1 : 0;
            from++;
        }
        at = from;
        return true;
    }

    private void escape(StringBuilder out) throws Unreadable {
        char c = peek();
        at++;
        switch (c) {
            case 'b' -> out.append('\b');
            case 't' -> out.append('\t');
            case 'n' -> out.append('\n');
            case 'f' -> out.append('\f');
            case 'r' -> out.append('\r');
            case 'e' -> out.append('\u001b');
            case '"', '\\' -> out.append(c);
            case 'x' -> codePoint(out, 2);
            case 'u' -> codePoint(out, 4);
            case 'U' -> codePoint(out, 8);
            default -> throw error("\"\\" + c + "\" is no escape; write \"\\\\\" for a backslash");
        }
    }

    private void codePoint(StringBuilder out, int digits) throws Unreadable {
        int value = 0;
        for (int i = 0; i < digits; i++) {
            int digit = Character.digit(peek(), 16);
            if (digit < 0 || value > 0x10FFFF) {
                throw error("expected " + digits + " hexadecimal digits, found " + shown());
            }
            value = value * 16 + digit;
            at++;
        }
        if (value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) {
            throw error("U+" + Integer.toHexString(value) + " is no character");
        }
        out.appendCodePoint(value);
    }

    private void refuseControl() throws Unreadable {
        char c = peek();
        if (isEnd()) {
            throw new Unreadable(line, "stops in the middle of a string; export or copy it again");
        }
        if (c < ' ' && c != '\t') {
            throw error(
                    c == '\n'
                            ? "a string goes over the line's end; close it, or open it with three quotes"
                            : "a string holds the control character U+" + Integer.toHexString(c));
        }
    }

    private String limited(String value) throws Unreadable {
        if (value.length() > Limits.TEXT_CHARS) {
            throw new Unreadable(line, "holds a string of more than " + Limits.TEXT_CHARS + " characters");
        }
        return value;
    }

    /// A number, date or word, up to what ends a value. A date and a time may have one blank between them.
    String word() throws Unreadable {
        int start = at;
        while (isWord(peek())) {
            at++;
        }
        boolean date = at - start == 10 && text.charAt(start + 4) == '-';
        if (date && peek() == ' ' && peek(1) >= '0' && peek(1) <= '9') {
            at++;
            while (isWord(peek())) {
                at++;
            }
        }
        if (at == start) {
            throw error("expected a value, found " + shown());
        }
        if (at - start > Limits.NUMBER_CHARS) {
            throw error("holds a number of more than " + Limits.NUMBER_CHARS + " characters");
        }
        return text.substring(start, at);
    }

    private static boolean isWord(char c) {
        return isBare(c) || c == '+' || c == '.' || c == ':';
    }

    Unreadable error(String message) {
        return new Unreadable(line, "is not valid TOML: " + message);
    }

    private String shown() {
        return switch (peek()) {
            case END -> "the end of the file";
            case '\n', '\r' -> "the end of the line";
            default -> "\"" + peek() + "\"";
        };
    }
}
