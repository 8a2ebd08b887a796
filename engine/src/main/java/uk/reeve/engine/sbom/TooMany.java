package uk.reeve.engine.sbom;

import uk.reeve.engine.input.Limits;

/// A document lists more components than [Limits#COMPONENTS]: the reading ends there, before memory does.
final class TooMany extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int line;

    private TooMany(int line) {
        super("too many components", null, false, false);
        this.line = line;
    }

    /// @param count of components so far, this one with them
    static void check(int count, int line) {
        if (count > Limits.COMPONENTS) {
            throw new TooMany(line);
        }
    }

    int line() {
        return line;
    }
}
