package uk.reeve.scanner.extract;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.purl.Purl;
import uk.reeve.engine.sbom.Scope;

/// What a lock file resolves, before it is told: what each package is for follows, where the file does not say, from
/// what the project asks for. A node without a package URL (a member of the workspace, something from git) is told to
/// nobody, and ways lead through it.
final class LockGraph {

    /// One resolved package.
    static final class Node {
        private final int line;
        private final @Nullable Purl purl;
        private final List<Node> needs = new ArrayList<>(2);
        private final List<Node> mayNeed = new ArrayList<>(0);
        private Map<String, String> facts = Map.of();
        private @Nullable Scope scope;
        private int number = -1;

        private Node(int line, @Nullable Purl purl, @Nullable Scope scope) {
            this.line = line;
            this.purl = purl;
            this.scope = scope;
        }

        void needs(Node other, boolean optional) {
            (optional ? mayNeed : needs).add(other);
        }

        void tell(Map<String, String> more) {
            facts = more;
        }
    }

    private record Root(Node node, Scope scope) {}

    private final List<Node> nodes = new ArrayList<>();
    private final List<Root> roots = new ArrayList<>();

    /// @param purl null for what comes from no registry
    /// @param scope null where the file does not say
    Node node(int line, @Nullable Purl purl, @Nullable Scope scope) {
        Node node = new Node(line, purl, scope);
        nodes.add(node);
        return node;
    }

    /// The project itself asks for this.
    void root(Node node, Scope scope) {
        roots.add(new Root(node, scope));
    }

    /// Tells the sink, in the order of the file.
    void tell(Sink out) {
        reach();
        for (Node node : nodes) {
            if (node.purl != null) {
                node.number = out.component(node.line, node.purl, node.scope == null ? Scope.RUNTIME : node.scope);
                if (!node.facts.isEmpty()) {
                    out.tell(node.number, node.facts);
                }
            }
        }
        for (Root root : roots) {
            if (root.node.number >= 0) {
                out.direct(root.node.number);
            }
        }
        for (Node node : nodes) {
            if (node.number >= 0) {
                edges(node, node, new HashSet<>(0), out);
            }
        }
    }

    // The most shipped scope first, so each node keeps the first that reaches it. What only an optional dependency
    // brings in is optional; beyond that, the scope in which the way began holds.
    private void reach() {
        for (Scope scope : Scope.values()) {
            ArrayDeque<Node> queue = new ArrayDeque<>();
            for (Root root : roots) {
                if (root.scope == scope) {
                    reach(root.node, scope, queue);
                }
            }
            if (scope == Scope.OPTIONAL) {
                for (Node node : nodes) {
                    if (node.scope == Scope.RUNTIME) {
                        for (Node other : node.mayNeed) {
                            reach(other, scope, queue);
                        }
                    }
                }
            }
            for (Node node = queue.poll(); node != null; node = queue.poll()) {
                for (Node other : node.needs) {
                    reach(other, scope, queue);
                }
                for (Node other : scope == Scope.RUNTIME ? List.<Node>of() : node.mayNeed) {
                    reach(other, scope, queue);
                }
            }
        }
    }

    private static void reach(Node node, Scope scope, ArrayDeque<Node> queue) {
        if (node.scope == null) {
            node.scope = scope;
            queue.add(node);
        }
    }

    private static void edges(Node from, Node through, Set<Node> seen, Sink out) {
        for (List<Node> list : List.of(through.needs, through.mayNeed)) {
            for (Node to : list) {
                if (to.number >= 0) {
                    if (to.number != from.number) {
                        out.edge(from.number, to.number);
                    }
                } else if (seen.add(to)) {
                    edges(from, to, seen, out);
                }
            }
        }
    }
}
