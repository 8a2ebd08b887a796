package uk.reeve.scanner.extract;

import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import uk.reeve.engine.input.Unreadable;
import uk.reeve.engine.purl.Purl;
import uk.reeve.engine.sbom.Scope;

/// A site of Umbraco 8 or older, by the version that its set-up writes into `web.config`. Later ones have a
/// `.deps.json`. Source: Umbraco, "Version Specific Upgrades".
final class UmbracoSite implements Extractor {

    private static final Pattern SETTING = Pattern.compile(
            "key=\"(?:umbracoConfigurationStatus|Umbraco\\.Core\\.ConfigurationStatus)\"\\s+value=\"(\\d[0-9A-Za-z.-]{0,40})\"");

    @Override
    public String name() {
        return "nuget/umbraco-site";
    }

    @Override
    public boolean installed() {
        return true;
    }

    @Override
    public boolean wants(ScanPath path, Head head) throws IOException {
        return path.fileName().equalsIgnoreCase("web.config")
                && head.text().toLowerCase(Locale.ROOT).contains("umbraco");
    }

    @Override
    public void extract(ScanFile file, Sink out) throws IOException, Unreadable {
        file.lines((number, line) -> {
            Matcher setting = SETTING.matcher(line);
            if (line.length() < 10_000 && setting.find()) {
                Purl purl = Parts.purl(out, number, "nuget", null, "UmbracoCms", setting.group(1), Map.of());
                if (purl != null) {
                    out.direct(out.component(number, purl, Scope.RUNTIME));
                }
            }
        });
    }
}
