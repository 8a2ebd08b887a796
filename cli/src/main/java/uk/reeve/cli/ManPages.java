package uk.reeve.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/// Man pages, of what `--help` prints: `reeve.1`, and one a command, `reeve-scan.1`.
///
/// Source: man(7), the macros of groff.
final class ManPages {

    private ManPages() {}

    /// Writes them all.
    ///
    /// @param folder is made where it is not there
    /// @return how many
    static int write(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("reeve.1"), overview());
        int pages = 1;
        for (String name : Command.NAMES) {
            Command command = Command.of(name);
            if (command != null) {
                Files.writeString(folder.resolve("reeve-" + name + ".1"), page(command));
                pages++;
            }
        }
        return pages;
    }

    private static String overview() {
        StringBuilder text = new StringBuilder();
        head(text, "reeve", "finds known flaws in software, and says what to do");
        text.append(".SH SYNOPSIS\n.B reeve\n.I COMMAND\n[options]\n.SH COMMANDS\n");
        for (String name : Command.NAMES) {
            Command command = Command.of(name);
            if (command != null) {
                text.append(".TP\n.BR reeve\\-").append(escape(name)).append(" (1)\n");
                text.append(line(Help.capital(command.sentence()) + "."));
            }
        }
        text.append(".SH FILES\n.TP\n.I reeve.yaml\n");
        text.append(
                line("In the folder from which reeve is called: what to ignore, why and until when, which packages are"
                        + " your own, and what to fail on."));
        return text.toString();
    }

    private static String page(Command command) {
        StringBuilder text = new StringBuilder();
        head(text, "reeve-" + command.name(), command.sentence());
        text.append(".SH SYNOPSIS\n.B reeve ").append(escape(command.name())).append('\n');
        text.append(line(String.join(" ", command.operands().strip().split("\\s+"))));
        text.append(".SH EXAMPLES\n.nf\n");
        for (String example : command.examples()) {
            text.append(line(example));
        }
        text.append(".fi\n.SH OPTIONS\n");
        Map<String, StringBuilder> groups = new LinkedHashMap<>();
        for (Option option : command.options()) {
            option(groups.computeIfAbsent(option.group(), g -> new StringBuilder()), option);
        }
        for (Map.Entry<String, StringBuilder> group : groups.entrySet()) {
            text.append(".SS ").append(escape(group.getKey())).append('\n').append(group.getValue());
        }
        if (!command.notes().isEmpty()) {
            text.append(".SH NOTES\n");
            for (String note : command.notes()) {
                text.append(".PP\n").append(line(note));
            }
        }
        text.append(".SH EXIT STATUS\n");
        for (String status : command.statuses()) {
            int blank = status.indexOf(' ');
            text.append(".TP\n.B ").append(status, 0, blank).append('\n');
            text.append(line(status.substring(blank).strip()));
        }
        return text.append(".SH SEE ALSO\n.BR reeve (1)\n").toString();
    }

    private static void head(StringBuilder text, String name, String sentence) {
        text.append(".TH \"")
                .append(escape(name.toUpperCase(java.util.Locale.ROOT)))
                .append("\" 1 \"\" \"Reeve ");
        text.append(escape(Version.NUMBER)).append("\" \"Reeve\"\n.SH NAME\n");
        text.append(escape(name)).append(" \\- ").append(line(sentence));
    }

    private static void option(StringBuilder text, Option option) {
        text.append(".TP\n.B ");
        text.append(option.letter() == null ? "" : escape(option.letter()) + ", ")
                .append(escape(option.name()));
        if (option.value() != null) {
            text.append(" \\fI").append(escape(option.value())).append(option.many() ? "...\\fR" : "\\fR");
        }
        text.append('\n').append(line(option.help()));
    }

    // A dot or an apostrophe at the start of a line would be a request.
    private static String line(String words) {
        boolean request = words.startsWith(".") || words.startsWith("'");
        return (request ? "\\&" : "") + escape(words) + "\n";
    }

    private static String escape(String words) {
        return words.replace("\\", "\\e").replace("-", "\\-");
    }
}
