package uk.reeve.engine.sbom;

import static uk.reeve.engine.sbom.SpdxWarnings.quote;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.input.Node;
import uk.reeve.engine.input.Unreadable;

/// What an SPDX 3 document says of itself: version, times, people, tools, and what it is about.
final class Spdx3Head {

    private final SpdxWarnings warnings;
    private final Map<String, Bom> boms = new LinkedHashMap<>();
    private final Map<String, Creation> creations = new LinkedHashMap<>();
    private final Map<String, String> names = new HashMap<>();
    private final List<String> lifecycles = new ArrayList<>();
    private @Nullable String context;

    private record Bom(
            String id,
            String type,
            List<String> roots,
            @Nullable String creation) {}

    private record Creation(
            @Nullable String specVersion, @Nullable String created, List<String> by, List<String> using, int line) {}

    Spdx3Head(SpdxWarnings warnings) {
        this.warnings = warnings;
    }

    void context(@Nullable String address) {
        if (context == null && address != null && address.contains("spdx.")) {
            context = address;
        }
    }

    /// @param roots ids of what it is about
    /// @param creation ids of its creation information: one, or none
    void bom(String id, Spdx3Element element, List<String> roots, List<String> creation) {
        boms.putIfAbsent(id, new Bom(id, element.type(), roots, creation.isEmpty() ? null : creation.getFirst()));
        for (Node type : element.nodes("sbomType")) {
            String word = type.text();
            if (word != null && !lifecycles.contains(Spdx3Element.local(word))) {
                lifecycles.add(Spdx3Element.local(word));
            }
        }
    }

    void creation(String id, Spdx3Element element, List<String> by, List<String> using) {
        creations.putIfAbsent(
                id,
                new Creation(
                        element.text("specVersion"), element.text("created"), by, using, element.line("specVersion")));
    }

    void agent(String id, Spdx3Element element) {
        String name = SpdxPackage.told(element.text("name"));
        if (name != null) {
            names.put(id, warnings.clean(name, element.line()));
        }
    }

    /// The name of a person, organisation or tool, or its id where it has none here.
    String name(String id) {
        return names.getOrDefault(id, id);
    }

    /// Checks that all of the document is of a version that is read.
    String specVersion() throws Unreadable {
        String first = null;
        for (Creation creation : creations.values()) {
            String told = SpdxPackage.told(creation.specVersion);
            if (told != null) {
                first = first == null ? told : first;
                if (!told.equals("3.0") && !told.startsWith("3.0.")) {
                    throw unknown(creation.line, told);
                }
            }
        }
        if (first != null) {
            return first;
        }
        String fromContext = context == null ? null : version(context);
        if (fromContext == null) {
            warnings.add(0, "the document does not tell its SPDX version; it was read as 3.0.1");
            return "3.0.1";
        }
        if (!fromContext.startsWith("3.0")) {
            throw unknown(1, fromContext);
        }
        return fromContext;
    }

    @Nullable
    String serial() {
        Bom document = document();
        return document == null || document.id.startsWith("_:") ? null : document.id;
    }

    @Nullable
    String created() {
        Creation creation = creation();
        return creation == null ? null : SpdxPackage.told(creation.created);
    }

    List<String> tools() {
        Creation creation = creation();
        return creation == null ? List.of() : names(creation.using);
    }

    List<String> authors() {
        Creation creation = creation();
        return creation == null ? List.of() : names(creation.by);
    }

    List<String> lifecycles() {
        return lifecycles;
    }

    /// The first package that the document, or an SBOM that it is about, names as its root; null where none does.
    @Nullable
    String root(SpdxGraph graph) {
        Bom document = document();
        return document == null ? null : root(document, graph, new HashSet<>());
    }

    private @Nullable String root(Bom bom, SpdxGraph graph, Set<String> seen) {
        if (!seen.add(bom.id) || seen.size() > 100) {
            return null;
        }
        for (String id : bom.roots) {
            if (graph.find(id) != null) {
                return id;
            }
            Bom inner = boms.get(id);
            String found = inner == null ? null : root(inner, graph, seen);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private @Nullable Bom document() {
        Bom first = null;
        for (Bom bom : boms.values()) {
            if (bom.type.equals("SpdxDocument")) {
                return bom;
            }
            first = first == null ? bom : first;
        }
        return first;
    }

    private @Nullable Creation creation() {
        Bom document = document();
        Creation own = document == null || document.creation == null ? null : creations.get(document.creation);
        return own != null || creations.isEmpty()
                ? own
                : creations.values().iterator().next();
    }

    private List<String> names(List<String> ids) {
        List<String> all = new ArrayList<>(ids.size());
        for (String id : ids) {
            all.add(name(id));
        }
        return all;
    }

    private static Unreadable unknown(int line, String version) {
        return new Unreadable(
                line,
                "says it is SPDX version " + quote(version) + ", and " + SpdxDocument.READ
                        + "; export it in one of these");
    }

    /// `3.0.1` of `https://spdx.org/rdf/3.0.1/spdx-context.jsonld`; null where no part is a version.
    private static @Nullable String version(String address) {
        for (String part : address.split("/", -1)) {
            String plain = part.startsWith("v") ? part.substring(1) : part;
            if (!plain.isEmpty() && Character.isDigit(plain.charAt(0)) && plain.indexOf('.') > 0) {
                return plain;
            }
        }
        return null;
    }
}
