package uk.reeve.engine.version;

import java.util.ArrayList;
import java.util.List;

/// Gentoo's order: numbers, one letter, suffixes (`_alpha` < `_beta` < `_pre` < `_rc` < none < `_p`), revision `-r1`.
/// A number after the first that begins with a zero is read as a fraction: trailing zeros go, then it is compared as
/// text. Source: Package Manager Specification, "Version comparison".
final class GentooOrder implements VersionOrder {

    private static final List<String> SUFFIXES = List.of("alpha", "beta", "pre", "rc", "", "p");
    private static final int NONE = SUFFIXES.indexOf("");

    private record Suffix(int rank, String number) {}

    private record Parts(List<String> numbers, String letter, List<Suffix> suffixes, String revision) {

        static Parts of(String version) throws BadVersion {
            Digits.checkLength(version);
            List<String> numbers = new ArrayList<>();
            int end = 0;
            do {
                int from = numbers.isEmpty() ? 0 : end + 1;
                end = Digits.end(version, from);
                if (end == from) {
                    throw new BadVersion(version, "is no Gentoo version: numbers parted by dots must come first");
                }
                numbers.add(version.substring(from, end));
            } while (end < version.length() && version.charAt(end) == '.');
            String letter = "";
            if (end < version.length() && version.charAt(end) >= 'a' && version.charAt(end) <= 'z') {
                letter = version.substring(end, ++end);
            }
            List<Suffix> suffixes = new ArrayList<>();
            while (end < version.length() && version.charAt(end) == '_') {
                int from = end + 1;
                int word = from;
                while (word < version.length() && version.charAt(word) >= 'a' && version.charAt(word) <= 'z') {
                    word++;
                }
                int rank = SUFFIXES.indexOf(version.substring(from, word));
                if (rank < 0 || rank == NONE) {
                    throw new BadVersion(version, "has a suffix that Gentoo does not know");
                }
                end = Digits.end(version, word);
                suffixes.add(new Suffix(rank, version.substring(word, end)));
            }
            String revision = "";
            if (version.startsWith("-r", end) && Digits.end(version, end + 2) > end + 2) {
                revision = version.substring(end + 2, Digits.end(version, end + 2));
                end += 2 + revision.length();
            }
            if (end < version.length()) {
                throw new BadVersion(version, "is no Gentoo version from its character " + (end + 1) + " on");
            }
            return new Parts(numbers, letter, suffixes, revision);
        }
    }

    @Override
    public int compare(String left, String right) throws BadVersion {
        Parts l = Parts.of(left);
        Parts r = Parts.of(right);
        int order = compareNumbers(l.numbers, r.numbers);
        if (order == 0) {
            order = l.letter.compareTo(r.letter);
        }
        for (int i = 0; order == 0 && i < Math.max(l.suffixes.size(), r.suffixes.size()); i++) {
            Suffix ls = i < l.suffixes.size() ? l.suffixes.get(i) : new Suffix(NONE, "");
            Suffix rs = i < r.suffixes.size() ? r.suffixes.get(i) : new Suffix(NONE, "");
            order = ls.rank != rs.rank ? Integer.compare(ls.rank, rs.rank) : numeric(ls.number, rs.number);
        }
        return order == 0 ? numeric(l.revision, r.revision) : order;
    }

    private static int compareNumbers(List<String> left, List<String> right) {
        for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
            String l = left.get(i);
            String r = right.get(i);
            int order = i > 0 && (l.startsWith("0") || r.startsWith("0"))
                    ? withoutTrailingZeros(l).compareTo(withoutTrailingZeros(r))
                    : numeric(l, r);
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(left.size(), right.size());
    }

    private static String withoutTrailingZeros(String number) {
        int end = number.length();
        while (end > 0 && number.charAt(end - 1) == '0') {
            end--;
        }
        return number.substring(0, end);
    }

    private static int numeric(String left, String right) {
        return Digits.compare(left, 0, left.length(), right, 0, right.length());
    }

    /// Never exact: fractions and whole numbers mixed leave no order of bytes.
    @Override
    public VersionKey key(String version) throws BadVersion {
        Parts.of(version);
        return new VersionKey(new byte[0], false);
    }
}
