package uk.reeve.engine.sbom;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A component while it is read: its fields come in any order, and its children may come before its own name.
final class CycloneDxDraft {

    final int line;

    @Nullable
    String ref;

    @Nullable
    String purl;

    @Nullable
    String group;

    @Nullable
    String name;

    @Nullable
    String version;

    @Nullable
    String range;

    @Nullable
    String type;

    @Nullable
    String scope;

    @Nullable
    String supplier;

    @Nullable
    String manufacturer;

    @Nullable
    String publisher;

    @Nullable
    Place place;
    /// Whether [#place] is from the evidence, which says more than a property.
    boolean occurs;
    boolean external;
    boolean locked = true;
    int licenceCount;
    int expressionCount;
    final List<String> licences = new ArrayList<>(1);
    final List<String> cpes = new ArrayList<>(1);
    final Map<String, String> hashes = new LinkedHashMap<>(2);
    final Map<String, String> properties = new LinkedHashMap<>(2);
    final List<CycloneDxDraft> children = new ArrayList<>(0);

    CycloneDxDraft(int line) {
        this.line = line;
    }

    /// Takes a property: those of use are kept, of a name that stands twice all values, a line each.
    void property(String name, String value) {
        switch (name) {
            case "syft:cpe23", "reeve:cpe" -> {
                if (!cpes.contains(value)) {
                    cpes.add(value);
                }
            }
            case "reeve:place" -> place = place == null ? CycloneDxWords.place(value) : place;
            case "reeve:locked" -> locked = !value.equals("false");
            case "reeve:scope" -> scope = value;
            default -> {
                if (CycloneDxWords.isUseful(name)) {
                    String before = properties.get(name);
                    properties.put(name, before == null ? value : before + "\n" + value);
                }
            }
        }
    }

    /// Takes a place from the evidence: the first counts, before a property.
    void occurrence(@Nullable String location, int line) {
        if (location != null && !occurs) {
            occurs = true;
            place = new Place(location, line);
        }
    }

    /// Takes CycloneDX's scope; a word of ours that came first says more.
    void scope(@Nullable String told) {
        if (scope == null || CycloneDxWords.isScope(scope)) {
            scope = told;
        }
    }

    /// What the component is for, from `scope` and what package managers' plugins say beside it.
    Scope scope() {
        if (isTrue("cdx:npm:package:development") || isTrue("cdx:composer:package:isDevRequirement")) {
            return Scope.DEVELOPMENT;
        }
        if (isTrue("cdx:maven:package:test")) {
            return Scope.TEST;
        }
        if (isTrue("cdx:npm:package:bundled") && (scope == null || scope.equals("required"))) {
            return Scope.BUNDLED;
        }
        return CycloneDxWords.scope(scope);
    }

    private boolean isTrue(String property) {
        return "true".equals(properties.get(property));
    }
}
