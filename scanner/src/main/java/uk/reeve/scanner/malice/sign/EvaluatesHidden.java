package uk.reeve.scanner.malice.sign;

import uk.reeve.scanner.malice.content.FileText;
import uk.reeve.scanner.malice.content.Language;

/// The same in several steps: decoding or deciphering, and running of code, close to one another.
final class EvaluatesHidden extends Sign {

    private static final int NEAR = 600;

    EvaluatesHidden() {
        super(
                "evaluates-hidden",
                "decodes or deciphers something close to where it runs text as code",
                30,
                "template engines and module loaders evaluate, parsers decode; both at one place is rare",
                "T1140",
                "T1059");
    }

    @Override
    public void look(FileText text, Sightings out) {
        if (!text.language().isCode() || text.isIn(Language.C, Language.BUILD)) {
            return;
        }
        int at = text.near(Behaviour.EVALUATES, Behaviour.DECRYPTS, NEAR);
        out.add(this, text, at >= 0 ? at : text.near(Behaviour.EVALUATES, Behaviour.DECODES, NEAR / 2));
    }
}
