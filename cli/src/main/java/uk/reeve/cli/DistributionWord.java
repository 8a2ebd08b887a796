package uk.reeve.cli;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import uk.reeve.cli.report.Report;
import uk.reeve.engine.index.BadIndex;
import uk.reeve.engine.match.Finding;
import uk.reeve.engine.match.Matcher;
import uk.reeve.engine.match.Outcome;
import uk.reeve.engine.sbom.Component;
import uk.reeve.scanner.Inventory;

/// A file that a distribution's package brought is judged by the distribution, which mends flaws under the number
/// that the file had before: a flaw of which its records speak is not told again through the file's Python, Node or
/// Ruby face. Of what they do not speak, and of files of a third party's packages, the distribution says nothing.
final class DistributionWord {

    private final Matcher matcher;
    private final @Nullable String distribution;
    private final Map<String, Outcome> outcomes = new HashMap<>();
    private final Map<String, Set<String>> spokenOf = new HashMap<>();

    /// @param outcomes one for each item, in their order
    /// @param distribution that packages without one belong to, in OSV's words; null where it is not told
    DistributionWord(Inventory inventory, List<Outcome> outcomes, Matcher matcher, @Nullable String distribution) {
        this.matcher = matcher;
        this.distribution = distribution;
        for (int i = 0; i < outcomes.size(); i++) {
            Component component = inventory.items().get(i).component();
            if (component.purl() != null) {
                this.outcomes.put(component.ref(), outcomes.get(i));
            }
        }
    }

    /// Null where the distribution has no word on it.
    Report.@Nullable Hiding hides(Inventory.Item item, Finding finding) throws BadIndex {
        if (item.owners().isEmpty() || finding.malicious()) {
            return null;
        }
        Set<String> ids = new HashSet<>(finding.otherIds());
        ids.add(finding.id());
        Outcome first = null;
        boolean affected = false;
        for (String owner : item.owners()) {
            Outcome outcome = outcomes.get(owner);
            if (outcome == null || outcome.coverage() != Outcome.Coverage.LOOKED_AT || !speaks(owner, outcome, ids)) {
                return null;
            }
            first = first == null ? outcome : first;
            affected |= isAmong(outcome.findings(), ids);
        }
        return first == null ? null : hiding(first.component(), finding.id(), affected);
    }

    private boolean speaks(String owner, Outcome outcome, Set<String> ids) throws BadIndex {
        Set<String> known = spokenOf.get(owner);
        if (known == null) {
            known = matcher.spokenOf(outcome.component(), distribution);
            spokenOf.put(owner, known);
        }
        for (String id : ids) {
            if (known.contains(id)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isAmong(List<Finding> findings, Set<String> ids) {
        for (Finding finding : findings) {
            if (ids.contains(finding.id())) {
                return true;
            }
            for (String other : finding.otherIds()) {
                if (ids.contains(other)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static Report.Hiding hiding(Component owner, String id, boolean affected) {
        String name = owner.name() + " " + owner.version();
        String reason = "the file is of the distribution's package " + name + ", "
                + (affected ? "under which " + id + " is told" : "which its records call not affected");
        return new Report.Hiding(Report.Cause.DISTRIBUTION, "", affected ? null : "fixed", null, reason, null, "");
    }
}
