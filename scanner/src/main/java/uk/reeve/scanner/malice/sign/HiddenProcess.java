package uk.reeve.scanner.malice.sign;

import uk.reeve.scanner.malice.content.FileText;

/// A program is started so that nobody sees it: no window, no output, and it lives on when its parent ends.
final class HiddenProcess extends Sign {

    HiddenProcess() {
        super(
                "hidden-process",
                "keeps a program that it starts out of sight",
                12,
                "update notices of honest tools do so; installers do not",
                "T1564.003");
    }

    @Override
    public void look(FileText text, Sightings out) {
        if (text.language().isCode()) {
            out.add(this, text, text.near(Behaviour.HIDES_PROCESS, Behaviour.SPAWNS, 400));
        }
    }
}
