package uk.reeve.scanner.malice.content;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.input.Node;
import uk.reeve.engine.input.Unreadable;

/// `composer.json`. Its scripts run where it is the project itself; of a package that is required, a plugin's class
/// runs at installation, and the files of `autoload` with each start. Source: Composer, "Scripts", "Autoload",
/// "Plugins".
final class ComposerManifest implements ManifestReader {

    private static final String FILE = "composer.json";

    @Override
    public @Nullable Manifest read(FileTree files) throws IOException, Unreadable {
        Node root = files.json(FILE);
        if (root == null) {
            return null;
        }
        List<Hook> hooks = new ArrayList<>();
        root.fields("scripts").forEach((name, script) -> {
            if (name.startsWith("pre-") || name.startsWith("post-")) {
                command(name, script, hooks);
                script.items().forEach(item -> command(name, item, hooks));
            }
        });
        Set<String> entries = new HashSet<>();
        Node autoload = root.get("autoload");
        if (autoload != null) {
            for (Node file : autoload.items("files")) {
                String path = file.text();
                if (path != null) {
                    entries.add(path.startsWith("./") ? path.substring(2) : path);
                }
            }
        }
        plugin(root, files, hooks);
        Node support = root.get("support");
        return new Manifest(
                "composer",
                root.text("name"),
                root.text("version"),
                FILE,
                hooks,
                entries,
                List.of(),
                support == null ? root.text("homepage") : support.text("source"),
                false);
    }

    private static void command(String name, Node script, List<Hook> hooks) {
        String text = script.text();
        if (text != null) {
            hooks.add(new Hook(name, text, FILE, script.line()));
        }
    }

    private static void plugin(Node root, FileTree files, List<Hook> hooks) {
        Node extra = root.get("extra");
        String type = extra == null ? null : extra.text("class");
        if (type == null || !"composer-plugin".equals(root.text("type"))) {
            return;
        }
        String file = type.substring(type.lastIndexOf('\\') + 1) + ".php";
        for (PackageFile each : files.all()) {
            if (each.fileName().equals(file)) {
                hooks.add(new Hook("composer-plugin", each.path(), each.path(), 0));
            }
        }
    }
}
