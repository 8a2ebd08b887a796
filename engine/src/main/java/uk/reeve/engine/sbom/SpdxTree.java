package uk.reeve.engine.sbom;

import static uk.reeve.engine.sbom.SpdxWarnings.quote;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.input.Node;
import uk.reeve.engine.input.Unreadable;

/// The fields of SPDX 2 as JSON and YAML name them.
final class SpdxTree {

    private final SpdxDocument document;
    private final SpdxWarnings warnings;

    SpdxTree(SpdxDocument document) {
        this.document = document;
        this.warnings = document.warnings;
    }

    /// A field of the document.
    void field(String name, Node value) throws Unreadable {
        switch (name) {
            case "spdxVersion", "SPDXVersion" -> {
                String version = value.text();
                if (version == null) {
                    throw new Unreadable(value.line(), "has a \"spdxVersion\" that is no text; " + SpdxDocument.READ);
                }
                document.version(version, value.line());
            }
            case "SPDXID" -> document.graph.other(value.text());
            case "documentNamespace" -> document.namespace(value.text(), value.line());
            case "creationInfo" -> creation(value);
            case "packages", "files", "snippets", "relationships", "documentDescribes" -> {
                for (Node item : items(name, value)) {
                    item(name, item);
                }
            }
            default -> {} // licences, comments, annotations, reviews: nothing to match
        }
    }

    /// An item of one of the document's lists.
    void item(String list, Node item) {
        switch (list) {
            case "packages" -> {
                if (item instanceof Node.Fields) {
                    document.graph.add(read(item));
                } else {
                    warnings.add(item.line(), "an item of \"packages\" is no package; it was left out");
                }
            }
            case "files" -> document.graph.file(item.text("SPDXID"));
            case "snippets" -> document.graph.other(item.text("SPDXID"));
            case "relationships" ->
                document.relationship(
                        item.text("spdxElementId"),
                        isOwner(item.text("comment")) ? "CONTAINS" : item.text("relationshipType"),
                        item.text("relatedSpdxElement"),
                        item.line());
            case "documentDescribes" ->
                document.relationship("SPDXRef-DOCUMENT", "DESCRIBES", item.text(), item.line());
            default -> throw new IllegalArgumentException(list);
        }
    }

    // Syft writes so that a distribution's package brought the files by which it found another.
    private static boolean isOwner(@Nullable String comment) {
        return comment != null && comment.startsWith("ownership-by-file-overlap");
    }

    private SpdxPackage read(Node fields) {
        SpdxPackage found = new SpdxPackage(fields.line());
        for (Map.Entry<String, Node> field : fields.fields().entrySet()) {
            Node value = field.getValue();
            switch (field.getKey()) {
                case "SPDXID" -> found.id = text("SPDXID", value);
                case "name" -> found.name = text("name", value);
                case "versionInfo" -> found.version = text("versionInfo", value);
                case "packageName" -> found.name = slip("packageName", "name", found.name, value);
                case "packageVersion" -> found.version = slip("packageVersion", "versionInfo", found.version, value);
                case "supplier" -> found.supplier = SpdxPackage.agent(text("supplier", value));
                case "primaryPackagePurpose" -> found.purpose = text("primaryPackagePurpose", value);
                case "licenseConcluded" -> found.concluded = text("licenseConcluded", value);
                case "licenseDeclared" -> found.declared = text("licenseDeclared", value);
                case "packageLicenseDeclared" ->
                    found.declared = slip("packageLicenseDeclared", "licenseDeclared", found.declared, value);
                case "downloadLocation" -> found.download = text("downloadLocation", value);
                case "sourceInfo" -> found.sourceInfo = text("sourceInfo", value);
                case "checksums" -> {
                    for (Node sum : items("checksums", value)) {
                        found.checksum(sum.text("algorithm"), sum.text("checksumValue"), sum.line(), warnings);
                    }
                }
                case "externalRefs" -> {
                    for (Node ref : items("externalRefs", value)) {
                        Node locator = ref.get("referenceLocator");
                        found.reference(
                                ref.text("referenceType"),
                                locator == null ? null : locator.text(),
                                locator == null ? ref.line() : locator.line(),
                                warnings);
                    }
                }
                default -> {}
            }
        }
        return found;
    }

    private void creation(Node value) {
        document.created(value.text("created"));
        Node creators = value.get("creators");
        if (creators == null) {
            return;
        }
        for (Node creator : items("creators", creators)) {
            String text = creator.text();
            if (text != null) {
                document.creator(text, creator.line());
                continue;
            }
            warnings.add(creator.line(), "a creator should be one text, \"Person: name\"");
            for (Map.Entry<String, Node> part : creator.fields().entrySet()) {
                String name = part.getValue().text();
                if (name != null) {
                    document.creator(part.getKey() + ": " + name, creator.line());
                }
            }
        }
    }

    private @Nullable String text(String name, Node value) {
        String text = value.text();
        if (text == null && !(value instanceof Node.Nothing)) {
            warnings.add(value.line(), quote(name) + " is no text; it was left out");
        }
        return text;
    }

    // The tag-value names in JSON: an example of an early SPDX tool spread them.
    private @Nullable String slip(String name, String right, @Nullable String known, Node value) {
        warnings.add(value.line(), quote(name) + " should be " + quote(right) + " here; it was read as such");
        return known == null ? text(name, value) : known;
    }

    private List<Node> items(String name, Node value) {
        if (value instanceof Node.Items list) {
            return list.values();
        }
        if (value instanceof Node.Nothing) {
            return List.of();
        }
        warnings.add(value.line(), quote(name) + " should be a list; it was read as its only item");
        return List.of(value);
    }
}
