package uk.reeve.scanner.extract;

import java.io.IOException;
import uk.reeve.engine.input.Unreadable;

/// `node_modules/.package-lock.json`: what npm 7 and later have installed, in the shape of a lock file.
final class HiddenPackageLock implements Extractor {

    @Override
    public String name() {
        return "npm/hidden-lock";
    }

    @Override
    public boolean installed() {
        return true;
    }

    @Override
    public boolean wants(ScanPath path, Head head) {
        return path.endsWith("node_modules/.package-lock.json");
    }

    @Override
    public void extract(ScanFile file, Sink out) throws IOException, Unreadable {
        new PackageLockReader(out).read(file, file.neighbour("../package.json"));
    }
}
