package uk.reeve.scanner.malice.sign;

import uk.reeve.scanner.malice.content.FileText;

/// Marks that turn the direction of writing, in code: what a reviewer sees is not what runs. Source: Boucher and
/// Anderson, "Trojan Source", 2021 (CVE-2021-42574).
final class BidirectionalText extends Sign {

    BidirectionalText() {
        super(
                "bidirectional-text",
                "turns the direction of writing within code",
                62,
                "libraries for right-to-left text write these marks as numbers; in code itself they only mislead",
                "T1036.002",
                "T1027");
    }

    @Override
    public void look(FileText text, Sightings out) {
        if (!text.language().isCode()) {
            return;
        }
        String all = text.text();
        for (int i = 0; i < all.length(); i++) {
            char c = all.charAt(i);
            boolean turns = (c >= 0x202a && c <= 0x202e && c != 0x202c) || (c >= 0x2066 && c <= 0x2068);
            if (turns && isMisleading(all, i)) {
                out.add(this, text, i);
                return;
            }
        }
    }

    // A mark alone between quotes is data: a table of such marks.
    private static boolean isMisleading(String all, int at) {
        int start = all.lastIndexOf('\n', at) + 1;
        int end = all.indexOf('\n', at);
        String line = all.substring(start, end < 0 ? all.length() : end);
        boolean alone = at > 0 && at + 1 < all.length() && isQuote(all.charAt(at - 1)) && isQuote(all.charAt(at + 1));
        return !alone && line.length() < 2_000;
    }

    private static boolean isQuote(char c) {
        return c == '"' || c == '\'' || c == '`' || c == '|' || c == '[' || c == ']' || c == '-' || c == '\\'
                || c == '/';
    }
}
