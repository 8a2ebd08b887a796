package uk.reeve.register.web;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Attributes that hold a list of words: classes, ids.
public final class Tokens {

    private Tokens() {}

    /// The words that are not blank, in order; null, which leaves the attribute out, where all are.
    public static @Nullable String of(String... words) {
        String all = Stream.of(words).filter(word -> !word.isBlank()).collect(Collectors.joining(" "));
        return all.isEmpty() ? null : all;
    }
}
