package uk.reeve.engine.version;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Composer's normal form of a version: `1.0` is `1.0.0.0`, `v1.2-b3` is `1.2.0.0-beta3`, `2.x-dev` is
/// `2.9999999.9999999.9999999-dev`, a branch is `dev-` and its name.
///
/// Source: composer/semver, `VersionParser::normalize`, after 3.4 (earlier releases refuse some long numbers).
final class ComposerVersion {

    private static final String BRANCH = "dev-";
    private static final String ANY = "9999999";
    private static final int LONGEST_MAJOR = 5;
    private static final int DATE_PAIRS = 6;
    private static final int DATE_TAILS = 2;
    private static final int LONGEST_TAIL = 3;
    private static final String[] STABILITIES = {"stable", "rc", "beta", "alpha", "dev"};
    /// Longest first where one begins with the other.
    private static final String[] MODIFIERS = {"stable", "beta", "b", "rc", "alpha", "a", "patch", "pl", "p"};

    private ComposerVersion() {}

    static boolean isBranch(String normalised) {
        return normalised.startsWith(BRANCH);
    }

    static String normalise(String text) throws BadVersion {
        String version = withoutBuild(withoutStability(withoutAlias(trimmed(text))));
        if (version.equals("master") || version.equals("trunk") || version.equals("default")) {
            return BRANCH + version;
        }
        TextCursor in = new TextCursor(version);
        if (in.takeWord(0, BRANCH)) {
            return BRANCH + version.substring(BRANCH.length());
        }
        String normalised = classical(in);
        if (normalised == null) {
            normalised = date(version);
        }
        if (normalised == null) {
            normalised = numericBranch(version);
        }
        if (normalised == null) {
            throw new BadVersion(
                    text,
                    "is no version to Composer: expected up to four numbers, a date, or dev- and a "
                            + "branch, then at most alpha, beta, RC, patch or dev");
        }
        return normalised;
    }

