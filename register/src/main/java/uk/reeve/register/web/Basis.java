package uk.reeve.register.web;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The advisories that a page rests on, and how old they are: no page lies by omission (PAGES 1.8).
///
/// @param asOf day up to which the oldest of their sources is known to be whole; null where none tells
/// @param old sources that are older than they should be, the oldest first: "npm (as of 3 May, 9 days old)"
/// @param administers whether who looks can have them fetched
public record Basis(@Nullable LocalDate asOf, List<String> old, boolean administers) {

    private static final int NAMED = 5;

    /// " as of 12 May 2026"; nothing where no source tells its day.
    public String words() {
        return asOf == null ? "" : " as of " + Words.date(asOf);
    }

    /// At most five, then how many more there are.
    public String named() {
        return old.size() <= NAMED
                ? String.join(", ", old)
                : String.join(", ", old.subList(0, NAMED)) + " and " + (old.size() - NAMED) + " more";
    }
}
