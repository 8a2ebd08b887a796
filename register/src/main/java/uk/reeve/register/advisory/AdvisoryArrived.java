package uk.reeve.register.advisory;

import java.util.Set;

/// A record came in that is new or changed; raised after it is on record.
///
/// @param edition holds this record and nothing else, so that it can be evaluated before the index is made anew
/// @param names of the packages that it names, in lower case, without their namespaces
public record AdvisoryArrived(String id, AdvisoryLibrary.Edition edition, Set<String> names) {}
