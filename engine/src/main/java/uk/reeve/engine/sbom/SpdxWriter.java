package uk.reeve.engine.sbom;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import uk.reeve.engine.input.JsonInput;

/// Writes SPDX 2.3 as JSON, a component at a time. The same arguments give the same bytes on every system.
///
/// Source: SPDX 2.3 and its JSON schema.
public final class SpdxWriter {

    private static final String DOCUMENT = "SPDXRef-DOCUMENT";

    private final JsonGenerator json;
    private final Head head;
    private final List<Component> components;
    private final Map<String, String> ids = new HashMap<>();
    private final SpdxLicenceNames licences;

    /// What the document says of itself.
    ///
    /// @param namespace an address that no other document has; null for one that is made of the content
    /// @param created `2026-11-24T17:00:00Z`
    /// @param tool name and version, `reeve-0.1`
    /// @param comment what else is to be known of it; empty for nothing
    public record Head(String name, @Nullable String namespace, String created, String tool, String comment) {}

    private SpdxWriter(JsonGenerator json, Head head, List<Component> components) {
        this.json = json;
        this.head = head;
        this.components = components;
        this.licences = new SpdxLicenceNames(components);
    }

    /// Writes the document. `ref`s become ids of SPDX (`SPDXRef-` and letters, digits, `.`, `-`); those that are such
    /// ids stay. Places become annotations, scopes become kinds of dependency.
    ///
    /// @param out is flushed, and left open
    /// @param root `ref` of what the document is about; null where it is about all components that are in no other
    /// @param dependencies `ref` to the refs it depends on; refs of no component are left out
    public static void write(
            OutputStream out,
            Head head,
            @Nullable String root,
            List<Component> components,
            Map<String, List<String>> dependencies)
            throws IOException {
        String namespace = head.namespace();
        if (namespace == null) {
            ContentUuid uuid = new ContentUuid();
            write(uuid, head, null, root, components, dependencies);
            namespace = uuid.urn();
        }
        write(out, head, namespace, root, components, dependencies);
        out.write('\n');
        out.flush();
    }

    private static void write(
            OutputStream out,
            Head head,
            @Nullable String namespace,
            @Nullable String root,
            List<Component> components,
            Map<String, List<String>> dependencies)
            throws IOException {
        try {
            JsonGenerator json = JsonInput.FACTORY.createGenerator(new Lines(), new Unclosed(out));
            SpdxWriter writer = new SpdxWriter(json, head, components);
            writer.name();
            writer.document(namespace, root, dependencies);
            json.close();
        } catch (JacksonException e) {
            throw e.getCause() instanceof IOException io ? io : new IOException(e.getOriginalMessage(), e);
        }
    }

    private void name() {
        Set<String> used = new HashSet<>();
        used.add(DOCUMENT);
        Map<String, Integer> numbers = new HashMap<>();
        for (Component component : components) {
            String id = id(component.ref());
            String free = id;
            int number = numbers.getOrDefault(id, 1);
            while (!used.add(free)) {
                free = id + "-" + ++number;
            }
            numbers.put(id, number);
            ids.putIfAbsent(component.ref(), free);
        }
    }

    private void document(@Nullable String namespace, @Nullable String root, Map<String, List<String>> dependencies) {
        json.writeStartObject();
        json.writeStringProperty("spdxVersion", "SPDX-2.3");
        json.writeStringProperty("dataLicense", "CC0-1.0");
        json.writeStringProperty("SPDXID", DOCUMENT);
        text("name", head.name);
        if (namespace != null) {
            text("documentNamespace", namespace);
        }
        if (!head.comment.isEmpty()) {
            text("comment", head.comment);
        }
        json.writeName("creationInfo");
        json.writeStartObject();
        json.writeStringProperty("created", head.created);
        json.writeName("creators");
        json.writeStartArray();
        json.writeString("Tool: " + whole(head.tool));
        json.writeEndArray();
        json.writeEndObject();
        json.writeName("packages");
        json.writeStartArray();
        for (Component component : components) {
            component(component);
        }
        json.writeEndArray();
        json.writeName("relationships");
        json.writeStartArray();
        relations(root, dependencies);
        json.writeEndArray();
        extracted(licences.references());
        json.writeEndObject();
    }

