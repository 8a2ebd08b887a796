package uk.reeve.scanner.extract;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.input.Node;
import uk.reeve.engine.input.Unreadable;
import uk.reeve.engine.sbom.Scope;

/// `pdm.lock`. A package stands there once more for each set of its extras.
final class PdmLock implements Extractor {

    @Override
    public String name() {
        return "pypi/pdm-lock";
    }

    @Override
    public boolean wants(ScanPath path, Head head) {
        return path.fileName().equals("pdm.lock");
    }

    @Override
    public void extract(ScanFile file, Sink out) throws IOException, Unreadable {
        Node root = file.toml();
        if (root.get("package") == null && root.get("metadata") == null) {
            throw new Unreadable(1, "has no [[package]]; write it again with: pdm lock");
        }
        file.tellOpenLine(out, "pdm lock");
        PypiGraph graph = new PypiGraph(out);
        List<Node> packages = root.items("package");
        LockGraph.Node[] nodes = new LockGraph.Node[packages.size()];
        for (int i = 0; i < nodes.length; i++) {
            nodes[i] = add(packages.get(i), graph);
        }
        for (int i = 0; i < nodes.length; i++) {
            for (Node needed : packages.get(i).items("dependencies")) {
                Requirement requirement = Requirement.parse(String.valueOf(needed.text()));
                if (requirement != null) {
                    graph.needs(nodes[i], requirement.name(), null, false);
                }
            }
        }
        for (Pyproject.Asked asked : Pyproject.besides(file)) {
            graph.asks(asked.name(), null, asked.scope());
        }
        graph.tell();
    }

    private static LockGraph.Node add(Node about, PypiGraph graph) {
        String name = about.text("name");
        String version = about.text("version");
        if (about.text("git") != null) {
            return graph.addOutside(about.line(), name, version, Pypi.GIT);
        }
        if (about.text("url") != null) {
            return graph.addOutside(about.line(), name, version, Pypi.ADDRESS);
        }
        if (about.text("path") != null) {
            return graph.addOutside(about.line(), name, version, null);
        }
        return graph.add(about.line(), name, version, scope(about));
    }

    private static @Nullable Scope scope(Node about) {
        Scope scope = null;
        for (Node group : about.items("groups")) {
            String name = String.valueOf(group.text());
            Scope other = name.equals("default") ? Scope.RUNTIME : Pypi.scope(name);
            scope = scope == null || other.compareTo(scope) < 0 ? other : scope;
        }
        return scope;
    }
}
