package uk.reeve.scanner.malice.sign;

import uk.reeve.scanner.malice.content.FileText;
import uk.reeve.scanner.malice.content.Language;
import uk.reeve.scanner.malice.content.Trait;

/// A web address that is written so that nobody finds it: in base 64, in hexadecimal, backwards.
final class HiddenAddress extends Sign {

    private static final Trait HIDDEN = Trait.of(
            "[\"'`](?:ahr0c(?:hm6ly|dovl)[a-z0-9+/=]{4,}|68747470(?:73)?3a2f2f[0-9a-f]{6,}|[^\"'`\\s]{6,120}//:s?ptth)[^\\n]{0,2}"
                    + "|\\\\x68\\\\x74\\\\x74\\\\x70|\\\\u0068\\\\u0074\\\\u0074\\\\u0070|\\b104,\\s?116,\\s?116,\\s?112,|0x68,\\s?0x74,\\s?0x74,\\s?0x70",
            "ahr0c",
            "68747470",
            "//:",
            "\\x68",
            "\\u0068",
            "104,",
            "0x68,");

    // Texts of compiled files have no quotes.
    private static final Trait COMPILED = Trait.of("ahr0c(?:hm6ly|dovl)[a-z0-9+/=]{4,}", "ahr0c");

    // An address whose numbers stand apart: `["192", "0", "2", "1"].join(".")`.
    private static final Trait APART = Trait.of(
            "[\\[(]\\s?[\"'`]\\d{1,3}[\"'`](?:\\s?,\\s?[\"'`]\\d{1,3}[\"'`]){3}\\s?[\\])]\\s?\\.join|join\\(\\s?[\\[(]\\s?[\"']\\d{1,3}[\"'](?:\\s?,\\s?[\"']\\d{1,3}[\"']){3}",
            "join");

    /// Where one stands; -1 where none does.
    static int first(FileText text) {
        int at = text.first(text.language() == Language.COMPILED ? COMPILED : HIDDEN);
        return at >= 0 ? at : text.first(APART);
    }

    HiddenAddress() {
        super(
                "hidden-address",
                "hides a web address",
                40,
                "an address that is meant to be reached has no reason to be unreadable",
                "T1027",
                "T1071.001");
    }

    @Override
    public void look(FileText text, Sightings out) {
        if (text.language().isCode() || text.language() == Language.COMPILED) {
            out.add(this, text, first(text));
        }
    }
}
