package uk.reeve.engine.version;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A Maven version, taken apart as `ComparableVersion` of Maven 3.9.11 does it.
///
/// A list of numbers and words whose last item may be another list. Since a list is only ever last, the nest is kept
/// flat: `levels.get(n + 1)` hangs at the end of `levels.get(n)`. A hyphen opens a level, and so does each change
/// between letters and digits; each level loses its trailing zeros and release words.
final class MavenVersion {

    sealed interface Item {}

    /// @param digits ASCII, leading zeros gone, except that a zero keeps them: Maven sorts numbers by how many digits
    /// they need (9, 18, more), and counts those of a zero
    record Num(String digits) implements Item {

        boolean isZero() {
            return digits.charAt(digits.length() - 1) == '0'
                    && Digits.skipZeros(digits, 0, digits.length()) == digits.length();
        }

        int width() {
            return digits.length() <= 9 ? 0 : digits.length() <= 18 ? 1 : 2;
        }
    }

    record Word(int rank, String text) implements Item {

        /// Below it are the pre-releases, above it `sp` and words that Maven does not know.
        static final int RELEASE = 5;
        static final int UNKNOWN = 7;

        static Word of(String text) {
            int rank =
                    switch (text) {
                        case "alpha" -> 0;
                        case "beta" -> 1;
                        case "milestone" -> 2;
                        case "rc", "cr" -> 3;
                        case "snapshot" -> 4;
                        case "", "ga", "final", "release" -> RELEASE;
                        case "sp" -> 6;
                        default -> UNKNOWN;
                    };
            return new Word(rank, rank == UNKNOWN ? text : "");
        }

        static Word beforeDigit(String text) {
            return switch (text) {
                case "a" -> new Word(0, "");
                case "b" -> new Word(1, "");
                case "m" -> new Word(2, "");
                default -> of(text);
            };
        }
    }

    private final List<List<Item>> levels = new ArrayList<>();

    private MavenVersion() {
        levels.add(new ArrayList<>());
    }

    static MavenVersion of(String version) {
        MavenVersion parsed = new MavenVersion();
        String text = version.toLowerCase(Locale.ROOT);
        boolean digits = false;
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '.' || c == '-') {
                parsed.add(i == start ? new Num("0") : item(digits, text.substring(start, i)));
                start = i + 1;
                if (c == '-') {
                    parsed.open();
                }
            } else if (Character.isDigit(c)) {
                if (!digits && i > start) {
                    parsed.openUnlessEmpty(); // 1.0.x1 is read as 1.0-x1
                    parsed.add(Word.beforeDigit(text.substring(start, i)));
                    parsed.open();
                    start = i;
                }
                digits = true;
            } else {
                if (digits && i > start) {
                    parsed.add(item(true, text.substring(start, i)));
                    parsed.open();
                    start = i;
                }
                digits = false;
            }
        }
        if (start < text.length()) {
            if (!digits) {
                parsed.openUnlessEmpty();
            }
            parsed.add(item(digits, text.substring(start)));
        }
        parsed.normalise();
        return parsed;
    }

    List<List<Item>> levels() {
        return levels;
    }

    int compareTo(MavenVersion other) {
        for (int level = 0; ; level++) {
            List<Item> left = levels.get(level);
            List<Item> right = other.levels.get(level);
            int common = Math.min(left.size(), right.size());
            for (int i = 0; i < common; i++) {
                int order = compare(left.get(i), right.get(i));
                if (order != 0) {
                    return order;
                }
            }
            if (left.size() > common) {
                return compareRest(level, common, other);
            }
            if (right.size() > common) {
                return -other.compareRest(level, common, this);
            }
            boolean deeper = level + 1 < levels.size();
            boolean otherDeeper = level + 1 < other.levels.size();
            if (!deeper || !otherDeeper) {
                return deeper ? againstNothing(level + 1, 0) : otherDeeper ? -other.againstNothing(level + 1, 0) : 0;
            }
        }
    }

    /// What follows here, where the other version's level has no more items of its own.
    private int compareRest(int level, int from, MavenVersion other) {
        if (level + 1 < other.levels.size()) {
            return levels.get(level).get(from) instanceof Num ? 1 : -1; // word < list < number
        }
        return againstNothing(level, from);
    }

    /// What follows here, against the end of a version: the first item that is not neutral decides.
    int againstNothing(int level, int from) {
        for (int at = level, i = from; at < levels.size(); at++, i = 0) {
            for (; i < levels.get(at).size(); i++) {
                int order = againstNothing(levels.get(at).get(i));
                if (order != 0) {
                    return order;
                }
            }
        }
        return 0;
    }

    // No pattern switch: the first at run time links dozens of classes, which every scan would pay for.
    private static int againstNothing(Item item) {
        if (item instanceof Num n) {
            return n.isZero() ? 0 : 1;
        }
        return Integer.compare(((Word) item).rank, Word.RELEASE);
    }

    private static int compare(Item left, Item right) {
        if (left instanceof Num l && right instanceof Num r) {
            return l.width() != r.width()
                    ? Integer.compare(l.width(), r.width())
                    : Digits.compare(l.digits, 0, l.digits.length(), r.digits, 0, r.digits.length());
        }
        if (left instanceof Word l && right instanceof Word r) {
            return l.rank != r.rank ? Integer.compare(l.rank, r.rank) : l.text.compareTo(r.text);
        }
        return left instanceof Num ? 1 : -1;
    }

    private void add(Item item) {
        levels.getLast().add(item);
    }

    private void open() {
        levels.add(new ArrayList<>());
    }

    private void openUnlessEmpty() {
        if (!levels.getLast().isEmpty()) {
            open();
        }
    }

    private void normalise() {
        for (int level = levels.size() - 1; level >= 0; level--) {
            List<Item> items = levels.get(level);
            while (!items.isEmpty() && isNeutral(items.getLast())) {
                items.removeLast();
            }
            if (items.isEmpty() && level > 0 && level == levels.size() - 1) {
                levels.removeLast();
            }
        }
    }

    private static boolean isNeutral(Item item) {
        return againstNothing(item) == 0;
    }

    private static Item item(boolean digits, String text) {
        if (!digits) {
            return Word.of(text);
        }
        int first = Digits.skipZeros(text, 0, text.length());
        StringBuilder ascii = new StringBuilder(text.length());
        for (int i = first == text.length() ? 0 : first; i < text.length(); i++) {
            ascii.append((char) ('0' + Character.digit(text.charAt(i), 10)));
        }
        return new Num(ascii.toString());
    }
}
