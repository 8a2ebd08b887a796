package uk.reeve.scanner.extract;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.input.Element;
import uk.reeve.engine.input.Unreadable;
import uk.reeve.engine.purl.Purl;
import uk.reeve.engine.sbom.Scope;

/// A Maven `pom.xml`: what the project itself depends on, at the versions that it and its parents on disk give.
/// A range, or a version that only a repository knows, stays unlocked.
final class MavenPom implements Extractor {

    @Override
    public String name() {
        return "maven/pom";
    }

    @Override
    public boolean wants(ScanPath path, Head head) {
        return path.fileName().equals("pom.xml") && !path.value().contains("META-INF/maven/");
    }

    @Override
    public void extract(ScanFile file, Sink out) throws IOException, Unreadable {
        PomModel model = PomModel.read(file);
        dependencies(model, model.root().child("dependencies"), false, out);
        Element profiles = model.root().child("profiles");
        if (profiles != null) {
            for (Element profile : profiles.children()) {
                dependencies(model, profile.child("dependencies"), true, out);
            }
        }
    }

    private static void dependencies(PomModel model, @Nullable Element list, boolean profile, Sink out)
            throws IOException {
        if (list == null) {
            return;
        }
        for (Element dependency : list.children()) {
            if (dependency.name().equals("dependency")) {
                dependency(model, dependency, profile, out);
            }
        }
    }

    private static void dependency(PomModel model, Element dependency, boolean profile, Sink out) throws IOException {
        String group = model.resolve(dependency.text("groupId"));
        String artifact = model.resolve(dependency.text("artifactId"));
        int line = dependency.line();
        if (group == null || artifact == null) {
            String shown = dependency.text("groupId") + ":" + dependency.text("artifactId");
            out.problem(
                    line,
                    "the dependency \"" + Parts.shown(shown) + "\" has a name that cannot be told from the"
                            + " files here; it was left out");
            return;
        }
        String key = model.key(dependency);
        String written = dependency.text("version");
        written = written == null ? model.managed(key, "version") : written;
        String version = model.resolve(written);
        Scope scope = scope(model, dependency, key, profile);
        String name = group + ":" + artifact;
        if (model.find(group, artifact) != null || isOwn(model, group, dependency)) {
            out.notCovered(line, name, version, "a module of this project");
            return;
        }
        String locked = version == null ? null : locked(version);
        if (locked == null) {
            String wanted = version == null ? written : version;
            out.unlocked(line, "Maven", name, wanted == null ? "" : wanted, scope);
            return;
        }
        Purl purl = Parts.purl(out, line, "maven", group, artifact, locked, qualifiers(model, dependency));
        if (purl != null) {
            out.direct(out.component(line, purl, scope));
        }
    }

    /// The version that is meant; null for a range, or a word that a repository would have to translate.
    static @Nullable String locked(String version) {
        String text = version.strip();
        boolean bracketed = text.startsWith("[") || text.startsWith("(");
        if (bracketed && text.startsWith("[") && text.endsWith("]") && text.indexOf(',') < 0 && text.length() > 2) {
            return text.substring(1, text.length() - 1).strip();
        }
        return bracketed || text.isEmpty() || text.equals("LATEST") || text.equals("RELEASE") ? null : text;
    }

    private static boolean isOwn(PomModel model, String group, Element dependency) {
        String version = dependency.text("version");
        return group.equals(model.resolve(model.own("groupId")))
                && ("${project.version}".equals(version) || "${project.parent.version}".equals(version));
    }

    private static Scope scope(PomModel model, Element dependency, String key, boolean profile) throws IOException {
        String written = model.resolve(dependency.text("scope"));
        String scope = written == null ? model.managed(key, "scope") : written;
        if ("test".equals(scope)) {
            return Scope.TEST;
        }
        if ("provided".equals(scope)) {
            return Scope.BUILD;
        }
        String optional = model.resolve(dependency.text("optional"));
        return profile || "true".equals(optional) ? Scope.OPTIONAL : Scope.RUNTIME;
    }

    private static Map<String, String> qualifiers(PomModel model, Element dependency) {
        Map<String, String> qualifiers = new HashMap<>();
        String classifier = model.resolve(dependency.text("classifier"));
        if (classifier != null) {
            qualifiers.put("classifier", classifier);
        }
        String type = model.resolve(dependency.text("type"));
        if (type != null && !type.equals("jar")) {
            qualifiers.put("type", type);
        }
        return qualifiers;
    }
}
