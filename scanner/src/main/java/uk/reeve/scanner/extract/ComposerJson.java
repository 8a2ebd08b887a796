package uk.reeve.scanner.extract;

import java.io.IOException;
import java.util.Map;
import uk.reeve.engine.input.Node;
import uk.reeve.engine.input.Unreadable;
import uk.reeve.engine.sbom.Scope;

/// `composer.json` where no lock file stands beside it and nothing is installed: what it asks for has no version yet.
final class ComposerJson implements Extractor {

    @Override
    public String name() {
        return "composer/composer-json";
    }

    @Override
    public boolean wants(ScanPath path, Head head) {
        return path.fileName().equals("composer.json");
    }

    @Override
    public void extract(ScanFile file, Sink out) throws IOException, Unreadable {
        if (file.neighbour("composer.lock") != null || file.neighbour("vendor/composer/installed.json") != null) {
            return;
        }
        Node root = file.json();
        list(root.fields("require"), Scope.RUNTIME, out);
        list(root.fields("require-dev"), Scope.DEVELOPMENT, out);
    }

    private static void list(Map<String, Node> required, Scope scope, Sink out) {
        for (Map.Entry<String, Node> entry : required.entrySet()) {
            if (!ComposerPackages.isPlatform(entry.getKey())) {
                String wanted = entry.getValue().text();
                out.unlocked(entry.getValue().line(), "Packagist", entry.getKey(), wanted == null ? "" : wanted, scope);
            }
        }
    }
}
