package uk.reeve.scanner.extract;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.input.Node;
import uk.reeve.engine.input.Unreadable;
import uk.reeve.engine.sbom.Scope;

/// `uv.lock`. The project and the members of its workspace are packages too, with a source of their own
/// (`virtual`, `editable`, `directory`): what they need is what is asked for.
final class UvLock implements Extractor {

    private static final String AGAIN = "uv lock";

    @Override
    public String name() {
        return "pypi/uv-lock";
    }

    @Override
    public boolean wants(ScanPath path, Head head) {
        return path.fileName().equals("uv.lock");
    }

    @Override
    public void extract(ScanFile file, Sink out) throws IOException, Unreadable {
        Node root = file.toml();
        if (root.get("package") == null && root.get("version") == null) {
            throw new Unreadable(1, "has no [[package]]; write it again with: uv lock");
        }
        boolean told = file.tellOpenLine(out, AGAIN);
        PypiGraph graph = new PypiGraph(out);
        List<Node> packages = root.items("package");
        LockGraph.Node[] nodes = new LockGraph.Node[packages.size()];
        for (int i = 0; i < nodes.length; i++) {
            nodes[i] = add(packages.get(i), graph);
        }
        for (int i = 0; i < nodes.length; i++) {
            Node about = packages.get(i);
            if (isOwn(about)) {
                asks(about, graph);
                continue;
            }
            for (Node needed : about.items("dependencies")) {
                graph.needs(nodes[i], needed.text("name"), needed.text("version"), false);
            }
            for (Node extra : about.fields("optional-dependencies").values()) {
                for (Node needed : extra.items()) {
                    graph.needs(nodes[i], needed.text("name"), needed.text("version"), true);
                }
            }
        }
        graph.tell(told ? null : AGAIN);
    }

    private static boolean isOwn(Node about) {
        Node source = about.get("source");
        return source != null
                && (source.get("virtual") != null || source.get("editable") != null || source.get("directory") != null);
    }

    private static LockGraph.Node add(Node about, PypiGraph graph) {
        String name = about.text("name");
        String version = about.text("version");
        Node source = about.get("source");
        if (isOwn(about)) {
            return graph.addOutside(about.line(), name, version, null);
        }
        String why = outside(source);
        return why != null
                ? graph.addOutside(about.line(), name, version, why)
                : graph.add(about.line(), name, version, null);
    }

    private static @Nullable String outside(@Nullable Node source) {
        if (source == null) {
            return null;
        }
        if (source.get("git") != null) {
            return Pypi.GIT;
        }
        return source.get("url") != null ? Pypi.ADDRESS : source.get("path") != null ? Pypi.ARCHIVE : null;
    }

    private static void asks(Node member, PypiGraph graph) {
        asks(member.items("dependencies"), Scope.RUNTIME, graph);
        for (Node extra : member.fields("optional-dependencies").values()) {
            asks(extra.items(), Scope.OPTIONAL, graph);
        }
        for (Map.Entry<String, Node> group : member.fields("dev-dependencies").entrySet()) {
            Scope scope = Pypi.scope(group.getKey());
            asks(group.getValue().items(), scope == Scope.RUNTIME ? Scope.DEVELOPMENT : scope, graph);
        }
    }

    private static void asks(List<Node> needed, Scope scope, PypiGraph graph) {
        for (Node entry : needed) {
            graph.asks(entry.text("name"), entry.text("version"), scope);
        }
    }
}
