package uk.reeve.scanner.malice.sign;

import uk.reeve.scanner.malice.content.CheckedPackage;
import uk.reeve.scanner.malice.content.Language;
import uk.reeve.scanner.malice.content.Manifest;
import uk.reeve.scanner.malice.content.PackageFile;

/// A program for a processor in a package of source code that does not say it is built for a platform.
final class NativeBinary extends Sign {

    NativeBinary() {
        super(
                "native-binary",
                "ships a compiled program where none is expected",
                10,
                "installers and launchers are shipped so; what they do cannot be read",
                "T1027.009",
                "T1204.002");
    }

    @Override
    public void look(CheckedPackage whole, Sightings out) {
        Manifest manifest = whole.manifest();
        if (manifest == null || manifest.platform() || manifest.type().equals("nuget")) {
            return;
        }
        for (PackageFile file : whole.files().all()) {
            String name = file.fileName();
            boolean mayBe = name.indexOf('.') < 0 || name.matches(".{1,80}\\.(?:exe|dll|so|dylib|node|bin|dat)");
            if (mayBe && !file.path().contains("!/") && Language.isProgram(Content.latin(file, 128))) {
                out.addOfPackage(this, file.path(), 0, "a program for a processor");
            }
        }
    }
}
