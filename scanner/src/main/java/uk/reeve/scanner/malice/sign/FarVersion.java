package uk.reeve.scanner.malice.sign;

import java.util.regex.Pattern;
import uk.reeve.scanner.malice.content.CheckedPackage;
import uk.reeve.scanner.malice.content.Manifest;

/// A version far above any lineage: it wins over an organisation's own package of the same name (dependency confusion).
final class FarVersion extends Sign {

    private static final Pattern NINES = Pattern.compile("v?(?:9{2,6}|[1-9]\\d{3,8})(?:\\..{0,60})?");
    private static final Pattern DATE =
            Pattern.compile("v?(?:19|20)\\d\\d(?:[01]\\d(?:[0-3]\\d\\d{0,6})?)?(?:\\..{0,60})?");
    private static final Pattern FAR = Pattern.compile("v?\\d{1,6}\\.(?:9{3,6}|\\d{1,6}\\.9{3,6})\\b.{0,60}");

    FarVersion() {
        super(
                "far-version",
                "has a version far above its lineage",
                30,
                "years as versions are common and not told; a row of nines is not",
                "T1195.001");
    }

    @Override
    public void look(CheckedPackage whole, Sightings out) {
        Manifest manifest = whole.manifest();
        String version = manifest == null ? null : manifest.version();
        if (manifest != null
                && version != null
                && !manifest.type().equals("deb")
                && !DATE.matcher(version).matches()
                && (NINES.matcher(version).matches() || FAR.matcher(version).matches())) {
            out.addOfPackage(this, manifest.path(), 0, "version " + version);
        }
    }
}
