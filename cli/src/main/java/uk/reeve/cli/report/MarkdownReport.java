package uk.reeve.cli.report;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Markdown with tables, for merge requests and tickets. Text of others cannot become a link, a mention or HTML.
public final class MarkdownReport {

    private MarkdownReport() {}

    public static void write(Report report, OutputStream out) throws IOException {
        Summary summary = Summary.of(report);
        Sentences sentences = new Sentences(report, summary);
        StringBuilder text = new StringBuilder(4096);
        text.append("## ").append(escape(sentences.answer())).append("\n\n");
        if (!sentences.threat().isEmpty()) {
            text.append(escape(sentences.threat())).append("\n\n");
        }
        String ended = SupportWords.answer(report);
        if (ended != null) {
            text.append(escape(ended)).append("\n\n");
        }
        for (Sheet sheet : Sheet.of(report, summary)) {
            sheet(text, sheet);
        }
        text.append(escape(sentences.lookedAt())).append('\n');
        for (String line : sentences.more()) {
            text.append('\n').append(escape(line)).append('\n');
        }
        for (String line : report.failed()) {
            text.append("\n**Failed:** ").append(escape(line)).append('\n');
        }
        out.write(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static void sheet(StringBuilder text, Sheet sheet) {
        text.append("### ").append(escape(sheet.heading())).append("\n\n");
        row(text, sheet.columns());
        text.append("|").repeat(" --- |", sheet.columns().size()).append('\n');
        for (List<String> cells : sheet.rows()) {
            row(text, cells);
        }
        text.append('\n');
    }

    private static void row(StringBuilder text, List<String> cells) {
        text.append('|');
        for (String cell : cells) {
            text.append(' ').append(escape(cell)).append(" |");
        }
        text.append('\n');
    }

    static String escape(String text) {
        String clean = Text.clean(text);
        StringBuilder out = new StringBuilder(clean.length() + 8);
        for (int i = 0; i < clean.length(); i++) {
            char c = clean.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '\\', '`', '*', '_', '[', ']', '|', '#', '~', '!' ->
                    out.append('\\').append(c);
                // A zero-width word joiner keeps @name and www.name from becoming a mention or a link.
                case '@' -> out.append("@\u2060");
                case ':' -> out.append(clean.startsWith("//", i + 1) ? ":\u2060" : ":");
                default -> out.append(c);
            }
        }
        return out.toString();
    }
}
