package uk.reeve.engine.match;

import org.jspecify.annotations.Nullable;

/// What one source says of how bad a flaw is.
///
/// @param source id of the record that says so
/// @param vector CVSS vector; null where the source gives a word only
/// @param score 0.0 to 10.0; -1 where there is a word only
/// @param word `critical`, `high`, `medium`, `low`, `none`, in lower case
public record Rating(String source, @Nullable String vector, double score, String word) {}
