package uk.reeve.scanner.malice.sign;

import uk.reeve.scanner.malice.content.FileText;
import uk.reeve.scanner.malice.content.Trait;

/// The address within clouds at which a machine gets the credentials of its own role.
final class CloudMetadata extends Sign {

    private static final Trait ADDRESS = Trait.of(
            "169\\.254\\.169\\.254|169\\.254\\.170\\.2|metadata\\.google\\.internal|fd00:ec2::254|100\\.100\\.100\\.200",
            "169.254",
            "metadata.google",
            "fd00:ec2",
            "100.100");

    CloudMetadata() {
        super(
                "cloud-metadata",
                "asks the cloud for the machine's credentials",
                20,
                "the clouds' own libraries do so",
                "T1552.005");
    }

    @Override
    public void look(FileText text, Sightings out) {
        if (text.language().isCode()) {
            out.add(this, text, text.first(ADDRESS));
        }
    }
}
