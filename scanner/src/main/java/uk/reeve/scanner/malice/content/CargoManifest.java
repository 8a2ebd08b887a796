package uk.reeve.scanner.malice.content;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.input.Node;
import uk.reeve.engine.input.Unreadable;

/// `Cargo.toml`. Building runs `build.rs`, or what `build` names, and the code of procedural macros. Source: The Cargo
/// Book, "Build scripts".
final class CargoManifest implements ManifestReader {

    private static final String FILE = "Cargo.toml";

    @Override
    public @Nullable Manifest read(FileTree files) throws IOException, Unreadable {
        Node root = files.toml(FILE);
        Node about = root == null ? null : root.get("package");
        if (root == null || about == null) {
            return null;
        }
        String told = about.text("build");
        String build = told == null ? "build.rs" : told;
        List<Hook> hooks = new ArrayList<>();
        if (files.has(build)) {
            hooks.add(new Hook("build script", build, build, 0));
        }
        Node library = root.get("lib");
        if (library != null && library.isTrue("proc-macro")) {
            String path = library.text("path");
            hooks.add(new Hook("procedural macro", path == null ? "src/lib.rs" : path, FILE, library.line()));
        }
        return new Manifest(
                "cargo",
                about.text("name"),
                about.text("version"),
                FILE,
                hooks,
                Set.of("src/lib.rs", "src/main.rs"),
                List.of(),
                about.text("repository"),
                false);
    }
}
