package uk.reeve.engine.version;

/// Decimal numbers of any length as they stand in a version, compared without being converted.
final class Digits {

    /// No version is longer. The tools set no such limit; it bounds the work that a hostile text can cause.
    static final int MAX_CHARS = 1024;

    private Digits() {}

    /// @throws BadVersion when the text is longer than any version
    static void checkLength(String version) throws BadVersion {
        if (version.length() > MAX_CHARS) {
            throw new BadVersion(version, "is longer than 1,024 characters: give the version alone");
        }
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /// The index after the run of digits that begins here; the same index where none does.
    static int end(String text, int from) {
        int i = from;
        while (i < text.length() && isDigit(text.charAt(i))) {
            i++;
        }
        return i;
    }

    static int skipZeros(String text, int from, int to) {
        int i = from;
        while (i < to && text.charAt(i) == '0') {
            i++;
        }
        return i;
    }

    /// Whether it is digits and nothing else; so is the empty text.
    static boolean areAll(String text) {
        return end(text, 0) == text.length();
    }

    /// Compares two texts of digits by value, of whatever length; the empty one is zero.
    static int compare(String left, String right) {
        return compare(left, 0, left.length(), right, 0, right.length());
    }

    /// Compares two runs of digits by value; an empty run is zero.
    static int compare(String left, int leftFrom, int leftTo, String right, int rightFrom, int rightTo) {
        int l = skipZeros(left, leftFrom, leftTo);
        int r = skipZeros(right, rightFrom, rightTo);
        if (leftTo - l != rightTo - r) {
            return Integer.compare(leftTo - l, rightTo - r);
        }
        for (; l < leftTo; l++, r++) {
            if (left.charAt(l) != right.charAt(r)) {
                return Character.compare(left.charAt(l), right.charAt(r));
            }
        }
        return 0;
    }
}
