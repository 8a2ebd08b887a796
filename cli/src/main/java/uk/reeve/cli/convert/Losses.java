package uk.reeve.cli.convert;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import uk.reeve.engine.input.Element;
import uk.reeve.engine.input.Node;
import uk.reeve.engine.sbom.Component;
import uk.reeve.engine.sbom.Scope;

/// What stands in documents and not in the one that is made of them: by element, with how often.
///
/// @param elements path without numbers (`components.description`; nested components count as components) to how
///     often
/// @param itemised whether all inputs are in an encoding that is looked at so (JSON; CycloneDX in XML)
public record Losses(SortedMap<String, Integer> elements, boolean itemised) {

    private static final int MOST_PATHS = 5_000;

    /// What is read of CycloneDX and written again in either format.
    private static final Set<String> CYCLONEDX = Set.of(
            "$schema",
            "bomFormat",
            "specVersion",
            "serialNumber",
            "version",
            "metadata.timestamp",
            "metadata.tools.name",
            "metadata.tools.version",
            "metadata.tools.components.type",
            "metadata.tools.components.bom-ref",
            "metadata.tools.components.name",
            "metadata.tools.components.version",
            "metadata.authors.name",
            "metadata.manufacturer.name",
            "metadata.lifecycles.phase",
            "metadata.lifecycles.name",
            "components.bom-ref",
            "components.type",
            "components.group", // but see values()
            "components.name",
            "components.version",
            "components.purl",
            "components.cpe",
            "components.scope",
            "components.supplier.name",
            "components.hashes", // the text of an element in XML
            "components.hashes.alg",
            "components.hashes.content",
            "components.licenses.license.id",
            "components.licenses.license.name",
            "components.licenses.expression",
            "dependencies.ref",
            "dependencies.dependsOn");

    /// What only CycloneDX has a place for, of CycloneDX.
    private static final Set<String> CYCLONEDX_ONLY = Set.of(
            "components.evidence.occurrences.location",
            "components.evidence.occurrences.line",
            "vulnerabilities.id",
            "vulnerabilities.analysis.state",
            "vulnerabilities.analysis.justification",
            "vulnerabilities.analysis.detail",
            "vulnerabilities.affects.ref");

    private static final Set<String> SPDX = Set.of(
            "spdxVersion",
            "SPDXID",
            "dataLicense", // each SPDX document is CC0-1.0
            "documentNamespace",
            "documentDescribes",
            "creationInfo.created",
            "creationInfo.creators",
            "packages.SPDXID",
            "packages.name",
            "packages.versionInfo",
            "packages.supplier",
            "packages.downloadLocation",
            "packages.filesAnalyzed",
            "packages.licenseConcluded",
            "packages.licenseDeclared",
            "packages.checksums.algorithm",
            "packages.checksums.checksumValue",
            "packages.primaryPackagePurpose");

    private static final Set<String> RELATIONSHIPS = Set.of(
            "DESCRIBES",
            "DESCRIBED_BY",
            "CONTAINS",
            "CONTAINED_BY",
            "DEPENDS_ON",
            "DEPENDENCY_OF",
            "BUILD_DEPENDENCY_OF",
            "DEV_DEPENDENCY_OF",
            "OPTIONAL_DEPENDENCY_OF",
            "RUNTIME_DEPENDENCY_OF",
            "TEST_DEPENDENCY_OF");

    /// Properties of components whose meaning SPDX has a place for.
    private static final Set<String> PROPERTIES_IN_SPDX = Set.of(
            "syft:cpe23",
            "reeve:cpe",
            "reeve:scope",
            "reeve:place",
            "aquasecurity:trivy:SrcName",
            "aquasecurity:trivy:SrcVersion",
            "aquasecurity:trivy:SrcRelease",
            "aquasecurity:trivy:SrcEpoch",
            "syft:metadata:source",
            "syft:metadata:sourceVersion",
            "syft:metadata:originPackage");

    /// Of XML: the one that a list holds, which JSON does not name.
    private static final Set<String> ITEMS = Set.of(
            "component",
            "hash",
            "reference",
            "property",
            "dependency",
            "tool",
            "author",
            "lifecycle",
            "occurrence",
            "vulnerability",
            "service",
            "composition",
            "target");

