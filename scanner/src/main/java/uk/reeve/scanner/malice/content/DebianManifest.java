package uk.reeve.scanner.malice.content;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.input.Unreadable;

/// `DEBIAN/control`, and the maintainer's scripts beside it, which run as root. Source: Debian Policy, chapters 5
/// and 6.
final class DebianManifest implements ManifestReader {

    static final String FOLDER = "DEBIAN/";
    private static final List<String> SCRIPTS = List.of("preinst", "postinst", "prerm", "postrm", "config");

    @Override
    public @Nullable Manifest read(FileTree files) throws IOException, Unreadable {
        String folder = files.has(FOLDER + "control") ? FOLDER : "debian/";
        if (!files.has(folder + "control")) {
            return null;
        }
        String text = files.text(folder + "control");
        List<Hook> hooks = new ArrayList<>();
        for (PackageFile file : files.all()) {
            String base = file.fileName();
            String script = base.substring(base.lastIndexOf('.') + 1);
            if (file.path().startsWith(folder) && SCRIPTS.contains(script)) {
                hooks.add(new Hook(script, file.path(), file.path(), 0));
            }
        }
        return new Manifest(
                "deb",
                field(text, "Package"),
                field(text, "Version"),
                folder + "control",
                hooks,
                Set.of(),
                List.of(),
                field(text, "Homepage"),
                !"all".equals(field(text, "Architecture")));
    }

    private static @Nullable String field(String text, String name) {
        for (String line : text.split("\n", 500)) {
            if (line.startsWith(name + ": ")) {
                return line.substring(name.length() + 2).strip();
            }
        }
        return null;
    }
}
