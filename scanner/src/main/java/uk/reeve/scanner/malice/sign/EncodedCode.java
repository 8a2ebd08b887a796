package uk.reeve.scanner.malice.sign;

import uk.reeve.scanner.malice.content.FileText;

/// A literal that decodes to code: it fetches, starts programs, or reads secrets. What is in it is looked at as
/// well, as if it stood there; see [uk.reeve.scanner.malice.content.Decoded]. Source maps and data addresses are
/// left out.
final class EncodedCode extends Sign {

    EncodedCode() {
        super(
                "encoded-code",
                "holds code in an encoded literal",
                35,
                "honest literals hold pictures, fonts, certificates and WebAssembly",
                "T1027.013",
                "T1140");
    }

    @Override
    public void look(FileText text, Sightings out) {
        if (!text.isDecoded()) {
            return;
        }
        boolean acts = text.has(Behaviour.SPAWNS) || text.has(Behaviour.EVALUATES);
        boolean talks = text.has(Behaviour.FETCHES) || text.text().contains("://");
        if (acts || talks) {
            out.add(this, text, 0);
        }
    }
}
