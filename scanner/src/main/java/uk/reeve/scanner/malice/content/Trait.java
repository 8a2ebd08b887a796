package uk.reeve.scanner.malice.content;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Something that text does, known by a pattern over its lower case. At least one of the plain words must be there.
/// Patterns repeat only what has a bound, so that none takes longer than in proportion to the text, and look at nothing
/// before their match but by `\b` and `(?<!`.
///
/// A match is looked for only where its first two characters stand. With which two one may begin the pattern itself
/// tells: a text of two that does not match, but would have been read on beyond its end ([Matcher#hitEnd]), may.
public final class Trait {

    private static final int ASCII = 128;

    private final Pattern pattern;
    private final String[] words;
    private volatile long @Nullable [] beginnings;

    private Trait(Pattern pattern, String[] words) {
        this.pattern = pattern;
        this.words = words;
    }

    /// @param words in lower case; none where the pattern itself is cheap
    public static Trait of(String pattern, String... words) {
        return new Trait(Pattern.compile(pattern), words.clone());
    }

    /// Stands where a match is asked for, and not only at the beginning of the text.
    Matcher matcher(CharSequence text) {
        return pattern.matcher(text).useTransparentBounds(true).useAnchoringBounds(false);
    }

    boolean mayBeIn(String lower) {
        for (String word : words) {
            if (lower.contains(word)) {
                return true;
            }
        }
        return words.length == 0;
    }

    /// The next place, from `at` on, where a match may begin; the text's length where there is none.
    int next(String lower, int at) {
        long[] bits = beginnings();
        int length = lower.length();
        for (int i = at; i < length - 1; i++) {
            char one = lower.charAt(i);
            char two = lower.charAt(i + 1);
            if (one >= ASCII || two >= ASCII || isSet(bits, one, two)) {
                return i;
            }
        }
        return Math.max(at, length - 1);
    }

    private long[] beginnings() {
        long[] known = beginnings;
        if (known == null) {
            known = new long[ASCII * ASCII / Long.SIZE];
            for (char one = 0; one < ASCII; one++) {
                for (char two = 0; two < ASCII && mayBegin("" + one); two++) {
                    if (mayBegin("" + one + two)) {
                        known[(one * ASCII + two) / Long.SIZE] |= 1L << two;
                    }
                }
            }
            beginnings = known;
        }
        return known;
    }

    private static boolean isSet(long[] bits, char one, char two) {
        return (bits[(one * ASCII + two) / Long.SIZE] & 1L << two) != 0;
    }

    private boolean mayBegin(String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.lookingAt() || matcher.hitEnd();
    }
}
