package uk.reeve.scanner.extract;

import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.input.Element;
import uk.reeve.engine.input.Unreadable;
import uk.reeve.engine.purl.Purl;
import uk.reeve.engine.sbom.Scope;

/// A .NET project file where no lock file stands beside it. `1.2.3` is the least version that NuGet may take, `[1.2.3]`
/// the only one; a range or a floating version (`1.*`) leaves it open.
///
/// Source: NuGet, "Package versioning"; "Central Package Management".
final class NuGetProject implements Extractor {

    @Override
    public String name() {
        return "nuget/project";
    }

    @Override
    public boolean wants(ScanPath path, Head head) {
        String value = path.value();
        return value.endsWith(".csproj") || value.endsWith(".fsproj") || value.endsWith(".vbproj");
    }

    @Override
    public void extract(ScanFile file, Sink out) throws IOException, Unreadable {
        if (file.neighbour("packages.lock.json") != null || file.neighbour("obj/project.assets.json") != null) {
            return;
        }
        Element root = file.xml();
        if (!root.name().equals("Project")) {
            throw new Unreadable(root.line(), "begins with <" + Parts.shown(root.name()) + ">, not with <Project>");
        }
        MsBuildFiles around = MsBuildFiles.around(file, root, out);
        Scope usual = isTest(root) ? Scope.TEST : Scope.RUNTIME;
        for (Element group : root.children()) {
            if (group.name().equals("ItemGroup")) {
                for (Element item : group.children()) {
                    if (item.name().equals("PackageReference")) {
                        reference(item, item.line(), usual, around, out);
                    }
                }
            }
        }
        for (Element item : around.shared()) {
            Scope scope = item.name().equals("GlobalPackageReference") ? Scope.DEVELOPMENT : usual;
            reference(item, 0, scope, around, out);
        }
    }

    private static void reference(Element item, int line, Scope usual, MsBuildFiles around, Sink out) {
        String name = include(item);
        if (name == null) {
            return;
        }
        String version = metadata(item, "VersionOverride");
        version = version == null ? metadata(item, "Version") : version;
        version = version == null ? around.central(name) : version;
        if (version == null && item.attributes().containsKey("Update")) {
            return; // only changes what is said elsewhere
        }
        String wanted = version == null ? "" : around.expand(version).strip();
        String assets = metadata(item, "PrivateAssets");
        boolean kept = assets != null && around.expand(assets).strip().equalsIgnoreCase("all");
        Scope scope = kept && usual == Scope.RUNTIME ? Scope.DEVELOPMENT : usual;

        String exact = exact(wanted);
        if (exact == null && !isLeast(wanted)) {
            out.unlocked(line, "NuGet", name, wanted, scope);
            return;
        }
        Purl purl = Parts.purl(out, line, "nuget", null, name, exact == null ? wanted : exact, Map.of());
        if (purl != null) {
            out.direct(exact == null ? out.minimum(line, purl, scope) : out.component(line, purl, scope));
        }
    }

    /// `1.2.3` of `[1.2.3]`; null where it is something else.
    private static @Nullable String exact(String wanted) {
        boolean bracketed = wanted.length() > 2 && wanted.startsWith("[") && wanted.endsWith("]");
        return bracketed && wanted.indexOf(',') < 0
                ? wanted.substring(1, wanted.length() - 1).strip()
                : null;
    }

    private static boolean isLeast(String wanted) {
        if (wanted.isEmpty() || !Character.isDigit(wanted.charAt(0))) {
            return false;
        }
        for (int i = 0; i < wanted.length(); i++) {
            char c = wanted.charAt(i);
            if (c == '*' || c == ',' || c == '$' || Character.isWhitespace(c)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isTest(Element root) {
        for (Element group : root.children()) {
            if ("true".equalsIgnoreCase(group.text("IsTestProject"))) {
                return true;
            }
            for (Element item : group.children()) {
                if (item.name().equals("PackageReference")
                        && "Microsoft.NET.Test.Sdk".equalsIgnoreCase(include(item))) {
                    return true;
                }
            }
        }
        return false;
    }

    /// The item's name; null where it has none.
    static @Nullable String include(Element item) {
        String name = item.attributes().get("Include");
        name = name == null ? item.attributes().get("Update") : name;
        return name == null || name.isBlank() ? null : name.strip();
    }

    /// A value that may be an attribute or an element of the item.
    static @Nullable String metadata(Element item, String name) {
        String attribute = item.attributes().get(name);
        return attribute == null || attribute.isBlank() ? item.text(name) : attribute;
    }
}
