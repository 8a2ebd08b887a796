package uk.reeve.engine.quality;

/// How far an SBOM says what is asked for.
public sealed interface Presence {

    record There() implements Presence {}

    /// For some components only.
    ///
    /// @param with fewer than `of`, more than none
    record Partly(int with, int of) implements Presence {}

    record Missing() implements Presence {}

    /// What must not be in it is.
    record Unwanted(int count) implements Presence {}

    /// The document's encoding is one of which only what matching needs is read.
    record NotLookedAt() implements Presence {}

    static Presence of(boolean there) {
        return there ? new There() : new Missing();
    }

    /// Of components: where there are none, nothing is missing of them, and nothing is there.
    static Presence of(int with, int of) {
        return with == 0 ? new Missing() : with == of ? new There() : new Partly(with, of);
    }
}
