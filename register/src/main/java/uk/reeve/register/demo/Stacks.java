package uk.reeve.register.demo;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;
import uk.reeve.engine.purl.BadPurl;
import uk.reeve.engine.purl.Purl;

/// Real components, in stacks that belong together, and the SBOMs of releases that are made of them.
final class Stacks {

    private record Part(String stack, Purl purl, String broughtInBy) {}

    private final List<Part> parts = new ArrayList<>();
    private final JsonMapper json;

    Stacks(JsonMapper json) {
        this.json = json;
        for (String[] row : Rows.of("stacks")) {
            try {
                parts.add(new Part(row[0], Purl.parse(row[1]), row[2]));
            } catch (BadPurl e) {
                throw new IllegalStateException("demo/stacks.tsv: " + row[1] + ": " + e.getMessage(), e);
            }
        }
    }

    /// A CycloneDX 1.6 document; the same bytes each time.
    ///
    /// @param stacks names, with commas between them
    byte[] sbom(String supplier, String product, String version, String released, String stacks) {
        Set<String> wanted = Set.of(stacks.split(","));
        Map<String, Map<String, Object>> components = new LinkedHashMap<>();
        Map<String, Set<String>> needs = new LinkedHashMap<>();
        needs.put("it", new LinkedHashSet<>());
        for (Part part : parts) {
            if (!wanted.contains(part.stack())) {
                continue;
            }
            String ref = part.purl().toString();
            Map<String, Object> component = new LinkedHashMap<>();
            component.put("type", "library");
            component.put("bom-ref", ref);
            if (part.purl().namespace() != null) {
                component.put("group", part.purl().namespace());
            }
            component.put("name", part.purl().name());
            component.put("version", part.purl().version());
            component.put("purl", ref);
            components.put(ref, component);
            needs.putIfAbsent(ref, new LinkedHashSet<>());
            needs.computeIfAbsent(part.broughtInBy().isEmpty() ? "it" : above(part), _ -> new LinkedHashSet<>())
                    .add(ref);
        }
        return json.writeValueAsBytes(ordered(
                "bomFormat",
                "CycloneDX",
                "specVersion",
                "1.6",
                "version",
                1,
                "metadata",
                ordered(
                        "timestamp", released + "T09:00:00Z",
                        "supplier", Map.of("name", supplier),
                        "component",
                                ordered("type", "application", "bom-ref", "it", "name", product, "version", version)),
                "components",
                components.values(),
                "dependencies",
                needs.entrySet().stream()
                        .map(entry -> ordered("ref", entry.getKey(), "dependsOn", entry.getValue()))
                        .toList()));
    }

    private String above(Part part) {
        return parts.stream()
                .filter(other -> other.stack().equals(part.stack())
                        && other.purl().name().equals(part.broughtInBy()))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalStateException("demo/stacks.tsv: no " + part.broughtInBy() + " in " + part.stack()))
                .purl()
                .toString();
    }

    private static Map<String, Object> ordered(Object... namesAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            map.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return map;
    }
}
