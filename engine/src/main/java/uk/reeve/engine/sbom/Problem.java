package uk.reeve.engine.sbom;

/// Something in an input that is wrong or could not be used, while the rest was read.
///
/// @param line 1-based; 0 where no line can be named
/// @param message what is wrong, and what to do; the file is not named
public record Problem(int line, String message) {}
