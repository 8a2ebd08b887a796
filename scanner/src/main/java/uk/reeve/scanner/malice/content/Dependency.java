package uk.reeve.scanner.malice.content;

/// A package that the manifest asks for.
///
/// @param wanted version, range or address, as written
public record Dependency(String name, String wanted, int line) {}
