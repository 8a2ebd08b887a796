package uk.reeve.engine.version;

/// Reads a version from left to right. Letters and digits are those of ASCII; no other alphabet has any.
final class TextCursor {

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
        Digits.checkLength(version);
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
        while (at < end && Digits.isDigit(version.charAt(at))) {
            at++;
        }
        return version.substring(start, at);
    }

    /// The digits and letters that stand next; empty where none does.
    String alphanumerics() {
        int start = at;
        while (at < end && (Digits.isDigit(version.charAt(at)) || isLetter(version.charAt(at)))) {
            at++;
        }
        return version.substring(start, at);
    }

    /// The digits, letters and hyphens that stand next; empty where none does.
    String identifier() {
        int start = at;
        while (at < end
                && (Digits.isDigit(version.charAt(at)) || isLetter(version.charAt(at)) || version.charAt(at) == '-')) {
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

    static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }
}
