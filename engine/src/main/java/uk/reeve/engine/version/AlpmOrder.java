package uk.reeve.engine.version;

/// Arch Linux's order, as pacman's vercmp has it: `[epoch:]version[-release]`. A version without a release equals the
/// same version with any, so the order is not transitive and no key is exact. Letters at the end sort below it
/// (`1.0rc` < `1.0`), a longer separator above a shorter one. Source: pacman, `lib/libalpm/version.c`.
final class AlpmOrder implements VersionOrder {

    @Override
    public int compare(String left, String right) throws BadVersion {
        Digits.checkLength(left);
        Digits.checkLength(right);
        int leftStart = start(left);
        int rightStart = start(right);
        int order = Digits.compare(left, 0, Math.max(leftStart - 1, 0), right, 0, Math.max(rightStart - 1, 0));
        if (order != 0) {
            return order;
        }
        int leftHyphen = left.lastIndexOf('-');
        int rightHyphen = right.lastIndexOf('-');
        boolean leftReleased = leftHyphen >= leftStart;
        boolean rightReleased = rightHyphen >= rightStart;
        order = comparePart(
                left.substring(leftStart, leftReleased ? leftHyphen : left.length()),
                right.substring(rightStart, rightReleased ? rightHyphen : right.length()));
        return order == 0 && leftReleased && rightReleased
                ? comparePart(left.substring(leftHyphen + 1), right.substring(rightHyphen + 1))
                : order;
    }

    /// Behind the epoch's colon, or 0.
    private static int start(String version) {
        int end = Digits.end(version, 0);
        return end < version.length() && version.charAt(end) == ':' ? end + 1 : 0;
    }

    private static int comparePart(String left, String right) {
        int l = 0;
        int r = 0;
        while (l < left.length() && r < right.length()) {
            int leftAt = separatorEnd(left, l);
            int rightAt = separatorEnd(right, r);
            if (leftAt == left.length() || rightAt == right.length()) {
                l = leftAt;
                r = rightAt;
                break;
            }
            if (leftAt - l != rightAt - r) {
                return Integer.compare(leftAt - l, rightAt - r);
            }
            boolean number = Digits.isDigit(left.charAt(leftAt));
            if (number != Digits.isDigit(right.charAt(rightAt))) {
                return number ? 1 : -1;
            }
            l = pieceEnd(left, leftAt, number);
            r = pieceEnd(right, rightAt, number);
            int order = number
                    ? Digits.compare(left, leftAt, l, right, rightAt, r)
                    : left.substring(leftAt, l).compareTo(right.substring(rightAt, r));
            if (order != 0) {
                return order;
            }
        }
        boolean leftDone = l == left.length();
        boolean rightDone = r == right.length();
        if (leftDone && rightDone) {
            return 0;
        }
        boolean rightWins = leftDone ? !isLetter(right.charAt(r)) : isLetter(left.charAt(l));
        return rightWins ? -1 : 1;
    }

    private static int separatorEnd(String text, int from) {
        int i = from;
        while (i < text.length() && !Digits.isDigit(text.charAt(i)) && !isLetter(text.charAt(i))) {
            i++;
        }
        return i;
    }

    private static int pieceEnd(String text, int from, boolean number) {
        int i = from;
        while (i < text.length() && (number ? Digits.isDigit(text.charAt(i)) : isLetter(text.charAt(i)))) {
            i++;
        }
        return i;
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    @Override
    public VersionKey key(String version) throws BadVersion {
        Digits.checkLength(version);
        return new VersionKey(new byte[0], false);
    }
}
