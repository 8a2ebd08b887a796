package uk.reeve.engine.match;

import org.jspecify.annotations.Nullable;

/// Where to move a component: the lowest version above it that has no known finding.
///
/// @param to null where no version is known to be clean
/// @param above where only the last affected version is known: move above it; else null
/// @param major whether the first number of the version changes
public record Move(@Nullable String to, @Nullable String above, boolean major) {}
