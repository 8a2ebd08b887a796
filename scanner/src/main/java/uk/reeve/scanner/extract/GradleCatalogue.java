package uk.reeve.scanner.extract;

import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.input.Node;
import uk.reeve.engine.input.Unreadable;
import uk.reeve.engine.purl.Purl;
import uk.reeve.engine.sbom.Scope;

/// A Gradle version catalogue, `gradle/libs.versions.toml`: the versions that a build asks for directly. Where a lock
/// file stands beside the folder, that one is read instead.
///
/// Source: Gradle User Manual, "Version Catalogs".
final class GradleCatalogue implements Extractor {

    @Override
    public String name() {
        return "maven/gradle-catalogue";
    }

    @Override
    public boolean wants(ScanPath path, Head head) {
        return path.value().endsWith(".versions.toml");
    }

    @Override
    public void extract(ScanFile file, Sink out) throws IOException, Unreadable {
        if (file.neighbour("../gradle.lockfile") != null) {
            return;
        }
        Node root = file.toml();
        Map<String, Node> versions = root.fields("versions");
        for (Node library : root.fields("libraries").values()) {
            String text = library.text();
            if (text != null) {
                int last = text.lastIndexOf(':');
                boolean versioned = last > text.indexOf(':');
                String module = versioned ? text.substring(0, last) : text;
                add(library.line(), module, versioned ? text.substring(last + 1) : null, Scope.RUNTIME, out);
                continue;
            }
            String module = library.text("module");
            module = module == null ? library.text("group") + ":" + library.text("name") : module;
            add(library.line(), module, version(library.get("version"), versions), Scope.RUNTIME, out);
        }
        for (Node plugin : root.fields("plugins").values()) {
            String text = plugin.text();
            int colon = text == null ? -1 : text.indexOf(':');
            String id = text == null ? plugin.text("id") : colon < 0 ? text : text.substring(0, colon);
            String version = text == null
                    ? version(plugin.get("version"), versions)
                    : colon < 0 ? null : text.substring(colon + 1);
            add(plugin.line(), id + ":" + id + ".gradle.plugin", version, Scope.BUILD, out);
        }
    }

    private static @Nullable String version(@Nullable Node node, Map<String, Node> versions) {
        String ref = node == null ? null : node.text("ref");
        Node found = ref == null ? node : versions.get(ref);
        if (found == null || found.text() != null) {
            return found == null ? null : found.text();
        }
        for (String key : new String[] {"strictly", "require", "prefer"}) {
            String rich = found.text(key);
            if (rich != null) {
                return rich;
            }
        }
        return null;
    }

    private static void add(int line, String module, @Nullable String version, Scope scope, Sink out) {
        int colon = module.indexOf(':');
        if (colon <= 0 || module.startsWith("null:") || module.endsWith(":null")) {
            out.problem(line, "\"" + Parts.shown(module) + "\" is not group:name; it was left out");
            return;
        }
        String locked = version == null || version.endsWith("+") || version.startsWith("latest.")
                ? null
                : MavenPom.locked(version.endsWith("!!") ? version.substring(0, version.length() - 2) : version);
        if (locked == null || locked.startsWith("]")) {
            out.unlocked(line, "Maven", module, version == null ? "" : version, scope);
            return;
        }
        Purl purl = Parts.purl(
                out, line, "maven", module.substring(0, colon), module.substring(colon + 1), locked, Map.of());
        if (purl != null) {
            out.direct(out.component(line, purl, scope));
        }
    }
}
