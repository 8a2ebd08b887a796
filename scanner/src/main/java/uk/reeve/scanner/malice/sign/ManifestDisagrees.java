package uk.reeve.scanner.malice.sign;

import uk.reeve.scanner.malice.content.CheckedPackage;
import uk.reeve.scanner.malice.content.Manifest;

/// Two descriptions in one package that name it differently.
final class ManifestDisagrees extends Sign {

    ManifestDisagrees() {
        super(
                "manifest-disagrees",
                "names itself differently in different places",
                20,
                "packages that are published to several registries have several names, one each",
                "T1036.005");
    }

    @Override
    public void look(CheckedPackage whole, Sightings out) {
        for (Manifest manifest : whole.manifests()) {
            String name = manifest.name();
            String base = manifest.path().substring(0, manifest.path().lastIndexOf('/') + 1);
            String folder = base.endsWith(".dist-info/") ? base.substring(0, base.length() - 11) : "";
            int dash = folder.lastIndexOf('-');
            if (name != null && dash > 0 && !same(folder.substring(0, dash), name)) {
                out.addOfPackage(this, manifest.path(), 0, "calls itself " + name + " in " + base);
            }
        }
    }

    private static boolean same(String one, String other) {
        return one.replaceAll("[-_.]{1,8}", "-").equalsIgnoreCase(other.replaceAll("[-_.]{1,8}", "-"));
    }
}
