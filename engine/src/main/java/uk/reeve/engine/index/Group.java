package uk.reeve.engine.index;

import java.util.List;

/// A vulnerability: the records that alias each other.
///
/// @param ids all of them, the name first by which it goes: CVE, else GHSA, else the source's own
/// @param advisories numbers of its records, without withdrawn ones
public record Group(int number, List<String> ids, List<Integer> advisories) {}
