package uk.reeve.scanner.malice.sign;

import uk.reeve.scanner.malice.content.FileText;
import uk.reeve.scanner.malice.content.Language;
import uk.reeve.scanner.malice.content.Stage;

/// One file fetches, writes and starts something: the steps of [RunsDownload] by calls of a library. Honest
/// installers of binaries do the first two, and fetch from where the project lives. Making a program of the file
/// counts as starting it, where nobody is installing.
final class DropsProgram extends Sign {

    private static final int NEAR = 2_500;
    private static final int NEAR_ADDRESS = 500;

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
        boolean hidden =
                HiddenAddress.first(text) >= 0 || text.near(Behaviour.REVEALS, Behaviour.FETCHES, NEAR_ADDRESS) >= 0;
        boolean unusual = hidden || Addresses.firstUnexpected(text) >= 0;
        int at = unusual ? text.near(Behaviour.FETCHES, Behaviour.SPAWNS, NEAR) : -1;
        if (unusual
                && at < 0
                && text.stage() != Stage.INSTALL
                && text.language().isCode()) { // installers may do that
            int program = text.near(Behaviour.FETCHES, Behaviour.MAKES_EXECUTABLE, NEAR_ADDRESS);
            out.add(
                    this,
                    text,
                    text.near(Behaviour.WRITES, Behaviour.MAKES_EXECUTABLE, NEAR_ADDRESS) >= 0 ? program : -1);
        }
        if (at >= 0 && text.near(Behaviour.WRITES, Behaviour.SPAWNS, NEAR) >= 0) {
            boolean compiled = text.language() == Language.COMPILED;
            if (!compiled || hidden || text.stage() != Stage.CALLED || Addresses.firstRaw(text) >= 0) {
                out.add(this, text, at);
            }
        }
    }
}
