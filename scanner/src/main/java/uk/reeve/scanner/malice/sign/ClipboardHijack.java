package uk.reeve.scanner.malice.sign;

import uk.reeve.scanner.malice.content.FileText;
import uk.reeve.scanner.malice.content.Trait;

/// Watches the clipboard for addresses of wallets, and puts another in their place.
final class ClipboardHijack extends Sign {

    private static final Trait CLIPBOARD = Trait.of(
            "clipboard|pyperclip|setclipboard|getclipboard|\\bclip\\.exe|pbcopy|pbpaste|xclip|win32clipboard|clipboardy",
            "clip",
            "pbcopy",
            "pbpaste");
    private static final Trait WALLET = Trait.of(
            "\\[13\\]\\[|\\((?:\\?:)?bc1|bc1\\[|bc1q[a-z0-9]{6}|0x\\[a-f|\\[a-km-z|a-hj-np-z|\\bt\\[1-9a|\\b0x[a-f0-9]{40}\\b",
            "[13][", "bc1", "0x", "a-km", "a-hj", "t[1-9");

    ClipboardHijack() {
        super(
                "clipboard-hijack",
                "watches the clipboard for wallets",
                62,
                "libraries for the clipboard know nothing of wallets",
                "T1115",
                "T1565.002");
    }

    @Override
    public void look(FileText text, Sightings out) {
        if (text.language().isCode() && text.text().length() < 200_000) {
            out.add(this, text, text.near(CLIPBOARD, WALLET, 2_500));
        }
    }
}
