package uk.reeve.engine.support;

/// Versions by their leading numbers alone.
final class VersionParts {

    private VersionParts() {}

    /// How a version lies to a release's last one.
    enum Above {
        /// Not above it.
        NOT,
        /// Above it by its last number only.
        A_LITTLE,
        FAR
    }

    static Above above(String version, String last) {
        int at = version.startsWith("v") ? 1 : 0;
        int there = last.startsWith("v") ? 1 : 0;
        while (true) {
            int end = end(version, at);
            int thereEnd = end(last, there);
            if (end == at || thereEnd == there) {
                return Above.NOT; // one has no more numbers: 1.5.0.1 is 1.5.0 mended
            }
            int compared = compare(version, at, end, last, there, thereEnd);
            boolean lastOne = thereEnd >= last.length()
                    || last.charAt(thereEnd) != '.'
                    || end(last, thereEnd + 1) == thereEnd + 1;
            if (compared != 0) {
                return compared < 0 ? Above.NOT : lastOne ? Above.A_LITTLE : Above.FAR;
            }
            boolean more = end < version.length() && version.charAt(end) == '.';
            if (!more || lastOne) {
                return Above.NOT;
            }
            at = end + 1;
            there = thereEnd + 1;
        }
    }

    private static int end(String text, int from) {
        int end = from;
        while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
            end++;
        }
        return end;
    }

    private static int compare(String a, int from, int to, String b, int there, int end) {
        int i = from;
        int j = there;
        while (i < to - 1 && a.charAt(i) == '0') {
            i++;
        }
        while (j < end - 1 && b.charAt(j) == '0') {
            j++;
        }
        if (to - i != end - j) {
            return Integer.compare(to - i, end - j);
        }
        return a.substring(i, to).compareTo(b.substring(j, end));
    }

    /// Whether there are digits alone between the two.
    static boolean digits(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }
}
