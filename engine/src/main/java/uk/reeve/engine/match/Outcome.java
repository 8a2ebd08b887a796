package uk.reeve.engine.match;

import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.sbom.Component;

/// What the index says of one component.
///
/// @param coverage whether it could be looked at
/// @param why a sentence for every coverage but [Coverage#LOOKED_AT]; else null
/// @param findings by urgency, most urgent first; possible ones last
/// @param move null where there is nothing to move away from
public record Outcome(
        Component component,
        Coverage coverage,
        @Nullable String why,
        List<Finding> findings,
        @Nullable Move move) {

    /// Whether a component could be looked at.
    public enum Coverage {
        LOOKED_AT,
        /// No package URL, and no name that any record knows.
        NO_IDENTITY,
        /// No advisory source covers its ecosystem.
        NOT_COVERED,
        /// Its ecosystem's order cannot take its version, or it has none.
        UNKNOWN_VERSION,
        /// A distribution's package whose release is not told.
        UNKNOWN_RELEASE,
        /// Built by a third party, so the distribution's records do not judge it.
        NOT_JUDGED,
        /// Of a name that the organisation says is its own, so no public record means it.
        PRIVATE
    }
}
