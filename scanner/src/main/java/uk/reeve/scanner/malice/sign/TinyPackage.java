package uk.reeve.scanner.malice.sign;

import java.io.IOException;
import uk.reeve.engine.input.Unreadable;
import uk.reeve.scanner.malice.content.CheckedPackage;
import uk.reeve.scanner.malice.content.Language;
import uk.reeve.scanner.malice.content.PackageFile;

/// Hardly anything else is in it. Says nothing alone; with something bad it says that this is what the package is for.
final class TinyPackage extends Sign {

    private static final int FILES = 4;
    private static final int BYTES = 16_000;

    TinyPackage() {
        super(
                "tiny-package",
                "has hardly any code",
                3,
                "many honest packages are tiny; it matters with what they do",
                "T1195.002");
    }

    @Override
    public void look(CheckedPackage whole, Sightings out) {
        int files = 0;
        long bytes = 0;
        for (PackageFile file : whole.files().all()) {
            try {
                if (file.language().isCode() || file.language() == Language.COMPILED) {
                    files++;
                    bytes += file.bytes(BYTES).length;
                }
            } catch (IOException | Unreadable e) {
                continue; // told when its text is looked at
            }
            if (files > FILES || bytes >= BYTES) {
                return;
            }
        }
        if (whole.manifest() != null) {
            out.addOfPackage(this, "", 0, files + " files of code, " + bytes + " bytes");
        }
    }
}
