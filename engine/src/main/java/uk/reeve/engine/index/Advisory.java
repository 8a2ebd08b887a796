package uk.reeve.engine.index;

import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.match.Rating;

/// A record's facts, as the index keeps them.
///
/// @param source directory of the OSV bucket that it came from: `npm`
/// @param modified seconds since 1970; 0 where it tells none
/// @param published seconds since 1970; 0 where it tells none
/// @param groups numbers of the vulnerabilities that it speaks of: its own, or those of the CVEs that a notice names
/// @param summary null where the index carries no prose
public record Advisory(
        int number,
        String id,
        String source,
        long modified,
        long published,
        boolean withdrawn,
        List<String> aliases,
        List<String> related,
        List<String> upstream,
        List<Rating> ratings,
        List<Integer> groups,
        @Nullable String summary) {

    /// Whether it says that the package itself is malicious.
    public boolean malicious() {
        return id.startsWith("MAL-");
    }
}
