package uk.reeve.scanner.extract;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import uk.reeve.engine.input.Node;
import uk.reeve.engine.input.Unreadable;
import uk.reeve.engine.sbom.Scope;

/// `vendor/composer/installed.json`: what Composer has installed. Composer 1 writes a list, Composer 2 an object that
/// also names the packages for development.
final class ComposerInstalled implements Extractor {

    @Override
    public String name() {
        return "composer/installed";
    }

    @Override
    public boolean installed() {
        return true;
    }

    @Override
    public boolean wants(ScanPath path, Head head) {
        return path.endsWith("composer/installed.json");
    }

    @Override
    public void extract(ScanFile file, Sink out) throws IOException, Unreadable {
        Node root = file.json();
        boolean list = root instanceof Node.Items;
        if (!list && root.get("packages") == null) {
            throw new Unreadable(root.line(), "has no \"packages\"; write it again with: composer install");
        }
        Set<String> development = new HashSet<>();
        for (Node name : root.items("dev-package-names")) {
            String text = name.text();
            if (text != null) {
                development.add(text);
            }
        }
        ComposerPackages packages = new ComposerPackages(out);
        for (Node entry : list ? root.items() : root.items("packages")) {
            String name = entry.text("name");
            packages.add(entry, name != null && development.contains(name) ? Scope.DEVELOPMENT : Scope.RUNTIME);
        }
        packages.link(file.neighbour("../../composer.json"));
    }
}
