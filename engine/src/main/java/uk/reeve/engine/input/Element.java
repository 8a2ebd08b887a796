package uk.reeve.engine.input;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An XML element: names without prefix or namespace, the text of all its direct character data, trimmed.
public record Element(String name, Map<String, String> attributes, List<Element> children, String text, int line) {

    /// The first child of that name.
    public @Nullable Element child(String name) {
        for (Element child : children) {
            if (child.name.equals(name)) {
                return child;
            }
        }
        return null;
    }

    /// The text of the first child of that name; null where there is none, or it is blank.
    public @Nullable String text(String name) {
        Element child = child(name);
        return child == null || child.text.isEmpty() ? null : child.text;
    }

    /// All children of that name.
    public List<Element> children(String name) {
        return children.stream().filter(c -> c.name.equals(name)).toList();
    }
}
