package uk.reeve.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Help that teaches: a sentence, two examples, options in groups, exit statuses.
final class Help {

    private static final int WIDTH = 80;
    private static final int INDENT = 24;

    private Help() {}

    /// What `reeve` alone prints: five lines.
    static void welcome(Environment environment) throws IOException {
        print(environment, """
                Reeve finds known flaws in the software you run or build, and says what to do.
                  reeve scan PATH        what is wrong in a folder, lock file or SBOM
                  reeve explain PURL     why a component is affected, and by what
                  reeve diff OLD NEW     what changed between two scans or SBOMs
                Try it: reeve scan examples       All commands: reeve --help
                """);
    }

    static void all(Environment environment) throws IOException {
        StringBuilder text = new StringBuilder();
        text.append("Reeve finds known flaws in the software you run or build, and says what to do.\n\n");
        text.append("  reeve scan .                           this folder, with all below it\n");
        text.append("  reeve scan bom.json --fail-on kev      for a build: exit status 1 if known exploited\n\n");
        for (String name : Command.NAMES) {
            Command command = Command.of(name);
            if (command != null) {
                entry(text, name, command.sentence());
            }
        }
        entry(text, "demo", "the register with invented councils: watch Log4Shell's morning");
        entry(text, "serve", "the register, where councils share what they run and find");
        entry(text, "backup, restore", "all that a register knows, into a file and back");
        entry(text, "audit verify", "is a register's record of who did what as it was sealed?");
        entry(text, "settings", "what can be set in a register, what is, and where that came from");
        text.append('\n');
        entry(text, "-h, --help", "this help; reeve COMMAND --help tells more");
        entry(text, "-V, --version", "version, commit, JDK, and the date of the advisories");
        text.append("\nNothing leaves this machine, except by \"reeve advisories update\", which fetches,\n"
                + "and by \"publish\", which sends.\n");
        print(environment, text.toString());
    }

    static void of(Command command, Environment environment) throws IOException {
        StringBuilder text = new StringBuilder();
        paragraph(text, 0, 0, capital(command.sentence()) + ".");
        text.append('\n');
        for (String example : command.examples()) {
            text.append("  ").append(example).append('\n');
        }
        text.append("\nUsage: reeve ")
                .append(command.name())
                .append(' ')
                .append(command.operands())
                .append('\n');
        Map<String, StringBuilder> groups = new LinkedHashMap<>();
        for (Option option : command.options()) {
            StringBuilder group = groups.computeIfAbsent(option.group(), g -> new StringBuilder());
            String name = (option.letter() == null ? "" : option.letter() + ", ") + option.name();
            String many = option.many() ? "..." : "";
            entry(group, option.value() == null ? name : name + " " + option.value() + many, option.help());
        }
        groups.forEach((heading, lines) ->
                text.append('\n').append(heading).append('\n').append(lines));
        for (String note : command.notes()) {
            text.append('\n');
            paragraph(text, 0, 0, note);
        }
        text.append("\nExit status\n");
        for (String status : command.statuses()) {
            text.append("  ").append(status).append('\n');
        }
        print(environment, text.toString());
    }

    static String capital(String sentence) {
        return Character.toUpperCase(sentence.charAt(0)) + sentence.substring(1);
    }

    private static void entry(StringBuilder text, String name, String help) {
        text.append("  ").append(name);
        int at = 2 + name.length();
        if (at + 2 > INDENT) {
            text.append('\n');
            at = 0;
        }
        text.repeat(' ', INDENT - at);
        paragraph(text, INDENT, INDENT, help);
    }

    private static void paragraph(StringBuilder text, int start, int indent, String words) {
        int at = start;
        boolean first = true;
        for (String word : List.of(words.split(" "))) {
            if (!first && at + 1 + word.length() > WIDTH) {
                text.append('\n').repeat(' ', indent);
                at = indent;
            } else if (!first) {
                text.append(' ');
                at++;
            }
            text.append(word);
            at += word.length();
            first = false;
        }
        text.append('\n');
    }

    private static void print(Environment environment, String text) throws IOException {
        environment.out().write(text.getBytes(StandardCharsets.UTF_8));
    }
}
