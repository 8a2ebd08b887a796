package uk.reeve.scanner.extract;

import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import uk.reeve.engine.input.Unreadable;
import uk.reeve.engine.purl.Purl;
import uk.reeve.engine.sbom.Scope;

/// `gradle.lockfile` and `buildscript-gradle.lockfile`, and the older `gradle/dependency-locks/CONFIGURATION.lockfile`:
/// `group:name:version=configuration,configuration`.
final class GradleLockfile implements Extractor {

    @Override
    public String name() {
        return "maven/gradle-lockfile";
    }

    @Override
    public boolean wants(ScanPath path, Head head) {
        String value = path.value();
        if (!value.endsWith(".lockfile")) {
            return false;
        }
        String name = path.fileName();
        return name.equals("gradle.lockfile")
                || name.equals("buildscript-gradle.lockfile")
                || path.folder().endsWith("gradle/dependency-locks");
    }

    @Override
    public void extract(ScanFile file, Sink out) throws IOException, Unreadable {
        String name = file.path().fileName();
        boolean build = name.startsWith("buildscript-");
        String configuration = name.substring(0, name.length() - ".lockfile".length());
        file.lines((number, text) -> {
            String line = text.strip();
            if (line.isEmpty() || line.startsWith("#") || line.startsWith("empty=")) {
                return;
            }
            int equals = line.indexOf('=');
            String coordinates = equals < 0 ? line : line.substring(0, equals);
            int first = coordinates.indexOf(':');
            int last = coordinates.lastIndexOf(':');
            if (first <= 0 || first == last) {
                out.problem(
                        number,
                        "\"" + Parts.shown(line) + "\" is not group:name:version; write the file again"
                                + " with: gradle dependencies --write-locks");
                return;
            }
            Scope scope = build ? Scope.BUILD : scope(equals < 0 ? configuration : line.substring(equals + 1));
            Purl purl = Parts.purl(
                    out,
                    number,
                    "maven",
                    coordinates.substring(0, first),
                    coordinates.substring(first + 1, last),
                    coordinates.substring(last + 1),
                    Map.of());
            if (purl != null) {
                out.component(number, purl, scope);
            }
        });
        file.tellOpenLine(out, "gradle dependencies --write-locks");
    }

    /// The most shipped scope of the configurations that hold a module.
    private static Scope scope(String configurations) {
        boolean test = false;
        for (String configuration : configurations.toLowerCase(Locale.ROOT).split(",", -1)) {
            boolean ofTests = configuration.contains("test");
            if (!ofTests && (configuration.endsWith("runtimeclasspath") || configuration.equals("gradle"))) {
                return Scope.RUNTIME;
            }
            test |= ofTests;
        }
        return test ? Scope.TEST : Scope.BUILD;
    }
}
