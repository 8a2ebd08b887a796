package uk.reeve.scanner.archive;

/// What may come out of one file that was given, with all that is nested in it.
///
/// @param depth how deep archives may lie in each other, at least 1
/// @param bytes decompressed, in all
/// @param files in all
public record Bounds(int depth, long bytes, int files) {

    public static final Bounds DEFAULT = new Bounds(16, 16L << 30, 2_000_000);
}
