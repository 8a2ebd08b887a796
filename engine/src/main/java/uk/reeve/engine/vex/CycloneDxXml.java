package uk.reeve.engine.vex;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import uk.reeve.engine.input.Element;
import uk.reeve.engine.input.Node;
import uk.reeve.engine.input.Unreadable;

/// A CycloneDX document in XML as the tree that it would be in JSON, as far as statements need it.
final class CycloneDxXml {

    private CycloneDxXml() {}

    static Node node(Element bom) throws Unreadable {
        if (!bom.name().equals("bom")) {
            throw new Unreadable(
                    bom.line(),
                    "is XML that begins with <" + bom.name() + ">, and the only VEX in XML is CycloneDX: <bom>");
        }
        return convert(bom);
    }

    private static Node convert(Element element) {
        if (isList(element.name())) {
            List<Node> items = new ArrayList<>();
            for (Element child : element.children()) {
                items.add(convert(child));
            }
            return new Node.Items(items, element.line());
        }
        if (element.children().isEmpty() && element.attributes().isEmpty()) {
            return new Node.Text(element.text(), element.line());
        }
        Map<String, Node> fields = new LinkedHashMap<>();
        element.attributes().forEach((name, value) -> fields.put(name, new Node.Text(value, element.line())));
        for (Element child : element.children()) {
            fields.put(child.name().equals("responses") ? "response" : child.name(), convert(child));
        }
        if (element.children().isEmpty()) {
            fields.put("content", new Node.Text(element.text(), element.line()));
        }
        return new Node.Fields(fields, element.line());
    }

    private static boolean isList(String name) {
        return switch (name) {
            case "components", "vulnerabilities", "references", "ratings", "affects", "versions" -> true;
            case "hashes", "responses", "authors" -> true;
            default -> false;
        };
    }
}
