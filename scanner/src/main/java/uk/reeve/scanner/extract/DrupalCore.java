package uk.reeve.scanner.extract;

import java.io.IOException;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import uk.reeve.engine.input.Unreadable;
import uk.reeve.engine.purl.Purl;
import uk.reeve.engine.sbom.Scope;

/// The core of a Drupal site, by the constant in which it keeps its version: of Drupal 8 and later in
/// `core/lib/Drupal.php`, of Drupal 7 in `includes/bootstrap.inc`.
final class DrupalCore implements Extractor {

    private static final Pattern VERSION =
            Pattern.compile("\\s*(?:const VERSION = |define\\('VERSION', )'(\\d[0-9a-z.-]{0,40})'\\)?;\\s*");

    @Override
    public String name() {
        return "composer/drupal-core";
    }

    @Override
    public boolean installed() {
        return true;
    }

    @Override
    public boolean wants(ScanPath path, Head head) throws IOException {
        return path.endsWith("core/lib/Drupal.php")
                || path.endsWith("includes/bootstrap.inc") && head.text().contains("Drupal");
    }

    @Override
    public void extract(ScanFile file, Sink out) throws IOException, Unreadable {
        file.lines((number, line) -> {
            Matcher version = VERSION.matcher(line.length() > 200 ? "" : line);
            if (version.matches()) {
                Purl purl = Parts.purl(out, number, "composer", "drupal", "core", version.group(1), Map.of());
                if (purl != null) {
                    out.direct(out.component(number, purl, Scope.RUNTIME));
                }
            }
        });
    }
}
