package uk.reeve.scanner.extract;

import java.io.IOException;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import uk.reeve.engine.input.Node;
import uk.reeve.engine.input.Unreadable;
import uk.reeve.engine.purl.Purl;
import uk.reeve.engine.sbom.Scope;

/// A module or theme of Drupal as drupal.org packs it: `NAME.info.yml`, to which its packaging script adds project and
/// version. `8.x-1.5` is what Composer calls 1.5.0. Source: drupal.org, "Release naming conventions".
final class DrupalModule implements Extractor {

    private static final Pattern OLD = Pattern.compile("[89]\\.x-(\\d+)\\.(\\d+)(-[0-9a-z]+)?");

    @Override
    public String name() {
        return "composer/drupal-module";
    }

    @Override
    public boolean installed() {
        return true;
    }

    @Override
    public boolean wants(ScanPath path, Head head) throws IOException {
        return path.fileName().endsWith(".info.yml") && head.text().contains("\nproject:");
    }

    @Override
    public void extract(ScanFile file, Sink out) throws IOException, Unreadable {
        Node info = file.yaml();
        String project = info.text("project");
        String version = info.text("version");
        if (project == null || version == null || project.equals("drupal") || version.equals("VERSION")) {
            return; // a part of the core has its version
        }
        Node at = info.get("version");
        int line = at == null ? 0 : at.line();
        Matcher old = OLD.matcher(version);
        String composer = !old.matches()
                ? version
                : old.group(1) + "." + old.group(2) + ".0" + (old.group(3) == null ? "" : old.group(3));
        Purl purl = Parts.purl(out, line, "composer", "drupal", project, composer, Map.of());
        if (purl != null) {
            out.direct(out.component(line, purl, Scope.RUNTIME));
        }
    }
}
