package uk.reeve.scanner.extract;

import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import uk.reeve.engine.input.JsonInput;
import uk.reeve.engine.input.Node;
import uk.reeve.engine.input.Unreadable;
import uk.reeve.engine.purl.Purl;
import uk.reeve.engine.sbom.Scope;

/// Reads npm's lock file as a stream. Versions 2 and 3 list every folder that holds a package under `packages`;
/// version 1 nests `dependencies` as the folders lie, so both come to the same: a package by its folder.
final class PackageLockReader {

    private static final String MODULES = "node_modules/";

    // What no file system holds is not looked for in each folder above it: that would take for ever.
    private static final int LONGEST_PATH = 4096;

    private final Sink out;
    private final LockGraph graph = new LockGraph();
    private final Map<String, PackageEntry> packages = new LinkedHashMap<>();
    private final Map<String, PackageEntry> nested = new LinkedHashMap<>();

    PackageLockReader(Sink out) {
        this.out = out;
    }

    /// @param manifest the project's own `package.json`, which a file of version 1 needs to know what is asked for
    void read(ScanFile file, @Nullable ScanFile manifest) throws IOException, Unreadable {
        Unreadable failure = null;
        boolean locked = false;
        try (InputStream in = file.open();
                JsonParser parser = JsonInput.parser(in)) {
            locked = parse(parser);
        } catch (JacksonException e) {
            failure = JsonInput.unreadable(e); // what stands before it counts
        }
        Map<String, PackageEntry> entries = packages.isEmpty() ? nested : packages;
        if (failure == null && !locked && entries.isEmpty()) {
            throw new Unreadable(1, "has neither \"packages\" nor \"dependencies\"; write it again with: npm install");
        }
        if (failure != null) { // the last one, in which the file stops
            entries.entrySet()
                    .removeIf(entry -> entry.getValue().version == null
                            && !entry.getValue().link
                            && entry.getKey().contains(MODULES));
        }
        for (Map.Entry<String, PackageEntry> entry : entries.entrySet()) {
            entry.getValue().node = node(entry.getKey(), entry.getValue());
        }
        markHidden(entries);
        for (Map.Entry<String, PackageEntry> entry : entries.entrySet()) {
            connect(entry.getKey(), entry.getValue(), entries);
        }
        if (!entries.containsKey("") && manifest != null) {
            ask(manifest, entries);
        }
        graph.tell(out);
        if (failure != null) {
            throw failure;
        }
    }

    private boolean parse(JsonParser parser) throws Unreadable {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw new Unreadable(1, "is no JSON object; write it again with: npm install");
        }
        boolean locked = false;
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            JsonToken token = parser.nextToken();
            if (name.equals("packages") && token == JsonToken.START_OBJECT) {
                entries(parser, "", packages);
            } else if (name.equals("dependencies") && token == JsonToken.START_OBJECT && packages.isEmpty()) {
                entries(parser, MODULES, nested);
            } else {
                locked |= name.equals("lockfileVersion");
                parser.skipChildren();
            }
        }
        return locked;
    }

    private void entries(JsonParser parser, String folder, Map<String, PackageEntry> into) {
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String path = folder + parser.currentName();
            PackageEntry entry = new PackageEntry(JsonInput.line(parser));
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                parser.skipChildren();
                continue;
            }
            into.put(path, entry);
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String field = parser.currentName();
                JsonToken token = parser.nextToken();
                if (into == nested && field.equals("dependencies") && token == JsonToken.START_OBJECT) {
                    entries(parser, path + "/" + MODULES, into);
                } else {
                    entry.field(field, token, parser);
                }
            }
        }
    }

    private LockGraph.@Nullable Node node(String path, PackageEntry entry) {
        int modules = path.lastIndexOf(MODULES);
        if (modules < 0 || entry.link) {
            return null; // the project's own
        }
        String name = entry.name == null ? path.substring(modules + MODULES.length()) : entry.name;
        String version = entry.version;
        String from = entry.resolved;
        if (version != null && version.indexOf(':') > 0) { // version 1 writes aliases and addresses there
            String[] alias = version.startsWith("npm:") ? Npm.split(version.substring(4)) : null;
            if (alias == null) {
                from = version;
                version = null;
            } else {
                name = alias[0];
                version = alias[1];
            }
        }
        String why = Npm.outside(from);
        Purl purl = null;
        if (why == null) {
            purl = Npm.purl(out, entry.line, name, version);
        } else if (version != null || !Npm.isOwn(from == null ? "" : from)) {
            out.notCovered(entry.line, name, version, why);
        }
        LockGraph.Node node = graph.node(entry.line, purl, entry.scope());
        node.tell(Npm.facts(entry.integrity, entry.licence));
        return node;
    }

    private void connect(String path, PackageEntry entry, Map<String, PackageEntry> entries) {
        if (entry.node == null) {
            ask(path, entry.dependencies, Scope.RUNTIME, entries);
            ask(path, entry.optionalDependencies, Scope.OPTIONAL, entries);
            ask(path, entry.peerDependencies, Scope.RUNTIME, entries);
            ask(path, entry.devDependencies, Scope.DEVELOPMENT, entries);
            return;
        }
        need(path, entry.node, entry.dependencies, false, entries);
        need(path, entry.node, entry.optionalDependencies, true, entries);
        need(path, entry.node, entry.peerDependencies, false, entries);
    }

    private void ask(String path, List<String> names, Scope scope, Map<String, PackageEntry> entries) {
        for (String name : names) {
            LockGraph.Node node = find(path, name, entries);
            if (node != null) {
                graph.root(node, scope);
            }
        }
    }

    private void ask(ScanFile manifest, Map<String, PackageEntry> entries) throws IOException {
        Node root = PackageJson.read(manifest);
        ask("", List.copyOf(root.fields("dependencies").keySet()), Scope.RUNTIME, entries);
        ask("", List.copyOf(root.fields("optionalDependencies").keySet()), Scope.OPTIONAL, entries);
        ask("", List.copyOf(root.fields("devDependencies").keySet()), Scope.DEVELOPMENT, entries);
    }

    private static void need(
            String path, LockGraph.Node node, List<String> names, boolean optional, Map<String, PackageEntry> entries) {
        if (path.length() > LONGEST_PATH) {
            return;
        }
        for (String name : names) {
            LockGraph.Node other = find(path, name, entries);
            if (other != null) {
                node.needs(other, optional);
            }
        }
    }

    // Node looks into the package's own node_modules, then into that of each folder above. Most names lie at the top
    // only, and need no look elsewhere.
    private static LockGraph.@Nullable Node find(String path, String name, Map<String, PackageEntry> entries) {
        PackageEntry top = entries.get(MODULES + name);
        if (top != null && top.isOnly) {
            return top.node;
        }
        String folder = path;
        while (!folder.isEmpty()) {
            PackageEntry found = entries.get(folder + "/" + MODULES + name);
            if (found != null) {
                return found.node;
            }
            int modules = folder.lastIndexOf(MODULES);
            int up = modules < 0 ? folder.lastIndexOf('/') : modules - 1;
            folder = up <= 0 ? "" : folder.substring(0, up);
        }
        return top == null ? null : top.node;
    }

    // A package below another's folder hides the one of that name at the top.
    private static void markHidden(Map<String, PackageEntry> entries) {
        for (String path : entries.keySet()) {
            int modules = path.lastIndexOf(MODULES);
            if (modules > 0) {
                PackageEntry top = entries.get(path.substring(modules));
                if (top != null) {
                    top.isOnly = false;
                }
            }
        }
    }
}
