package uk.reeve.scanner.malice.content;

import java.util.regex.Pattern;

/// Something that text does, known by a pattern over its lower case. At least one of the plain words must be there:
/// they are looked for first, at a fraction of the cost. Patterns repeat only what has a bound, so that none takes
/// longer than in proportion to the text.
public final class Trait {

    private final Pattern pattern;
    private final String[] words;

    private Trait(Pattern pattern, String[] words) {
        this.pattern = pattern;
        this.words = words;
    }

    /// @param words in lower case; none where the pattern itself is cheap
    public static Trait of(String pattern, String... words) {
        return new Trait(Pattern.compile(pattern), words.clone());
    }

    Pattern pattern() {
        return pattern;
    }

    boolean mayBeIn(String lower) {
        for (String word : words) {
            if (lower.contains(word)) {
                return true;
            }
        }
        return words.length == 0;
    }
}