    private void component(Component component) {
        json.writeStartObject();
        json.writeStringProperty("SPDXID", ids.getOrDefault(component.ref(), DOCUMENT));
        text("name", component.name());
        if (component.version() != null) {
            text("versionInfo", component.version());
        }
        String supplier = component.supplier();
        text("supplier", supplier == null ? "NOASSERTION" : agent(supplier));
        text("downloadLocation", component.properties().getOrDefault("spdx:downloadLocation", "NOASSERTION"));
        json.writeBooleanProperty("filesAnalyzed", false);
        String source = SpdxWords.sourceInfo(component.properties());
        if (source != null) {
            text("sourceInfo", source);
        }
        json.writeStringProperty("licenseConcluded", "NOASSERTION");
        text("licenseDeclared", licences.expression(component.licences()));
        json.writeStringProperty("copyrightText", "NOASSERTION");
        json.writeStringProperty("primaryPackagePurpose", SpdxWords.purpose(component.type()));
        checksums(component.hashes());
        references(component);
        Place place = component.place();
        if (place != null) {
            json.writeName("annotations");
            json.writeStartArray();
            json.writeStartObject();
            json.writeStringProperty("annotationDate", head.created);
            json.writeStringProperty("annotationType", "OTHER");
            json.writeStringProperty("annotator", "Tool: " + whole(head.tool));
            text("comment", "seen in " + place);
            json.writeEndObject();
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    private void checksums(Map<String, String> hashes) {
        boolean open = false;
        for (Map.Entry<String, String> hash : hashes.entrySet()) {
            String algorithm = SpdxWords.checksumAlgorithm(hash.getKey());
            if (algorithm == null) {
                continue;
            }
            if (!open) {
                json.writeName("checksums");
                json.writeStartArray();
                open = true;
            }
            json.writeStartObject();
            json.writeStringProperty("algorithm", algorithm);
            text("checksumValue", hash.getValue());
            json.writeEndObject();
        }
        if (open) {
            json.writeEndArray();
        }
    }

    private void references(Component component) {
        if (component.purl() == null && component.cpes().isEmpty()) {
            return;
        }
        json.writeName("externalRefs");
        json.writeStartArray();
        if (component.purl() != null) {
            reference("PACKAGE-MANAGER", "purl", component.purl().toString());
        }
        for (String cpe : component.cpes()) {
            reference("SECURITY", cpe.startsWith("cpe:2.3:") ? "cpe23Type" : "cpe22Type", cpe);
        }
        json.writeEndArray();
    }

    private void reference(String category, String type, String locator) {
        json.writeStartObject();
        json.writeStringProperty("referenceCategory", category);
        json.writeStringProperty("referenceType", type);
        text("referenceLocator", locator);
        json.writeEndObject();
    }

    private void relations(@Nullable String root, Map<String, List<String>> dependencies) {
        String about = root == null ? null : ids.get(root);
        Map<String, Scope> scopes = new HashMap<>();
        for (Component component : components) {
            String parent = component.parent() == null ? null : ids.get(component.parent());
            String id = ids.getOrDefault(component.ref(), DOCUMENT);
            scopes.put(component.ref(), component.scope());
            if (about == null ? parent == null : about.equals(id)) {
                relation(DOCUMENT, "DESCRIBES", id);
            }
            if (parent != null) {
                relation(parent, "CONTAINS", id);
            }
        }
        Set<String> told = new HashSet<>();
        for (Component component : components) {
            String from = ids.getOrDefault(component.ref(), DOCUMENT);
            for (String ref : dependencies.getOrDefault(component.ref(), List.of())) {
                String to = ids.get(ref);
                if (to == null) {
                    continue;
                }
                String kind = kind(scopes.getOrDefault(ref, Scope.RUNTIME));
                if (kind == null) {
                    relation(from, "DEPENDS_ON", to);
                } else {
                    relation(to, kind, from);
                    told.add(to);
                }
            }
        }
        for (Component component : components) {
            String kind = kind(component.scope());
            String id = ids.getOrDefault(component.ref(), DOCUMENT);
            if (kind != null && !told.contains(id)) {
                relation(id, kind, "NOASSERTION"); // what for is known, whose is not
            }
        }
    }

    private void relation(String from, String type, String to) {
        json.writeStartObject();
        json.writeStringProperty("spdxElementId", from);
        json.writeStringProperty("relationshipType", type);
        json.writeStringProperty("relatedSpdxElement", to);
        json.writeEndObject();
    }

    private void extracted(Map<String, String> named) {
        if (named.isEmpty()) {
            return;
        }
        json.writeName("hasExtractedLicensingInfos");
        json.writeStartArray();
        for (Map.Entry<String, String> licence : named.entrySet()) {
            json.writeStartObject();
            json.writeStringProperty("licenseId", licence.getValue());
            text("name", licence.getKey());
            text("extractedText", licence.getKey());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static String id(String ref) {
        String bare = ref.startsWith("SPDXRef-") ? ref.substring("SPDXRef-".length()) : ref;
        StringBuilder id = new StringBuilder(bare.length() + 8).append("SPDXRef-");
        for (int i = 0; i < bare.length(); i++) {
            char c = bare.charAt(i);
            id.append(SpdxLicenceNames.isIdChar(c) ? c : '-');
        }
        return id.toString();
    }

    private static String agent(String supplier) {
        return supplier.startsWith("Person:") ? supplier : "Organization: " + supplier;
    }

    private static @Nullable String kind(Scope scope) {
        return switch (scope) {
            case RUNTIME, BUNDLED -> null;
            case OPTIONAL -> "OPTIONAL_DEPENDENCY_OF";
            case BUILD -> "BUILD_DEPENDENCY_OF";
            case DEVELOPMENT -> "DEV_DEPENDENCY_OF";
            case TEST -> "TEST_DEPENDENCY_OF";
        };
    }

    private void text(String name, String value) {
        json.writeStringProperty(name, whole(value));
    }

    // Half a pair cannot be written as UTF-8.
    private static String whole(String text) {
        return SpdxWarnings.firstBad(text, 0) < 0 ? text : new SpdxWarnings().clean(text, 0);
    }

    private static final class Lines extends ObjectWriteContext.Base {

        @Override
        public PrettyPrinter getPrettyPrinter() {
            DefaultIndenter lines = new DefaultIndenter("  ", "\n"); // not the system's line end
            DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
            printer.indentObjectsWith(lines);
            printer.indentArraysWith(lines);
            return printer;
        }

        @Override
        public boolean hasPrettyPrinter() {
            return true;
        }
    }

    private static final class Unclosed extends FilterOutputStream {

        Unclosed(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            out.write(bytes, from, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
