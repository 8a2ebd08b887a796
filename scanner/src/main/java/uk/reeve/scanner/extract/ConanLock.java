package uk.reeve.scanner.extract;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.input.Node;
import uk.reeve.engine.input.Unreadable;
import uk.reeve.engine.purl.Purl;
import uk.reeve.engine.sbom.Scope;

/// `conan.lock` for C and C++: the graph of Conan 1, the flat lists of Conan 2 (lock file version 0.5).
final class ConanLock implements Extractor {

    @Override
    public String name() {
        return "conan/conan-lock";
    }

    @Override
    public boolean wants(ScanPath path, Head head) {
        return path.fileName().equals("conan.lock");
    }

    @Override
    public void extract(ScanFile file, Sink out) throws IOException, Unreadable {
        Node root = file.json();
        Node graph = root.get("graph_lock");
        if (graph != null) {
            graph(graph.fields("nodes"), out);
        } else if (root.get("requires") != null || root.get("build_requires") != null) {
            list(root.items("requires"), Scope.RUNTIME, out);
            list(root.items("build_requires"), Scope.BUILD, out);
            list(root.items("python_requires"), Scope.BUILD, out);
        } else {
            throw new Unreadable(
                    root.line(), "has neither \"graph_lock\" nor \"requires\"; write it again with: conan lock create");
        }
    }

    private static void list(List<Node> references, Scope scope, Sink out) {
        for (Node reference : references) {
            String text = reference.text();
            text = text == null && !reference.items().isEmpty()
                    ? reference.items().getFirst().text()
                    : text;
            Purl purl = text == null ? null : purl(reference.line(), text, out);
            if (purl != null) {
                out.component(reference.line(), purl, scope);
            }
        }
    }

    private static void graph(Map<String, Node> nodes, Sink out) {
        Map<String, Integer> numbers = new HashMap<>();
        for (Map.Entry<String, Node> entry : nodes.entrySet()) {
            Node node = entry.getValue();
            String reference = reference(node);
            Purl purl = reference == null ? null : purl(node.line(), reference, out);
            if (purl != null) {
                Scope scope = "build".equals(node.text("context")) ? Scope.BUILD : Scope.RUNTIME;
                numbers.put(entry.getKey(), out.component(node.line(), purl, scope));
            }
        }
        for (Map.Entry<String, Node> entry : nodes.entrySet()) {
            Integer from = numbers.get(entry.getKey());
            for (String list : new String[] {"requires", "build_requires"}) {
                for (Node needed : entry.getValue().items(list)) {
                    Integer to = numbers.get(String.valueOf(needed.text()));
                    if (to != null && from != null && !to.equals(from)) {
                        out.edge(from, to);
                    } else if (to != null && from == null) {
                        out.direct(to);
                    }
                }
            }
        }
    }

    /// The package of a node; null for the project itself.
    private static @Nullable String reference(Node node) {
        String reference = node.text("ref");
        reference = reference == null ? node.text("pref") : reference;
        boolean own = node.text("path") != null || reference == null || reference.indexOf('/') < 0;
        return own ? null : reference;
    }

    /// The purl of `name/version@user/channel#revision%time`.
    private static @Nullable Purl purl(int line, String reference, Sink out) {
        int end = 0;
        while (end < reference.length() && "#%:".indexOf(reference.charAt(end)) < 0) {
            end++;
        }
        String bare = reference.substring(0, end);
        int at = bare.indexOf('@');
        String from = at < 0 ? "" : bare.substring(at + 1);
        bare = at < 0 ? bare : bare.substring(0, at);
        int slash = bare.indexOf('/');
        int channel = from.indexOf('/');
        boolean user = channel > 0 && !from.startsWith("_");
        return Parts.purl(
                out,
                line,
                "conan",
                user ? from.substring(0, channel) : null,
                slash < 0 ? bare : bare.substring(0, slash),
                slash < 0 ? null : bare.substring(slash + 1),
                user ? Map.of("channel", from.substring(channel + 1)) : Map.of());
    }
}
