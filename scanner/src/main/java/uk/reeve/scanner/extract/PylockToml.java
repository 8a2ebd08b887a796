package uk.reeve.scanner.extract;

import java.io.IOException;
import java.util.List;
import uk.reeve.engine.input.Node;
import uk.reeve.engine.input.Unreadable;
import uk.reeve.engine.sbom.Scope;

/// `pylock.toml` and `pylock.NAME.toml`. Source: PEP 751. A marker that asks for a group or an extra says what for.
final class PylockToml implements Extractor {

    @Override
    public String name() {
        return "pypi/pylock";
    }

    @Override
    public boolean wants(ScanPath path, Head head) {
        String name = path.fileName();
        return name.equals("pylock.toml") || (name.startsWith("pylock.") && name.endsWith(".toml"));
    }

    @Override
    public void extract(ScanFile file, Sink out) throws IOException, Unreadable {
        Node root = file.toml();
        if (root.get("lock-version") == null) {
            throw new Unreadable(1, "has no \"lock-version\"; write it again with the tool named by \"created-by\"");
        }
        file.tellOpenLine(out, "the tool named by \"created-by\"");
        PypiGraph graph = new PypiGraph(out);
        List<Node> packages = root.items("packages");
        LockGraph.Node[] nodes = new LockGraph.Node[packages.size()];
        for (int i = 0; i < nodes.length; i++) {
            nodes[i] = add(packages.get(i), graph);
        }
        for (int i = 0; i < nodes.length; i++) {
            for (Node needed : packages.get(i).items("dependencies")) {
                graph.needs(nodes[i], needed.text("name"), needed.text("version"), false);
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
        if (about.get("directory") != null) {
            return graph.addOutside(about.line(), name, version, null);
        }
        if (about.get("vcs") != null) {
            return graph.addOutside(about.line(), name, version, Pypi.GIT);
        }
        if (about.get("archive") != null) {
            return graph.addOutside(about.line(), name, version, Pypi.ADDRESS);
        }
        String marker = about.text("marker");
        Scope scope = marker == null
                ? Scope.RUNTIME
                : marker.contains("dependency_groups")
                        ? Scope.DEVELOPMENT
                        : marker.contains("extras") ? Scope.OPTIONAL : Scope.RUNTIME;
        return graph.add(about.line(), name, version, scope);
    }
}
