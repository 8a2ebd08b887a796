package uk.reeve.scanner.extract;

import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.input.Node;
import uk.reeve.engine.input.Unreadable;
import uk.reeve.engine.sbom.Scope;

/// `Pipfile` where no `Pipfile.lock` stands beside it.
final class Pipfile implements Extractor {

    @Override
    public String name() {
        return "pypi/pipfile";
    }

    @Override
    public boolean wants(ScanPath path, Head head) {
        return path.fileName().equals("Pipfile");
    }

    @Override
    public void extract(ScanFile file, Sink out) throws IOException, Unreadable {
        Node root = file.toml();
        list(root.fields("packages"), Scope.RUNTIME, out);
        list(root.fields("dev-packages"), Scope.DEVELOPMENT, out);
    }

    private static void list(Map<String, Node> packages, Scope scope, Sink out) {
        for (Map.Entry<String, Node> entry : packages.entrySet()) {
            Node value = entry.getValue();
            String wanted = value.text() != null ? value.text() : value.text("version");
            String plain = wanted == null || wanted.equals("*") ? "" : wanted;
            String pinned = new Requirement(entry.getKey(), plain, null).pinned();
            Pypi.asked(value.line(), entry.getKey(), plain, pinned, address(value), scope, out);
        }
    }

    private static @Nullable String address(Node value) {
        if (value.text("git") != null) {
            return "git+" + value.text("git");
        }
        return value.text("path") != null ? value.text("path") : value.text("file");
    }
}
