package uk.reeve.scanner.extract;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.input.Node;
import uk.reeve.engine.input.Unreadable;
import uk.reeve.engine.sbom.Scope;

/// `poetry.lock`. What a package is for stands in `category` (Poetry before 1.5) or `groups` (2.0 and later); between
/// them the file does not tell, and it follows from `pyproject.toml`.
final class PoetryLock implements Extractor {

    private static final String AGAIN = "poetry lock";

    @Override
    public String name() {
        return "pypi/poetry-lock";
    }

    @Override
    public boolean wants(ScanPath path, Head head) {
        return path.fileName().equals("poetry.lock");
    }

    @Override
    public void extract(ScanFile file, Sink out) throws IOException, Unreadable {
        Node root = file.toml();
        if (root.get("package") == null && root.get("metadata") == null) {
            throw new Unreadable(1, "has no [[package]]; write it again with: poetry lock");
        }
        Node metadata = root.get("metadata");
        if (!file.tellOpenLine(out, AGAIN) && (metadata == null || metadata.get("content-hash") == null)) {
            // the last table that is always there
            out.problem(0, ScanFile.cut("[metadata] with its \"content-hash\" is missing", AGAIN));
        }
        PypiGraph graph = new PypiGraph(out);
        List<Node> packages = root.items("package");
        LockGraph.Node[] nodes = new LockGraph.Node[packages.size()];
        for (int i = 0; i < nodes.length; i++) {
            nodes[i] = add(packages.get(i), graph);
        }
        for (int i = 0; i < nodes.length; i++) {
            for (Map.Entry<String, Node> needed :
                    packages.get(i).fields("dependencies").entrySet()) {
                graph.needs(nodes[i], needed.getKey(), null, needed.getValue().isTrue("optional"));
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
        Node source = about.get("source");
        String type = source == null ? null : source.text("type");
        String why = type == null
                ? null
                : switch (type) {
                    case "git" -> Pypi.GIT;
                    case "url" -> Pypi.ADDRESS;
                    case "file" -> Pypi.ARCHIVE;
                    default -> null;
                };
        if (why != null || "directory".equals(type)) {
            return graph.addOutside(about.line(), name, version, why);
        }
        return graph.add(about.line(), name, version, scope(about));
    }

    private static @Nullable Scope scope(Node about) {
        String category = about.text("category");
        List<Node> groups = about.items("groups");
        if (category == null && groups.isEmpty()) {
            return null;
        }
        Scope scope = category == null ? null : category.equals("main") ? Scope.RUNTIME : Scope.DEVELOPMENT;
        for (Node group : groups) {
            Scope other = Pypi.scope(String.valueOf(group.text()));
            scope = scope == null || other.compareTo(scope) < 0 ? other : scope;
        }
        return scope == Scope.RUNTIME && about.isTrue("optional") ? Scope.OPTIONAL : scope;
    }
}
