package uk.reeve.scanner.malice.sign;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import uk.reeve.scanner.malice.content.FileText;

/// A long literal of high entropy that decodes to nothing known, in a file that decodes and runs something. Text in
/// base 64 has 5 to 6 bits a character, source code about 4.5.
final class EncodedPayload extends Sign {

    private static final Pattern LITERAL = Pattern.compile("[A-Za-z0-9+/=_-]{1200,}+");
    private static final double HIGH = 5.2;
    private static final List<String> KNOWN = List.of(
            "AGFzbQ", "iVBOR", "/9j/", "R0lGOD", "d09GR", "d09GM", "AAEAAA", "MII", "UklGR", "JVBER", "PHN2Zy", "PD94",
            "T1RUTw", "SUQz", "AAABAA", "AAAA", "eyJ", "ey");

    EncodedPayload() {
        super(
                "encoded-payload",
                "carries a long encoded literal beside code that decodes and runs",
                35,
                "pictures, fonts and WebAssembly are known by their beginning; the rest of honest code seldom runs what it decodes",
                "T1027.009");
    }

    @Override
    public void look(FileText text, Sightings out) {
        if (!text.language().isCode() || !text.has(Behaviour.DECODES)) {
            return;
        }
        boolean runs = text.has(Behaviour.EVALUATES) || text.has(Behaviour.SPAWNS);
        Matcher literal = LITERAL.matcher(text.text());
        while (runs && literal.find()) {
            String value = literal.group();
            if (KNOWN.stream().noneMatch(value::startsWith)
                    && entropy(value) > HIGH
                    && !isData(text.text(), literal.start())) {
                out.add(this, text, literal.start());
                return;
            }
        }
    }

    private static boolean isData(String text, int start) {
        return text.startsWith("base64,", Math.max(0, start - 7));
    }

    /// Bits a character.
    static double entropy(String value) {
        int[] counts = new int[128];
        int length = Math.min(value.length(), 8192);
        for (int i = 0; i < length; i++) {
            counts[value.charAt(i) & 127]++;
        }
        double bits = 0;
        for (int count : counts) {
            if (count > 0) {
                double share = (double) count / length;
                bits -= share * Math.log(share) / Math.log(2);
            }
        }
        return bits;
    }
}
