package uk.reeve.scanner.malice.sign;

import java.util.regex.Pattern;
import uk.reeve.scanner.malice.content.CheckedPackage;
import uk.reeve.scanner.malice.content.Dependency;
import uk.reeve.scanner.malice.content.FileText;
import uk.reeve.scanner.malice.content.Language;
import uk.reeve.scanner.malice.content.Manifest;
import uk.reeve.scanner.malice.content.Stage;

/// Asks for a package at a web address: what stands there is no registry's, can change at any time, and is seen by no
/// scanner of the registry.
final class RemoteDependency extends Sign {

    private static final Pattern REMOTE = Pattern.compile("(?i)https?://.{4,400}");

    RemoteDependency() {
        super(
                "remote-dependency",
                "depends on something at a web address",
                35,
                "published packages depend on published packages",
                "T1195.001",
                "T1105");
    }

    @Override
    public void look(CheckedPackage whole, Sightings out) {
        for (Manifest manifest : whole.manifests()) {
            for (Dependency dependency : manifest.dependencies()) {
                FileText wanted = FileText.of(manifest.path(), Language.DATA, Stage.LOAD, dependency.wanted());
                boolean remote =
                        REMOTE.matcher(dependency.wanted()).matches() && Addresses.firstUnexpected(wanted) >= 0;
                if (remote || dependency.name().equals(manifest.name())) {
                    out.addOfPackage(
                            this, manifest.path(), dependency.line(), dependency.name() + ": " + dependency.wanted());
                }
            }
        }
    }
}
