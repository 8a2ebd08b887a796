package uk.reeve.engine.support;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import uk.reeve.engine.input.Node;
import uk.reeve.engine.input.Unreadable;
import uk.reeve.engine.input.YamlInput;

/// Reads a product's file of endoflife.date: Markdown whose front matter (YAML between two lines `---`) has the
/// facts.
///
/// Source: endoflife.date, `products/*.md`.
public final class ProductReader {

    private static final int MOST_BYTES = 4 << 20;
    private static final int MOST_CYCLES = 10_000;
    private static final int MOST_CHARS = 200;

    private ProductReader() {}

    /// A product and the keys under which it is found.
    public record Found(Product product, List<String> keys) {}

    /// Whether a file that begins so may be a product's.
    public static boolean isFrontMatter(byte[] head) {
        return head.length > 4
                && head[0] == '-'
                && head[1] == '-'
                && head[2] == '-'
                && (head[3] == '\n' || head[3] == '\r');
    }

    /// The product that the file tells of.
    ///
    /// @throws Unreadable where it is none, or too large
    public static Found read(InputStream in) throws IOException, Unreadable {
        byte[] bytes = in.readNBytes(MOST_BYTES + 1);
        if (bytes.length > MOST_BYTES) {
            throw new Unreadable(0, "has more than " + MOST_BYTES + " bytes; no product's file is so large");
        }
        String text = new String(bytes, StandardCharsets.UTF_8);
        int end = text.indexOf("\n---", 3);
        if (!isFrontMatter(bytes) || end < 0) {
            throw new Unreadable(1, "is no product of endoflife.date: it has no front matter between two lines ---");
        }
        byte[] yaml = text.substring(0, end + 1).getBytes(StandardCharsets.UTF_8);
        Node root = YamlInput.read(new ByteArrayInputStream(yaml));
        String link = root.text("permalink");
        String title = root.text("title");
        List<Node> releases = root.items("releases");
        if (link == null || link.length() < 2 || link.charAt(0) != '/' || title == null || releases.isEmpty()) {
            throw new Unreadable(
                    1,
                    "is no product of endoflife.date: title, permalink and releases were expected in its front matter");
        }
        if (releases.size() > MOST_CYCLES) {
            throw new Unreadable(releases.getFirst().line(), "tells more than " + MOST_CYCLES + " releases; refused");
        }
        String name = within(link.substring(1), root);
        List<Cycle> cycles = new ArrayList<>(releases.size());
        for (Node release : releases) {
            cycles.add(cycle(release));
        }
        return new Found(
                new Product(name, within(title.strip(), root), extendedName(root), policy(root), cycles),
                keys(root, name));
    }

    private static Cycle cycle(Node release) throws Unreadable {
        String name = release.text("releaseCycle");
        if (name == null || name.isEmpty()) {
            throw new Unreadable(release.line(), "tells a release without a releaseCycle");
        }
        return new Cycle(
                within(name, release),
                text(release, "codename"),
                day(release, "releaseDate"),
                day(release, "eoas"),
                day(release, "eol"),
                release.isTrue("eol"),
                day(release, "eoes"),
                release.isTrue("lts") ? 1 : day(release, "lts"),
                text(release, "latest"));
    }

    // true and false say nothing of a day, and of support beyond the usual the source now means by them that it is
    // over,
    // now that it can be had.
    private static int day(Node release, String field) throws Unreadable {
        String text = release.text(field);
        if (text == null || text.equals("true") || text.equals("false")) {
            return 0;
        }
        try {
            return (int) Math.max(
                    1,
                    LocalDate.parse(text.length() > 10 ? text.substring(0, 10) : text)
                            .toEpochDay());
        } catch (DateTimeException _) {
            Node node = release.get(field);
            throw new Unreadable(
                    node == null ? release.line() : node.line(),
                    "has the " + field + " \"" + shortened(text) + "\", where a date such as 2026-11-24 was expected");
        }
    }

    private static String text(Node node, String field) throws Unreadable {
        String text = node.text(field);
        return text == null ? "" : within(text, node);
    }

    private static String within(String text, Node at) throws Unreadable {
        if (text.length() > MOST_CHARS) {
            throw new Unreadable(
                    at.line(), "has a word of " + text.length() + " characters: \"" + shortened(text) + "\"");
        }
        return text;
    }

    private static String shortened(String text) {
        return text.length() > 40 ? text.substring(0, 40) + "…" : text;
    }

    /// The column's heading without its tags; `extended support` where there is a column without a name.
    private static String extendedName(Node root) {
        String told = root.text("eoesColumn");
        if (told == null || told.equals("true") || told.equals("false")) {
            return told == null || told.equals("false") ? "" : "extended support";
        }
        StringBuilder plain = new StringBuilder();
        boolean tag = false;
        for (int i = 0; i < told.length() && plain.length() < MOST_CHARS; i++) {
            char c = told.charAt(i);
            tag = c == '<' || (tag && c != '>');
            if (!tag && c != '>') {
                plain.append(c);
            }
        }
        return plain.toString().strip();
    }

    private static String policy(Node root) {
        String link = root.text("releasePolicyLink");
        return link != null && link.startsWith("https://") && link.length() < 1_000 ? link : "";
    }

    private static List<String> keys(Node root, String name) {
        Set<String> keys = new LinkedHashSet<>();
        if ("os".equals(root.text("category"))) {
            keys.add("os/" + name);
        }
        for (Node identifier : root.items("identifiers")) {
            for (Map.Entry<String, Node> field : identifier.fields().entrySet()) {
                String value = field.getValue().text();
                String key = value == null ? null : ProductKeys.ofIdentifier(field.getKey(), value);
                if (key != null && key.length() <= MOST_CHARS) {
                    keys.add(key);
                }
            }
        }
        return List.copyOf(keys);
    }
}
