package uk.reeve.scanner.extract;

import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.input.Unreadable;

/// A package as npm packs it: a folder `package` with its `package.json`. What it brings along in its `node_modules` is
/// read like any that is installed. Source: npm, "npm-pack".
final class NpmTarball implements ArchiveExtractor {

    @Override
    public String name() {
        return "npm/tarball";
    }

    @Override
    public boolean wants(ScanPath path, ArchiveFiles inside) {
        String name = path.fileName().toLowerCase(Locale.ROOT);
        return (name.endsWith(".tgz") || name.endsWith(".tar.gz")) && manifest(inside) != null;
    }

    @Override
    public void extract(ScanPath path, ArchiveFiles inside, Sink out) throws IOException, Unreadable {
        ScanFile manifest = manifest(inside);
        if (manifest != null) {
            new NpmInstalled().extract(manifest, out);
        }
    }

    private static @Nullable ScanFile manifest(ArchiveFiles inside) {
        return inside.file("package/package.json");
    }
}
