package uk.reeve.engine.quality;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.sbom.Sbom;

/// How far an SBOM can be used, of 100: identity 40, relations 20, freshness 15, where it is from 10, hashes 10,
/// licences 5. Shares are rounded down, so that only what is whole gets all.
///
/// @param parts in this order
/// @param usable whether at least 40 % of the components can be told apart; below it, that nothing is found says
///     nothing
public record Score(List<Part> parts, boolean usable) {

    private static final int FRESH_DAYS = 30;

    /// @param check in words
    /// @param points that it brings
    /// @param of at most
    /// @param seen what was seen
    public record Part(String check, int points, int of, String seen) {}

    /// @param now when it is judged
    public static Score of(Sbom sbom, Instant now) {
        Counts counts = Counts.of(sbom);
        int all = counts.all();
        List<Part> parts = new ArrayList<>(8);
        parts.add(share("Components have a package identity and a version", counts.identified(), all, 40));
        parts.add(relations(sbom, counts));
        boolean complete = !sbom.completeness().isEmpty();
        parts.add(told("It says whether these relations are complete", complete, 5));
        parts.add(freshness(sbom.timestamp(), now));
        parts.add(origin(sbom));
        parts.add(share("Components have a hash", counts.hashes(), all, 10));
        parts.add(share("Components have a licence", counts.licences(), all, 5));
        return new Score(parts, all > 0 && counts.identified() * 100L >= all * 40L);
    }

    /// All points.
    public int points() {
        int points = 0;
        for (Part part : parts) {
            points += part.points();
        }
        return points;
    }

    /// Days since an RFC 3339 time, negative where it lies ahead; null where it is none, or none is told.
    static @Nullable Long days(@Nullable String timestamp, Instant now) {
        if (timestamp == null) {
            return null;
        }
        try {
            return Duration.between(OffsetDateTime.parse(timestamp.strip()).toInstant(), now)
                    .toDays();
        } catch (DateTimeException | ArithmeticException e) {
            return null;
        }
    }

    private static Part relations(Sbom sbom, Counts counts) {
        String check = "Relations lead from what is described to each component";
        if (sbom.root() == null) {
            return new Part(check, 0, 15, "it does not say what it describes");
        }
        return share(check, counts.reached(), counts.all(), 15);
    }

    private static Part freshness(@Nullable String timestamp, Instant now) {
        String check = "It was made in the last " + FRESH_DAYS + " days";
        Long days = days(timestamp, now);
        if (days == null) {
            return new Part(check, 0, 15, timestamp == null ? "no time is told" : "what is told is no time");
        }
        boolean fresh = days >= 0 && days <= FRESH_DAYS;
        return new Part(check, fresh ? 15 : 0, 15, days < 0 ? "its time lies ahead" : days + " days ago");
    }

    private static Part origin(Sbom sbom) {
        List<String> told = new ArrayList<>(4);
        if (!sbom.authors().isEmpty()) {
            told.add("author");
        }
        if (sbom.timestamp() != null) {
            told.add("time");
        }
        if (!sbom.tools().isEmpty()) {
            told.add("tool");
        }
        if (!sbom.lifecycles().isEmpty()) {
            told.add("phase");
        }
        String seen = told.isEmpty() ? "none of them" : String.join(", ", told);
        return new Part("It names author, time, tool and phase", told.size() * 10 / 4, 10, seen);
    }

    private static Part share(String check, int with, int all, int of) {
        int points = all == 0 ? 0 : (int) ((long) of * with / all);
        return new Part(check, points, of, with + " of " + all);
    }

    private static Part told(String check, boolean told, int of) {
        return new Part(check, told ? of : 0, of, told ? "yes" : "no");
    }
}
