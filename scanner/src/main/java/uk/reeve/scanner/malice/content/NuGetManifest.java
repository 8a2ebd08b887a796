package uk.reeve.scanner.malice.content;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.input.Element;
import uk.reeve.engine.input.Unreadable;

/// `.nuspec`. Visual Studio runs `tools/init.ps1` and `install.ps1`; each build of a project that uses the package
/// takes in `build/*.targets` and `*.props`. Source: NuGet, "Creating a package", "MSBuild props and targets in a
/// package".
final class NuGetManifest implements ManifestReader {

    @Override
    public @Nullable Manifest read(FileTree files) throws IOException, Unreadable {
        List<String> specs = files.ending(".nuspec", 0);
        if (specs.isEmpty()) {
            return null;
        }
        Element root = files.xml(specs.getFirst());
        Element metadata = root == null ? null : root.child("metadata");
        List<Hook> hooks = new ArrayList<>();
        Set<String> entries = new HashSet<>();
        for (PackageFile file : files.all()) {
            String path = file.path().toLowerCase(Locale.ROOT);
            String base = path.substring(path.lastIndexOf('/') + 1);
            boolean script = path.startsWith("tools/")
                    && (base.equals("init.ps1") || base.equals("install.ps1") || base.equals("uninstall.ps1"));
            boolean build = path.startsWith("build") && (base.endsWith(".targets") || base.endsWith(".props"));
            if (script || build) {
                hooks.add(new Hook(base, file.path(), file.path(), 0));
            } else if (path.startsWith("lib/") && path.endsWith(".dll")) {
                entries.add(file.path());
            } else if (path.startsWith("content") && (path.endsWith(".cs") || path.endsWith(".pp"))) {
                entries.add(file.path());
            }
        }
        Element repository = metadata == null ? null : metadata.child("repository");
        return new Manifest(
                "nuget",
                metadata == null ? null : metadata.text("id"),
                metadata == null ? null : metadata.text("version"),
                specs.getFirst(),
                hooks,
                entries,
                List.of(),
                repository == null
                        ? metadata == null ? null : metadata.text("projectUrl")
                        : repository.attributes().get("url"),
                files.all().stream().anyMatch(file -> file.path().startsWith("runtimes/")));
    }
}
