package uk.reeve.scanner.extract;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;
import uk.reeve.engine.input.JsonInput;
import uk.reeve.engine.input.Node;
import uk.reeve.engine.input.Unreadable;
import uk.reeve.engine.purl.Purl;
import uk.reeve.engine.sbom.Scope;

/// `bun.lock`: JSON with comments and commas after the last item. A package is a list that begins with `name@version`
/// or with where it comes from; its key is the path of names by which it is found, as folders would lie.
final class BunLock implements Extractor {

    @Override
    public String name() {
        return "npm/bun-lock";
    }

    @Override
    public boolean wants(ScanPath path, Head head) {
        return path.fileName().equals("bun.lock");
    }

    @Override
    public void extract(ScanFile file, Sink out) throws IOException, Unreadable {
        Node root = read(file);
        if (root.get("lockfileVersion") == null) {
            throw new Unreadable(root.line(), "has no \"lockfileVersion\"; write it again with: bun install");
        }
        LockGraph graph = new LockGraph();
        Map<String, LockGraph.Node> nodes = new HashMap<>();
        Map<String, Node> packages = root.fields("packages");
        for (Map.Entry<String, Node> entry : packages.entrySet()) {
            LockGraph.Node node = node(entry.getValue(), graph, out);
            if (node != null) {
                nodes.put(entry.getKey(), node);
            }
        }
        for (Map.Entry<String, Node> entry : packages.entrySet()) {
            needs(entry.getKey(), entry.getValue(), nodes);
        }
        for (Node member : root.fields("workspaces").values()) {
            asked(member.fields("dependencies"), Scope.RUNTIME, graph, nodes);
            asked(member.fields("optionalDependencies"), Scope.OPTIONAL, graph, nodes);
            asked(member.fields("devDependencies"), Scope.DEVELOPMENT, graph, nodes);
        }
        graph.tell(out);
    }

    private static Node read(ScanFile file) throws IOException, Unreadable {
        JsonFactory lenient = JsonInput.FACTORY
                .rebuild()
                .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
                .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
                .build();
        try (InputStream in = file.open();
                JsonParser parser = lenient.createParser(ObjectReadContext.empty(), in)) {
            parser.nextToken();
            return JsonInput.value(parser);
        } catch (JacksonException e) {
            throw JsonInput.unreadable(e);
        }
    }

    // ["name@1.0.0", "registry", {"dependencies": {…}}, "sha512-…"]
    private static LockGraph.@Nullable Node node(Node entry, LockGraph graph, Sink out) {
        List<Node> items = entry.items();
        String text = items.isEmpty() ? null : items.getFirst().text();
        String[] parts = text == null ? null : Npm.split(text);
        if (parts == null) {
            out.problem(entry.line(), "expected a list that begins with \"name@version\"; it was left out");
            return null;
        }
        if (Npm.isOwn(parts[1])) {
            return graph.node(entry.line(), null, null);
        }
        String version = parts[1].startsWith("npm:") ? parts[1].substring(4) : parts[1];
        String why = Npm.outside(version);
        Purl purl = null;
        if (why == null) {
            purl = Npm.purl(out, entry.line(), parts[0], version);
        } else {
            out.notCovered(entry.line(), parts[0], null, why);
        }
        LockGraph.Node node = graph.node(entry.line(), purl, null);
        node.tell(Npm.facts(items.getLast().text(), null));
        return node;
    }

    private static void needs(String key, Node entry, Map<String, LockGraph.Node> nodes) {
        LockGraph.Node node = nodes.get(key);
        if (node == null) {
            return;
        }
        for (Node item : entry.items()) {
            for (String field : List.of("dependencies", "optionalDependencies", "peerDependencies")) {
                for (String name : item.fields(field).keySet()) {
                    LockGraph.Node other = find(key, name, nodes);
                    if (other != null) {
                        node.needs(other, field.equals("optionalDependencies"));
                    }
                }
            }
        }
    }

    private static void asked(
            Map<String, Node> names, Scope scope, LockGraph graph, Map<String, LockGraph.Node> nodes) {
        for (String name : names.keySet()) {
            LockGraph.Node node = nodes.get(name);
            if (node != null) {
                graph.root(node, scope);
            }
        }
    }

    // Below the package itself, below each above it, then at the top.
    private static LockGraph.@Nullable Node find(String key, String name, Map<String, LockGraph.Node> nodes) {
        for (String above = key; !above.isEmpty(); above = parent(above)) {
            LockGraph.Node found = nodes.get(above + "/" + name);
            if (found != null) {
                return found;
            }
        }
        return nodes.get(name);
    }

    private static String parent(String key) {
        int slash = key.lastIndexOf('/');
        int before = key.lastIndexOf('/', slash - 1);
        boolean scoped = slash > 0 && key.charAt(before + 1) == '@';
        int end = scoped ? before : slash;
        return end <= 0 ? "" : key.substring(0, end);
    }
}
