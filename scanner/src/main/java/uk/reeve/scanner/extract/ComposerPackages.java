package uk.reeve.scanner.extract;

import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.input.Node;
import uk.reeve.engine.input.Unreadable;
import uk.reeve.engine.sbom.Scope;

/// Package entries as Composer writes them in `composer.lock` and `installed.json`.
final class ComposerPackages {

    private final Sink out;
    private final Parts parts;

    ComposerPackages(Sink out) {
        this.out = out;
        this.parts = new Parts(out, "composer");
    }

    void add(Node entry, Scope scope) {
        String name = entry.text("name");
        if (name == null) {
            out.problem(entry.line(), "a package without a name; it was left out");
            return;
        }
        if (name.equals("__root__")) {
            return;
        }
        Node dist = entry.get("dist");
        if (dist != null && "path".equals(dist.text("type"))) {
            out.notCovered(entry.line(), name, entry.text("version"), "lies in a folder of the project");
            return;
        }
        String key = name.toLowerCase(Locale.ROOT);
        int slash = name.indexOf('/');
        String vendor = slash < 0 ? null : name.substring(0, slash);
        int number = parts.add(key, entry.line(), vendor, name.substring(slash + 1), entry.text("version"), scope);
        if (number == Parts.NONE) {
            return;
        }
        for (String needed : entry.fields("require").keySet()) {
            parts.needs(number, needed.toLowerCase(Locale.ROOT));
        }
        for (String replaced : entry.fields("replace").keySet()) {
            parts.alias(replaced.toLowerCase(Locale.ROOT), number);
        }
        Node licence = entry.get("license");
        String first = licence == null || licence.items().isEmpty()
                ? null
                : licence.items().getFirst().text();
        if (first != null && licence != null && licence.items().size() == 1) {
            out.tell(number, Map.of("licence", first));
        }
    }

    /// Once, when every package has been added.
    ///
    /// @param manifest the project's `composer.json`, which tells what the project itself asks for; null without
    void link(@Nullable ScanFile manifest) throws IOException {
        if (manifest != null) {
            try {
                Node root = manifest.json();
                for (String name : root.fields("require").keySet()) {
                    parts.direct(name.toLowerCase(Locale.ROOT));
                }
                for (String name : root.fields("require-dev").keySet()) {
                    parts.direct(name.toLowerCase(Locale.ROOT));
                }
            } catch (Unreadable e) {
                out.problem(0, "composer.json beside it " + e.getMessage() + "; what is direct is not known");
            }
        }
        parts.link();
    }

    /// Whether a requirement is PHP itself, an extension or Composer: no package.
    static boolean isPlatform(String name) {
        return name.indexOf('/') < 0;
    }
}
