package uk.reeve.scanner.extract;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.input.Node;
import uk.reeve.engine.input.Unreadable;
import uk.reeve.engine.sbom.Scope;

/// `mix.lock` of Elixir: `"app": {:hex, :package, "1.2.3", …, [dependencies], "hexpm", …}`.
final class MixLock implements Extractor {

    @Override
    public String name() {
        return "hex/mix-lock";
    }

    @Override
    public boolean wants(ScanPath path, Head head) {
        return path.fileName().equals("mix.lock");
    }

    @Override
    public void extract(ScanFile file, Sink out) throws IOException, Unreadable {
        Node root = ElixirTerms.read(file);
        if (!(root instanceof Node.Fields)) {
            throw new Unreadable(root.line(), "is not %{…}; write it again with: mix deps.get");
        }
        Parts parts = new Parts(out, "hex");
        for (Map.Entry<String, Node> entry : root.fields().entrySet()) {
            add(entry.getKey(), entry.getValue(), parts, out);
        }
        parts.link();
    }

    private static void add(String app, Node entry, Parts parts, Sink out) {
        List<Node> values = entry.items();
        String kind = text(values, 0);
        if ("git".equals(kind)) {
            out.notCovered(entry.line(), app, text(values, 2), "comes from git: " + text(values, 1));
            return;
        }
        if (!"hex".equals(kind)) {
            out.problem(entry.line(), "\"" + Parts.shown(app) + "\" is neither :hex nor :git; it was left out");
            return;
        }
        String repository = text(values, 6);
        String organisation = repository != null && repository.startsWith("hexpm:") ? repository.substring(6) : null;
        int number = parts.add(app, entry.line(), organisation, text(values, 1), text(values, 2), Scope.RUNTIME);
        if (number == Parts.NONE) {
            return;
        }
        List<Node> needed = values.size() > 5 ? values.get(5).items() : List.of();
        for (Node dependency : needed) {
            String name = text(dependency.items(), 0);
            if (name != null) {
                parts.needs(number, name);
            }
        }
        String hash = text(values, 7);
        if (hash != null && hash.length() == 64) {
            out.tell(number, Map.of("hash:SHA-256", hash));
        }
    }

    private static @Nullable String text(List<Node> values, int index) {
        return index < values.size() ? values.get(index).text() : null;
    }
}
