package uk.reeve.scanner.malice.content;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.input.Node;
import uk.reeve.engine.input.Unreadable;

/// `package.json`. npm runs `preinstall`, `install` and `postinstall` of what comes from a registry, `prepare` of what
/// comes from git, and builds by `binding.gyp` where there is one. Source: npm, "scripts".
final class NpmManifest implements ManifestReader {

    private static final String FILE = "package.json";
    private static final Pattern OTHER_SCRIPT =
            Pattern.compile("\\b(?:npm|yarn|pnpm|bun)\\s+(?:(?:-[\\w-]+|run|run-script)\\s+){0,5}([\\w:.-]{1,100})");
    private static final List<String> HOOKS =
            List.of("preinstall", "install", "postinstall", "preuninstall", "uninstall", "postuninstall", "prepare");

    @Override
    public @Nullable Manifest read(FileTree files) throws IOException, Unreadable {
        Node root = files.json(FILE);
        if (root == null) {
            return null;
        }
        List<Hook> hooks = new ArrayList<>();
        Map<String, Node> scripts = root.get("scripts") == null ? Map.of() : root.fields("scripts");
        List<String> next = new ArrayList<>(HOOKS);
        Set<String> seen = new HashSet<>();
        while (!next.isEmpty()) {
            String name = next.removeFirst();
            Node script = scripts.get(name);
            String command = script == null ? null : script.text();
            if (script != null && command != null && !command.isBlank() && seen.add(name)) {
                hooks.add(new Hook(name, command, FILE, script.line()));
                Matcher others = OTHER_SCRIPT.matcher(command);
                while (!name.equals("prepare")
                        && others.find()) { // what comes from git is built before it is published
                    next.addAll(List.of("pre" + others.group(1), others.group(1), "post" + others.group(1)));
                }
            }
        }
        if (files.has("binding.gyp")) {
            hooks.add(new Hook("binding.gyp", "binding.gyp", "binding.gyp", 0));
        }
        Node repository = root.get("repository");
        String address = repository == null ? null : repository.text();
        return new Manifest(
                "npm",
                root.text("name"),
                root.text("version"),
                FILE,
                hooks,
                entries(root, files),
                dependencies(root),
                address == null && repository != null ? repository.text("url") : address,
                root.get("os") != null || root.get("cpu") != null);
    }

    private static List<Dependency> dependencies(Node root) {
        List<Dependency> found = new ArrayList<>();
        for (String list : List.of("dependencies", "optionalDependencies", "peerDependencies")) {
            for (Map.Entry<String, Node> entry : root.fields(list).entrySet()) {
                String wanted = entry.getValue().text();
                if (wanted != null) {
                    found.add(new Dependency(
                            entry.getKey(), wanted, entry.getValue().line()));
                }
            }
        }
        return found;
    }

    private static Set<String> entries(Node root, FileTree files) {
        Set<String> found = new HashSet<>();
        for (String field : List.of("main", "module", "browser", "exports", "bin")) {
            Node node = root.get(field);
            if (node != null) {
                collect(node, files, found);
            }
        }
        if (root.get("main") == null) {
            add("index", files, found);
        }
        return found;
    }

    private static void collect(Node node, FileTree files, Set<String> found) {
        String path = node.text();
        if (path != null) {
            add(path, files, found);
        }
        node.items().forEach(item -> collect(item, files, found));
        node.fields().values().forEach(field -> collect(field, files, found));
    }

    // As Node resolves it: the file, with an extension, or the folder's index.
    private static void add(String told, FileTree files, Set<String> found) {
        String path = told.startsWith("./") ? told.substring(2) : told;
        path = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        for (String end : List.of("", ".js", ".cjs", ".mjs", "/index.js")) {
            if (files.has(path + end)) {
                found.add(path + end);
                return;
            }
        }
        if (path.isEmpty() || path.equals(".")) {
            add("index", files, found);
        }
    }
}
