package uk.reeve.scanner.malice.content;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.input.Element;
import uk.reeve.engine.input.Unreadable;

/// `pom.properties` and `pom.xml` of a JAR, or a `pom.xml` at the top. What the compiler or Maven runs by itself:
/// annotation processors and plugins. Sources: Maven, "POM reference"; Java, `javax.annotation.processing`.
final class MavenManifest implements ManifestReader {

    private static final String SERVICES = "META-INF/services/";
    private static final List<String> PROCESSORS = List.of(
            "javax.annotation.processing.Processor",
            "org.codehaus.groovy.transform.ASTTransformation",
            "com.sun.source.util.Plugin");
    /// What runs without being called once the JAR is on a class path.
    private static final List<String> LOADED = List.of("META-INF/spring.factories", "META-INF/web-fragment.xml");

    @Override
    public @Nullable Manifest read(FileTree files) throws IOException, Unreadable {
        List<String> properties = files.ending("/pom.properties", 4);
        boolean jar = files.has("META-INF/MANIFEST.MF");
        List<String> poms = files.has("pom.xml") ? List.of("pom.xml") : files.ending("/pom.xml", 4);
        if (properties.isEmpty() && poms.isEmpty() && !jar) {
            return null;
        }
        String group = null;
        String artifact = null;
        String version = null;
        if (properties.size() == 1) {
            for (String line : files.text(properties.getFirst()).split("\\R", 50)) {
                group = line.startsWith("groupId=") ? line.substring(8).strip() : group;
                artifact = line.startsWith("artifactId=") ? line.substring(11).strip() : artifact;
                version = line.startsWith("version=") ? line.substring(8).strip() : version;
            }
        } else if (poms.size() == 1) {
            Element pom = files.xml(poms.getFirst());
            Element parent = pom == null ? null : pom.child("parent");
            group = told(pom, parent, "groupId");
            version = told(pom, parent, "version");
            artifact = pom == null ? null : pom.text("artifactId");
        }
        List<Hook> hooks = new ArrayList<>();
        Set<String> entries = new HashSet<>();
        services(files, hooks, entries);
        if (files.has("META-INF/maven/plugin.xml")) {
            plugin(files, hooks);
        }
        poms.forEach(pom -> hooks.add(new Hook("pom.xml", pom, pom, 0)));
        return new Manifest(
                "maven",
                group == null || artifact == null ? artifact : group + ":" + artifact,
                version,
                poms.isEmpty() ? "META-INF/MANIFEST.MF" : poms.getFirst(),
                hooks,
                entries,
                List.of(),
                null,
                true);
    }

    private static @Nullable String told(@Nullable Element pom, @Nullable Element parent, String name) {
        String own = pom == null ? null : pom.text(name);
        return own != null ? own : parent == null ? null : parent.text(name);
    }

    private static void services(FileTree files, List<Hook> hooks, Set<String> entries) throws IOException, Unreadable {
        for (PackageFile file : files.all()) {
            String path = file.path();
            if (!path.startsWith(SERVICES) && !LOADED.contains(path)) {
                continue;
            }
            boolean processor = PROCESSORS.contains(file.fileName());
            for (String word : files.text(path).split("[\\s,=#\\\\]+", 200)) {
                String source = word.replace('.', '/');
                for (String end : List.of(".class", ".java")) {
                    if (files.has(source + end) && processor) {
                        hooks.add(new Hook("annotation processor", source + end, path, 0));
                    } else if (files.has(source + end)) {
                        entries.add(source + end);
                    }
                }
            }
        }
    }

    private static void plugin(FileTree files, List<Hook> hooks) throws IOException, Unreadable {
        Element root = files.xml("META-INF/maven/plugin.xml");
        Element mojos = root == null ? null : root.child("mojos");
        if (mojos == null) {
            return;
        }
        for (Element mojo : mojos.children("mojo")) {
            String type = mojo.text("implementation");
            String path = type == null ? "" : type.replace('.', '/');
            for (String end : List.of(".class", ".java")) {
                if (files.has(path + end)) {
                    hooks.add(new Hook("Maven plugin", path + end, "META-INF/maven/plugin.xml", mojo.line()));
                }
            }
        }
    }
}
