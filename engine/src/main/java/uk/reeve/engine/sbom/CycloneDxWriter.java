package uk.reeve.engine.sbom;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import uk.reeve.engine.input.JsonInput;

/// Writes CycloneDX 1.6 in JSON, as a stream: a component, a dependency, a vulnerability a line. The same [Bom]
/// gives the same bytes.
///
/// What CycloneDX has no word for is a property: `reeve:place` (every place, also under `evidence`), `reeve:locked`,
/// `reeve:scope`, `reeve:cpe` (those after the first). [SbomReader] reads them back.
public final class CycloneDxWriter {

    private final JsonGenerator json;
    private final Bom bom;
    private final Map<String, List<Component>> children = new HashMap<>();

    private CycloneDxWriter(JsonGenerator json, Bom bom) {
        this.json = json;
        this.bom = bom;
        for (Component component : bom.components()) {
            if (component.parent() != null) {
                children.computeIfAbsent(component.parent(), CycloneDxWriter::list)
                        .add(component);
            }
        }
    }

    private static List<Component> list(String parent) {
        return new ArrayList<>(4);
    }

    /// Writes the document in UTF-8, with a line end after it.
    ///
    /// @param out left open
    public static void write(OutputStream out, Bom bom) throws IOException {
        String serial = bom.serial() != null ? bom.serial() : serial(bom);
        write(out, bom, serial);
    }

    private static String serial(Bom bom) throws IOException {
        ContentUuid uuid = new ContentUuid();
        write(uuid, bom, null);
        return uuid.urn();
    }

    private static void write(OutputStream out, Bom bom, @Nullable String serial) throws IOException {
        try {
            JsonGenerator json = JsonInput.FACTORY.createGenerator(ObjectWriteContext.empty(), new Open(out));
            new CycloneDxWriter(json, bom).document(serial);
            json.writeRaw('\n');
            json.close();
        } catch (JacksonException e) {
            throw e.getCause() instanceof IOException io ? io : new IOException(e.getOriginalMessage(), e);
        }
    }

