package uk.reeve.scanner.extract;

import java.io.IOException;
import uk.reeve.engine.input.Node;
import uk.reeve.engine.input.Unreadable;
import uk.reeve.engine.sbom.Scope;

/// `composer.lock` of PHP's Composer.
final class ComposerLock implements Extractor {

    @Override
    public String name() {
        return "composer/composer-lock";
    }

    @Override
    public boolean wants(ScanPath path, Head head) {
        return path.fileName().equals("composer.lock");
    }

    @Override
    public void extract(ScanFile file, Sink out) throws IOException, Unreadable {
        Node root = file.json();
        if (root.get("packages") == null && root.get("packages-dev") == null) {
            throw new Unreadable(root.line(), "has no \"packages\"; write it again with: composer update --lock");
        }
        ComposerPackages packages = new ComposerPackages(out);
        for (Node entry : root.items("packages")) {
            packages.add(entry, Scope.RUNTIME);
        }
        for (Node entry : root.items("packages-dev")) {
            packages.add(entry, Scope.DEVELOPMENT);
        }
        packages.link(file.neighbour("composer.json"));
    }
}
