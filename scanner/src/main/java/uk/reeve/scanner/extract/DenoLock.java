package uk.reeve.scanner.extract;

import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.input.Node;
import uk.reeve.engine.input.Unreadable;
import uk.reeve.engine.purl.Purl;
import uk.reeve.engine.sbom.Scope;

/// `deno.lock`, versions 2 to 5. A package's key is `name@1.0.0` and, for npm, the peers that it was resolved with:
/// `name@1.0.0_peer@2.0.0__deeper@3.0.0`. `specifiers` tells to which version each thing that was asked for came
/// (`npm:name@^1`); dependencies name a package as briefly as is clear within the file.
///
/// Packages of JSR and modules from web addresses have no advisories: they are told as not covered, and ways from the
/// project to npm's packages lead through those of JSR.
final class DenoLock implements Extractor {

    private static final String AGAIN = "; write it again with: deno install";

    @Override
    public String name() {
        return "npm/deno-lock";
    }

    @Override
    public boolean wants(ScanPath path, Head head) {
        return path.fileName().equals("deno.lock");
    }

    @Override
    public void extract(ScanFile file, Sink out) throws IOException, Unreadable {
        Node root = file.json();
        String version = root.text("version");
        if (version == null) {
            throw new Unreadable(root.line(), "has no \"version\"" + AGAIN);
        }
        Resolution resolution = new Resolution(out);
        switch (version) {
            case "2" -> {
                Node npm = root.get("npm");
                if (npm != null) {
                    resolution.read("npm:", npm.fields("specifiers"), npm.fields("packages"), Map.of(), root);
                }
            }
            case "3" -> {
                Node packages = root.get("packages");
                if (packages != null) {
                    resolution.read(
                            "", packages.fields("specifiers"), packages.fields("npm"), packages.fields("jsr"), root);
                }
            }
            case "4", "5" ->
                resolution.read("", root.fields("specifiers"), root.fields("npm"), root.fields("jsr"), root);
            default ->
                throw new Unreadable(
                        root.line(), "is of version " + Parts.shown(version) + "; versions 2 to 5 can be read");
        }
        modules(root.fields("remote"), out);
    }

    /// Modules that were fetched file by file: one line for all files of a module.
    private static void modules(Map<String, Node> files, Sink out) {
        Map<String, Integer> lines = new LinkedHashMap<>();
        for (Map.Entry<String, Node> file : files.entrySet()) {
            lines.putIfAbsent(module(file.getKey()), file.getValue().line());
        }
        lines.forEach((module, line) -> out.notCovered(line, Parts.shown(module), null, Npm.ADDRESS));
    }

    /// `https://deno.land/std@0.208.0/fs/mod.ts` up to the part that has a version; without one, up to the host.
    private static String module(String address) {
        int host = address.indexOf("://");
        int path = host < 0 ? -1 : address.indexOf('/', host + 3);
        if (path < 0) {
            return address;
        }
        int at = address.lastIndexOf('@');
        int end = at < path ? path : address.indexOf('/', at);
        // In `/@scope/name` the sign begins a part, and tells no version.
        if (at > path && address.charAt(at - 1) == '/') {
            end = path;
        }
        return end < 0 ? address : address.substring(0, end);
    }

    private static final class Resolution {

        private final Sink out;
        private final LockGraph graph = new LockGraph();
        private final Map<String, LockGraph.Node> nodes = new HashMap<>();
        private final Map<String, LockGraph.Node> asked = new HashMap<>();
        private final Map<String, String> unversioned = new HashMap<>();
        private final Set<String> ofPackages = new HashSet<>();

        Resolution(Sink out) {
            this.out = out;
        }

        /// @param prefix what the keys and values of `specifiers` lack
        void read(
                String prefix, Map<String, Node> specifiers, Map<String, Node> npm, Map<String, Node> jsr, Node root) {
            npm.forEach((key, entry) -> put("npm:", key, npm(key, entry)));
            jsr.forEach((key, entry) -> put("jsr:", key, jsr(key, entry)));
            for (Map.Entry<String, Node> entry : specifiers.entrySet()) {
                asked(prefix + entry.getKey(), prefix, entry.getValue().text());
            }
            npm.forEach((key, entry) -> {
                needs(nodes.get("npm:" + key), entry, "dependencies", false);
                needs(nodes.get("npm:" + key), entry, "optionalDependencies", true);
            });
            jsr.forEach((key, entry) -> needs(nodes.get("jsr:" + key), entry));
            Node workspace = root.get("workspace");
            if (workspace != null) {
                member(workspace);
                workspace.fields("members").values().forEach(this::member);
            }
            // A script asks without a line in the workspace; what packages ask for stands here as well.
            for (String specifier : specifiers.keySet()) {
                if (!ofPackages.contains(prefix + specifier)) {
                    root(prefix + specifier);
                }
            }
            graph.tell(out);
        }

