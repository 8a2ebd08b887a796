package uk.reeve.engine.input;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/// TOML 1.0 within [Limits].
public final class TomlInput {

    private TomlInput() {}

    /// The whole file as a tree.
    public static Node read(InputStream in) throws IOException, Unreadable {
        TomlParseResult result = Toml.parse(in);
        if (result.hasErrors()) {
            TomlParseError first = result.errors().getFirst();
            throw new Unreadable(first.position().line(), "is not valid TOML: " + first.getMessage());
        }
        return table(result, 1);
    }

    private static Node table(TomlTable table, int line) {
        Map<String, Node> fields = new LinkedHashMap<>();
        for (String key : table.keySet()) {
            List<String> path = List.of(key);
            fields.put(key, node(table.get(path), line(table.inputPositionOf(path), line)));
        }
        return new Node.Fields(fields, line);
    }

    private static Node node(@Nullable Object value, int line) {
        return switch (value) {
            case TomlTable table -> table(table, line);
            case TomlArray array -> {
                List<Node> items = new ArrayList<>();
                for (int i = 0; i < array.size(); i++) {
                    items.add(node(array.get(i), line(array.inputPositionOf(i), line)));
                }
                yield new Node.Items(items, line);
            }
            case Boolean b -> new Node.Bool(b, line);
            case Number n -> new Node.Num(n.toString(), line);
            case null -> new Node.Nothing(line);
            default -> new Node.Text(value.toString(), line);
        };
    }

    private static int line(@Nullable TomlPosition position, int otherwise) {
        return position == null ? otherwise : position.line();
    }
}
