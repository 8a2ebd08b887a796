package uk.reeve.register.web;

/// How a fact came to be known; the first word of its provenance, never blended.
public enum Said {
    /// By its maker.
    DECLARED("Declared"),
    /// By a council, named only if it chose to be.
    OBSERVED("Observed"),
    /// By an assessor.
    CHECKED("Checked"),
    /// Reckoned by Reeve.
    MATCHED("Matched");

    private final String word;

    Said(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }
}
