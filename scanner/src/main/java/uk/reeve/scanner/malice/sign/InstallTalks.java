package uk.reeve.scanner.malice.sign;

import uk.reeve.scanner.malice.content.FileText;
import uk.reeve.scanner.malice.content.Language;
import uk.reeve.scanner.malice.content.Stage;

/// Code that runs at installation talks to an address that is neither a registry nor a place of code.
final class InstallTalks extends Sign {

    InstallTalks() {
        super(
                "install-talks",
                "talks to an unusual address at installation",
                30,
                "installers of prebuilt programs fetch from where the project lives; few packages need more at that time",
                "T1071.001");
    }

    @Override
    public void look(FileText text, Sightings out) {
        if (text.stage() == Stage.INSTALL && text.language().isCode() && !text.isIn(Language.C)) {
            int address = Addresses.firstUnexpected(text);
            if (address >= 0 && (text.has(Behaviour.FETCHES) || text.has(Behaviour.SENDS))) {
                out.add(this, text, address);
            }
        }
    }
}
