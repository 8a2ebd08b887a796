package uk.reeve.scanner.malice.content;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.input.Unreadable;

/// `go.mod`; the version stands in the folder's name (`module@v1.0.0`) of a module's archive. Nothing runs at
/// installation, `init` functions and package variables of any file run at start.
final class GoManifest implements ManifestReader {

    private static final Pattern MODULE = Pattern.compile("(?m)^module\\s{1,8}\"?([^\\s\"]{1,200})");

    @Override
    public @Nullable Manifest read(FileTree files) throws IOException, Unreadable {
        if (!files.has("go.mod")) {
            return null;
        }
        Matcher module = MODULE.matcher(files.text("go.mod"));
        Set<String> entries = new HashSet<>();
        for (PackageFile file : files.all()) {
            if (file.path().endsWith(".go") && !file.path().endsWith("_test.go")) {
                entries.add(file.path());
            }
        }
        String name = module.find() ? module.group(1) : null;
        return new Manifest("golang", name, null, "go.mod", List.of(), entries, List.of(), name, false);
    }
}