    private void document(@Nullable String serial) {
        json.writeStartObject();
        text("$schema", "http://cyclonedx.org/schema/bom-1.6.schema.json");
        text("bomFormat", "CycloneDX");
        text("specVersion", "1.6");
        text("serialNumber", serial);
        json.writeNumberProperty("version", 1);
        metadata();
        json.writeArrayPropertyStart("components");
        for (Component component : bom.components()) {
            if (component.parent() == null) {
                newLine();
                component(component);
            }
        }
        json.writeEndArray();
        dependencies();
        if (bom.incomplete()) {
            json.writeArrayPropertyStart("compositions");
            json.writeStartObject();
            text("aggregate", "incomplete");
            json.writeEndObject();
            json.writeEndArray();
        }
        if (!bom.vulnerabilities().isEmpty()) {
            json.writeArrayPropertyStart("vulnerabilities");
            for (Bom.Vulnerability vulnerability : bom.vulnerabilities()) {
                newLine();
                vulnerability(vulnerability);
            }
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    private void metadata() {
        json.writeObjectPropertyStart("metadata");
        text("timestamp", bom.timestamp());
        json.writeObjectPropertyStart("tools");
        json.writeArrayPropertyStart("components");
        json.writeStartObject();
        text("type", "application");
        text("name", bom.tool().name());
        text("version", bom.tool().version());
        json.writeEndObject();
        json.writeEndArray();
        json.writeEndObject();
        if (bom.root() != null) {
            json.writeName("component");
            component(bom.root());
        }
        if (!bom.properties().isEmpty()) {
            json.writeArrayPropertyStart("properties");
            for (Map.Entry<String, List<String>> property : bom.properties().entrySet()) {
                for (String value : property.getValue()) {
                    newLine();
                    property(property.getKey(), value);
                }
            }
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    private void component(Component component) {
        json.writeStartObject();
        text("bom-ref", component.ref());
        text("type", CycloneDxWords.isType(component.type()) ? component.type() : "library");
        if (component.supplier() != null) {
            json.writeObjectPropertyStart("supplier");
            text("name", component.supplier());
            json.writeEndObject();
        }
        text("group", component.group());
        text("name", component.name());
        text("version", component.version());
        text("scope", scope(component.scope()));
        hashes(component.hashes());
        licences(component.licences());
        text("cpe", component.cpes().isEmpty() ? null : component.cpes().getFirst());
        text("purl", component.purl() == null ? null : component.purl().toString());
        properties(component);
        List<Component> nested = children.get(component.ref());
        if (nested != null) {
            json.writeArrayPropertyStart("components");
            for (Component child : nested) {
                newLine();
                component(child);
            }
            json.writeEndArray();
        }
        evidence(component);
        json.writeEndObject();
    }

    private static @Nullable String scope(Scope scope) {
        return switch (scope) {
            case RUNTIME, BUNDLED -> null;
            case OPTIONAL -> "optional";
            case BUILD, DEVELOPMENT, TEST -> "excluded";
        };
    }

    private void hashes(Map<String, String> hashes) {
        if (hashes.isEmpty()) {
            return;
        }
        json.writeArrayPropertyStart("hashes");
        for (Map.Entry<String, String> hash : hashes.entrySet()) {
            json.writeStartObject();
            text("alg", hash.getKey());
            text("content", hash.getValue());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /// An id is one of SPDX's list; a valid expression is one, where it stands alone, for CycloneDX 1.6 allows nothing
    /// beside it; all else is a name.
    private void licences(List<String> licences) {
        if (licences.isEmpty()) {
            return;
        }
        json.writeArrayPropertyStart("licenses");
        for (String licence : licences) {
            json.writeStartObject();
            boolean id = SpdxLicenceList.get().has(licence);
            if (!id && licences.size() == 1 && SpdxExpression.canonical(licence) != null) {
                text("expression", licence);
            } else {
                json.writeObjectPropertyStart("license");
                text(id ? "id" : "name", licence);
                json.writeEndObject();
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void properties(Component component) {
        List<Place> places = places(component);
        String scope = CycloneDxWords.ours(component.scope());
        List<String> cpes = component.cpes();
        if (component.properties().isEmpty()
                && places.isEmpty()
                && scope == null
                && component.locked()
                && cpes.size() < 2) {
            return;
        }
        json.writeArrayPropertyStart("properties");
        for (Map.Entry<String, String> property : component.properties().entrySet()) {
            for (String value : property.getValue().split("\n", -1)) {
                property(property.getKey(), value);
            }
        }
        for (int i = 1; i < cpes.size(); i++) {
            property("reeve:cpe", cpes.get(i));
        }
        if (!component.locked()) {
            property("reeve:locked", "false");
        }
        if (scope != null) {
            property("reeve:scope", scope);
        }
        for (Place place : places) {
            property("reeve:place", place.toString());
        }
        json.writeEndArray();
    }

    private void evidence(Component component) {
        List<Place> places = places(component);
        if (places.isEmpty()) {
            return;
        }
        json.writeObjectPropertyStart("evidence");
        json.writeArrayPropertyStart("occurrences");
        for (Place place : places) {
            json.writeStartObject();
            text("location", place.file());
            if (place.line() > 0) {
                json.writeNumberProperty("line", place.line());
            }
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private List<Place> places(Component component) {
        List<Place> places = bom.places().get(component.ref());
        if (places != null) {
            return places;
        }
        return component.place() == null ? List.of() : List.of(component.place());
    }

    private void property(String name, String value) {
        json.writeStartObject();
        text("name", name);
        text("value", value);
        json.writeEndObject();
    }

    private void dependencies() {
        if (bom.dependencies().isEmpty()) {
            return;
        }
        json.writeArrayPropertyStart("dependencies");
        if (bom.root() != null) {
            dependency(bom.root().ref());
        }
        for (Component component : bom.components()) { // in their order, whatever the map's is
            dependency(component.ref());
        }
        json.writeEndArray();
    }

    private void dependency(String ref) {
        List<String> dependsOn = bom.dependencies().get(ref);
        if (dependsOn == null) {
            return;
        }
        newLine();
        json.writeStartObject();
        text("ref", ref);
        if (!dependsOn.isEmpty()) {
            json.writeArrayPropertyStart("dependsOn");
            for (String target : dependsOn) {
                json.writeString(CycloneDxWords.clean(target));
            }
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    private void vulnerability(Bom.Vulnerability vulnerability) {
        json.writeStartObject();
        text("id", vulnerability.id());
        source(vulnerability.source());
        references(vulnerability.references());
        ratings(vulnerability.ratings());
        if (!vulnerability.cwes().isEmpty()) {
            json.writeArrayPropertyStart("cwes");
            for (int cwe : vulnerability.cwes()) {
                json.writeNumber(cwe);
            }
            json.writeEndArray();
        }
        text("description", vulnerability.description());
        text("recommendation", vulnerability.recommendation());
        text("published", vulnerability.published());
        text("updated", vulnerability.updated());
        analysis(vulnerability.analysis());
        if (!vulnerability.affects().isEmpty()) {
            json.writeArrayPropertyStart("affects");
            for (String ref : vulnerability.affects()) {
                json.writeStartObject();
                text("ref", ref);
                json.writeEndObject();
            }
            json.writeEndArray();
        }
        if (!vulnerability.properties().isEmpty()) {
            json.writeArrayPropertyStart("properties");
            for (Map.Entry<String, String> property : vulnerability.properties().entrySet()) {
                property(property.getKey(), property.getValue());
            }
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    private void source(@Nullable String name) {
        if (name != null) {
            json.writeObjectPropertyStart("source");
            text("name", name);
            json.writeEndObject();
        }
    }

    private void references(List<Bom.Reference> references) {
        if (references.isEmpty()) {
            return;
        }
        json.writeArrayPropertyStart("references");
        for (Bom.Reference reference : references) {
            json.writeStartObject();
            text("id", reference.id());
            source(reference.source());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void ratings(List<Bom.Rating> ratings) {
        if (ratings.isEmpty()) {
            return;
        }
        json.writeArrayPropertyStart("ratings");
        for (Bom.Rating rating : ratings) {
            json.writeStartObject();
            source(rating.source());
            if (rating.score() != null) {
                json.writeNumberProperty("score", rating.score());
            }
            text("severity", rating.severity());
            text("method", rating.method());
            text("vector", rating.vector());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void analysis(Bom.@Nullable Analysis analysis) {
        if (analysis == null) {
            return;
        }
        json.writeObjectPropertyStart("analysis");
        text("state", analysis.state());
        text("justification", analysis.justification());
        text("detail", analysis.detail());
        json.writeEndObject();
    }

    private void text(String name, @Nullable String value) {
        if (value != null) {
            json.writeStringProperty(name, CycloneDxWords.clean(value));
        }
    }

    private void newLine() {
        json.writeRaw('\n');
    }

    /// Passes everything on, but not the end.
    private static final class Open extends OutputStream {

        private final OutputStream out;

        Open(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int b) throws IOException {
            out.write(b);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            out.write(bytes, from, length);
        }

        @Override
        public void flush() throws IOException {
            out.flush();
        }
    }
}
