package uk.reeve.scanner.malice.sign;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import uk.reeve.engine.input.Unreadable;
import uk.reeve.scanner.malice.content.PackageFile;

/// The bytes of files for signs that look at more than text.
final class Content {

    private Content() {}

    /// One character each; empty where it cannot be read, which is told when its text is looked at.
    static String latin(PackageFile file, int most) {
        try {
            return new String(file.bytes(most), StandardCharsets.ISO_8859_1);
        } catch (IOException | Unreadable e) {
            return "";
        }
    }
}