    /// @param to `cyclonedx` or `spdx`
    static Losses of(List<Input> inputs, String to) {
        SortedMap<String, Integer> lost = new TreeMap<>();
        boolean itemised = true;
        for (Input input : inputs) {
            Walk walk =
                    new Walk(lost, input.sbom().format().equals("CycloneDX"), to.equals("spdx"), properties(input, to));
            Node json = input.json();
            Element xml = input.xml();
            if (json != null && (json.get("specVersion") != null || json.get("spdxVersion") != null)) {
                walk.json("", json);
            } else if (xml != null && xml.name().equals("bom")) {
                walk.children("", xml);
            } else {
                itemised = false;
            }
            walk.values(input.sbom().components());
        }
        return new Losses(lost, itemised);
    }

    // Names of properties that are kept: those that the reader took are written to CycloneDX again.
    private static Set<String> properties(Input input, String to) {
        if (to.equals("spdx")) {
            return PROPERTIES_IN_SPDX;
        }
        Set<String> kept =
                new HashSet<>(Set.of("syft:cpe23", "reeve:cpe", "reeve:scope", "reeve:place", "reeve:locked"));
        for (Component component : input.sbom().components()) {
            kept.addAll(component.properties().keySet());
        }
        return kept;
    }

    private record Walk(SortedMap<String, Integer> lost, boolean cycloneDx, boolean toSpdx, Set<String> properties) {

        void json(String path, Node node) {
            switch (node) {
                case Node.Fields fields -> fields(path, fields);
                case Node.Items items -> items.values().forEach(item -> json(path, item));
                case Node.Text text -> leaf(path, text.value());
                case Node.Num number -> leaf(path, number.value());
                case Node.Bool bool -> leaf(path, Boolean.toString(bool.value()));
                case Node.Nothing _ -> {}
            }
        }

        private void fields(String path, Node.Fields fields) {
            switch (path) {
                case "components.properties" -> property(String.valueOf(fields.text("name")));
                case "packages.externalRefs" -> {
                    String type = String.valueOf(fields.text("referenceType"));
                    if (!type.endsWith("purl") && !type.contains("cpe")) {
                        count(path + " (" + type + ")");
                    }
                }
                case "relationships" -> {
                    String type = String.valueOf(fields.text("relationshipType"));
                    if (!RELATIONSHIPS.contains(type)) {
                        count(path + " (" + type + ")");
                    }
                }
                default -> fields.values().forEach((field, value) -> json(path(path, field), value));
            }
        }

        void children(String path, Element element) {
            if (path.equals("components.properties") && element.attributes().containsKey("name")) {
                property(String.valueOf(element.attributes().get("name")));
                return;
            }
            element.attributes().forEach((name, value) -> leaf(path(path, name), value));
            for (Element child : element.children()) {
                boolean own = path.equals("metadata") && child.name().equals("component"); // no item of a list
                children(
                        ITEMS.contains(child.name()) && !path.isEmpty() && !own ? path : path(path, child.name()),
                        child);
            }
            if (element.children().isEmpty() && !path.isEmpty()) {
                leaf(path, element.text());
            }
        }

        // What has a place in both, but not with every value.
        void values(List<Component> components) {
            for (Component component : components) {
                if (toSpdx && cycloneDx && component.group() != null && component.purl() == null) {
                    count("components.group");
                }
                if (toSpdx && component.scope() == Scope.BUNDLED) {
                    count("components.scope (bundled)");
                }
                if (toSpdx && !component.locked()) {
                    count("components.properties (reeve:locked)");
                }
            }
        }

        private void property(String name) {
            if (!properties.contains(name) && !(toSpdx && name.equals("reeve:locked"))) { // that is counted above
                count("components.properties (" + name + ")");
            }
        }

        private static String path(String path, String field) {
            if (path.isEmpty()) {
                return field;
            }
            boolean component = field.equals("component") && path.equals("metadata");
            boolean nested = field.equals("components") && path.equals("components");
            return component || nested ? "components" : path + "." + field;
        }

        private void leaf(String path, String value) {
            boolean empty = value.isBlank() || value.equals("NOASSERTION") || value.equals("NONE");
            boolean kept = cycloneDx
                    ? CYCLONEDX.contains(path) || (!toSpdx && CYCLONEDX_ONLY.contains(path))
                    : SPDX.contains(path)
                            || (path.equals("packages.sourceInfo") && value.startsWith("built package from:"));
            if (!empty && !kept) {
                count(path);
            }
        }

        private void count(String path) {
            if (lost.size() < MOST_PATHS || lost.containsKey(path)) {
                lost.merge(path, 1, Integer::sum);
            }
        }
    }
}
