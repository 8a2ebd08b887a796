package uk.reeve.scanner.extract;

import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.input.LineInput;
import uk.reeve.engine.input.Node;
import uk.reeve.engine.input.Unreadable;
import uk.reeve.engine.purl.Purl;
import uk.reeve.engine.sbom.Scope;

/// An installed Python package: `NAME-VERSION.dist-info/METADATA`, and the `egg-info` of older tools (outside
/// `site-packages` that is the project's own). `REQUESTED` says that it was asked for, `direct_url.json` that it is not
/// from an index. Source: Python packaging specifications, "Recording installed projects".
final class PythonInstalled implements Extractor {

    @Override
    public String name() {
        return "pypi/installed";
    }

    @Override
    public boolean installed() {
        return true;
    }

    @Override
    public boolean wants(ScanPath path, Head head) {
        String value = path.value();
        if (value.endsWith(".dist-info/METADATA")) {
            return true;
        }
        boolean egg = value.endsWith(".egg-info/PKG-INFO")
                || value.endsWith(".egg-info")
                || value.endsWith(".egg/EGG-INFO/PKG-INFO");
        return egg && (value.contains("site-packages/") || value.contains("dist-packages/"));
    }

    @Override
    public boolean looksAt(ScanPath path) {
        String name = path.fileName();
        return (name.equals("REQUESTED") || name.equals("direct_url.json"))
                && path.folder().endsWith(".dist-info");
    }

    @Override
    public void extract(ScanFile file, Sink out) throws IOException, Unreadable {
        String name = null;
        String version = null;
        String licence = null;
        int line = 1;
        try (var in = file.open()) {
            LineInput lines = new LineInput(in);
            for (String text = lines.next(); text != null && !text.isEmpty(); text = lines.next()) {
                int colon = text.indexOf(':');
                String field = colon < 0 ? "" : text.substring(0, colon);
                String value = text.substring(colon + 1).strip();
                switch (field) {
                    case "Name" -> name = value;
                    case "Version" -> {
                        version = value;
                        line = lines.number();
                    }
                    case "License-Expression" -> licence = value;
                    case "License" -> licence = licence == null && isName(value) ? value : licence;
                    default -> {}
                }
            }
        }
        if (name == null || version == null) {
            throw new Unreadable(1, "has no \"Name\" and \"Version\"; install the package again");
        }
        tell(file, line, name, version, licence, out);
    }

    // Some packages put the whole text of their licence there.
    private static boolean isName(String licence) {
        return !licence.isEmpty() && licence.length() <= 64 && !licence.equals("UNKNOWN");
    }

    private static void tell(ScanFile file, int line, String name, String version, @Nullable String licence, Sink out)
            throws IOException {
        ScanFile origin = file.neighbour("direct_url.json");
        if (origin != null) {
            Node root = PackageJson.read(origin);
            if (root.get("dir_info") == null) {
                out.notCovered(line, name, version, root.get("vcs_info") != null ? Pypi.GIT : Pypi.ADDRESS);
            }
            return;
        }
        Purl purl = Pypi.purl(out, line, name, version);
        if (purl == null) {
            return;
        }
        int number = out.component(line, purl, Scope.RUNTIME);
        if (file.neighbour("REQUESTED") != null) {
            out.direct(number);
        }
        if (licence != null) {
            out.tell(number, Map.of("licence", licence));
        }
    }
}
