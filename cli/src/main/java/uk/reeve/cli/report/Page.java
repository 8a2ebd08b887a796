package uk.reeve.cli.report;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/// Lines of text, wrapped and coloured as the [Look] says. Text of others is made safe here and nowhere else.
final class Page {

    static final String BOLD = "\u001b[1m";
    static final String RED = "\u001b[1;31m";
    static final String YELLOW = "\u001b[33m";
    static final String FAINT = "\u001b[2m";
    private static final String PLAIN = "\u001b[0m";

    private final Look look;
    private final StringBuilder text = new StringBuilder(4096);

    Page(Look look) {
        this.look = look;
    }

    int columns() {
        return look.columns();
    }

    void line(String line) {
        add(line);
        text.append('\n');
    }

    void line(String style, String line) {
        styled(style, line);
        text.append('\n');
    }

    void gap() {
        if (!text.isEmpty()) {
            text.append('\n');
        }
    }

    /// Appends text and tells how many columns it takes.
    int add(String part) {
        int before = text.length();
        String clean = Text.clean(part);
        if (look.utf8()) {
            text.append(clean);
            return clean.codePointCount(0, clean.length());
        }
        for (int i = 0; i < clean.length(); i++) {
            char c = clean.charAt(i);
            text.append(c < 0x7f ? c : Character.isLowSurrogate(c) ? "" : "?");
        }
        return text.length() - before;
    }

    int styled(String style, String part) {
        if (!look.colour() || style.isEmpty()) {
            return add(part);
        }
        text.append(style);
        int width = add(part);
        text.append(PLAIN);
        return width;
    }

    void pad(int columns) {
        for (int i = 0; i < columns; i++) {
            text.append(' ');
        }
    }

    void end() {
        text.append('\n');
    }

    /// A paragraph, broken between words; each line begins with `indent` blanks.
    void paragraph(String paragraph, int indent) {
        int at = indent;
        boolean first = true;
        pad(indent);
        for (String word : paragraph.split(" ")) {
            int width = word.codePointCount(0, word.length());
            if (!first && at + 1 + width > look.columns()) {
                end();
                pad(indent);
                at = indent;
            } else if (!first) {
                text.append(' ');
                at++;
            }
            at += add(word);
            first = false;
        }
        end();
    }

    void writeTo(OutputStream out) throws IOException {
        out.write(text.toString().getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
