package uk.reeve.scanner.extract;

import java.io.IOException;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import uk.reeve.engine.input.Unreadable;
import uk.reeve.engine.purl.Purl;
import uk.reeve.engine.sbom.Scope;

/// A WordPress site, by `wp-includes/version.php`. Its own flaws are in no source that is read, only those of Bitnami's
/// packages of the same versions: *possible*.
final class WordPress implements Extractor {

    private static final Pattern VERSION = Pattern.compile("\\$wp_version = '(\\d[0-9A-Za-z.-]{0,40})';\\s*");

    @Override
    public String name() {
        return "wordpress/core";
    }

    @Override
    public boolean installed() {
        return true;
    }

    @Override
    public boolean wants(ScanPath path, Head head) {
        return path.endsWith("wp-includes/version.php");
    }

    @Override
    public void extract(ScanFile file, Sink out) throws IOException, Unreadable {
        file.lines((number, line) -> {
            Matcher version = VERSION.matcher(line.length() > 200 ? "" : line);
            if (version.matches()) {
                Purl purl = Parts.purl(out, number, "bitnami", null, "wordpress", version.group(1), Map.of());
                if (purl != null) {
                    out.direct(out.minimum(number, purl, Scope.RUNTIME));
                }
            }
        });
    }
}
