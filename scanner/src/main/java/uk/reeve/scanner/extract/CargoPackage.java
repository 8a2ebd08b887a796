package uk.reeve.scanner.extract;

import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.input.Node;
import uk.reeve.engine.input.Unreadable;
import uk.reeve.engine.purl.Purl;
import uk.reeve.engine.sbom.Scope;

/// A crate: a TAR with one folder `NAME-VERSION`, whose `Cargo.toml` Cargo has written anew. Its `Cargo.lock` is what
/// its makers built with, and not what is installed. Source: The Cargo Book, "cargo package".
final class CargoPackage implements ArchiveExtractor {

    private static final String MANIFEST = "Cargo.toml";

    @Override
    public String name() {
        return "cargo/package";
    }

    @Override
    public boolean wants(ScanPath path, ArchiveFiles inside) {
        return path.fileName().endsWith(".crate") && manifest(inside) != null;
    }

    @Override
    public boolean keeps(ScanPath inside) {
        return isManifest(inside.value());
    }

    @Override
    public void extract(ScanPath path, ArchiveFiles inside, Sink out) throws IOException, Unreadable {
        ScanFile manifest = manifest(inside);
        Node crate = manifest == null ? null : manifest.toml().get("package");
        if (crate == null) {
            throw new Unreadable(0, "has no [package] in its " + MANIFEST + "; download it again");
        }
        Purl purl = Parts.purl(out, 0, "cargo", null, crate.text("name"), crate.text("version"), Map.of());
        if (purl == null) {
            return;
        }
        int number = out.component(0, purl, Scope.RUNTIME);
        out.direct(number);
        String licence = crate.text("license");
        if (licence != null) {
            out.tell(number, Map.of("licence", licence));
        }
    }

    private static @Nullable ScanFile manifest(ArchiveFiles inside) {
        for (String name : inside.names()) {
            if (isManifest(name)) {
                return inside.file(name);
            }
        }
        return null;
    }

    private static boolean isManifest(String path) {
        int slash = path.indexOf('/');
        return slash > 0 && path.substring(slash + 1).equals(MANIFEST);
    }
}
