package uk.reeve.scanner.extract;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.input.Node;
import uk.reeve.engine.input.Unreadable;
import uk.reeve.engine.purl.Purl;
import uk.reeve.engine.sbom.Scope;

/// `yarn.lock`: the classic format of yarn 1, and the one of yarn 2 and later ("berry"), which also lists the members
/// of the workspace. Neither tells what is for development: the members' `package.json` do.
/// Source: yarn documentation; "resolution" is a locator, a key a list of descriptors.
final class YarnLock implements Extractor {

    private static final String AGAIN = "yarn install";

    @Override
    public String name() {
        return "npm/yarn-lock";
    }

    @Override
    public boolean wants(ScanPath path, Head head) {
        return path.fileName().equals("yarn.lock");
    }

    @Override
    public void extract(ScanFile file, Sink out) throws IOException, Unreadable {
        YarnLines lines = new YarnLines(out);
        file.lines(lines);
        List<YarnEntry> entries = lines.entries();
        if (entries.isEmpty() && !lines.isYarn()) {
            throw new Unreadable(1, "is no yarn.lock; write it again with: yarn install");
        }
        String sign = lines.cut();
        boolean told = file.tellOpenLine(out, AGAIN);
        if (sign != null && !told) {
            out.problem(entries.getLast().line, ScanFile.cut(sign, AGAIN));
        }
        new Resolution(file, out, told || sign != null).read(entries);
    }

    private static final class Resolution {

        private final ScanFile file;
        private final Sink out;
        /// Whether it was said that entries are missing.
        private boolean told;
        private final LockGraph graph = new LockGraph();
        private final Map<String, LockGraph.Node> byDescriptor = new HashMap<>();
        /// The one version of a name; null where there are several.
        private final Map<String, LockGraph.@Nullable Node> byName = new HashMap<>();

        Resolution(ScanFile file, Sink out, boolean told) {
            this.file = file;
            this.out = out;
            this.told = told;
        }

        void read(List<YarnEntry> entries) throws IOException {
            List<LockGraph.Node> nodes = new ArrayList<>(entries.size());
            boolean hasMembers = false;
            for (YarnEntry entry : entries) {
                LockGraph.Node node = node(entry);
                nodes.add(node);
                for (String descriptor : entry.descriptors) {
                    byDescriptor.put(descriptor, node);
                    String[] parts = Npm.split(descriptor);
                    if (parts != null) {
                        byName.put(parts[0], byName.getOrDefault(parts[0], node) == node ? node : null);
                    }
                }
                hasMembers |= entry.member() != null;
            }
            for (int i = 0; i < nodes.size(); i++) {
                YarnEntry entry = entries.get(i);
                String member = entry.member();
                if (member == null) {
                    needs(nodes.get(i), entry);
                } else {
                    asked(entry, file.neighbour(member.equals(".") ? "package.json" : member + "/package.json"));
                }
            }
            ScanFile manifest = hasMembers ? null : file.neighbour("package.json");
            if (manifest != null) {
                asked(null, manifest);
            }
            graph.tell(out);
        }

        private LockGraph.Node node(YarnEntry entry) {
            String[] locator = entry.locator();
            if (locator == null || entry.member() != null || Npm.isOwn(locator[1])) {
                return graph.node(entry.line, null, null);
            }
            String from = entry.resolved == null ? locator[1] : entry.resolved;
            String why = Npm.outside(from);
            Purl purl = null;
            if (why == null) {
                purl = Npm.purl(out, entry.line, locator[0], entry.version);
            } else {
                out.notCovered(entry.line, locator[0], entry.version, why);
            }
            LockGraph.Node node = graph.node(entry.line, purl, null);
            node.tell(Npm.facts(entry.integrity, null));
            return node;
        }

        private void needs(LockGraph.Node node, YarnEntry entry) {
            for (Map.Entry<String, String> needed : entry.dependencies.entrySet()) {
                LockGraph.Node other = find(needed.getKey(), needed.getValue());
                if (other != null) {
                    node.needs(other, entry.optional.contains(needed.getKey()));
                } else if (!told && !byName.containsKey(needed.getKey())) {
                    told = true;
                    String sign = "\"" + Parts.shown(needed.getKey()) + "\", which this entry needs, has none";
                    out.problem(entry.line, ScanFile.cut(sign, AGAIN));
                }
            }
        }

        // What a member asks for; its own manifest says what for, and stands in where the lock file has no members.
        private void asked(@Nullable YarnEntry member, @Nullable ScanFile manifest) throws IOException {
            Node root = manifest == null ? new Node.Nothing(0) : PackageJson.read(manifest);
            if (member == null) {
                asked(root.fields("dependencies"), Scope.RUNTIME);
                asked(root.fields("optionalDependencies"), Scope.OPTIONAL);
                asked(root.fields("devDependencies"), Scope.DEVELOPMENT);
                return;
            }
            Map<String, Node> runtime = root.fields("dependencies");
            Map<String, Node> optional = root.fields("optionalDependencies");
            Map<String, Node> development = root.fields("devDependencies");
            for (Map.Entry<String, String> needed : member.dependencies.entrySet()) {
                String name = needed.getKey();
                Scope scope = runtime.containsKey(name)
                        ? Scope.RUNTIME
                        : optional.containsKey(name)
                                ? Scope.OPTIONAL
                                : development.containsKey(name) ? Scope.DEVELOPMENT : Scope.RUNTIME;
                root(find(name, needed.getValue()), scope);
            }
        }

        private void asked(Map<String, Node> names, Scope scope) {
            for (Map.Entry<String, Node> asked : names.entrySet()) {
                String wanted = asked.getValue().text();
                root(find(asked.getKey(), wanted == null ? "" : wanted), scope);
            }
        }

        private void root(LockGraph.@Nullable Node node, Scope scope) {
            if (node != null) {
                graph.root(node, scope);
            }
        }

        private LockGraph.@Nullable Node find(String name, String wanted) {
            LockGraph.Node found = byDescriptor.get(name + "@" + wanted);
            if (found == null) {
                found = byDescriptor.get(name + "@npm:" + wanted);
            }
            return found == null ? byName.get(name) : found; // an override has another range than was asked for
        }
    }
}
