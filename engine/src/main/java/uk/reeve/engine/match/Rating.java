package uk.reeve.engine.match;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What one source says of how bad a flaw is.
///
/// @param source id of the record that says so
/// @param vector CVSS vector; null where the source gives a word only
/// @param score 0.0 to 10.0; -1 where there is a word only
/// @param word `critical`, `high`, `medium`, `low`, `none`, in lower case
public record Rating(String source, @Nullable String vector, double score, String word) {

    // By hand: what the compiler makes of a record is linked at run time, which every scan would pay for.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Rating r
                && Double.compare(score, r.score) == 0
                && source.equals(r.source)
                && word.equals(r.word)
                && Objects.equals(vector, r.vector);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * source.hashCode() + word.hashCode()) + Objects.hashCode(vector);
    }
}
