package uk.reeve.scanner.malice.sign;

import uk.reeve.scanner.malice.content.FileText;
import uk.reeve.scanner.malice.content.Language;
import uk.reeve.scanner.malice.content.Stage;

/// The same as [RunsDownload] in code that runs when somebody calls it: helpers of developers have it as well.
final class OffersDownload extends Sign {

    OffersDownload() {
        super(
                "offers-download",
                "has code that downloads a program and runs it",
                30,
                "set-up scripts of honest projects do so too, but somebody has to call them",
                "T1059.004",
                "T1105");
    }

    @Override
    public void look(FileText text, Sightings out) {
        if (text.stage() == Stage.CALLED && text.language().isCode() && !text.isIn(Language.BUILD)) {
            out.add(this, text, text.first(RunsDownload.DOWNLOAD));
        }
    }
}
