package uk.reeve.scanner.malice.sign;

import uk.reeve.scanner.malice.content.FileText;
import uk.reeve.scanner.malice.content.Language;
import uk.reeve.scanner.malice.content.Trait;

/// Mines cryptocurrency.
final class Miner extends Sign {

    private static final Trait MINES = Trait.of(
            "xmrig|stratum\\+(?:tcp|ssl)|\\bxmr-stak|cpuminer|\\bminerd\\b|nicehash|moneroocean|supportxmr|coinhive|cryptonight|randomx|--donate-level|hashvault|nanopool|\\b2miners|ethminer|phoenixminer|t-rex\\.exe|lolminer|[\"']-o[\"']\\s?,\\s?[\"'][\\w.-]{4,60}:\\d{2,5}[\"']|\\s-o\\s[\\w.-]{4,60}:\\d{2,5}\\s-u\\s",
            "xmrig",
            "stratum",
            "xmr",
            "miner",
            "nicehash",
            "monero",
            "coinhive",
            "cryptonight",
            "randomx",
            "donate-level",
            "hashvault",
            "nanopool",
            "t-rex",
            "-o");

    Miner() {
        super("miner", "mines cryptocurrency", 62, "nobody asks a library to", "T1496");
    }

    @Override
    public void look(FileText text, Sightings out) {
        if (text.language().isCode() || text.language() == Language.COMPILED) {
            out.add(this, text, text.first(MINES));
        }
    }
}
