package uk.reeve.scanner.extract;

import java.io.IOException;
import uk.reeve.engine.input.Unreadable;

/// `package-lock.json` and `npm-shrinkwrap.json`, versions 1 to 3. Source: npm documentation, "package-lock.json".
final class PackageLock implements Extractor {

    @Override
    public String name() {
        return "npm/package-lock";
    }

    @Override
    public boolean wants(ScanPath path, Head head) {
        String name = path.fileName();
        return name.equals("package-lock.json") || name.equals("npm-shrinkwrap.json");
    }

    @Override
    public void extract(ScanFile file, Sink out) throws IOException, Unreadable {
        new PackageLockReader(out).read(file, file.neighbour("package.json"));
    }
}
