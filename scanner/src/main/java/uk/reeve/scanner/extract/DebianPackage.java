package uk.reeve.scanner.extract;

import java.io.IOException;
import uk.reeve.engine.input.Unreadable;

/// The `control` file of a Debian package, at the top of its `control.tar`. It does not tell for which release the
/// package was built. Source: deb(5), deb-control(5).
final class DebianPackage implements Extractor {

    @Override
    public String name() {
        return "deb/package";
    }

    @Override
    public boolean installed() {
        return true;
    }

    @Override
    public boolean wants(ScanPath path, Head head) throws IOException {
        if (!path.value().equals("control")) {
            return false;
        }
        String text = "\n" + head.text(); // a source's debian/control has no version
        return text.contains("\nPackage: ") && text.contains("\nVersion: ") && text.contains("\nArchitecture: ");
    }

    @Override
    public void extract(ScanFile file, Sink out) throws IOException, Unreadable {
        DpkgStatus.read(file, OsRelease.UNKNOWN, out);
    }
}
