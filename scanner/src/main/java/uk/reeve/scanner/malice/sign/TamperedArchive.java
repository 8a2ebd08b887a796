package uk.reeve.scanner.malice.sign;

import uk.reeve.scanner.malice.content.CheckedPackage;
import uk.reeve.scanner.malice.content.Oddity;

/// An archive that tools read in different ways: a name twice, names that lead out, headers that disagree.
final class TamperedArchive extends Sign {

    TamperedArchive() {
        super(
                "tampered-archive",
                "is an archive that different tools read differently",
                62,
                "no packing tool writes such archives",
                "T1036",
                "T1027");
    }

    @Override
    public void look(CheckedPackage whole, Sightings out) {
        for (Oddity oddity : whole.oddities()) {
            boolean text =
                    oddity.entry().startsWith("META-INF/") && !oddity.entry().endsWith(".class");
            if (oddity.kind() != Oddity.Kind.TRAILING && !(text && oddity.kind() == Oddity.Kind.DUPLICATE)) {
                out.addOfPackage(this, oddity.entry(), 0, oddity.what());
            }
        }
    }
}
