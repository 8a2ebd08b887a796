package uk.reeve.scanner;

import java.util.Arrays;
import java.util.BitSet;

/// A glob as Java's: `*` within a folder, `**` across folders, `?`, `[a-z]`, `[!a-z]`, `{a,b}` without another inside,
/// and a backslash that takes the next character as it is. It compares text, whatever a file may be called on this
/// machine, and all positions at once: at most the length of one times that of the other, however many stars there
/// are.
public final class Glob {

    private static final int MOST_CHARS = 1_000;

    private final String pattern;
    /// Of `{`, `,` and `}` of a group where it ends, of `[` where its `]` is; 0 for whatever stands for itself.
    private final int[] end;

    /// @throws IllegalArgumentException where it is broken: what is wrong with it, in words
    public Glob(String pattern) {
        if (pattern.length() > MOST_CHARS) {
            throw new IllegalArgumentException("it is longer than " + MOST_CHARS + " characters");
        }
        this.pattern = pattern;
        this.end = new int[pattern.length()];
        int group = -1;
        for (int i = 0; i < end.length; i++) {
            switch (pattern.charAt(i)) {
                case '\\' -> {
                    need(++i < end.length, "nothing follows the backslash at its end");
                }
                case '[' -> {
                    end[i] = pattern.indexOf(']', i);
                    need(end[i] > 0, "a [ has no ]");
                    int first = pattern.startsWith("!", i + 1) ? i + 2 : i + 1;
                    need(end[i] > first, "there is nothing between [ and ]");
                    i = end[i];
                }
                case '{' -> {
                    need(group < 0, "a { stands within another");
                    group = i;
                }
                case ',' -> end[i] = group < 0 ? 0 : -1;
                case '}' -> {
                    if (group >= 0) {
                        close(group, i);
                    }
                    group = -1;
                }
                default -> {} // stands for itself
            }
        }
        need(group < 0, "a { has no }");
    }

    private static void need(boolean good, String otherwise) {
        if (!good) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    private void close(int open, int close) {
        end[open] = close;
        end[close] = close;
        for (int i = open; i < close; i++) {
            end[i] = end[i] == -1 ? close : end[i];
        }
    }

    /// Whether it is the whole of this path, whose folders are parted by `/`.
    public boolean matches(String path) {
        BitSet here = new BitSet();
        reach(here, 0);
        for (int i = 0; i < path.length() && !here.isEmpty(); ) {
            int c = path.codePointAt(i);
            BitSet next = new BitSet();
            for (int at = here.nextSetBit(0); at >= 0 && at < end.length; at = here.nextSetBit(at + 1)) {
                step(next, at, c);
            }
            here = next;
            i += Character.charCount(c);
        }
        return here.get(end.length);
    }

    // Where the pattern may go on from there without taking a character, that place included.
    private void reach(BitSet places, int from) {
        for (int at = from; !places.get(at); ) {
            places.set(at);
            char c = at < end.length ? pattern.charAt(at) : 'x';
            if (c == '*') {
                at += width(at);
            } else if (c == '{') {
                for (int i = at; i < end[at]; i++) {
                    if (i == at || (pattern.charAt(i) == ',' && end[i] == end[at])) {
                        reach(places, i + 1);
                    }
                }
            } else if ((c == ',' || c == '}') && end[at] > 0) {
                at = end[at] + 1;
            }
        }
    }

    private int width(int star) {
        return pattern.startsWith("**", star) ? 2 : 1;
    }

    private void step(BitSet next, int at, int c) {
        int literal = pattern.codePointAt(at);
        switch (literal) {
            case '*' -> {
                if (c != '/' || width(at) == 2) {
                    reach(next, at);
                }
            }
            case '?' -> {
                if (c != '/') {
                    reach(next, at + 1);
                }
            }
            case '[' -> {
                if (c != '/' && isIn(at + 1, end[at], c)) {
                    reach(next, end[at] + 1);
                }
            }
            case '\\' -> {
                int plain = pattern.codePointAt(at + 1);
                if (plain == c) {
                    reach(next, at + 1 + Character.charCount(plain));
                }
            }
            default -> {
                boolean marks = end[at] > 0; // of a group: was passed by reach
                if (literal == c && !marks) {
                    reach(next, at + Character.charCount(literal));
                }
            }
        }
    }

    private boolean isIn(int from, int to, int c) {
        boolean not = pattern.charAt(from) == '!';
        int[] set = pattern.substring(not ? from + 1 : from, to).codePoints().toArray();
        boolean in = Arrays.stream(set).anyMatch(one -> one == c);
        for (int i = 1; i + 1 < set.length; i++) {
            in |= set[i] == '-' && set[i - 1] <= c && c <= set[i + 1];
        }
        return in != not;
    }
}
