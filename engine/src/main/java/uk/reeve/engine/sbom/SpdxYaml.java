package uk.reeve.engine.sbom;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import uk.reeve.engine.input.Node;
import uk.reeve.engine.input.Unreadable;
import uk.reeve.engine.input.YamlInput;

/// SPDX 2 as YAML: the same fields as its JSON.
final class SpdxYaml {

    private SpdxYaml() {}

    static Sbom read(InputStream in) throws IOException, Unreadable {
        SpdxText text = SpdxText.of(in);
        SpdxDocument document = new SpdxDocument("YAML");
        SpdxTree tree = new SpdxTree(document);
        Node root = YamlInput.read(text);
        if (!(root instanceof Node.Fields)) {
            throw new Unreadable(root.line(), "is a single value, where an SPDX document was expected");
        }
        for (Map.Entry<String, Node> field : root.fields().entrySet()) {
            tree.field(field.getKey(), field.getValue());
        }
        text.warnOfCut(document.warnings);
        return document.sbom();
    }
}
