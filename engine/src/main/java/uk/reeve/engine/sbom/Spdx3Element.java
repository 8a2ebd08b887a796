package uk.reeve.engine.sbom;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.input.Node;

/// An element of SPDX 3: its names without the prefix of their profile or vocabulary (`software_packageVersion`,
/// `software:packageVersion` and the whole address are `packageVersion`).
///
/// @param id null where none is told
/// @param type `Package`, `Relationship`, …; empty where none is told
record Spdx3Element(@Nullable String id, String type, Map<String, Node> fields, int line) {

    static Spdx3Element of(Node node) {
        Map<String, Node> fields = new HashMap<>();
        for (Map.Entry<String, Node> field : node.fields().entrySet()) {
            fields.putIfAbsent(local(field.getKey()), field.getValue());
        }
        Node id = fields.get("spdxId");
        Node type = fields.get("type");
        String word = type == null ? null : type.text();
        if (type instanceof Node.Items types && !types.values().isEmpty()) {
            word = types.values().getFirst().text();
        }
        String told = id == null ? null : id.text();
        Node other = fields.get("id");
        if (told == null && other != null) {
            told = other.text();
        }
        return new Spdx3Element(told, word == null ? "" : local(word), fields, node.line());
    }

    /// The part of a name after the prefix of its profile.
    static String local(String name) {
        for (int i = name.length() - 1; i >= 0; i--) {
            char c = name.charAt(i);
            if (c == '_' || c == ':' || c == '/' || c == '#' || c == '@') {
                return name.substring(i + 1);
            }
        }
        return name;
    }

    /// The field's scalar, or the first of its list; null where there is none.
    @Nullable
    String text(String name) {
        List<Node> nodes = nodes(name);
        return nodes.isEmpty() ? null : nodes.getFirst().text();
    }

    /// The field's items, or its only value.
    List<Node> nodes(String name) {
        Node node = fields.get(name);
        return switch (node) {
            case null -> List.of();
            case Node.Items list -> list.values();
            case Node.Nothing _ -> List.of();
            case Node.Text _, Node.Num _, Node.Bool _, Node.Fields _ -> List.of(node);
        };
    }

    int line(String name) {
        Node node = fields.get(name);
        return node == null ? line : node.line();
    }
}
