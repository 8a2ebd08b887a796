package uk.reeve.scanner.malice.content;

/// How much of a package is looked at. What goes beyond is told, not looked at.
///
/// @param files of the package, those of archives in it too
/// @param fileBytes of one file
/// @param bytes of all files
/// @param seconds for all of it
public record CheckLimits(int files, int fileBytes, long bytes, int seconds) {

    public static final CheckLimits DEFAULT = new CheckLimits(100_000, 2 << 20, 1L << 30, 300);
}
