package uk.reeve.scanner.malice.sign;

import uk.reeve.scanner.malice.content.FileText;
import uk.reeve.scanner.malice.content.Language;

/// Text that nobody sees, in long runs: selectors of variants, tags, characters without width. A few lines turn it back
/// into a program.
final class InvisibleText extends Sign {

    private static final int RUN = 12;

    InvisibleText() {
        super(
                "invisible-text",
                "carries a long run of invisible characters",
                62,
                "emoji have one or two; nothing needs a dozen in a row",
                "T1027.013");
    }

    @Override
    public void look(FileText text, Sightings out) {
        if (!text.language().isCode() && text.language() != Language.DATA) {
            return;
        }
        String all = text.text();
        int run = 0;
        for (int i = 0; i < all.length(); i++) {
            if (isInvisible(all, i)) {
                if (++run == RUN) {
                    out.add(this, text, Math.max(0, i - 2 * RUN));
                    return;
                }
            } else {
                run = 0;
            }
        }
    }

    // U+FE00 to FE0F, U+E0000 to E01EF (either half of the pair), no width, Hangul fillers, invisible operators.
    private static boolean isInvisible(String all, int i) {
        char c = all.charAt(i);
        boolean low = Character.isLowSurrogate(c) && i > 0 && all.charAt(i - 1) == 0xdb40;
        return c == 0xdb40
                || low
                || (c >= 0xfe00 && c <= 0xfe0f)
                || (c >= 0x200b && c <= 0x200d)
                || (c >= 0x2060 && c <= 0x2064)
                || c == 0x3164
                || c == 0xffa0
                || c == 0x115f
                || c == 0x1160
                || c == 0x180e
                || c == 0xfeff;
    }
}
