package uk.reeve.engine.sbom;

import static uk.reeve.engine.sbom.SpdxWarnings.quote;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import uk.reeve.engine.input.JsonInput;
import uk.reeve.engine.input.Node;
import uk.reeve.engine.input.Unreadable;

/// SPDX 3.0 as JSON-LD, an element at a time: the elements of `@graph`, a single one without it, and elements within
/// elements.
///
/// Source: SPDX 3.0.1, model and JSON-LD serialisation.
final class Spdx3 {

    private static final int MOST_NESTED = 50;

    private final SpdxWarnings warnings = new SpdxWarnings();
    private final SpdxGraph graph = new SpdxGraph(warnings);
    private final Spdx3Licences licences = new Spdx3Licences();
    private final Spdx3Claims claims = new Spdx3Claims();
    private final Spdx3Head head = new Spdx3Head(warnings);
    private final Map<String, String> prefixes = new HashMap<>();
    private final Map<SpdxPackage, String> suppliers = new LinkedHashMap<>();
    private final List<Licensed> licensed = new ArrayList<>();
    private int unnamed;
    private int elements;

    private record Licensed(String from, String to, boolean concluded) {}

    private Spdx3() {}

    static Sbom read(InputStream in) throws IOException, Unreadable {
        Spdx3 reader = new Spdx3();
        try (JsonParser parser = JsonInput.parser(in)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new Unreadable(1, "is empty or no JSON object, where an SPDX 3 document was expected");
            }
            reader.top(parser);
            if (parser.nextToken() != null) {
                throw new Unreadable(JsonInput.line(parser), "goes on after its end; keep one document a file");
            }
        } catch (JacksonException e) {
            throw JsonInput.unreadable(e);
        }
        return reader.sbom();
    }

    private void top(JsonParser parser) throws Unreadable {
        Map<String, Node> single = new LinkedHashMap<>();
        int line = JsonInput.line(parser);
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (name.equals("@context")) {
                context(JsonInput.value(parser));
            } else if (!name.equals("@graph")) {
                single.put(name, JsonInput.value(parser));
            } else if (value == JsonToken.START_ARRAY) {
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    element(JsonInput.value(parser), 0);
                }
            } else {
                element(JsonInput.value(parser), 0);
            }
        }
        if (single.containsKey("type") || single.containsKey("@type")) {
            element(new Node.Fields(single, line), 0);
        }
    }

    private void context(Node node) {
        for (Node item : node.items()) {
            context(item);
        }
        for (Map.Entry<String, Node> prefix : node.fields().entrySet()) {
            String address = prefix.getValue().text();
            if (address != null) {
                prefixes.put(prefix.getKey(), address);
            }
        }
        head.context(node.text());
    }

    /// Reads an element, or takes the id of one.
    ///
    /// @return its id; null where the node is neither
    private @Nullable String element(Node node, int depth) {
        String reference = node.text();
        if (reference != null) {
            return expand(reference);
        }
        if (!(node instanceof Node.Fields) || depth > MOST_NESTED) {
            warnings.add(node.line(), "expected an SPDX 3 element, found something else; it was left out");
            return null;
        }
        Spdx3Element element = Spdx3Element.of(node);
        String id = element.id() == null ? "_:unnamed-" + ++unnamed : expand(element.id());
        elements++;
        switch (element.type()) {
            case "Package", "AIPackage", "DatasetPackage" -> read(id, element, depth);
            case "File" -> graph.file(id);
            case "SpdxDocument", "Bom", "Sbom" -> {
                graph.other(id);
                List<String> created = ids(element, "creationInfo", depth);
                head.bom(id, element, ids(element, "rootElement", depth), created);
                ids(element, "element", depth);
                for (Node map : element.nodes("import")) {
                    String external = Spdx3Element.of(map).text("externalSpdxId");
                    graph.other(external == null ? null : expand(external));
                }
            }
            case "CreationInfo" ->
                head.creation(id, element, ids(element, "createdBy", depth), ids(element, "createdUsing", depth));
            case "Person", "Organization", "Agent", "SoftwareAgent", "Tool" -> {
                graph.other(id);
                head.agent(id, element);
            }
            case "Relationship", "LifecycleScopedRelationship" -> relation(element, depth);
            case "Vulnerability" -> {
                graph.other(id);
                claims.vulnerability(id, element);
            }
            case "" -> warnings.add(node.line(), "the element " + quote(id) + " has no \"type\"; it was left out");
            default -> {
                graph.other(id);
                if (element.type().endsWith("VulnAssessmentRelationship")) {
                    for (String from : ids(element, "from", depth)) {
                        claims.assessment(element.type(), from, ids(element, "to", depth), element);
                    }
                } else {
                    licences.add(id, element, members(element, depth));
                }
            }
        }
        return id;
    }

    private List<String> members(Spdx3Element element, int depth) {
        List<String> members = new ArrayList<>();
        for (String field : List.of("member", "subjectLicense", "subjectExtendableLicense", "subjectAddition")) {
            members.addAll(ids(element, field, depth));
        }
        return members;
    }

    private List<String> ids(Spdx3Element element, String field, int depth) {
        List<Node> nodes = element.nodes(field);
        if (nodes.isEmpty()) {
            return List.of();
        }
        List<String> ids = new ArrayList<>(nodes.size());
        for (Node node : nodes) {
            String id = element(node, depth + 1);
            if (id != null) {
                ids.add(id);
            }
        }
        return ids;
    }

    private void read(String id, Spdx3Element element, int depth) {
        SpdxPackage found = new SpdxPackage(element.line());
        found.id = element.id() == null ? null : id;
        found.name = element.text("name");
        found.version = element.text("packageVersion");
        found.download = element.text("downloadLocation");
        found.sourceInfo = element.text("sourceInfo");
        found.purpose = element.text("primaryPurpose");
        if (found.purpose == null && !element.type().equals("Package")) {
            found.purpose = element.type().equals("AIPackage") ? "model" : "data";
        }
        found.reference("purl", element.text("packageUrl"), element.line("packageUrl"), warnings);
        // The plural is no name of the standard; some tools write it.
        for (String field : List.of("externalIdentifier", "externalIdentifiers")) {
            for (Node node : element.nodes(field)) {
                Spdx3Element identifier = Spdx3Element.of(node);
                String type = identifier.text("externalIdentifierType");
                found.reference(
                        type == null ? null : Spdx3Element.local(type),
                        identifier.text("identifier"),
                        node.line(),
                        warnings);
            }
        }
        for (Node node : element.nodes("verifiedUsing")) {
            Spdx3Element hash = Spdx3Element.of(node);
            if (hash.fields().containsKey("hashValue")) {
                String algorithm = hash.text("algorithm");
                found.checksum(algorithm, hash.text("hashValue"), node.line(), warnings);
            }
        }
        List<String> supplied = ids(element, "suppliedBy", depth);
        if (!supplied.isEmpty()) {
            suppliers.put(found, supplied.getFirst());
        }
        graph.add(found);
    }

    private void relation(Spdx3Element element, int depth) {
        List<String> froms = ids(element, "from", depth);
        List<String> tos = ids(element, "to", depth);
        String told = element.text("relationshipType");
        if (froms.isEmpty() || told == null) {
            warnings.add(element.line(), "a relation lacks \"from\" or \"relationshipType\"; it was left out");
            return;
        }
        String from = froms.getFirst();
        String scope = element.text("scope");
        for (String to : tos) {
            relation(
                    from, Spdx3Element.local(told), to, scope == null ? "" : Spdx3Element.local(scope), element.line());
        }
    }

    private void relation(String from, String type, String to, String scope, int line) {
        switch (type) {
            case "describes" -> graph.describes(from, to, line);
            case "dependsOn",
                    "hasPrerequisite",
                    "hasDynamicLink",
                    "hasStaticLink",
                    "hasProvidedDependency",
                    "invokedBy" ->
                graph.depends(
                        type.equals("invokedBy") ? to : from,
                        type.equals("invokedBy") ? from : to,
                        scope(scope, Scope.RUNTIME),
                        line);
            case "hasOptionalDependency" -> graph.depends(from, to, scope(scope, Scope.OPTIONAL), line);
            case "usesTool" -> graph.depends(from, to, scope(scope, Scope.BUILD), line);
            case "contains" -> graph.contains(from, to, scope.isEmpty() ? null : scope(scope, Scope.RUNTIME), line);
            case "hasOptionalComponent" -> graph.contains(from, to, Scope.OPTIONAL, line);
            case "hasConcludedLicense" -> licensed.add(new Licensed(from, to, true));
            case "hasDeclaredLicense" -> licensed.add(new Licensed(from, to, false));
            case "hasAssociatedVulnerability" -> claims.tie(to, from);
            case "affects" -> claims.tie(from, to);
            default -> {} // the others tell nothing about what is inside
        }
    }

    private static Scope scope(String word, Scope otherwise) {
        return switch (word) {
            case "build" -> Scope.BUILD;
            case "development", "design" -> Scope.DEVELOPMENT;
            case "test" -> Scope.TEST;
            default -> otherwise;
        };
    }

    private String expand(String id) {
        int colon = prefixes.isEmpty() ? -1 : id.indexOf(':');
        String address = colon < 0 ? null : prefixes.get(id.substring(0, colon));
        return address == null ? id : address + id.substring(colon + 1);
    }

    private Sbom sbom() throws Unreadable {
        String specVersion = head.specVersion();
        if (elements == 0) {
            throw new Unreadable(1, "holds no element of SPDX 3; it is no SPDX document");
        }
        for (Map.Entry<SpdxPackage, String> supplier : suppliers.entrySet()) {
            supplier.getKey().supplier = head.name(supplier.getValue());
        }
        for (Licensed licence : licensed) {
            SpdxPackage found = graph.find(licence.from);
            if (found != null && licence.concluded) {
                found.concluded = licences.of(licence.to);
            } else if (found != null) {
                found.declared = licences.of(licence.to);
            }
        }
        graph.warnOfNothing();
        SpdxGraph.Resolved resolved = graph.resolve(head.root(graph));
        return new Sbom(
                "SPDX",
                specVersion,
                "JSON-LD",
                head.serial(),
                head.created(),
                head.tools(),
                head.authors(),
                head.lifecycles(),
                resolved.root(),
                resolved.components(),
                resolved.dependencies(),
                List.of(),
                claims.list(graph),
                warnings.list());
    }
}
