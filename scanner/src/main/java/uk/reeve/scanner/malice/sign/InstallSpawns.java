package uk.reeve.scanner.malice.sign;

import uk.reeve.scanner.malice.content.FileText;
import uk.reeve.scanner.malice.content.Language;
import uk.reeve.scanner.malice.content.Stage;

/// Code that runs at installation starts other programs. Builds do.
final class InstallSpawns extends Sign {

    InstallSpawns() {
        super("install-spawns", "starts programs at installation", 8, "each native build starts a compiler", "T1059");
    }

    @Override
    public void look(FileText text, Sightings out) {
        if (text.stage() == Stage.INSTALL
                && text.language().isCode()
                && !text.isIn(Language.SHELL, Language.BATCH, Language.BUILD)) {
            out.add(this, text, text.first(Behaviour.SPAWNS));
        }
    }
}
