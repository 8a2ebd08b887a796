package uk.reeve.engine.version;

/// Reads a version from left to right. Letters and digits are those of ASCII; no other alphabet has any.
final class TextCursor {

    /// Longer texts are no versions, whatever a tool would make of them.
    static final int LONGEST = 1024;

    private final String version;
    private final int end;
    private int at;

    /// @throws BadVersion for more than 1,024 characters
    TextCursor(String version) throws BadVersion {
        this(version, 0, version.length());
    }

    /// @param version quoted in messages; only the characters from `start` to `end` are read
    TextCursor(String version, int start, int end) throws BadVersion {
        this.version = version;
        this.at = start;
        this.end = end;
        if (version.length() > LONGEST) {
            throw new BadVersion(version, "is longer than 1,024 characters: give the version alone");
        }
    }

    boolean atEnd() {
        return at >= end;
    }

    int position() {
        return at;
    }

    /// The next character; 0 at the end.
    char peek() {
        return peek(0);
    }

    /// The character `ahead` of the next one; 0 past the end.
    char peek(int ahead) {
        return at + ahead < end ? version.charAt(at + ahead) : 0;
    }

    /// Steps over this character if it is the next one.
    boolean take(char c) {
        if (at < end && version.charAt(at) == c) {
            at++;
            return true;
        }
        return false;
    }

    /// Steps over `skipped` characters and then this word, small letters only, in whatever case it stands there; over
    /// nothing where it does not.
    boolean takeWord(int skipped, String word) {
        int start = at + skipped;
        if (end - start < word.length()) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            char c = version.charAt(start + i);
            if ((c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c) != word.charAt(i)) {
                return false;
            }
        }
        at = start + word.length();
        return true;
    }

    /// Whether this word begins at `position`, in this case.
    boolean isText(int position, String word) {
        return version.startsWith(word, position);
    }

    /// The digits that stand next; empty where none does.
    String digits() {
        int start = at;
        while (at < end && isDigit(version.charAt(at))) {
            at++;
        }
        return version.substring(start, at);
    }

    /// The digits and letters that stand next; empty where none does.
    String alphanumerics() {
        int start = at;
        while (at < end && (isDigit(version.charAt(at)) || isLetter(version.charAt(at)))) {
            at++;
        }
        return version.substring(start, at);
    }

    /// The digits, letters and hyphens that stand next; empty where none does.
    String identifier() {
        int start = at;
        while (at < end && (isDigit(version.charAt(at)) || isLetter(version.charAt(at)) || version.charAt(at) == '-')) {
            at++;
        }
        return version.substring(start, at);
    }

    /// The refusal of this version at this place.
    BadVersion refuse(String expected) {
        String found = atEnd()
                ? "it ends"
                : "\"" + version.substring(at, at + Character.charCount(version.codePointAt(at))) + "\" stands";
        return new BadVersion(
                version,
                "is no version here: expected " + expected + " where " + found + " (character " + (at + 1) + ")");
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    /// Whether it is digits and nothing else; so is the empty text.
    static boolean allDigits(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isDigit(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /// Order of two texts of digits by their value, of whatever length.
    static int compareDigits(String left, String right) {
        int l = zeros(left);
        int r = zeros(right);
        int byLength = Integer.compare(left.length() - l, right.length() - r);
        if (byLength != 0) {
            return byLength;
        }
        for (; l < left.length(); l++, r++) {
            if (left.charAt(l) != right.charAt(r)) {
                return left.charAt(l) - right.charAt(r);
            }
        }
        return 0;
    }

    private static int zeros(String digits) {
        int zeros = 0;
        while (zeros < digits.length() && digits.charAt(zeros) == '0') {
            zeros++;
        }
        return zeros;
    }
}
