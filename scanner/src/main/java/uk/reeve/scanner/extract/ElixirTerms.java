package uk.reeve.scanner.extract;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import uk.reeve.engine.input.Limits;
import uk.reeve.engine.input.Node;
import uk.reeve.engine.input.Unreadable;

/// The literal Elixir of a `mix.lock`: maps, lists, tuples, strings, atoms. A tuple is read as a list, an atom as its
/// name, `key: value` within a list as an object of one field. Nothing is evaluated.
final class ElixirTerms {

    private final String text;
    private int at;
    private int line = 1;

    private ElixirTerms(String text) {
        this.text = text;
    }

    static Node read(ScanFile file) throws IOException, Unreadable {
        StringBuilder text = new StringBuilder();
        file.lines((number, line) -> {
            text.append(line).append('\n');
            if (text.length() > Limits.TEXT_CHARS) {
                throw new Unreadable(number, "is longer than " + Limits.TEXT_CHARS + " characters");
            }
        });
        ElixirTerms terms = new ElixirTerms(text.toString());
        Node node = terms.term(0);
        terms.space();
        if (terms.at < terms.text.length()) {
            throw terms.wrong();
        }
        return node;
    }

    private Node term(int depth) throws Unreadable {
        if (depth > Limits.DEPTH) {
            throw new Unreadable(line, "is nested more than " + Limits.DEPTH + " levels deep");
        }
        char c = peek();
        int start = line;
        if (c == '%') {
            at++;
            return map(start, depth);
        }
        if (c == '[' || c == '{') {
            at++;
            return new Node.Items(items(c == '[' ? ']' : '}', depth), start);
        }
        if (c == '"') {
            return new Node.Text(string(), start);
        }
        if (c == ':') {
            at++;
            return new Node.Text(peek() == '"' ? string() : word(), start);
        }
        return new Node.Text(word(), start);
    }

    private Node map(int start, int depth) throws Unreadable {
        if (peek() != '{') {
            throw wrong();
        }
        at++;
        Map<String, Node> fields = new LinkedHashMap<>();
        for (Node item : items('}', depth)) {
            fields.putAll(item.fields());
        }
        return new Node.Fields(fields, start);
    }

    private List<Node> items(char end, int depth) throws Unreadable {
        List<Node> items = new ArrayList<>();
        while (peek() != end) {
            Node item = term(depth + 1);
            String key = item.text();
            if (key != null && peek() == ':') {
                at++;
                item = new Node.Fields(Map.of(key, term(depth + 1)), item.line());
            } else if (key != null && peek() == '=' && text.startsWith("=>", at)) {
                at += 2;
                item = new Node.Fields(Map.of(key, term(depth + 1)), item.line());
            }
            items.add(item);
            if (peek() == ',') {
                at++;
            } else if (peek() != end) {
                throw wrong();
            }
        }
        at++;
        return items;
    }

    private String string() throws Unreadable {
        StringBuilder value = new StringBuilder();
        at++;
        while (at < text.length() && text.charAt(at) != '"') {
            char c = text.charAt(at);
            if (c == '\\' && at + 1 < text.length()) {
                at++;
                c = text.charAt(at);
            }
            line += c == '\n' ? 1 : 0;
            value.append(c);
            at++;
        }
        if (at >= text.length()) {
            throw stopped();
        }
        at++;
        return value.toString();
    }

    private String word() throws Unreadable {
        int start = at;
        while (at < text.length() && isWord(text.charAt(at))) {
            at++;
        }
        if (at == start) {
            throw wrong();
        }
        return text.substring(start, at);
    }

    private static boolean isWord(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '.' || c == '@' || c == '?' || c == '!' || c == '-';
    }

    /// The next character that is no blank or comment.
    private char peek() throws Unreadable {
        space();
        if (at >= text.length()) {
            throw stopped();
        }
        return text.charAt(at);
    }

    private void space() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '#') {
                int end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end;
            } else if (Character.isWhitespace(c)) {
                line += c == '\n' ? 1 : 0;
                at++;
            } else {
                return;
            }
        }
    }

    private Unreadable stopped() {
        return new Unreadable(line, "stops in the middle; write it again with: mix deps.get");
    }

    private Unreadable wrong() {
        String near = text.substring(Math.min(at, text.length()), Math.min(text.length(), at + 20))
                .strip();
        return new Unreadable(line, "is no Elixir literal at \"" + near + "\"; write it again with: mix deps.get");
    }
}
