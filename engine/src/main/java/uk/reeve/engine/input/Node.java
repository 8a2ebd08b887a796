package uk.reeve.engine.input;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A value of a JSON, YAML or TOML file with the line on which it begins. YAML scalars are always [Text]: nothing is
/// guessed from their looks (`1.10` stays `1.10`, `no` stays `no`), but for the plain `null`, `~` and nothing.
public sealed interface Node {

    /// 1-based; 0 where the format's reader does not tell.
    int line();

    record Text(String value, int line) implements Node {}

    /// A number as it is written.
    record Num(String value, int line) implements Node {}

    record Bool(boolean value, int line) implements Node {}

    record Nothing(int line) implements Node {}

    record Items(List<Node> values, int line) implements Node {}

    /// In the order of the file; of a name that stands twice the last counts.
    record Fields(Map<String, Node> values, int line) implements Node {}

    /// The field of that name; null where there is none, or where this is no object.
    default @Nullable Node get(String name) {
        return this instanceof Fields f ? f.values().get(name) : null;
    }

    /// The field's scalar as it is written; null where it is absent or no scalar.
    default @Nullable String text(String name) {
        Node node = get(name);
        return node == null ? null : node.text();
    }

    /// This scalar as it is written; null where this is no scalar.
    default @Nullable String text() {
        // no pattern switch: the first one at run time links dozens of classes
        if (this instanceof Text t) {
            return t.value();
        }
        if (this instanceof Num n) {
            return n.value();
        }
        return this instanceof Bool b ? Boolean.toString(b.value()) : null;
    }

    /// Whether the field says true (`true`, or the word).
    default boolean isTrue(String name) {
        return "true".equals(text(name));
    }

    /// The field's items; empty where it is absent or no list.
    default List<Node> items(String name) {
        Node node = get(name);
        return node == null ? List.of() : node.items();
    }

    /// These items; empty where this is no list.
    default List<Node> items() {
        return this instanceof Items i ? i.values() : List.of();
    }

    /// The field's own fields; empty where it is absent or no object.
    default Map<String, Node> fields(String name) {
        Node node = get(name);
        return node == null ? Map.of() : node.fields();
    }

    /// These fields; empty where this is no object.
    default Map<String, Node> fields() {
        return this instanceof Fields f ? f.values() : Map.of();
    }
}
