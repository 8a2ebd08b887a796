package uk.reeve.scanner.extract;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import uk.reeve.engine.input.Unreadable;
import uk.reeve.engine.sbom.Scope;

/// The `gem` lines of a Gemfile with the groups around them. A Gemfile is Ruby and is not run: what it computes is not
/// seen.
final class GemfileReader implements ScanFile.Lines {

    /// @param wanted what it asks for: `~> 7.0, >= 7.0.3`; empty where it names no version
    /// @param fetched whether it comes from a registry, not from a folder of the project
    record Gem(int line, String name, String wanted, Scope scope, boolean fetched) {}

    private final List<Gem> gems = new ArrayList<>();
    private final Deque<List<String>> blocks = new ArrayDeque<>();
    private final StringBuilder statement = new StringBuilder();
    private int start;

    static List<Gem> read(ScanFile file) throws IOException, Unreadable {
        GemfileReader reader = new GemfileReader();
        file.lines(reader);
        reader.finish();
        return reader.gems;
    }

    @Override
    public void line(int number, String text) {
        String line = withoutComment(text).strip();
        if (line.isEmpty()) {
            return;
        }
        if (statement.isEmpty()) {
            start = number;
        }
        statement.append(line).append(' ');
        if (!line.endsWith(",") || statement.length() > 10_000) {
            finish();
        }
    }

    private void finish() {
        String line = statement.toString().strip();
        statement.setLength(0);
        String word = firstWord(line);
        switch (word) {
            case "gem" -> gem(line.substring(3));
            case "end" -> blocks.poll();
            case "if", "unless", "case", "begin", "def", "while", "until" -> blocks.push(List.of());
            case "group" -> blocks.push(line.endsWith(" do") ? symbols(line) : List.of());
            default -> {
                if (line.endsWith(" do") || line.contains(" do |")) {
                    blocks.push(List.of());
                }
            }
        }
    }

    private void gem(String rest) {
        String name = null;
        StringBuilder wanted = new StringBuilder();
        List<String> groups = new ArrayList<>();
        for (List<String> block : blocks) {
            groups.addAll(block);
        }
        boolean fetched = true;
        for (String part : parts(rest)) {
            if (part.startsWith("group")) {
                groups.addAll(symbols(part.substring(part.indexOf(':') + 1)));
            } else if (part.startsWith(":group")) {
                int arrow = part.indexOf("=>");
                groups.addAll(symbols(arrow < 0 ? "" : part.substring(arrow)));
            } else if (part.startsWith("path:") || part.startsWith(":path")) {
                fetched = false;
            } else if (part.startsWith("\"") || part.startsWith("'")) {
                String value = part.substring(1, Math.max(1, part.indexOf(part.charAt(0), 1)));
                if (name == null) {
                    name = value;
                } else {
                    wanted.append(wanted.isEmpty() ? "" : ", ").append(value);
                }
            }
        }
        if (name != null && !name.isBlank()) {
            gems.add(new Gem(start, name, wanted.toString(), scope(groups), fetched));
        }
    }

    private static Scope scope(List<String> groups) {
        boolean development = false;
        for (String group : groups) {
            if (group.equals("development")) {
                development = true;
            } else if (!group.equals("test")) {
                return Scope.RUNTIME;
            }
        }
        return groups.isEmpty() ? Scope.RUNTIME : development ? Scope.DEVELOPMENT : Scope.TEST;
    }

    /// The names of `:a, :b` and `"a"`.
    private static List<String> symbols(String text) {
        List<String> found = new ArrayList<>();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == ':' || c == '"' || c == '\'') {
                int end = i + 1;
                while (end < text.length()
                        && (Character.isLetterOrDigit(text.charAt(end)) || text.charAt(end) == '_')) {
                    end++;
                }
                if (end > i + 1) {
                    found.add(text.substring(i + 1, end));
                    i = end - 1;
                }
            }
        }
        return found;
    }

    /// The arguments, split at commas outside quotes and brackets.
    private static List<String> parts(String text) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        char quote = 0;
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '"' || c == '\'') {
                quote = c;
            } else if (c == '[' || c == '{') {
                depth++;
            } else if (c == ']' || c == '}') {
                depth--;
            } else if (c == ',' && depth <= 0) {
                parts.add(bare(text.substring(from, i)));
                from = i + 1;
            }
        }
        parts.add(bare(text.substring(from)));
        return parts;
    }

    private static String bare(String part) {
        String text = part.strip();
        return text.startsWith("(") ? text.substring(1).strip() : text;
    }

    private static String firstWord(String line) {
        int end = 0;
        while (end < line.length() && Character.isLetter(line.charAt(end))) {
            end++;
        }
        return line.substring(0, end);
    }

    private static String withoutComment(String line) {
        char quote = 0;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '"' || c == '\'') {
                quote = c;
            } else if (c == '#') {
                return line.substring(0, i);
            }
        }
        return line;
    }
}