        private void put(String registry, String key, LockGraph.@Nullable Node node) {
            String[] parts = Npm.split(key);
            if (node != null && parts != null) {
                nodes.put(registry + key, node);
                nodes.putIfAbsent(registry + parts[0], node);
            }
        }

        private LockGraph.@Nullable Node npm(String key, Node entry) {
            String[] parts = parts(key, entry);
            if (parts == null) {
                return null;
            }
            int peers = parts[1].indexOf('_');
            String version = peers < 0 ? parts[1] : parts[1].substring(0, peers);
            String why = Npm.outside(entry.text("tarball"));
            Purl purl = null;
            if (why == null) {
                purl = Npm.purl(out, entry.line(), parts[0], version);
            } else {
                out.notCovered(entry.line(), parts[0], version, why);
            }
            LockGraph.Node node = graph.node(entry.line(), purl, null);
            node.tell(Npm.facts(entry.text("integrity"), null));
            return node;
        }

        private LockGraph.@Nullable Node jsr(String key, Node entry) {
            String[] parts = parts(key, entry);
            if (parts == null) {
                return null;
            }
            out.notCovered(entry.line(), parts[0], parts[1], "no advisory source covers JSR");
            return graph.node(entry.line(), null, null);
        }

        private String @Nullable [] parts(String key, Node entry) {
            String[] parts = Npm.split(key);
            if (parts == null) {
                out.problem(entry.line(), "\"" + Parts.shown(key) + "\" is not name@version; it was left out" + AGAIN);
            }
            return parts;
        }

        // "npm:chalk@^5": "5.3.0" (4 and 5), or "npm:chalk@5.3.0" (3), or "chalk@5.3.0" (2).
        private void asked(String specifier, String prefix, @Nullable String resolved) {
            if (resolved == null) {
                return;
            }
            int at = specifier.indexOf('@', "npm:@".length());
            String name = at < 0 ? specifier : specifier.substring(0, at);
            LockGraph.Node node = nodes.get(prefix + resolved);
            node = node == null ? nodes.get(name + "@" + resolved) : node;
            if (node != null) {
                asked.put(specifier, node);
                unversioned.putIfAbsent(name, specifier);
            }
        }

        private void needs(LockGraph.@Nullable Node from, Node entry, String field, boolean optional) {
            if (from == null) {
                return;
            }
            for (Node item : entry.items(field)) {
                needs(from, item.text(), optional);
            }
            for (Node id : entry.fields(field).values()) { // 2 and 3
                needs(from, id.text(), optional);
            }
        }

        // "name", "name@1.0.0_peer@2.0.0", "alias@npm:name@1.0.0"
        private void needs(LockGraph.Node from, @Nullable String id, boolean optional) {
            if (id == null) {
                return;
            }
            int alias = id.indexOf("@npm:");
            LockGraph.Node to = nodes.get(alias < 0 ? "npm:" + id : id.substring(alias + 1));
            if (to != null) {
                from.needs(to, optional);
            }
        }

        // A package of JSR names specifiers, without their versions where the file has one for that name.
        private void needs(LockGraph.@Nullable Node from, Node entry) {
            for (Node item : entry.items("dependencies")) {
                String text = item.text();
                String specifier = text == null || asked.containsKey(text) ? text : unversioned.get(text);
                LockGraph.Node to = asked.get(specifier);
                if (from != null && specifier != null && to != null) {
                    from.needs(to, false);
                    ofPackages.add(specifier);
                }
            }
        }

        private void member(Node member) {
            member.items("dependencies").forEach(item -> root(item.text()));
            Node packageJson = member.get("packageJson");
            if (packageJson != null) {
                packageJson.items("dependencies").forEach(item -> root(item.text()));
            }
        }

        private void root(@Nullable String specifier) {
            LockGraph.Node node = specifier == null ? null : asked.get(specifier);
            if (node != null) {
                graph.root(node, Scope.RUNTIME);
            }
        }
    }
}
