package uk.reeve.engine.version;

import java.util.ArrayList;
import java.util.List;

/// A version of the form `1.2.3-pre.1+build.2`, cut into its parts, nothing converted.
///
/// Source: Semantic Versioning 2.0.0; what each tool makes of it: [Dialect].
///
/// @param pre     identifiers after the hyphen, empty for a release
/// @param build   identifiers after the plus sign
record SemVer(String major, String minor, String patch, List<String> pre, List<String> build) {

    /// What one tool takes that another refuses.
    enum Dialect {
        /// node-semver, strict: blanks around, a leading `v`, numbers that a double holds exactly.
        NPM("9007199254740991"),
        /// The semver crate: nothing but the standard, numbers of 64 bits.
        CRATES("18446744073709551615"),
        /// golang.org/x/mod/semver: `v1`, `v1.2`; the `v` itself may be missing, as it is in OSV's records.
        GO(""),
        /// Elixir's `Version`: nothing but the standard, numbers of any size.
        HEX(""),
        /// pub_semver: leading zeros, numbers of 63 bits.
        PUB("9223372036854775807"),
        /// Tags of repositories: the standard and a leading `v`.
        TAG("");

        private final String largest;

        /// @param largest number that the tool takes; empty without bound
        Dialect(String largest) {
            this.largest = largest;
        }
    }

    private static final int LONGEST_OF_NPM = 256;
    private static final String ZERO = "0";

    static SemVer parse(String text, Dialect dialect) throws BadVersion {
        TextCursor in = cursor(text, dialect);
        if (dialect == Dialect.NPM || dialect == Dialect.GO || dialect == Dialect.TAG) {
            in.take('v');
        }
        String major = number(in, dialect);
        if (dialect == Dialect.GO && in.atEnd()) {
            return new SemVer(major, ZERO, ZERO, List.of(), List.of());
        }
        expect(in, '.');
        String minor = number(in, dialect);
        if (dialect == Dialect.GO && in.atEnd()) {
            return new SemVer(major, minor, ZERO, List.of(), List.of());
        }
        expect(in, '.');
        String patch = number(in, dialect);
        List<String> pre = in.take('-') ? identifiers(in, dialect != Dialect.PUB) : List.of();
        List<String> build = in.take('+') ? identifiers(in, false) : List.of();
        if (!in.atEnd()) {
            throw in.refuse(pre.isEmpty() && build.isEmpty() ? "\"-\", \"+\" or the end" : "the end");
        }
        return new SemVer(major, minor, patch, pre, build);
    }

    private static TextCursor cursor(String text, Dialect dialect) throws BadVersion {
        if (dialect != Dialect.NPM) {
            return new TextCursor(text);
        }
        if (text.length() > LONGEST_OF_NPM) {
            throw new BadVersion(text, "is longer than 256 characters, which npm refuses");
        }
        int start = 0;
        int end = text.length();
        while (start < end && isBlankToNpm(text.charAt(start))) {
            start++;
        }
        while (end > start && isBlankToNpm(text.charAt(end - 1))) {
            end--;
        }
        return new TextCursor(text, start, end);
    }

    private static boolean isBlankToNpm(char c) {
        return (c >= '\t' && c <= '\r') || Character.isSpaceChar(c) || c == '\uFEFF';
    }

    private static void expect(TextCursor in, char c) throws BadVersion {
        if (!in.take(c)) {
            throw in.refuse("\"" + c + "\"");
        }
    }

    private static String number(TextCursor in, Dialect dialect) throws BadVersion {
        boolean zero = in.peek() == '0';
        String digits = in.digits();
        if (digits.isEmpty()) {
            throw in.refuse("a number");
        }
        if (zero && digits.length() > 1 && dialect != Dialect.PUB) {
            throw in.refuse("no leading zero in the number " + digits);
        }
        if (!dialect.largest.isEmpty() && Digits.compare(digits, dialect.largest) > 0) {
            throw in.refuse("a number up to " + dialect.largest);
        }
        return digits;
    }

    private static List<String> identifiers(TextCursor in, boolean noLeadingZeros) throws BadVersion {
        List<String> identifiers = new ArrayList<>(2);
        do {
            String identifier = in.identifier();
            if (identifier.isEmpty()) {
                throw in.refuse("a letter, digit or hyphen");
            }
            if (noLeadingZeros && identifier.length() > 1 && identifier.charAt(0) == '0' && Digits.areAll(identifier)) {
                throw in.refuse("no leading zero in the number " + identifier);
            }
            identifiers.add(identifier);
        } while (in.take('.'));
        return identifiers;
    }
}
