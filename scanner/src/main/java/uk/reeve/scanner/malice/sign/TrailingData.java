package uk.reeve.scanner.malice.sign;

import uk.reeve.scanner.malice.content.CheckedPackage;
import uk.reeve.scanner.malice.content.Oddity;

/// Something after the end of the archive, which those who open it do not see.
final class TrailingData extends Sign {

    TrailingData() {
        super("trailing-data", "goes on after the archive's end", 62, "no packing tool appends anything", "T1027.001");
    }

    @Override
    public void look(CheckedPackage whole, Sightings out) {
        for (Oddity oddity : whole.oddities()) {
            if (oddity.kind() == Oddity.Kind.TRAILING) {
                out.addOfPackage(this, oddity.entry(), 0, oddity.what());
            }
        }
    }
}
