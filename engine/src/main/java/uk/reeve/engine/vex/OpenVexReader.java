package uk.reeve.engine.vex;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.input.Node;
import uk.reeve.engine.input.Unreadable;
import uk.reeve.engine.purl.Purl;

/// OpenVEX 0.2.0, and 0.0.1 with a warning.
///
/// Source: OpenVEX specification 0.2.0.
final class OpenVexReader {

    private static final Set<String> KNOWN_FIELDS = Set.of(
            "@context",
            "@id",
            "author",
            "role",
            "timestamp",
            "last_updated",
            "version",
            "tooling",
            "supplier",
            "format",
            "statements");

    private final VexReading reading = new VexReading();
    private final Node root;
    private final String context;

    OpenVexReader(Node root, String context) {
        this.root = root;
        this.context = context;
    }

    VexDocument read() throws Unreadable {
        if (root.items("statements").isEmpty()) {
            throw new Unreadable(root.line(), "holds no statements; an OpenVEX document has at least one");
        }
        String author = VexReading.filled(root.text("author"));
        if (author == null) {
            reading.warn(root.line(), "names no author; whose word this is cannot be told");
        }
        String version = root.text("version");
        if (version == null || version.equals("0")) {
            reading.warn(root.line(), "has no version, which is a number from 1");
        }
        for (String field : root.fields().keySet()) {
            if (!KNOWN_FIELDS.contains(field)) {
                reading.warn(
                        root.line(), "has the field " + VexReading.quoted(field) + ", which OpenVEX does not know");
            }
        }
        Instant timestamp = reading.instant(root.text("timestamp"), root.line());
        if (root.text("timestamp") == null) {
            reading.warn(root.line(), "has no timestamp; a statement without one counts as older than any with one");
        }
        Source source = new Source(
                author == null ? "" : author, or(root.text("@id"), ""), version == null ? "" : version, false);
        for (Node statement : root.items("statements")) {
            statement(statement, source, timestamp);
        }
        int slash = context.lastIndexOf("/v");
        return new VexDocument(
                "OpenVEX",
                slash < 0 ? "" : context.substring(slash + 2),
                source,
                timestamp,
                reading.statements,
                reading.warnings);
    }

    private void statement(Node node, Source source, @Nullable Instant documentTime) {
        int line = node.line();
        List<String> ids = ids(node.get("vulnerability"), line);
        Status status = status(node.text("status"));
        if (ids.isEmpty()) {
            reading.warn(line, "the statement names no vulnerability and is left out");
            return;
        }
        if (status == null) {
            reading.warn(
                    line,
                    "the statement on " + ids.getFirst() + " has the status "
                            + VexReading.quoted(or(node.text("status"), ""))
                            + " and is left out; the four are affected, not_affected, fixed, under_investigation");
            return;
        }
        String told = VexReading.filled(node.text("justification"));
        String impact = VexReading.filled(node.text("impact_statement"));
        String action = VexReading.filled(node.text("action_statement"));
        Justification justification = null;
        if (status == Status.NOT_AFFECTED) {
            justification = told == null ? null : Justification.ofWord(told);
            if (told != null && justification == null) {
                reading.warn(line, "the justification " + VexReading.quoted(told) + " is none of OpenVEX's five");
            }
            if (justification == null && impact == null) {
                reading.warn(
                        line,
                        "the statement on " + ids.getFirst() + " says not_affected, gives no reason and is left out; "
                                + "a justification or an impact_statement is needed");
                return;
            }
        } else if (status == Status.AFFECTED && action == null) {
            reading.warn(line, "the statement on " + ids.getFirst() + " says affected, and gives no action_statement");
        }
        List<Product> products = new ArrayList<>();
        for (Node product : node.items("products")) {
            products(product, node.items("subcomponents"), products);
        }
        if (products.isEmpty()) {
            reading.warn(line, "the statement on " + ids.getFirst() + " names no product, so it holds for none");
        }
        Instant time = reading.instant(node.text("timestamp"), line);
        reading.statements.add(new Statement(
                ids.getFirst(),
                List.copyOf(ids.subList(1, ids.size())),
                status,
                justification,
                told,
                impact,
                action,
                products,
                List.of(),
                time == null ? documentTime : time,
                source,
                line));
    }

    private List<String> ids(@Nullable Node vulnerability, int line) {
        List<String> ids = new ArrayList<>();
        if (vulnerability instanceof Node.Text text) {
            reading.warn(line, "names the vulnerability as OpenVEX 0.0.1 did; since 0.2.0 it is an object with a name");
            add(ids, text.value());
        } else if (vulnerability != null) {
            add(ids, vulnerability.text("name"));
            for (Node alias : vulnerability.items("aliases")) {
                add(ids, alias.text());
            }
            String address = vulnerability.text("@id");
            if (ids.isEmpty() && address != null) {
                add(ids, address.substring(address.lastIndexOf('/') + 1));
            }
        }
        return ids;
    }

    private static void add(List<String> ids, @Nullable String id) {
        String filled = VexReading.filled(id);
        if (filled != null && !ids.contains(filled)) {
            ids.add(filled);
        }
    }

    private static @Nullable Status status(@Nullable String word) {
        return switch (word) {
            case "affected" -> Status.AFFECTED;
            case "not_affected" -> Status.NOT_AFFECTED;
            case "fixed" -> Status.FIXED;
            case "under_investigation" -> Status.UNDER_INVESTIGATION;
            case null, default -> null;
        };
    }

    private void products(Node product, List<Node> statementComponents, List<Product> products) {
        Identity whole = identity(product);
        if (whole == null) {
            return;
        }
        List<Node> components = product.items("subcomponents");
        components = components.isEmpty() ? statementComponents : components;
        for (Node component : components) {
            Identity part = identity(component);
            if (part != null) {
                products.add(new Product(part, List.of(whole)));
            }
        }
        if (components.isEmpty()) {
            products.add(Product.of(whole));
        }
    }

    private @Nullable Identity identity(Node node) {
        String id = VexReading.filled(node instanceof Node.Text text ? text.value() : node.text("@id"));
        List<Purl> purls = new ArrayList<>();
        Map<String, String> hashes = new LinkedHashMap<>();
        List<String> cpes = new ArrayList<>();
        String ref = null;
        if (id != null && id.startsWith("pkg:")) {
            addPurl(purls, id, node.line());
        } else {
            ref = id;
        }
        node.fields("identifiers").forEach((kind, value) -> {
            String text = VexReading.filled(value.text());
            if (text != null && kind.equals("purl")) {
                addPurl(purls, text, value.line());
            } else if (text != null && kind.startsWith("cpe")) {
                cpes.add(text);
            }
        });
        node.fields("hashes").forEach((algorithm, value) -> {
            String text = VexReading.filled(value.text());
            if (text != null) {
                hashes.put(VexReading.algorithm(algorithm), text.toLowerCase(Locale.ROOT));
            }
        });
        if (purls.isEmpty() && ref == null && hashes.isEmpty() && cpes.isEmpty()) {
            reading.warn(node.line(), "a product has neither a usable @id nor an identifier and is left out");
            return null;
        }
        return new Identity(purls, ref, null, hashes, cpes, null, null, null, null);
    }

    private void addPurl(List<Purl> purls, String text, int line) {
        Purl purl = reading.purl(text, line);
        if (purl != null && !purls.contains(purl)) {
            purls.add(purl);
        }
    }

    private static String or(@Nullable String text, String otherwise) {
        return text == null ? otherwise : text;
    }
}
