package uk.reeve.scanner.malice.sign;

import uk.reeve.scanner.malice.content.FileText;
import uk.reeve.scanner.malice.content.Stage;
import uk.reeve.scanner.malice.content.Trait;

/// Lets somebody in: a key among those that may sign in, an account, the right to be root.
final class OpensDoor extends Sign {

    private static final Trait DOOR = Trait.of(
            "authorized_keys|/etc/sudoers|nopasswd|/etc/ld\\.so\\.preload|\\buseradd\\s{1,3}[^\\n]{0,80}-(?:ou|o)\\b|net\\s{1,3}user\\s[^\\n]{0,60}/add|net\\s{1,3}localgroup\\s{1,3}administrators",
            "authorized_keys",
            "sudoers",
            "nopasswd",
            "ld.so.preload",
            "useradd",
            "net user",
            "localgroup");
    private static final int NEAR = 300;

    OpensDoor() {
        super(
                "opens-door",
                "writes a key or right that lets somebody in",
                62,
                "tools that manage servers do so when asked; a library does not",
                "T1098.004",
                "T1136",
                "T1548");
    }

    @Override
    public void look(FileText text, Sightings out) {
        if (text.language().isCode() && text.stage() != Stage.CALLED) {
            out.add(this, text, text.near(DOOR, Behaviour.WRITES, NEAR));
        }
    }
}
