package uk.reeve.scanner.extract;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.purl.Purl;
import uk.reeve.engine.sbom.Scope;

/// The packages of one Python lock file. A name may stand there in several versions, each for its own platform: what
/// depends on the name depends on all, unless it says which.
final class PypiGraph {

    private record Version(@Nullable String version, LockGraph.Node node) {}

    private final Sink out;
    private final LockGraph graph = new LockGraph();
    private final Map<String, List<Version>> byName = new HashMap<>();
    /// The first name that something needs and the file has not, if any.
    private @Nullable String missing;

    PypiGraph(Sink out) {
        this.out = out;
    }

    /// A package of an index.
    LockGraph.Node add(int line, @Nullable String name, @Nullable String version, @Nullable Scope scope) {
        Purl purl = Pypi.purl(out, line, name, version);
        return keep(name, version, graph.node(line, purl, scope));
    }

    /// A package from elsewhere.
    ///
    /// @param why null for what is the project's own
    LockGraph.Node addOutside(int line, @Nullable String name, @Nullable String version, @Nullable String why) {
        if (why != null) {
            out.notCovered(line, name == null ? "a package" : name, version, why);
        }
        return keep(name, version, graph.node(line, null, null));
    }

    private LockGraph.Node keep(@Nullable String name, @Nullable String version, LockGraph.Node node) {
        if (name != null) {
            byName.computeIfAbsent(Pypi.key(name), k -> new ArrayList<>(1)).add(new Version(version, node));
        }
        return node;
    }

    /// @param version null where the file does not say which
    void needs(LockGraph.Node from, @Nullable String name, @Nullable String version, boolean optional) {
        for (LockGraph.Node to : find(name, version)) {
            if (to != from) {
                from.needs(to, optional);
            }
        }
    }

    /// The project itself asks for it.
    void asks(@Nullable String name, @Nullable String version, Scope scope) {
        for (LockGraph.Node node : find(name, version)) {
            graph.root(node, scope);
        }
    }

    private List<LockGraph.Node> find(@Nullable String name, @Nullable String version) {
        List<LockGraph.Node> found = new ArrayList<>(1);
        List<Version> versions = name == null ? null : byName.get(Pypi.key(name));
        if (name != null && versions == null && missing == null) {
            missing = name;
        }
        for (Version known : versions == null ? List.<Version>of() : versions) {
            if (version == null || version.equals(known.version)) {
                found.add(known.node);
            }
        }
        return found;
    }

    /// @param command writes the file again, and locks everything that anything needs: what is missing is told;
    /// null where that is no sign of anything
    void tell(@Nullable String command) {
        String sign = missing;
        if (command != null && sign != null) {
            out.problem(0, ScanFile.cut("\"" + Parts.shown(sign) + "\" is needed, and not there", command));
        }
        tell();
    }

    void tell() {
        graph.tell(out);
    }
}
