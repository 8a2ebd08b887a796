package uk.reeve.engine.sbom;

import static uk.reeve.engine.sbom.SpdxWarnings.quote;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The packages of a document and what it says of their relations, which may come before what they name.
final class SpdxGraph {

    private final SpdxWarnings warnings;
    private final Map<String, SpdxPackage> packages = new LinkedHashMap<>();
    private final Set<String> others = new HashSet<>();
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<Edge> edges = new ArrayList<>();
    private int files;

    private enum Kind {
        DESCRIBES,
        DEPENDS,
        CONTAINS
    }

    private record Edge(
            Kind kind, String from, String to, @Nullable Scope scope, int line) {}

    SpdxGraph(SpdxWarnings warnings) {
        this.warnings = warnings;
    }

    void add(SpdxPackage found) {
        String id = found.id;
        if (id == null) {
            id = unused("package-" + (packages.size() + 1));
            warnings.add(
                    found.line,
                    "the package " + quote(found.name) + " has no id; no relation can name it, the rest of it counts");
        } else if (packages.containsKey(id)) {
            String made = unused(id);
            warnings.add(
                    found.line,
                    "the id " + quote(id) + " stands for two packages; relations mean the first, and both count");
            id = made;
        }
        found.id = id;
        packages.put(id, found);
        TooMany.check(packages.size(), found.line);
    }

    /// A file is no component.
    void file(@Nullable String id) {
        files++;
        other(id);
    }

    /// Something that relations may name and that is no component.
    void other(@Nullable String id) {
        if (id != null) {
            others.add(id);
        }
    }

    int files() {
        return files;
    }

    /// Warns where there is nothing to match.
    void warnOfNothing() {
        if (packages.isEmpty()) {
            String held =
                    files == 0 ? "no package" : files == 1 ? "one file, no package" : files + " files, no package";
            warnings.add(0, "the document holds " + held + "; there is nothing to check");
        }
    }

    boolean isEmpty() {
        return packages.isEmpty();
    }

    @Nullable
    SpdxPackage find(String id) {
        return packages.get(id);
    }

    Iterable<SpdxPackage> packages() {
        return packages.values();
    }

    void describes(String from, String to, int line) {
        edges.add(new Edge(Kind.DESCRIBES, from, to, null, line));
    }

    /// @param scope what `to` is for, as far as this relation tells
    void depends(String from, String to, Scope scope, int line) {
        edges.add(new Edge(Kind.DEPENDS, from, to, scope, line));
    }

    /// @param scope what `to` is for; null where the relation does not tell
    void contains(String from, String to, @Nullable Scope scope, int line) {
        edges.add(new Edge(Kind.CONTAINS, from, to, scope, line));
    }

    /// Applies the relations to the packages.
    ///
    /// @param root `ref` of what the document describes where it is known from elsewhere
    Resolved resolve(@Nullable String root) {
        String described = root;
        for (Edge edge : edges) {
            if (edge.kind == Kind.DESCRIBES && described == null && find(edge.to, edge.line) != null) {
                described = edge.to;
            }
        }
        Map<String, Set<String>> dependencies = new LinkedHashMap<>();
        for (Edge edge : edges) {
            if (edge.kind == Kind.DESCRIBES) {
                continue;
            }
            SpdxPackage from = find(edge.from, edge.line);
            SpdxPackage to = find(edge.to, edge.line);
            if (to == null || from == to) {
                continue;
            }
            // Of several relations the one nearest to what is shipped counts.
            if (edge.scope != null && (to.scope == null || edge.scope.compareTo(to.scope) < 0)) {
                to.scope = edge.scope;
            }
            if (from != null && edge.kind == Kind.DEPENDS) {
                Set<String> targets = dependencies.get(edge.from);
                if (targets == null) {
                    targets = new LinkedHashSet<>();
                    dependencies.put(edge.from, targets);
                }
                targets.add(edge.to);
            } else if (from != null && !edge.to.equals(described)) {
                if (to.parent == null || to.parent.equals(described)) {
                    to.parent = edge.from;
                }
            }
        }
        cutCycles();
        return new Resolved(described, components(described), lists(dependencies));
    }

    /// @param root null where none is told
    record Resolved(@Nullable String root, List<Component> components, Map<String, List<String>> dependencies) {}

    private List<Component> components(@Nullable String root) {
        List<Component> components = new ArrayList<>(packages.size());
        SpdxPackage first = root == null ? null : packages.get(root);
        if (first != null) {
            components.add(first.component(warnings));
        }
        for (SpdxPackage found : packages.values()) {
            if (found != first) {
                components.add(found.component(warnings));
            }
        }
        return components;
    }

    private static Map<String, List<String>> lists(Map<String, Set<String>> sets) {
        Map<String, List<String>> lists = new LinkedHashMap<>();
        for (Map.Entry<String, Set<String>> set : sets.entrySet()) {
            lists.put(set.getKey(), List.copyOf(set.getValue()));
        }
        return lists;
    }

    private @Nullable SpdxPackage find(String id, int line) {
        SpdxPackage found = packages.get(id);
        if (found == null && !others.contains(id) && isOfThisDocument(id)) {
            warnings.add(
                    line, "a relation names " + quote(id) + ", and the document has no such element; it was left out");
            others.add(id);
        }
        return found;
    }

    private static boolean isOfThisDocument(String id) {
        return !id.equals("NONE") && !id.equals("NOASSERTION") && !id.startsWith("DocumentRef-");
    }

    private String unused(String id) {
        String made = id;
        int number = numbers.getOrDefault(id, 1); // thousands may share one id
        while (packages.containsKey(made)) {
            made = id + "#" + ++number;
        }
        numbers.put(id, number);
        return made;
    }

    // Follows each chain of parents once: a package met again on the way up closes a circle.
    private void cutCycles() {
        int walk = 0;
        for (SpdxPackage start : packages.values()) {
            walk++;
            SpdxPackage at = start;
            while (at.walk == 0) {
                at.walk = walk;
                SpdxPackage parent = at.parent == null ? null : packages.get(at.parent);
                if (parent == null) {
                    break;
                }
                if (parent.walk == walk) {
                    warnings.add(at.line, quote(at.id) + " is contained in itself; it was put at the top");
                    at.parent = null;
                    break;
                }
                at = parent;
            }
        }
    }
}
