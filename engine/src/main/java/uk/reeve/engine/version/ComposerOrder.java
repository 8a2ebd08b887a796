package uk.reeve.engine.version;

import java.util.ArrayList;
import java.util.List;

/// Composer's order: its normal form, then PHP's `version_compare`. Words rank dev, alpha, beta, RC, the end, a
/// number, patch; numbers past 63 bits are equal. A branch (`dev-main`) is below every version and no other than
/// itself compares with it: a matcher must never let one into a range.
///
/// Key: for each element 0x02 plus the word's rank, or 0x07 and the number; 0x06 for the end. A branch: 0x00 and its
/// hash, inexact.
///
/// Source: composer/semver, `Comparator`; PHP manual, version_compare.
final class ComposerOrder implements VersionOrder {

    private static final int RANK_OF_A_NUMBER = 4;
    private static final String LARGEST = "9223372036854775807";

    @Override
    public int compare(String left, String right) throws BadVersion {
        String l = ComposerVersion.normalise(left);
        String r = ComposerVersion.normalise(right);
        boolean branch = ComposerVersion.isBranch(l);
        if (branch != ComposerVersion.isBranch(r)) {
            return branch ? -1 : 1;
        }
        if (branch) {
            if (l.equals(r)) {
                return 0;
            }
            throw new BadVersion(left, "and \"" + right + "\" are two branches: Composer orders none before the other");
        }
        return compareElements(elements(l), elements(r));
    }

    private static int compareElements(List<String> left, List<String> right) {
        int shared = Math.min(left.size(), right.size());
        for (int i = 0; i < shared; i++) {
            String l = left.get(i);
            String r = right.get(i);
            int order = Digits.areAll(l) && Digits.areAll(r)
                    ? Digits.compare(bounded(l), bounded(r))
                    : Integer.compare(rank(l), rank(r));
            if (order != 0) {
                return order;
            }
        }
        if (left.size() > shared) {
            return compareWithNothing(left.get(shared));
        }
        return right.size() > shared ? -compareWithNothing(right.get(shared)) : 0;
    }

    private static int compareWithNothing(String element) {
        return Digits.areAll(element) ? 1 : Integer.compare(rank(element), RANK_OF_A_NUMBER);
    }

    /// PHP's rank of a word; that of an unknown one (`stable`) is the lowest.
    private static int rank(String element) {
        return switch (element) {
            case "dev" -> 0;
            case "alpha" -> 1;
            case "beta" -> 2;
            case "RC" -> 3;
            case "patch" -> 5;
            default -> Digits.areAll(element) ? RANK_OF_A_NUMBER : -1;
        };
    }

    @Override
    public VersionKey key(String version) throws BadVersion {
        String normalised = ComposerVersion.normalise(version);
        KeyBytes key = new KeyBytes();
        if (ComposerVersion.isBranch(normalised)) {
            int hash = normalised.hashCode();
            return key.tag(0)
                    .tag(hash >> 24)
                    .tag(hash >> 16)
                    .tag(hash >> 8)
                    .tag(hash)
                    .inexact()
                    .key();
        }
        for (String element : elements(normalised)) {
            switch (element) {
                case "dev" -> key.tag(2);
                case "alpha" -> key.tag(3);
                case "beta" -> key.tag(4);
                case "RC" -> key.tag(5);
                case "patch" -> key.tag(8);
                default -> {
                    if (Digits.areAll(element)) {
                        key.tag(7).number(bounded(element));
                    } else {
                        key.tag(1);
                    }
                }
            }
        }
        return key.tag(6).key();
    }

    private static String bounded(String digits) {
        return Digits.compare(digits, LARGEST) > 0 ? LARGEST : digits;
    }

    /// The runs of digits and of letters, in turn.
    private static List<String> elements(String normalised) {
        List<String> elements = new ArrayList<>(6);
        int at = 0;
        while (at < normalised.length()) {
            char first = normalised.charAt(at);
            boolean number = Digits.isDigit(first);
            int end = at + 1;
            while (end < normalised.length()
                    && (number
                            ? Digits.isDigit(normalised.charAt(end))
                            : TextCursor.isLetter(first) && TextCursor.isLetter(normalised.charAt(end)))) {
                end++;
            }
            if (number || TextCursor.isLetter(first)) {
                elements.add(normalised.substring(at, end));
            }
            at = end;
        }
        return elements;
    }
}
