package uk.reeve.cli;

/// Exit statuses.
final class Exit {

    static final int DONE = 0;

    /// Something met `--fail-on`, also when input was incomplete.
    static final int FAILED = 1;

    /// The command was wrong.
    static final int USAGE = 2;

    /// A file that was recognised could not be read, or only in part.
    static final int INCOMPLETE = 3;

    /// Our own fault.
    static final int FAULT = 70;

    private Exit() {}
}
