package uk.reeve.scanner.malice.sign;

import uk.reeve.scanner.malice.content.FileText;
import uk.reeve.scanner.malice.content.Trait;

/// A key of a wallet, or the words from which it is made, goes to an address that stands beside it.
final class SendsKey extends Sign {

    private static final Trait KEY = Trait.of(
            "private_?key|secret_?key\\b|mnemonic|seed_?phrase|recovery_?phrase|keypair\\.secret",
            "privatekey",
            "private_key",
            "secretkey",
            "secret_key",
            "mnemonic",
            "seed",
            "recovery",
            "keypair");
    private static final Trait ADDRESS = Trait.of("https?://", "http");
    private static final Trait GIVEN = Trait.of(
            "(?:\\bpost(?:async)?|\\bfetch|urlopen|axios\\.\\w{2,8}|requests\\.\\w{2,8})\\s?\\([^\\n;]{0,160}\\b(?:private_?key|mnemonic|seed_?phrase|recovery_?phrase)",
            "post",
            "fetch",
            "urlopen",
            "axios",
            "requests");
    private static final int NEAR = 250;

    SendsKey() {
        super(
                "sends-key",
                "sends a private key",
                60,
                "a private key stays where it is; libraries of wallets send what was signed with it",
                "T1657",
                "T1041");
    }

    @Override
    public void look(FileText text, Sightings out) {
        if (!text.language().isCode()) {
            return;
        }
        int given = text.first(GIVEN);
        if (given >= 0) {
            out.add(this, text, given);
        } else if (Addresses.firstUnexpected(text) >= 0 && text.near(KEY, ADDRESS, 2 * NEAR) >= 0) {
            out.add(this, text, text.near(KEY, Behaviour.SENDS, NEAR));
        }
    }
}
