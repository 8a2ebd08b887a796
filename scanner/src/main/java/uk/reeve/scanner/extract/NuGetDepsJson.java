package uk.reeve.scanner.extract;

import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.input.Node;
import uk.reeve.engine.input.Unreadable;
import uk.reeve.engine.sbom.Scope;

/// `NAME.deps.json` beside a published .NET program. It may name packages whose files were left out of what was
/// published, since the runtime has its own: those are told apart.
final class NuGetDepsJson implements Extractor {

    private static final String RUNTIME_PACK = "runtimepack.";

    @Override
    public String name() {
        return "nuget/deps-json";
    }

    @Override
    public boolean wants(ScanPath path, Head head) {
        return path.value().endsWith(".deps.json");
    }

    @Override
    public void extract(ScanFile file, Sink out) throws IOException, Unreadable {
        Node root = file.json();
        if (root.get("libraries") == null) {
            throw new Unreadable(root.line(), "has no \"libraries\"; publish the program again");
        }
        Map<String, Node> first = Map.of();
        for (Node target : root.fields("targets").values()) {
            if (target.fields().size() > first.size()) {
                first = target.fields();
            }
        }
        Parts parts = new Parts(out, "nuget");
        Map<String, Integer> numbers = new HashMap<>();
        for (Map.Entry<String, Node> entry : root.fields("libraries").entrySet()) {
            String key = entry.getKey();
            int slash = key.indexOf('/');
            String type = entry.getValue().text("type");
            if (slash <= 0 || !("package".equals(type) || "runtimepack".equals(type))) {
                continue;
            }
            String name = key.substring(0, slash);
            name = name.startsWith(RUNTIME_PACK) ? name.substring(RUNTIME_PACK.length()) : name;
            int number = parts.add(key, entry.getValue().line(), null, name, key.substring(slash + 1), Scope.RUNTIME);
            if (number != Parts.NONE) {
                numbers.put(key, number);
                if (isAbsent(first.get(key), file)) {
                    out.tell(number, Map.of("presence", "declared, perhaps not on disk"));
                }
            }
        }
        for (Node target : root.fields("targets").values()) {
            NuGetProjectAssets.edges(target, numbers, out);
        }
        direct(root, first, numbers, out);
    }

    /// What the program's own projects depend on.
    private static void direct(Node root, Map<String, Node> target, Map<String, Integer> numbers, Sink out) {
        Map<String, Integer> byName = new LinkedHashMap<>();
        numbers.forEach(
                (key, number) -> byName.put(key.substring(0, key.indexOf('/')).toLowerCase(Locale.ROOT), number));
        for (Map.Entry<String, Node> entry : root.fields("libraries").entrySet()) {
            Node own = target.get(entry.getKey());
            if (own != null && "project".equals(entry.getValue().text("type"))) {
                for (String needed : own.fields("dependencies").keySet()) {
                    Integer number = byName.get(needed.toLowerCase(Locale.ROOT));
                    if (number != null) {
                        out.direct(number);
                    }
                }
            }
        }
    }

    /// Whether none of the files that the package would bring lies beside the program.
    private static boolean isAbsent(@Nullable Node entry, ScanFile file) throws IOException {
        if (entry == null) {
            return true;
        }
        for (String kind : List.of("runtime", "native", "runtimeTargets", "resources")) {
            for (String asset : entry.fields(kind).keySet()) {
                String flat = asset.substring(asset.lastIndexOf('/') + 1);
                if (file.neighbour(flat) != null || file.neighbour(asset) != null) {
                    return false;
                }
            }
        }
        return true;
    }
}
