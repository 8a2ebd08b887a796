package uk.reeve.engine.match;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.sbom.Component;

/// A component is in the range of a vulnerability's advisories.
///
/// @param id of the vulnerability: CVE first, else GHSA, else the source's own
/// @param otherIds every other id of the alias group, and of the distribution's notices that name it; sorted
/// @param reasons never empty; the first decided
/// @param malicious the package itself is malicious, by a published record
/// @param ratings each source's own, highest first; empty where none rates it
/// @param kev null where it is not known to be exploited
/// @param epss null where it has no score
/// @param unimportant the distribution says that it cannot matter, or it is the kernel's and only its headers are here
/// @param fixedIn versions that end the ranges met, in the ecosystem's order; empty where no fix is known
/// @param lastAffected where no fix is known but the last affected version is; else null
public record Finding(
        Component component,
        String id,
        List<String> otherIds,
        Confidence confidence,
        List<Reason> reasons,
        boolean malicious,
        List<Rating> ratings,
        @Nullable Kev kev,
        @Nullable Epss epss,
        boolean unimportant,
        List<String> fixedIn,
        @Nullable String lastAffected) {

    /// @param added ISO date
    /// @param ransomware whether it is known to be used by ransomware campaigns
    public record Kev(String added, boolean ransomware) {}

    /// @param score probability of exploitation attempts in 30 days, 0 to 1
    /// @param percentile share of all scored flaws that score lower, 0 to 1
    public record Epss(double score, double percentile) {}

    /// The highest score of all sources; -1 where none gives one.
    public double score() {
        double highest = -1;
        for (Rating rating : ratings) {
            highest = Math.max(highest, rating.score());
        }
        return highest;
    }

    /// `critical`, `high`, `medium`, `low`, or `unrated`: the word of the highest score, else the first word given.
    public String severity() {
        Rating highest = null;
        for (Rating rating : ratings) {
            if (highest == null || rating.score() > highest.score()) {
                highest = rating;
            }
        }
        return highest == null ? "unrated" : highest.word();
    }

    /// Why it is unimportant: `unimportant` by the distribution's word, or `headers only`; null where it is not.
    public @Nullable String relevance() {
        return !unimportant ? null : KernelHeaders.is(component) ? "headers only" : "unimportant";
    }

    /// The same, but possible.
    ///
    /// @param because what follows each comparison's words
    Finding possible(String because) {
        List<Reason> why = new ArrayList<>(reasons.size());
        for (Reason reason : reasons) {
            why.add(new Reason(
                    reason.record(),
                    reason.source(),
                    reason.packageName(),
                    reason.range(),
                    reason.compared() + because,
                    reason.modified()));
        }
        return new Finding(
                component,
                id,
                otherIds,
                Confidence.POSSIBLE,
                why,
                malicious,
                ratings,
                kev,
                epss,
                unimportant,
                fixedIn,
                lastAffected);
    }
}
