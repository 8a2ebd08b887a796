package uk.reeve.scanner.malice.sign;

import uk.reeve.scanner.malice.content.FileText;
import uk.reeve.scanner.malice.content.Language;
import uk.reeve.scanner.malice.content.Stage;

/// One file fetches, writes and starts something: the steps of [RunsDownload] by calls of a library. Honest installers
/// of binaries do the first two, and fetch from where the project lives.
final class DropsProgram extends Sign {

    private static final int NEAR = 2_500;

    DropsProgram() {
        super(
                "drops-program",
                "fetches a file from an unusual address, writes it and starts a program",
                40,
                "download helpers of honest tools fetch and write; that they start it at once from an address of nobody's is rare",
                "T1105",
                "T1204.002");
    }

    @Override
    public void look(FileText text, Sightings out) {
        if (!text.language().isCode() && text.language() != Language.COMPILED) {
            return;
        }
        int address = Addresses.firstUnexpected(text);
        int at = address < 0 ? -1 : text.near(Behaviour.FETCHES, Behaviour.SPAWNS, NEAR);
        if (at >= 0 && text.near(Behaviour.WRITES, Behaviour.SPAWNS, NEAR) >= 0) {
            boolean compiled = text.language() == Language.COMPILED;
            if (!compiled || text.stage() != Stage.CALLED || Addresses.firstRaw(text) >= 0) {
                out.add(this, text, at);
            }
        }
    }
}
