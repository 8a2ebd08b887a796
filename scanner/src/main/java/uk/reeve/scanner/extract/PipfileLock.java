package uk.reeve.scanner.extract;

import java.io.IOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import uk.reeve.engine.input.Node;
import uk.reeve.engine.input.Unreadable;
import uk.reeve.engine.purl.Purl;
import uk.reeve.engine.sbom.Scope;

/// `Pipfile.lock`. It tells no dependencies between packages; what the project asks for stands in the `Pipfile`.
final class PipfileLock implements Extractor {

    @Override
    public String name() {
        return "pypi/pipfile-lock";
    }

    @Override
    public boolean wants(ScanPath path, Head head) {
        return path.fileName().equals("Pipfile.lock");
    }

    @Override
    public void extract(ScanFile file, Sink out) throws IOException, Unreadable {
        Node root = file.json();
        if (root.get("default") == null && root.get("develop") == null) {
            throw new Unreadable(root.line(), "has no \"default\"; write it again with: pipenv lock");
        }
        Set<String> asked = asked(file);
        for (Map.Entry<String, Node> section : root.fields().entrySet()) {
            if (!section.getKey().equals("_meta")) {
                list(section.getKey(), section.getValue().fields(), asked, out);
            }
        }
    }

    // "default", "develop", and categories of the project's own.
    private static void list(String section, Map<String, Node> packages, Set<String> asked, Sink out) {
        Scope scope = Pypi.scope(section);
        for (Map.Entry<String, Node> entry : packages.entrySet()) {
            Node about = entry.getValue();
            int line = about.line();
            String name = entry.getKey();
            String version = about.text("version");
            if (about.get("git") != null || about.get("hg") != null) {
                out.notCovered(line, name, null, Pypi.GIT);
            } else if (about.get("file") != null) {
                out.notCovered(line, name, null, Pypi.outside(String.valueOf(about.text("file"))));
            } else if (about.get("path") == null) {
                String plain = version != null && version.startsWith("==") ? version.substring(2) : version;
                Purl purl = Pypi.purl(out, line, name, plain);
                if (purl != null) {
                    int number = out.component(line, purl, scope);
                    if (asked.contains(Pypi.key(name))) {
                        out.direct(number);
                    }
                }
            }
        }
    }

    private static Set<String> asked(ScanFile file) throws IOException {
        Set<String> names = new HashSet<>();
        ScanFile pipfile = file.neighbour("Pipfile");
        try {
            for (Map.Entry<String, Node> section : pipfile == null
                    ? Set.<Map.Entry<String, Node>>of()
                    : pipfile.toml().fields().entrySet()) {
                if (section.getKey().endsWith("packages")) {
                    for (String name : section.getValue().fields().keySet()) {
                        names.add(Pypi.key(name));
                    }
                }
            }
        } catch (Unreadable e) {
            // Told where that file itself is read.
        }
        return names;
    }
}
