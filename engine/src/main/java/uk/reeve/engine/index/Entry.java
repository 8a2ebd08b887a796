package uk.reeve.engine.index;

import org.jspecify.annotations.Nullable;

/// What one record says of one package: these ranges of versions, and these versions by name.
///
/// @param advisory its number in the index
/// @param source OSV's ecosystem with its release, as the record writes it: `Debian:12`
/// @param urgency the distribution's word (`unimportant`); null where there is none
/// @param lows version numbers of the inclusive lower bounds; 0 = from the start
/// @param highs version numbers of the upper bounds; 0 = no end
/// @param includes whether each upper bound is itself affected (`last_affected`)
/// @param listed version numbers that no range covers
@SuppressWarnings("ArrayRecordComponent") // read on the hot path, compared nowhere
public record Entry(
        int advisory,
        String source,
        @Nullable String urgency,
        int[] lows,
        int[] highs,
        boolean[] includes,
        int[] listed) {}
