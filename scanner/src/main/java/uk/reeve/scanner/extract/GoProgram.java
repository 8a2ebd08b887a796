package uk.reeve.scanner.extract;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.purl.Purl;
import uk.reeve.engine.sbom.Scope;
import uk.reeve.scanner.program.GoBuild;
import uk.reeve.scanner.program.Program;

/// The modules that Go has built into a program, and its standard library. Source: Go, `runtime/debug.BuildInfo`.
final class GoProgram {

    /// `go1.20.5 X:nocoverageredesign` and `go1.19.4-fips` are releases with something added.
    private static final Pattern RELEASE = Pattern.compile("go(\\d+(?:\\.\\d+){1,2}(?:rc\\d+|beta\\d+)?)(?!\\d).*");

    private static final String NO_RELEASE = "(devel)";

    private GoProgram() {}

    static void tell(Program program, Sink out) throws IOException {
        GoBuild build = GoBuild.of(program);
        if (build == null) {
            return;
        }
        List<String[]> modules = new ArrayList<>();
        String[] main = null;
        for (String line : build.modules().split("\n", -1)) {
            String[] words = line.split("\t", -1);
            switch (words[0]) {
                case "mod" -> main = words;
                case "dep" -> modules.add(words);
                case "=>" -> {
                    if (modules.isEmpty()) {
                        main = words;
                    } else {
                        modules.set(modules.size() - 1, replacing(modules.getLast(), words));
                    }
                }
                default -> {} // the path of the command, and settings
            }
        }
        Integer own = main == null ? null : module(main, out);
        for (String[] module : modules) {
            Integer number = module(module, out);
            if (number != null) {
                part(own, number, out);
            }
        }
        Integer library = library(build.go(), out);
        if (library != null) {
            part(own, library, out);
        }
        if (own != null) {
            out.direct(own);
        }
    }

    private static void part(@Nullable Integer own, int number, Sink out) {
        if (own == null) {
            out.direct(number);
        } else {
            out.edge(own, number);
        }
    }

    // A folder has no version.
    private static String[] replacing(String[] replaced, String[] by) {
        boolean folder = by.length < 3 || by[2].isEmpty() || by[2].equals(NO_RELEASE);
        return folder ? new String[] {"=>", replaced.length > 1 ? replaced[1] : "", by.length > 1 ? by[1] : ""} : by;
    }

    private static @Nullable Integer module(String[] words, Sink out) {
        String path = words.length > 1 ? words[1] : "";
        String version = words.length > 2 ? words[2] : "";
        if (path.isEmpty()) {
            return null;
        }
        if (words[0].equals("=>") && !version.startsWith("v")) {
            out.notCovered(0, path, null, "replaced by the folder " + Parts.shown(version));
            return null;
        }
        if (version.isEmpty() || version.equals(NO_RELEASE)) {
            out.notCovered(0, path, null, "was built from a folder, and the program does not tell its version");
            return null;
        }
        Purl purl = GoMod.purl(out, 0, path, version);
        return purl == null ? null : out.component(0, purl, Scope.RUNTIME);
    }

    private static @Nullable Integer library(String go, Sink out) {
        Matcher release = RELEASE.matcher(Parts.shown(go));
        if (!release.matches()) {
            out.notCovered(0, "Go's standard library", Parts.shown(go), "is of no release of Go");
            return null;
        }
        Purl purl = Parts.purl(out, 0, "golang", null, "stdlib", release.group(1), Map.of());
        return purl == null ? null : out.component(0, purl, Scope.RUNTIME);
    }
}
