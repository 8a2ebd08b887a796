package uk.reeve.engine.index;

/// What the index holds of one source.
///
/// @param name directory of the OSV bucket: `npm`, `Red Hat`
/// @param records withdrawn ones among them
/// @param asOf ISO date up to which it is known to be whole; empty where nobody said
/// @param from where it came from: a folder, an address, `starter snapshot`
public record SourceState(String name, int records, int withdrawn, String asOf, String from) {}
