package uk.reeve.cli.report;

import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.match.Finding;

/// One act: a component, where to move it, and what that closes.
///
/// @param to the version to move to; null where none is known
/// @param above where only the last affected version is known: move above it; else null
/// @param major whether the first number of the version changes
/// @param findings that it closes, or that stay where there is nowhere to move; most urgent first, never empty
public record Upgrade(
        Report.Row row, @Nullable String to, @Nullable String above, boolean major, List<Finding> findings) {

    boolean malicious() {
        return findings.getFirst().malicious();
    }

    boolean exploited() {
        for (Finding finding : findings) {
            if (finding.kev() != null) {
                return true;
            }
        }
        return false;
    }

    /// The finding with the highest score; a rated one before an unrated one.
    Finding worst() {
        Finding worst = findings.getFirst();
        for (Finding finding : findings) {
            worst = Urgency.rank(finding) > Urgency.rank(worst) ? finding : worst;
        }
        return worst;
    }

    /// `5.6.9`, `above 7.0.4`; empty where there is nowhere to move.
    String target() {
        return to != null ? to : above != null ? "above " + above : "";
    }
}
