package uk.reeve.scanner.malice.content;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.input.Unreadable;

/// `METADATA` of a wheel, `PKG-INFO` of an sdist, else what `setup.py`, `setup.cfg` or `pyproject.toml` say. Installing
/// an sdist runs `setup.py` and a build backend that lies in it; each start of Python runs the `import` lines of `.pth`
/// files and `sitecustomize.py`. Sources: Python packaging specifications; Python, "site".
final class PythonManifest implements ManifestReader {

    private static final Pattern NAME = Pattern.compile("\\bname\\s{0,4}=\\s{0,4}[\"']([\\w.-]{1,100})[\"']");
    private static final Pattern VERSION = Pattern.compile("\\bversion\\s{0,4}=\\s{0,4}[\"']([\\w.+!-]{1,100})[\"']");

    @Override
    public @Nullable Manifest read(FileTree files) throws IOException, Unreadable {
        String described = first(files, ".dist-info/METADATA", "PKG-INFO", ".egg-info");
        boolean source = files.has("setup.py") || files.has("pyproject.toml") || files.has("setup.cfg");
        if (described == null && !source) {
            return null;
        }
        String metadata = described == null ? "" : files.text(described);
        String name = field(metadata, "Name");
        String version = field(metadata, "Version");
        if (name == null) {
            for (String file : List.of("setup.py", "pyproject.toml", "setup.cfg")) {
                String text = files.text(file);
                name = name == null ? quoted(NAME, text) : name;
                version = version == null ? quoted(VERSION, text) : version;
            }
        }
        List<Hook> hooks = new ArrayList<>();
        Set<String> entries = new HashSet<>();
        if (files.has("setup.py")) {
            hooks.add(new Hook("setup.py", "setup.py", "setup.py", 0));
        }
        backend(files, hooks);
        for (PackageFile file : files.all()) {
            String base = file.fileName();
            if (base.endsWith(".pth") || base.equals("sitecustomize.py") || base.equals("usercustomize.py")) {
                hooks.add(new Hook(base, file.path(), file.path(), 0));
            } else if ((base.equals("__init__.py") || base.equals("__main__.py"))
                    && !CheckedPackage.isAside(file.path())) {
                entries.add(file.path());
            } else if (base.endsWith(".py") && file.path().indexOf('/') < 0 && !base.equals("setup.py")) {
                entries.add(file.path());
            }
        }
        boolean wheel = !files.ending(".dist-info/WHEEL", 1).isEmpty();
        String address = field(metadata, "Home-page");
        return new Manifest(
                "pypi",
                name,
                version,
                described == null ? "setup.py" : described,
                hooks,
                entries,
                List.of(),
                address,
                wheel && platform(files));
    }

    private static boolean platform(FileTree files) throws IOException, Unreadable {
        String text = files.text(files.ending(".dist-info/WHEEL", 1).getFirst());
        return text.contains("Root-Is-Purelib: false") || !text.contains("-none-any");
    }

    // PEP 517: a build backend of the project's own.
    private static void backend(FileTree files, List<Hook> hooks) throws IOException, Unreadable {
        String text = files.text("pyproject.toml");
        if (!text.contains("backend-path")) {
            return;
        }
        Matcher module = Pattern.compile("build-backend\\s{0,4}=\\s{0,4}[\"']([\\w.]{1,100})")
                .matcher(text);
        if (!module.find()) {
            return;
        }
        String file = module.group(1).replace('.', '/') + ".py";
        for (PackageFile each : files.all()) {
            if (each.path().equals(file) || each.path().endsWith("/" + file)) {
                hooks.add(new Hook("build-backend", each.path(), "pyproject.toml", 0));
            }
        }
    }

    private static @Nullable String first(FileTree files, String... ends) {
        for (String end : ends) {
            List<String> found = files.ending(end, 1);
            if (!found.isEmpty()) {
                return found.getFirst();
            }
        }
        return null;
    }

    private static @Nullable String field(String metadata, String name) {
        for (String line : metadata.split("\n", 200)) {
            if (line.isBlank()) {
                return null;
            }
            if (line.startsWith(name + ": ")) {
                return line.substring(name.length() + 2).strip();
            }
        }
        return null;
    }

    private static @Nullable String quoted(Pattern pattern, String text) {
        Matcher found = pattern.matcher(text);
        return found.find() ? found.group(1) : null;
    }
}
