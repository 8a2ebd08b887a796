package uk.reeve.engine.quality;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import uk.reeve.engine.input.Element;
import uk.reeve.engine.input.Node;

/// A CycloneDX document in XML as it would stand in JSON, as far as [Said] asks.
final class XmlAsJson {

    /// Elements that hold a list of others.
    private static final Set<String> HOLDERS = Set.of("components", "authors", "externalReferences", "properties");

    /// Elements that may come more than once.
    private static final Set<String> REPEATED = Set.of("contact", "swhid", "omniborId", "url");

    private XmlAsJson() {}

    static Node of(Element element) {
        Map<String, Node> fields = new LinkedHashMap<>();
        element.attributes().forEach((name, value) -> fields.put(name, new Node.Text(value, element.line())));
        if (element.name().equals("bom")) {
            fields.put("bomFormat", new Node.Text("CycloneDX", element.line()));
        }
        for (Element child : element.children()) {
            String name = child.name();
            if (HOLDERS.contains(name)) {
                fields.put(name, items(child.children(), child.line()));
            } else if (REPEATED.contains(name)) {
                fields.putIfAbsent(name, items(element.children(name), child.line()));
            } else {
                fields.put(name, value(child));
            }
        }
        return new Node.Fields(fields, element.line());
    }

    private static Node items(List<Element> elements, int line) {
        List<Node> items = new ArrayList<>(elements.size());
        elements.forEach(element -> items.add(value(element)));
        return new Node.Items(items, line);
    }

    private static Node value(Element element) {
        boolean plain = element.children().isEmpty() && element.attributes().isEmpty();
        return plain ? new Node.Text(element.text(), element.line()) : of(element);
    }
}
