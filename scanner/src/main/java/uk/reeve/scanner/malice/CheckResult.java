package uk.reeve.scanner.malice;

import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.purl.Purl;
import uk.reeve.scanner.malice.sign.Sighting;
import uk.reeve.scanner.malice.sign.Sign;

/// What a check saw.
///
/// @param name what the package calls itself, else the name that was given
/// @param version null where it tells none
/// @param type of the purl (`npm`); null where no manifest was found
/// @param purl null where name, version or type are missing, or make none
/// @param signs heaviest first
/// @param problems one line each: what was not looked at, and why
/// @param files how many were looked at
public record CheckResult(
        String name,
        @Nullable String version,
        @Nullable String type,
        @Nullable Purl purl,
        Score score,
        List<Seen> signs,
        List<String> problems,
        int files) {

    /// @param places the first of them, at least one
    public record Seen(Sign sign, List<Sighting> places) {}
}
