package uk.reeve.engine.version;

import java.nio.charset.StandardCharsets;

/// Debian's order, as dpkg has it: `[epoch:]upstream[-revision]`, `~` before the end, letters before other signs.
///
/// What dpkg refuses is refused; what it only warns of (a letter first, an odd sign) is compared.
///
/// Key: the epoch, then both parts: runs of non-digits closed by `0x02` (`~` is `0x01`, then letters, bytes above
/// ASCII, other signs), each followed by its number; a part is closed by `0x02`.
/// Source: Debian Policy 5.6.12; dpkg 1.21.23, `lib/dpkg/version.c` and `parsehelp.c`.
final class DebianOrder implements VersionOrder {

    private static final int END = 2;

    /// Text in Latin-1 of the UTF-8 bytes, since dpkg compares bytes.
    private record Parts(String epoch, String upstream, String revision) {

        static Parts of(String version) throws BadVersion {
            Digits.checkLength(version);
            String text = trim(version);
            if (text.isEmpty()) {
                throw new BadVersion(version, "is empty, where a Debian version was expected");
            }
            int colon = text.indexOf(':');
            String epoch = "0";
            if (colon >= 0) {
                epoch = text.substring(0, colon);
                checkEpoch(version, epoch);
            }
            int hyphen = text.lastIndexOf('-');
            if (hyphen >= 0 && hyphen == text.length() - 1) {
                throw new BadVersion(version, "ends in a hyphen: a Debian revision must follow it");
            }
            boolean revised = hyphen > colon;
            String upstream = text.substring(colon + 1, revised ? hyphen : text.length());
            if (upstream.isEmpty()) {
                throw new BadVersion(version, "has nothing where Debian's upstream version should be");
            }
            return new Parts(epoch, bytes(upstream), revised ? bytes(text.substring(hyphen + 1)) : "");
        }

        private static void checkEpoch(String version, String epoch) throws BadVersion {
            int sign = epoch.startsWith("+") || epoch.startsWith("-") ? 1 : 0;
            boolean number = epoch.length() > sign && Digits.end(epoch, sign) == epoch.length();
            boolean zero = number && Digits.skipZeros(epoch, sign, epoch.length()) == epoch.length();
            if (!number || (epoch.startsWith("-") && !zero)) {
                throw new BadVersion(version, "has an epoch that is no number");
            }
            if (Digits.compare(epoch, sign, epoch.length(), "2147483647", 0, 10) > 0) {
                throw new BadVersion(version, "has an epoch above 2147483647");
            }
        }

        private static String trim(String version) throws BadVersion {
            int from = 0;
            int to = version.length();
            while (from < to && isBlank(version.charAt(from))) {
                from++;
            }
            while (to > from && isBlank(version.charAt(to - 1))) {
                to--;
            }
            for (int i = from; i < to; i++) {
                if (isBlank(version.charAt(i))) {
                    throw new BadVersion(version, "has a blank in it; a Debian version has none");
                }
            }
            return version.substring(from, to);
        }

        private static boolean isBlank(char c) {
            return c == ' ' || (c >= '\t' && c <= '\r');
        }

        private static String bytes(String text) {
            return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        }
    }

    @Override
    public int compare(String left, String right) throws BadVersion {
        Parts l = Parts.of(left);
        Parts r = Parts.of(right);
        int order = Digits.compare(
                digits(l.epoch),
                0,
                digits(l.epoch).length(),
                digits(r.epoch),
                0,
                digits(r.epoch).length());
        if (order == 0) {
            order = comparePart(l.upstream, r.upstream);
        }
        return order == 0 ? comparePart(l.revision, r.revision) : order;
    }

    private static int comparePart(String left, String right) {
        int l = 0;
        int r = 0;
        while (l < left.length() || r < right.length()) {
            while (isSign(left, l) || isSign(right, r)) {
                int order = Integer.compare(weight(left, l), weight(right, r));
                if (order != 0) {
                    return order;
                }
                l++;
                r++;
            }
            int leftEnd = Digits.end(left, l);
            int rightEnd = Digits.end(right, r);
            int order = Digits.compare(left, l, leftEnd, right, r, rightEnd);
            if (order != 0) {
                return order;
            }
            l = leftEnd;
            r = rightEnd;
        }
        return 0;
    }

    private static boolean isSign(String text, int at) {
        return at < text.length() && !Digits.isDigit(text.charAt(at));
    }

    /// 1 for `~`, 2 for the end and for digits, then letters, bytes above ASCII, other signs: at most 255.
    private static int weight(String text, int at) {
        if (!isSign(text, at)) {
            return END;
        }
        char c = text.charAt(at);
        if (c >= 'a' && c <= 'z') {
            return 29 + c - 'a';
        }
        if (c >= 'A' && c <= 'Z') {
            return 3 + c - 'A';
        }
        if (c >= 0x80) {
            return 55 + c - 0x80;
        }
        // Other signs close up over the 62 letters and digits that stand among them.
        return c == '~' ? 1 : 183 + c - (c > 'z' ? 62 : c > 'Z' ? 36 : c > '9' ? 10 : 0);
    }

    @Override
    public VersionKey key(String version) throws BadVersion {
        Parts parts = Parts.of(version);
        String epoch = digits(parts.epoch);
        KeyBytes key = new KeyBytes().number(epoch, 0, epoch.length());
        write(parts.upstream, key);
        write(parts.revision, key);
        return key.key();
    }

    private static void write(String part, KeyBytes key) {
        int i = 0;
        do {
            while (isSign(part, i)) {
                key.tag(weight(part, i++));
            }
            int end = Digits.end(part, i);
            key.tag(END).number(part, i, end);
            i = end;
        } while (i < part.length());
        key.tag(END);
    }

    private static String digits(String epoch) {
        return epoch.startsWith("+") || epoch.startsWith("-") ? epoch.substring(1) : epoch;
    }
}
