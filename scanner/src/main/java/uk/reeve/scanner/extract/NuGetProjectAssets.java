package uk.reeve.scanner.extract;

import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import uk.reeve.engine.input.Node;
import uk.reeve.engine.input.Unreadable;
import uk.reeve.engine.sbom.Scope;

/// `obj/project.assets.json`: what `dotnet restore` resolved.
final class NuGetProjectAssets implements Extractor {

    @Override
    public String name() {
        return "nuget/project-assets";
    }

    @Override
    public boolean wants(ScanPath path, Head head) {
        return path.fileName().equals("project.assets.json");
    }

    @Override
    public void extract(ScanFile file, Sink out) throws IOException, Unreadable {
        Node root = file.json();
        if (root.get("libraries") == null) {
            throw new Unreadable(root.line(), "has no \"libraries\"; write it again with: dotnet restore");
        }
        Set<String> direct = new HashSet<>();
        Set<String> development = new HashSet<>();
        asked(root, direct, development);

        Parts parts = new Parts(out, "nuget");
        Map<String, Integer> numbers = new HashMap<>();
        for (Map.Entry<String, Node> entry : root.fields("libraries").entrySet()) {
            int slash = entry.getKey().indexOf('/');
            if (slash <= 0 || !"package".equals(entry.getValue().text("type"))) {
                continue;
            }
            String name = entry.getKey().substring(0, slash);
            String key = name.toLowerCase(Locale.ROOT);
            Scope scope = development.contains(key) ? Scope.DEVELOPMENT : Scope.RUNTIME;
            int line = entry.getValue().line();
            int number = parts.add(key, line, null, name, entry.getKey().substring(slash + 1), scope);
            if (number != Parts.NONE) {
                numbers.put(entry.getKey(), number);
                if (direct.contains(key)) {
                    out.direct(number);
                }
            }
        }
        for (Node target : root.fields("targets").values()) {
            edges(target, numbers, out);
        }
    }

    /// The edges of one framework: each package is there in one version.
    static void edges(Node target, Map<String, Integer> numbers, Sink out) {
        Map<String, Integer> byName = new HashMap<>();
        for (String key : target.fields().keySet()) {
            Integer number = numbers.get(key);
            int slash = key.indexOf('/');
            if (number != null && slash > 0) {
                byName.put(key.substring(0, slash).toLowerCase(Locale.ROOT), number);
            }
        }
        for (Map.Entry<String, Node> entry : target.fields().entrySet()) {
            Integer from = numbers.get(entry.getKey());
            for (String needed : entry.getValue().fields("dependencies").keySet()) {
                Integer to = byName.get(needed.toLowerCase(Locale.ROOT));
                if (from != null && to != null && !from.equals(to)) {
                    out.edge(from, to);
                }
            }
        }
    }

    /// What the project itself asks for; of it, what it keeps from those who use the project is for development.
    private static void asked(Node root, Set<String> direct, Set<String> development) {
        Node project = root.get("project");
        if (project == null) {
            return;
        }
        for (Node framework : project.fields("frameworks").values()) {
            for (Map.Entry<String, Node> entry :
                    framework.fields("dependencies").entrySet()) {
                String key = entry.getKey().toLowerCase(Locale.ROOT);
                direct.add(key);
                if ("All".equalsIgnoreCase(entry.getValue().text("suppressParent"))) {
                    development.add(key);
                }
            }
        }
    }
}