    private static String trimmed(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isBlank(text.charAt(start))) {
            start++;
        }
        while (end > start && isBlank(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    /// `dev-main as 1.0` is `dev-main`.
    private static String withoutAlias(String version) {
        int first = plain(version, 0);
        int at = spaces(version, first);
        if (first == 0 || at == first || !version.startsWith("as", at)) {
            return version;
        }
        int alias = spaces(version, at + 2);
        boolean whole = alias > at + 2 && alias < version.length() && plain(version, alias) == version.length();
        return whole ? version.substring(0, first) : version;
    }

    private static String withoutStability(String version) {
        int at = version.lastIndexOf('@');
        for (String stability : STABILITIES) {
            if (at >= 0 && version.substring(at + 1).equalsIgnoreCase(stability)) {
                return version.substring(0, at);
            }
        }
        return version;
    }

    private static String withoutBuild(String version) {
        int plus = version.indexOf('+');
        if (plus <= 0 || plus == version.length() - 1 || plain(version, 0) < plus || isBranchLike(version)) {
            return version;
        }
        for (int i = plus + 1; i < version.length(); i++) {
            if (isSpace(version.charAt(i))) {
                return version;
            }
        }
        return version.substring(0, plus);
    }

    private static boolean isBranchLike(String version) {
        return version.regionMatches(true, 0, BRANCH, 0, BRANCH.length());
    }

    /// Up to four numbers, the first of at most five digits, and a modifier; null where it is not that.
    private static @Nullable String classical(TextCursor in) {
        in.takeWord(0, "v");
        StringBuilder normalised = new StringBuilder();
        String number = in.digits();
        if (number.isEmpty() || number.length() > LONGEST_MAJOR) {
            return null;
        }
        normalised.append(number);
        for (int i = 1; i < 4; i++) {
            boolean more = in.peek() == '.' && Digits.isDigit(in.peek(1));
            normalised.append('.').append(more && in.take('.') ? in.digits() : "0");
        }
        return modified(normalised, in);
    }

    /// `2010-01-02`, `20100102-203040.5` and the like, and a modifier; null where it is not that.
    private static @Nullable String date(String version) throws BadVersion {
        int start = version.startsWith("v") || version.startsWith("V") ? 1 : 0;
        int end = start;
        for (int i = start; i < version.length(); i++) {
            if (Digits.isDigit(version.charAt(i))) {
                end = i + 1;
            } else if (!isDateSeparator(version.charAt(i))) {
                break;
            }
        }
        String date = version.substring(start, end);
        if (!isDate(date)) {
            return null;
        }
        StringBuilder normalised = new StringBuilder(date.replace('-', '.').replace(':', '.'));
        return modified(normalised, new TextCursor(version, end, version.length()));
    }

    /// Four digits, one to six pairs, then at most two numbers of at most three digits, each with a separator or
    /// without.
    private static boolean isDate(String date) {
        int at = digits(date, 0, 4);
        for (int pairs = 0; pairs < DATE_PAIRS && at >= 0; pairs++) {
            at = digits(date, afterSeparator(date, at), 2);
            if (at >= 0 && endsWithTails(date, at, DATE_TAILS)) {
                return true;
            }
        }
        return false;
    }

    private static boolean endsWithTails(String date, int at, int left) {
        if (at == date.length()) {
            return true;
        }
        int number = afterSeparator(date, at);
        for (int length = 1; left > 0 && length <= LONGEST_TAIL; length++) {
            int end = digits(date, number, length);
            if (end >= 0 && endsWithTails(date, end, left - 1)) {
                return true;
            }
        }
        return false;
    }

    /// The end of so many digits from here; -1 where there are fewer.
    private static int digits(String date, int start, int count) {
        if (start + count > date.length()) {
            return -1;
        }
        return Digits.areAll(date.substring(start, start + count)) ? start + count : -1;
    }

    private static int afterSeparator(String date, int at) {
        return at < date.length() && isDateSeparator(date.charAt(at)) ? at + 1 : at;
    }

    private static boolean isDateSeparator(char c) {
        return c == '.' || c == '-' || c == ':';
    }

    /// The version with its modifier in the normal form; null where what follows is none.
    private static @Nullable String modified(StringBuilder version, TextCursor in) {
        if (!in.take('.') && !in.take('_')) {
            in.take('-');
        }
        int start = in.position();
        String modifier = "";
        for (int i = 0; i < MODIFIERS.length && modifier.isEmpty(); i++) {
            modifier = in.takeWord(0, MODIFIERS[i]) ? MODIFIERS[i] : "";
        }
        boolean stable = modifier.equals("stable") && in.isText(start, "stable"); // STABLE is none, to Composer
        StringBuilder numbers = new StringBuilder();
        while (!modifier.isEmpty()
                && (Digits.isDigit(in.peek())
                        || ((in.peek() == '.' || in.peek() == '-') && Digits.isDigit(in.peek(1))))) {
            if (!Digits.isDigit(in.peek())) {
                numbers.append(numbers.isEmpty() ? "" : in.peek());
                in.take(in.peek());
            }
            numbers.append(in.digits());
        }
        boolean dev = in.takeWord(0, "dev") || in.takeWord(0, ".dev") || in.takeWord(0, "-dev");
        if (!in.atEnd()) {
            return null;
        }
        if (stable) {
            return version.toString();
        }
        if (!modifier.isEmpty()) {
            version.append('-').append(expanded(modifier)).append(numbers);
        }
        return version.append(dev ? "-dev" : "").toString();
    }

    private static String expanded(String modifier) {
        return switch (modifier) {
            case "a" -> "alpha";
            case "b" -> "beta";
            case "rc" -> "RC";
            case "p", "pl" -> "patch";
            default -> modifier;
        };
    }

    /// `1.x-dev`, `100000.2-dev`: up to four numbers, `x` for any, and `dev`; null where it is not that.
    private static @Nullable String numericBranch(String version) throws BadVersion {
        int end = version.length() - "dev".length();
        if (end < 0 || !version.substring(end).toLowerCase(Locale.ROOT).equals("dev")) {
            return null;
        }
        if (end > 0 && (version.charAt(end - 1) == '.' || version.charAt(end - 1) == '-')) {
            end--;
        }
        TextCursor in = new TextCursor(trimmed(version.substring(0, end)));
        in.takeWord(0, "v");
        StringBuilder branch = new StringBuilder(in.digits());
        boolean numeric = !branch.isEmpty();
        for (int i = 1; i < 4 && numeric; i++) {
            if (in.take('.')) {
                String number = in.digits();
                boolean any = number.isEmpty() && (in.take('x') || in.take('X') || in.take('*'));
                numeric = any || !number.isEmpty();
                branch.append('.').append(any ? ANY : number);
            } else {
                branch.append('.').append(ANY);
            }
        }
        return numeric && in.atEnd() ? branch + "-dev" : null;
    }

    /// The end of the characters from here that are neither blank nor a comma.
    private static int plain(String version, int start) {
        int end = start;
        while (end < version.length() && version.charAt(end) != ',' && !isSpace(version.charAt(end))) {
            end++;
        }
        return end;
    }

    private static int spaces(String version, int start) {
        int end = start;
        while (end < version.length() && version.charAt(end) == ' ') {
            end++;
        }
        return end;
    }

    private static boolean isSpace(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\u000B' || c == 0;
    }
}
