package uk.reeve.engine.input;

/// What an input may at most be. A value that breaks one ends the reading of that file with an [Unreadable].
public final class Limits {

    /// Bytes of one file.
    public static final long FILE_BYTES = 512L << 20;

    /// Characters of one line.
    public static final int LINE_CHARS = 1 << 20;

    /// Characters of one string.
    public static final int TEXT_CHARS = 8 << 20;

    /// Characters of one number.
    public static final int NUMBER_CHARS = 1_000;

    /// Levels of nesting.
    public static final int DEPTH = 500;

    /// Values of one tree ([Node] or [Element]), aliases expanded.
    public static final int NODES = 6_000_000;

    /// Components of one SBOM.
    public static final int COMPONENTS = 500_000;

    private Limits() {}
}
