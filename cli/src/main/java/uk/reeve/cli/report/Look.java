package uk.reeve.cli.report;

/// How a report for people is to look.
///
/// @param columns width that must suffice
/// @param colour whether words may be coloured, by ANSI sequences
/// @param utf8 whether the reader takes more than ASCII
/// @param verbose whether folded lists are written out
public record Look(int columns, boolean colour, boolean utf8, boolean verbose) {

    /// For a file or a pipe.
    public static final Look PLAIN = new Look(100, false, true, false);
}
