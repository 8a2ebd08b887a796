package uk.reeve.engine.input;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Builds the tables of a TOML file. Source: TOML 1.0.0, toml.io.
final class TomlReader {

    /// How a table came about decides what may be added to it.
    private enum Origin {
        /// Stands above one that has a header.
        IMPLIED,
        HEADER,
        DOTTED
    }

    private static final class Table {
        final Map<String, Object> values = new LinkedHashMap<>();
        final int line;
        Origin origin;

        Table(int line, Origin origin) {
            this.line = line;
            this.origin = origin;
        }
    }

    private static final class Tables {
        final List<Table> values = new ArrayList<>();
        final int line;

        Tables(int line) {
            this.line = line;
        }
    }

    private final TomlText text;
    private final Table root = new Table(1, Origin.HEADER);
    private int nodes;

    TomlReader(TomlText text) {
        this.text = text;
    }

    Node read() throws Unreadable {
        Table current = root;
        for (text.blankLines(); !text.isEnd(); text.blankLines()) {
            if (text.skipIf('[')) {
                current = header();
            } else {
                pair(current, 0);
            }
            text.endOfLine();
        }
        return node(root, 0);
    }

    private Table header() throws Unreadable {
        int line = text.line();
        boolean several = text.skipIf('[');
        List<String> path = path();
        text.expect(']', "\"]\"");
        if (several) {
            text.expect(']', "\"]]\"");
        }
        Table table = root;
        for (String key : path.subList(0, path.size() - 1)) {
            Object known = table.values.get(key);
            if (known == null) {
                Table implied = table(line, Origin.IMPLIED);
                table.values.put(key, implied);
                table = implied;
            } else if (known instanceof Tables tables) {
                table = tables.values.getLast();
            } else if (known instanceof Table other) {
                table = other;
            } else {
                throw twice(key);
            }
        }
        return several ? next(table, path.getLast(), line) : only(table, path.getLast(), line);
    }

    private Table only(Table parent, String key, int line) throws Unreadable {
        Object known = parent.values.get(key);
        if (known == null) {
            Table table = table(line, Origin.HEADER);
            parent.values.put(key, table);
            return table;
        }
        if (known instanceof Table table && table.origin == Origin.IMPLIED) {
            table.origin = Origin.HEADER;
            return table;
        }
        throw twice(key);
    }

    private Table next(Table parent, String key, int line) throws Unreadable {
        Object known = parent.values.get(key);
        if (known != null && !(known instanceof Tables)) {
            throw twice(key);
        }
        Tables tables = known == null ? new Tables(line) : (Tables) known;
        if (known == null) {
            count();
            parent.values.put(key, tables);
        }
        Table table = table(line, Origin.HEADER);
        tables.values.add(table);
        return table;
    }

    // Keys with dots between them.
    private List<String> path() throws Unreadable {
        text.blanks();
        String first = text.key();
        text.blanks();
        if (text.peek() != '.') {
            return List.of(first);
        }
        List<String> path = new ArrayList<>();
        path.add(first);
        while (text.skipIf('.')) {
            text.blanks();
            path.add(text.key());
            text.blanks();
            if (path.size() > Limits.DEPTH) {
                throw text.error("a key has more than " + Limits.DEPTH + " parts");
            }
        }
        return path;
    }

    private void pair(Table into, int depth) throws Unreadable {
        int line = text.line();
        List<String> path = path();
        text.expect('=', "\"=\" after \"" + path.getLast() + "\"");
        Table table = into;
        for (String key : path.subList(0, path.size() - 1)) {
            Object known = table.values.get(key);
            if (known == null) {
                Table dotted = table(line, Origin.DOTTED);
                table.values.put(key, dotted);
                table = dotted;
            } else if (known instanceof Table other && other.origin == Origin.DOTTED) {
                table = other;
            } else {
                throw twice(key);
            }
        }
        text.blanks();
        Node value = value(depth);
        if (table.values.putIfAbsent(path.getLast(), value) != null) {
            throw twice(path.getLast());
        }
    }

    private Node value(int depth) throws Unreadable {
        if (depth > Limits.DEPTH) {
            throw text.error("values are nested more than " + Limits.DEPTH + " levels deep");
        }
        count();
        int line = text.line();
        return switch (text.peek()) {
            case '"', '\'' -> new Node.Text(text.string(), line);
            case '[' -> array(line, depth);
            case '{' -> inline(line, depth);
            default -> scalar(text.word(), line);
        };
    }

    private Node array(int line, int depth) throws Unreadable {
        text.skip(1);
        List<Node> items = new ArrayList<>();
        text.blankLines();
        while (!text.skipIf(']')) {
            items.add(value(depth + 1));
            text.blankLines();
            if (!text.skipIf(',') && text.peek() != ']') {
                text.expect(']', "\",\" or \"]\" in the list that begins on line " + line);
            }
            text.blankLines();
        }
        return new Node.Items(items, line);
    }

    private Node inline(int line, int depth) throws Unreadable {
        text.skip(1);
        Table table = new Table(line, Origin.HEADER);
        text.blankLines();
        while (!text.skipIf('}')) {
            pair(table, depth + 1);
            text.blankLines();
            if (!text.skipIf(',') && text.peek() != '}') {
                text.expect('}', "\",\" or \"}\" in the table that begins on line " + line);
            }
            text.blankLines();
        }
        return node(table, depth);
    }

    private Node scalar(String word, int line) throws Unreadable {
        if (word.equals("true") || word.equals("false")) {
            return new Node.Bool(word.equals("true"), line);
        }
        char first = word.charAt(0);
        int sign = first == '+' || first == '-' ? 1 : 0;
        if (word.startsWith("inf", sign) || word.startsWith("nan", sign)) {
            if (word.length() == sign + 3) {
                return new Node.Num(word, line);
            }
        } else if (word.length() > sign && word.charAt(sign) >= '0' && word.charAt(sign) <= '9') {
            boolean moment = word.indexOf(':') > 0 || (word.length() == 10 && word.charAt(4) == '-');
            return moment ? new Node.Text(word, line) : new Node.Num(word, line);
        }
        throw text.error("\"" + word + "\" is no value; put quotes round a text");
    }

    private Table table(int line, Origin origin) throws Unreadable {
        count();
        return new Table(line, origin);
    }

    private void count() throws Unreadable {
        if (++nodes > Limits.NODES) {
            throw new Unreadable(text.line(), "holds more than " + Limits.NODES + " values; it is too large to read");
        }
    }

    private Unreadable twice(String key) {
        return text.error("\"" + key + "\" stands there twice; keep one");
    }

    private Node node(@Nullable Object value, int depth) throws Unreadable {
        if (depth > Limits.DEPTH) {
            throw text.error("tables are nested more than " + Limits.DEPTH + " levels deep");
        }
        if (value instanceof Table table) {
            Map<String, Node> fields = new LinkedHashMap<>();
            for (Map.Entry<String, Object> entry : table.values.entrySet()) {
                fields.put(entry.getKey(), node(entry.getValue(), depth + 1));
            }
            return new Node.Fields(fields, table.line);
        }
        if (value instanceof Tables tables) {
            List<Node> items = new ArrayList<>(tables.values.size());
            for (Table table : tables.values) {
                items.add(node(table, depth + 1));
            }
            return new Node.Items(items, tables.line);
        }
        return value instanceof Node node ? node : new Node.Nothing(0);
    }
}
