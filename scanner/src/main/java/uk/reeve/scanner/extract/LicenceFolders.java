package uk.reeve.scanner.extract;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.purl.Purl;
import uk.reeve.engine.sbom.Scope;

/// JARs that were merged into another and left their licences in folders of their names, below `META-INF/licenses`:
/// `NAME-VERSION.jar/`. Those whose group is well known, and whose classes are there under their own names or others,
/// are *possible*.
final class LicenceFolders {

    private static final String FOLDER = "META-INF/licenses/";
    private static final String EVIDENCE = "a folder of its licences, and classes of its names";

    private LicenceFolders() {}

    /// @return the components' numbers
    static List<Integer> tell(ArchiveFiles inside, Sink out) {
        Set<String> jars = new LinkedHashSet<>();
        for (String name : inside.names()) {
            int end = name.startsWith(FOLDER) ? name.indexOf(".jar/", FOLDER.length()) : -1;
            if (end > 0) {
                jars.add(name.substring(FOLDER.length(), end + ".jar".length()));
            }
        }
        List<Integer> numbers = new ArrayList<>();
        for (String jar : jars) {
            JarName called = JarName.of(jar);
            @Nullable String group = called == null ? null : KnownGroups.ofMoved(called.name(), inside.names());
            Purl purl = called == null || group == null
                    ? null
                    : Parts.purl(out, 0, "maven", group, called.name(), called.version(), Map.of());
            if (purl != null) {
                int number = out.minimum(0, purl, Scope.RUNTIME);
                out.tell(number, Map.of("evidence", EVIDENCE));
                numbers.add(number);
            }
        }
        return numbers;
    }
}
