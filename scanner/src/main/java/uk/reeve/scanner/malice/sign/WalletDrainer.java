package uk.reeve.scanner.malice.sign;

import uk.reeve.scanner.malice.content.FileText;
import uk.reeve.scanner.malice.content.Language;
import uk.reeve.scanner.malice.content.Trait;

/// Puts itself between a page and its wallet or its requests, and changes where money goes.
final class WalletDrainer extends Sign {

    private static final Trait HOOKS = Trait.of(
            "(?:window|globalthis|global|self)\\.fetch\\s?=|xmlhttprequest\\.prototype\\.(?:open|send)\\s?=|window\\.ethereum\\.request\\s?=|ethereum\\.(?:send|request|sendasync)\\s?=|window\\.ethereum|method\\s?:\\s?[\"'`]eth_(?:sendtransaction|requestaccounts)|\\bsign(?:andsend)?transaction\\s?=|setapprovalforall|globalthis\\.ethereum",
            "fetch",
            "xmlhttprequest",
            "ethereum",
            "eth_",
            "sign",
            "setapproval");
    private static final Trait REPLACES = Trait.of(
            "(?:\\b0x[0-9a-f]{40}\\b|\\bbc1[a-z0-9]{20,60}\\b|\\b[13][a-km-z1-9]{25,34}\\b|\\bt[a-z0-9]{33}\\b)[^;]{0,2000}(?:replace|\\.to\\s?=|params|recipient)|levenshtein|\\.to\\s?=\\s?[\"'a-z]|replace\\s?\\([^\\n]{0,80}0x\\[|\\[13\\]\\[a-km|drain|transfer(?:from)?\\s?\\([^\\n]{0,100}0x[0-9a-f]{40}|attacker",
            "0x",
            "bc1",
            "levenshtein",
            ".to",
            "replace",
            "drain",
            "transfer",
            "attacker",
            "[13][");

    // The functions by which another library makes keys.
    private static final Trait PATCHES = Trait.of(
            "\\bsetattr\\s?\\(\\s?(?:\\w{1,20}\\.)?(?:keypair|account|wallet|localaccount)\\s?,|\\b(?:keypair|account|wallet)\\.(?:create|from_\\w{2,20})\\s?=\\s?[a-z_]",
            "setattr",
            "keypair.",
            "account.",
            "wallet.");
    private static final Trait KEY = Trait.of("private_?key|secret_?key|mnemonic", "key", "mnemonic");
    private static final Trait SWEEPS = Trait.of("(?:lamports|value|amount)\\s?[:=]\\s?balance\\s?-", "balance");

    WalletDrainer() {
        super(
                "wallet-drainer",
                "changes requests or payments on their way",
                62,
                "wallets and libraries for tests wrap requests, and have no address of their own to send money to",
                "T1565.002",
                "T1185");
    }

    @Override
    public void look(FileText text, Sightings out) {
        if (text.isIn(Language.JAVASCRIPT, Language.PYTHON) && text.text().length() < 300_000) {
            int at = text.isIn(Language.JAVASCRIPT) ? text.near(HOOKS, REPLACES, 4_000) : text.first(PATCHES);
            out.add(this, text, at >= 0 ? at : text.near(KEY, SWEEPS, 1_500));
        }
    }
}
