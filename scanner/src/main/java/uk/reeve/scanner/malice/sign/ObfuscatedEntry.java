package uk.reeve.scanner.malice.sign;

import uk.reeve.scanner.malice.content.FileText;
import uk.reeve.scanner.malice.content.Stage;

/// What runs first, at installation or as soon as the package is used, is itself unreadable.
final class ObfuscatedEntry extends Sign {

    ObfuscatedEntry() {
        super(
                "obfuscated-entry",
                "starts with code that was made unreadable",
                18,
                "a protected part of an honest package is called by a readable one",
                "T1027");
    }

    @Override
    public void look(FileText text, Sightings out) {
        if (text.stage() != Stage.CALLED) {
            int at = ObfuscatedJavaScript.first(text);
            out.add(this, text, at >= 0 ? at : ObfuscatedPython.first(text));
        }
    }
}
