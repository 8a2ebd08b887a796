package uk.reeve.engine.vex;

/// What a statement says of a vulnerability in a product. Worst first: where two statements of one author and one time
/// differ, the first of these is believed.
public enum Status {
    AFFECTED,
    UNDER_INVESTIGATION,
    FIXED,
    NOT_AFFECTED;

    /// Whether a statement of this status can silence a finding.
    public boolean silences() {
        return switch (this) {
            case AFFECTED, UNDER_INVESTIGATION -> false;
            case FIXED, NOT_AFFECTED -> true;
        };
    }
}
