package uk.reeve.scanner.extract;

import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.purl.Purl;
import uk.reeve.engine.sbom.Scope;
import uk.reeve.scanner.program.Program;
import uk.reeve.scanner.program.VersionResource;

/// What a program of Windows says that it is. A library of .NET is *possibly* the NuGet package of its name: most are
/// called so, and nothing in it proves it. For others there are no advisories by such names.
final class WindowsProgram {

    private static final Pattern VERSION = Pattern.compile("(\\d+(?:\\.\\d+){1,3}(?:-[0-9A-Za-z.-]+)?)(?:\\+.*)?");

    private WindowsProgram() {}

    static void tell(Program program, Sink out) throws IOException {
        VersionResource resource = VersionResource.of(program);
        if (resource == null) {
            return;
        }
        Map<String, String> words = resource.words();
        String assembly = resource.isManaged() ? library(words) : null;
        String release = version(words.get("ProductVersion"));
        if (assembly != null && release != null) {
            Purl purl = Parts.purl(out, 0, "nuget", null, assembly, release, Map.of());
            if (purl != null) {
                out.minimum(0, purl, Scope.RUNTIME);
            }
            return;
        }
        String product = words.getOrDefault("ProductName", "");
        if (product.isEmpty()) {
            return;
        }
        String maker = words.getOrDefault("CompanyName", "");
        String told = words.getOrDefault("ProductVersion", words.getOrDefault("FileVersion", ""));
        out.notCovered(
                0,
                Parts.shown(product),
                told.isEmpty() ? null : Parts.shown(told),
                "no advisory source covers programs of Windows by their names"
                        + (maker.isEmpty() ? "" : " (of " + Parts.shown(maker) + ")"));
    }

    private static @Nullable String library(Map<String, String> words) {
        String file = words.getOrDefault("OriginalFilename", words.getOrDefault("InternalName", ""));
        return file.toLowerCase(Locale.ROOT).endsWith(".dll") && file.length() > 4
                ? file.substring(0, file.length() - 4)
                : null;
    }

    // `13.0.3+0a2e291c0d9c0c7675d445703e51750363a549ef`
    private static @Nullable String version(@Nullable String told) {
        Matcher version = VERSION.matcher(told == null || told.length() > 200 ? "" : told.strip());
        return version.matches() ? version.group(1) : null;
    }
}
