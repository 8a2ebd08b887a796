package uk.reeve.scanner.extract;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.input.Limits;
import uk.reeve.engine.input.Node;

/// The small part of YAML that pnpm writes: mappings by indentation, scalars of one line, and flow mappings of such
/// (`{integrity: sha512-…}`). Lists and texts of several lines are passed over, since nobody asks for them. A file with
/// anything else is given up, and the real reader has it: of 2,500 packages it took four times as long.
final class BlockYaml implements ScanFile.Lines {

    private static final int MOST_LEVELS = 64;

    /// An open mapping: the column of its keys, -1 until the first is seen.
    private static final class Level {
        final Map<String, Node> fields;
        final int above;
        int column = -1;

        Level(Map<String, Node> fields, int above) {
            this.fields = fields;
            this.above = above;
        }
    }

    private final List<Node> documents = new ArrayList<>();
    private final ArrayDeque<Level> open = new ArrayDeque<>();
    private boolean givenUp;
    private int lines;
    /// Lines further in than this belong to a text or a list; -1 where none is open.
    private int passOver = -1;

    /// What the file holds; empty where it was given up, or is empty.
    List<Node> documents() {
        return givenUp ? List.of() : documents;
    }

    @Override
    public void line(int number, String text) {
        int column = 0;
        while (column < text.length() && text.charAt(column) == ' ') {
            column++;
        }
        if (givenUp || column == text.length() || (passOver >= 0 && column > passOver)) {
            return;
        }
        passOver = -1;
        char first = text.charAt(column);
        if (first == '#') {
            return;
        }
        if (column == 0 && text.startsWith("---")) {
            open.clear();
            givenUp = text.length() > 3;
            return;
        }
        if (++lines > Limits.NODES / 4) {
            givenUp = true;
            return;
        }
        if (text.startsWith("- ", column) || (first == '-' && column + 1 == text.length())) {
            passOver = column;
            return;
        }
        field(number, text, column);
    }

    private void field(int number, String text, int column) {
        int colon = endOfKey(text, column);
        Map<String, Node> fields = colon < 0 ? null : level(column, number);
        String key = colon < 0 ? null : scalar(text.substring(column, colon));
        if (fields == null || key == null) {
            givenUp = true;
            return;
        }
        String value = withoutComment(text.substring(colon + 1).strip());
        if (value.isEmpty()) {
            Map<String, Node> below = new LinkedHashMap<>();
            fields.put(key, new Node.Fields(below, number));
            open.push(new Level(below, column));
            givenUp |= open.size() > MOST_LEVELS;
            return;
        }
        if (value.startsWith("|") || value.startsWith(">")) {
            passOver = column;
            return;
        }
        Node node = value.startsWith("{")
                ? flow(value, number)
                : list(value) ? new Node.Nothing(number) : text(value, number);
        if (node == null) {
            givenUp = true;
        } else {
            fields.put(key, node);
        }
    }

    // The mapping to which a key in that column belongs; null where there is none.
    private @Nullable Map<String, Node> level(int column, int number) {
        if (open.isEmpty()) {
            Map<String, Node> root = new LinkedHashMap<>();
            documents.add(new Node.Fields(root, number));
            open.push(new Level(root, -1));
        }
        for (Level level = open.peek(); level != null; level = open.peek()) {
            if (level.column < 0 && column > level.above) {
                level.column = column;
            }
            if (level.column == column) {
                return level.fields;
            }
            if (level.column >= 0 && level.column < column) {
                return null;
            }
            open.pop();
        }
        return null;
    }

    // The colon after a key; -1 where the line has none.
    private static int endOfKey(String text, int column) {
        char first = text.charAt(column);
        int from = column;
        if (first == '\'' || first == '"') {
            from = text.indexOf(first, column + 1);
            while (from > 0 && first == '\'' && from + 1 < text.length() && text.charAt(from + 1) == '\'') {
                from = text.indexOf(first, from + 2);
            }
            return from > 0 && from + 1 < text.length() && text.charAt(from + 1) == ':' ? from + 1 : -1;
        }
        for (int at = text.indexOf(':', from); at >= 0; at = text.indexOf(':', at + 1)) {
            if (at + 1 == text.length() || text.charAt(at + 1) == ' ') {
                return at;
            }
        }
        return -1;
    }

    private static String withoutComment(String value) {
        boolean quoted = value.startsWith("'") || value.startsWith("\"");
        int comment = quoted ? -1 : value.startsWith("#") ? 0 : value.indexOf(" #");
        return comment < 0 ? value : value.substring(0, comment).strip();
    }

    private static boolean list(String value) {
        return value.startsWith("[") && value.endsWith("]");
    }

    private static @Nullable Node text(String value, int line) {
        String scalar = scalar(value);
        return scalar == null ? null : new Node.Text(scalar, line);
    }

    // Null for what is no plain or quoted text of one line.
    private static @Nullable String scalar(String text) {
        char first = text.isEmpty() ? ' ' : text.charAt(0);
        char last = text.isEmpty() ? ' ' : text.charAt(text.length() - 1);
        if (first == '\'' || first == '"') {
            if (text.length() < 2 || last != first || text.indexOf('\\') >= 0) {
                return null;
            }
            String inside = text.substring(1, text.length() - 1);
            return first == '"'
                    ? (inside.indexOf('"') < 0 ? inside : null)
                    : inside.indexOf('\'') < 0 ? inside : inside.replace("''", "'");
        }
        return "&*!?|>%`[]{},\t".indexOf(first) >= 0 ? null : text;
    }

    // {integrity: sha512-…, tarball: https://…}
    private static @Nullable Node flow(String value, int line) {
        if (!value.endsWith("}")) {
            return null;
        }
        String inside = value.substring(1, value.length() - 1).strip();
        Map<String, Node> fields = new LinkedHashMap<>(4);
        if (inside.isEmpty()) {
            return new Node.Fields(fields, line);
        }
        if (inside.indexOf('{') >= 0 || inside.indexOf('[') >= 0 || inside.indexOf('"') >= 0) {
            return null;
        }
        int start = 0;
        while (start < inside.length()) {
            int comma = inside.indexOf(", ", start);
            String part =
                    inside.substring(start, comma < 0 ? inside.length() : comma).strip();
            int colon = part.indexOf(": ");
            String key = colon < 0 ? null : scalar(part.substring(0, colon));
            Node node = colon < 0 ? null : text(part.substring(colon + 2).strip(), line);
            if (key == null || node == null) {
                return null;
            }
            fields.put(key, node);
            start = comma < 0 ? inside.length() : comma + 2;
        }
        return new Node.Fields(fields, line);
    }
}
