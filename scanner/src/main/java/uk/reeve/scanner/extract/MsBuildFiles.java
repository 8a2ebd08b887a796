package uk.reeve.scanner.extract;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.input.Element;
import uk.reeve.engine.input.Unreadable;

/// What MSBuild would know of a project before it builds it: the nearest `Directory.Build.props` and
/// `Directory.Packages.props` in the folders above, and the project's own properties. Conditions are not evaluated:
/// what stands last counts.
final class MsBuildFiles {

    private static final int UPWARDS = 30;

    private final Map<String, String> properties = new HashMap<>();
    private final Map<String, String> central = new HashMap<>();
    private final List<Element> shared = new ArrayList<>();
    private int steps;

    static MsBuildFiles around(ScanFile file, Element project, Sink out) throws IOException {
        MsBuildFiles files = new MsBuildFiles();
        files.read(above(file, "Directory.Build.props"), out);
        files.read(above(file, "Directory.Packages.props"), out);
        files.properties(project);
        return files;
    }

    /// `PackageReference` and `GlobalPackageReference` items that the files above add to every project.
    List<Element> shared() {
        return shared;
    }

    /// The version that `Directory.Packages.props` has for a package; null where it has none.
    @Nullable
    String central(String name) {
        return central.get(name.toLowerCase(Locale.ROOT));
    }

    /// The text with `$(Name)` replaced; what is not known stays as it is.
    String expand(String text) {
        steps = 0;
        return expand(text, 0);
    }

    private String expand(String text, int depth) {
        int open = text.indexOf("$(");
        if (open < 0 || depth > 10 || ++steps > 200) {
            return text;
        }
        int close = text.indexOf(')', open);
        if (close < 0) {
            return text;
        }
        String value = properties.get(text.substring(open + 2, close).toLowerCase(Locale.ROOT));
        String head = text.substring(0, open);
        String rest = expand(text.substring(close + 1), depth + 1);
        return value == null || value.length() > 1_000
                ? head + text.substring(open, close + 1) + rest
                : head + expand(value, depth + 1) + rest;
    }

    private void read(@Nullable ScanFile file, Sink out) throws IOException {
        if (file == null) {
            return;
        }
        Element root;
        try {
            root = file.xml();
        } catch (Unreadable e) {
            out.problem(0, file.path().fileName() + " above it " + e.getMessage());
            return;
        }
        properties(root);
        for (Element group : root.children()) {
            for (Element item : group.children()) {
                String name = NuGetProject.include(item);
                String version = NuGetProject.metadata(item, "Version");
                if (item.name().equals("PackageVersion") && name != null && version != null) {
                    central.put(name.toLowerCase(Locale.ROOT), version);
                } else if (item.name().equals("PackageReference") || item.name().equals("GlobalPackageReference")) {
                    shared.add(item);
                }
            }
        }
    }

    private void properties(Element root) {
        for (Element group : root.children()) {
            if (group.name().equals("PropertyGroup")) {
                for (Element property : group.children()) {
                    properties.put(property.name().toLowerCase(Locale.ROOT), property.text());
                }
            }
        }
    }

    private static @Nullable ScanFile above(ScanFile file, String name) throws IOException {
        String relative = name;
        for (int i = 0; i < UPWARDS; i++) {
            ScanFile found = file.neighbour(relative);
            if (found != null) {
                return found;
            }
            relative = "../" + relative;
        }
        return null;
    }
}
