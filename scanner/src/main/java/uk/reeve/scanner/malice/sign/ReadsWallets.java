package uk.reeve.scanner.malice.sign;

import uk.reeve.scanner.malice.content.FileText;
import uk.reeve.scanner.malice.content.Language;
import uk.reeve.scanner.malice.content.Trait;

/// Wallets of cryptocurrencies: their files, the numbers of their browser extensions, keys as they are passed around.
final class ReadsWallets extends Sign {

    private static final Trait WALLETS = Trait.of(
            "wallet\\.dat|exodus[/\\\\\"', ]{1,6}exodus\\.wallet|\\bexodus\\.wallet|[/\\\\\"']electrum[/\\\\\"', ]{1,6}wallets|atomic[/\\\\\"', ]{1,6}local storage|\\.config[/\\\\\"', ]{1,6}solana|solana[/\\\\\"', ]{1,6}id\\.json|ethereum[/\\\\\"', ]{1,6}keystore|nkbihfbeogaeaoehlefnkodbefgpgknn|bfnaelmomeimhlpmgjnjophhpkkoljpa|fhbohimaelbohpjbbldcngcnapndodjp|hnfanknocfeofbddgcijnmhnfnkdnaad|\\bmetamask\\b[^\\n]{0,80}(?:vault|extension|leveldb|settings)|ledger live[/\\\\\"']|trezor|guarda[/\\\\\"']|coinomi|\\.bitcoin[/\\\\\"']|keystore[/\\\\\"', ]{1,6}utc--|phantom[^\\n]{0,40}wallet|private[_ ]?key[^\\n]{0,80}(?:fetch|post|send|axios|http)|secretkey[^\\n]{0,80}(?:fetch|post|send|axios|http)",
            "wallet",
            "exodus",
            "electrum",
            "atomic",
            "solana",
            "ethereum",
            "nkbih",
            "bfnael",
            "fhboh",
            "hnfan",
            "metamask",
            "ledger",
            "trezor",
            "guarda",
            "coinomi",
            ".bitcoin",
            "keystore",
            "phantom",
            "private",
            "secretkey");

    ReadsWallets() {
        super(
                "reads-wallets",
                "reaches for wallets or keys of cryptocurrencies",
                20,
                "libraries of these currencies handle keys; they do not look for files of other programs",
                "T1555",
                "T1657");
    }

    @Override
    public void look(FileText text, Sightings out) {
        if (text.language().isCode() || text.language() == Language.COMPILED) {
            out.add(this, text, text.first(WALLETS));
        }
    }
}
