package uk.reeve.scanner.malice.sign;

/// Where a sign was seen.
///
/// @param file within the package; empty where it is the package as such
/// @param line 1-based; 0 where there is none
/// @param excerpt at most 160 characters, safe to print
public record Sighting(String file, int line, String excerpt) {}
