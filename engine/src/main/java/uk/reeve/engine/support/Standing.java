package uk.reeve.engine.support;

import org.jspecify.annotations.Nullable;
import uk.reeve.engine.match.Confidence;

/// How the release of a product stood on a day.
///
/// @param confidence possible where the product is known by a CPE alone, the version is a manifest's minimum or above
///     the last that the source knows of, or several products fit
/// @param replacement the release to move to; null where none that is newer is supported
public record Standing(
        Product product,
        Cycle cycle,
        State state,
        Confidence confidence,
        @Nullable Cycle replacement) {

    /// Days before the end of support from which it is said that the end is near.
    public static final int SOON_DAYS = 180;

    /// Whether support has ended.
    public enum State {
        ENDED,
        /// It ends within [#SOON_DAYS].
        ENDING,
        SUPPORTED
    }

    static Standing of(Product product, Cycle cycle, Confidence confidence, int today) {
        State state = cycle.endedOn(today)
                ? State.ENDED
                : cycle.end() != 0 && cycle.end() - today <= SOON_DAYS ? State.ENDING : State.SUPPORTED;
        return new Standing(product, cycle, state, confidence, product.after(cycle, today));
    }

    /// `eol/rails/6.1`: the same from run to run.
    public String id() {
        return "eol/" + product.name() + "/" + cycle.name();
    }

    /// `Ruby on Rails 6.1`.
    public String title() {
        return product.title() + " " + cycle.name();
    }

    /// The day in years beyond reckoning where no end is known.
    int lasts() {
        return cycle.end() != 0 ? cycle.end() : cycle.over() ? 0 : Integer.MAX_VALUE;
    }
}
