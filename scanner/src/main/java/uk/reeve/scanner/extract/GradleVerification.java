package uk.reeve.scanner.extract;

import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.input.Element;
import uk.reeve.engine.input.Unreadable;
import uk.reeve.engine.purl.Purl;
import uk.reeve.engine.sbom.Scope;

/// `gradle/verification-metadata.xml`: every module whose files Gradle checks, those of the build itself too. It does
/// not tell what a module is for; where a lock file stands beside the folder, that one is read instead.
final class GradleVerification implements Extractor {

    @Override
    public String name() {
        return "maven/gradle-verification";
    }

    @Override
    public boolean wants(ScanPath path, Head head) {
        return path.endsWith("gradle/verification-metadata.xml");
    }

    @Override
    public void extract(ScanFile file, Sink out) throws IOException, Unreadable {
        if (file.neighbour("../gradle.lockfile") != null) {
            return;
        }
        Element root = file.xml();
        if (!root.name().equals("verification-metadata")) {
            throw new Unreadable(
                    root.line(), "begins with <" + Parts.shown(root.name()) + ">, not with <verification-metadata>");
        }
        Element components = root.child("components");
        if (components == null) {
            return;
        }
        for (Element component : components.children()) {
            Map<String, String> named = component.attributes();
            String group = named.get("group");
            Purl purl = Parts.purl(
                    out, component.line(), "maven", group, named.get("name"), named.get("version"), Map.of());
            if (purl != null) {
                int number = out.component(component.line(), purl, Scope.RUNTIME);
                String hash = hash(component);
                if (hash != null) {
                    out.tell(number, Map.of("hash:SHA-256", hash));
                }
            }
        }
    }

    /// The SHA-256 of the component's JAR; null where it has none or several.
    private static @Nullable String hash(Element component) {
        String found = null;
        for (Element artifact : component.children()) {
            String name = artifact.attributes().get("name");
            Element sha = artifact.child("sha256");
            if (name != null && name.endsWith(".jar") && sha != null) {
                if (found != null) {
                    return null;
                }
                found = sha.attributes().get("value");
            }
        }
        return found;
    }
}
