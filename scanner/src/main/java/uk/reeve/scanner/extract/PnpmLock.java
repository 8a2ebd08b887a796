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

/// `pnpm-lock.yaml`, lockfile versions 5 to 9. Keys of packages are `/name/1.0.0_peer@2.0.0` (5),
/// `/name@1.0.0(peer@2.0.0)` (6) and `name@1.0.0(peer@2.0.0)` (9, where `packages` leaves out the peers and `snapshots`
/// has the dependencies). What no registry gave has a key of its own shape, and its name inside.
final class PnpmLock implements Extractor {

    private static final String AGAIN = "pnpm install";

    @Override
    public String name() {
        return "npm/pnpm-lock";
    }

    @Override
    public boolean wants(ScanPath path, Head head) {
        return path.fileName().equals("pnpm-lock.yaml");
    }

    @Override
    public void extract(ScanFile file, Sink out) throws IOException, Unreadable {
        BlockYaml lines = new BlockYaml();
        file.lines(lines);
        List<Node> documents = lines.documents();
        if (documents.isEmpty()) { // no such file as pnpm writes it, or an empty one
            documents = List.of(file.yaml());
        }
        boolean told = file.tellOpenLine(out, AGAIN);
        boolean locked = false;
        for (Node root : documents) {
            if (root.get("lockfileVersion") != null) {
                locked = true;
                new Resolution(root, out, told).read();
            }
        }
        if (!locked) {
            throw new Unreadable(1, "has no \"lockfileVersion\"; write it again with: pnpm install");
        }
    }

    private static final class Resolution {

        private final Node root;
        private final Sink out;
        /// Whether it was said that packages are missing.
        private boolean told;
        private final LockGraph graph = new LockGraph();
        private final Map<String, LockGraph.Node> nodes = new HashMap<>();

        Resolution(Node root, Sink out, boolean told) {
            this.root = root;
            this.out = out;
            this.told = told;
        }

        void read() {
            Map<String, Node> packages = root.fields("packages");
            Map<String, Node> snapshots = root.fields("snapshots");
            Map<String, Node> resolved = snapshots.isEmpty() ? packages : snapshots;
            for (Map.Entry<String, Node> entry : resolved.entrySet()) {
                String key = entry.getKey();
                Node about = snapshots.isEmpty() ? entry.getValue() : packages.get(withoutPeers(key));
                nodes.put(key, node(key, about == null ? entry.getValue() : about, entry.getValue()));
            }
            for (Map.Entry<String, Node> entry : resolved.entrySet()) {
                needs(nodes.get(entry.getKey()), entry.getValue().fields("dependencies"), false);
                needs(nodes.get(entry.getKey()), entry.getValue().fields("optionalDependencies"), true);
            }
            asked(root);
            for (Node importer : root.fields("importers").values()) {
                asked(importer);
            }
            graph.tell(out);
        }

        private LockGraph.Node node(String key, Node about, Node snapshot) {
            String[] parts = PnpmKey.split(key);
            String name = about.text("name") != null ? about.text("name") : parts == null ? key : parts[0];
            String version = about.text("version") != null ? about.text("version") : parts == null ? null : parts[1];
            int line = about.line() == 0 ? snapshot.line() : about.line();
            Node resolution = about.get("resolution");
            String why = outside(parts == null ? key : parts[1], resolution);
            Purl purl = null;
            if (why == null) {
                purl = Npm.purl(out, line, name, version);
            } else if (resolution == null || !"directory".equals(resolution.text("type"))) {
                out.notCovered(line, name == null ? key : name, version, why);
            }
            LockGraph.Node node = graph.node(line, purl, scope(about));
            node.tell(Npm.facts(resolution == null ? null : resolution.text("integrity"), null));
            return node;
        }

        private static @Nullable String outside(String from, @Nullable Node resolution) {
            if (resolution != null && (resolution.get("repo") != null || "git".equals(resolution.text("type")))) {
                return Npm.GIT;
            }
            if (resolution != null && "directory".equals(resolution.text("type"))) {
                return Npm.ARCHIVE;
            }
            String tarball = resolution == null ? null : resolution.text("tarball");
            String why = Npm.outside(from);
            return why != null ? why : Npm.outside(tarball);
        }

        // Versions 5 and 6 say what is for development; 9 leaves it to be worked out.
        private static @Nullable Scope scope(Node about) {
            if (about.isTrue("dev")) {
                return Scope.DEVELOPMENT;
            }
            if (about.isTrue("optional") && about.get("dev") != null) {
                return Scope.OPTIONAL;
            }
            return about.get("dev") != null ? Scope.RUNTIME : null;
        }

        private void needs(LockGraph.@Nullable Node from, Map<String, Node> needed, boolean optional) {
            for (Map.Entry<String, Node> entry : needed.entrySet()) {
                LockGraph.Node to = find(entry.getKey(), entry.getValue().text());
                if (from != null && to != null) {
                    from.needs(to, optional);
                }
            }
        }

        private void asked(Node importer) {
            asked(importer.fields("dependencies"), Scope.RUNTIME);
            asked(importer.fields("optionalDependencies"), Scope.OPTIONAL);
            asked(importer.fields("devDependencies"), Scope.DEVELOPMENT);
        }

        private void asked(Map<String, Node> needed, Scope scope) {
            for (Map.Entry<String, Node> entry : needed.entrySet()) {
                Node value = entry.getValue();
                LockGraph.Node node = find(entry.getKey(), value.text() == null ? value.text("version") : value.text());
                if (node != null) {
                    graph.root(node, scope);
                }
            }
        }

        private LockGraph.@Nullable Node find(String name, @Nullable String version) {
            if (version == null || version.startsWith("link:")) {
                return null;
            }
            LockGraph.Node found = known(name, version);
            if (found == null && !told) {
                told = true;
                String sign = "\"" + Parts.shown(name + "@" + version) + "\" is needed, and not there";
                out.problem(0, ScanFile.cut(sign, AGAIN));
            }
            return found;
        }

        private LockGraph.@Nullable Node known(String name, String version) {
            LockGraph.Node found = nodes.get(name + "@" + version);
            found = found == null ? nodes.get("/" + name + "@" + version) : found;
            found = found == null ? nodes.get("/" + name + "/" + version) : found;
            return found == null ? nodes.get(version) : found; // an alias names the whole key
        }

        private static String withoutPeers(String key) {
            int bracket = key.indexOf('(');
            return bracket < 0 ? key : key.substring(0, bracket);
        }
    }
}
