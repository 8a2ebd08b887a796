package uk.reeve.cli.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.match.Confidence;
import uk.reeve.engine.match.Finding;
import uk.reeve.engine.match.Move;
import uk.reeve.engine.match.Outcome;
import uk.reeve.engine.match.Urgency;
import uk.reeve.engine.sbom.Component;
import uk.reeve.engine.version.BadVersion;
import uk.reeve.engine.version.Ecosystem;
import uk.reeve.engine.version.VersionOrder;

/// A report grouped by what to do. Flaws are counted once, however many components they are in.
final class Summary {

    /// Components whose package is malicious: to be removed, or moved where a version is known to be honest.
    final List<Upgrade> malicious = new ArrayList<>();

    final List<Upgrade> upgrades = new ArrayList<>();
    final List<Upgrade> unfixed = new ArrayList<>();

    /// Upgrades and what has no fix, of development-only components.
    final List<Upgrade> development = new ArrayList<>();

    final List<Upgrade> possible = new ArrayList<>();
    final List<Upgrade> unimportant = new ArrayList<>();

    /// Ids of counted flaws in what is shipped; those of development-only components apart.
    final Set<String> flaws = new LinkedHashSet<>();

    final Set<String> developmentFlaws = new LinkedHashSet<>();
    final Set<String> exploited = new TreeSet<>();
    final Set<String> closed = new LinkedHashSet<>();

    /// Findings that the baseline has already, which are folded away.
    int known;

    int findings;
    int affected;
    int developmentAffected;
    int lookedAt;

    static Summary of(Report report) {
        Summary summary = new Summary();
        for (Report.Row row : report.rows()) {
            summary.add(row);
        }
        together(summary.upgrades);
        together(summary.unfixed);
        together(summary.unimportant);
        together(summary.possible);
        summary.malicious.sort(Upgrade.ORDER);
        summary.upgrades.sort(Upgrade.ORDER);
        summary.unfixed.sort(Upgrade.ORDER);
        summary.development.sort(Upgrade.ORDER);
        summary.possible.sort(Upgrade.ORDER);
        summary.unimportant.sort(Upgrade.ORDER);
        for (Upgrade upgrade : summary.unfixed) {
            for (Finding finding : upgrade.findings()) {
                summary.closed.remove(finding.id());
            }
        }
        return summary;
    }

    // Packages of a distribution that come from one source move together: one act.
    private static void together(List<Upgrade> upgrades) {
        Map<String, List<Upgrade>> acts = new LinkedHashMap<>();
        for (Upgrade upgrade : upgrades) {
            acts.computeIfAbsent(upgrade.act(), a -> new ArrayList<>(1)).add(upgrade);
        }
        if (acts.size() == upgrades.size()) {
            return;
        }
        upgrades.clear();
        for (List<Upgrade> same : acts.values()) {
            List<Report.Row> others = new ArrayList<>();
            for (Upgrade other : same.subList(1, same.size())) {
                others.add(other.row());
            }
            upgrades.add(same.getFirst().with(others));
        }
    }

    private void add(Report.Row row) {
        lookedAt += row.outcome().coverage() == Outcome.Coverage.LOOKED_AT ? 1 : 0;
        if (row.findings().isEmpty()) {
            return;
        }
        List<Finding> counted = new ArrayList<>();
        List<Finding> perhaps = new ArrayList<>();
        List<Finding> folded = new ArrayList<>();
        for (Report.Judged judged : row.findings()) {
            Finding finding = judged.finding();
            if (judged.hidden() != null) {
                continue;
            }
            if (judged.known()) {
                known++;
            } else if (finding.unimportant()) {
                folded.add(finding);
            } else if (finding.confidence() == Confidence.POSSIBLE) {
                perhaps.add(finding);
            } else {
                counted.add(finding);
            }
        }
        count(row, counted);
        group(possible, row, perhaps);
        group(unimportant, row, folded);
    }

    private static void group(List<Upgrade> group, Report.Row row, List<Finding> found) {
        if (!found.isEmpty()) {
            found.sort(Urgency.FIRST);
            group.add(new Upgrade(row, null, null, false, found));
        }
    }

    private void count(Report.Row row, List<Finding> counted) {
        if (counted.isEmpty()) {
            return;
        }
        counted.sort(Urgency.FIRST);
        findings += counted.size();
        List<Finding> bad = new ArrayList<>();
        List<Finding> fixable = new ArrayList<>();
        List<Finding> stay = new ArrayList<>();
        for (Finding finding : counted) {
            if (finding.malicious()) { // no flaw in a package: the package is the harm
                bad.add(finding);
                continue;
            }
            (row.development() ? developmentFlaws : flaws).add(finding.id());
            if (finding.kev() != null) {
                exploited.add(finding.id());
            }
            boolean fixed = !finding.fixedIn().isEmpty() || finding.lastAffected() != null;
            (fixed || moves(row.outcome().move()) ? fixable : stay).add(finding);
        }
        boolean flawed = bad.size() < counted.size();
        affected += flawed && !row.development() ? 1 : 0;
        developmentAffected += flawed && row.development() ? 1 : 0;
        if (!bad.isEmpty()) {
            malicious.add(upgrade(row, bad));
        }
        if (!fixable.isEmpty()) {
            (row.development() ? development : upgrades).add(upgrade(row, fixable));
            for (Finding finding : row.development() ? List.<Finding>of() : fixable) {
                closed.add(finding.id());
            }
        }
        if (!stay.isEmpty()) {
            (row.development() ? development : unfixed).add(new Upgrade(row, null, null, false, stay));
        }
    }

    private static boolean moves(@Nullable Move move) {
        return move != null && (move.to() != null || move.above() != null);
    }

    // Where some of a component's flaws have no fix, no version is clean: then the one that closes those that have.
    private static Upgrade upgrade(Report.Row row, List<Finding> found) {
        Move move = row.outcome().move();
        if (move != null && moves(move)) {
            return new Upgrade(row, move.to(), move.above(), move.major() && !isDistribution(row.component()), found);
        }
        String to = null;
        String above = null;
        VersionOrder order = order(row.component());
        for (Finding finding : found) {
            if (!finding.fixedIn().isEmpty()) {
                to = later(order, to, finding.fixedIn().getFirst());
            } else if (finding.lastAffected() != null) {
                above = later(order, above, finding.lastAffected());
            }
        }
        boolean major = to != null
                && !isDistribution(row.component())
                && !first(to).equals(first(String.valueOf(row.component().version())));
        return above != null && (to == null || above.equals(later(order, to, above)))
                ? new Upgrade(row, null, above, false, found)
                : new Upgrade(row, to, null, major, found);
    }

    // There a new upstream version comes with the release, and the maker keeps it compatible.
    static boolean isDistribution(Component component) {
        String type = component.purl() == null ? "" : component.purl().type();
        return type.equals("deb") || type.equals("apk") || type.equals("rpm");
    }

    private static @Nullable VersionOrder order(Component component) {
        if (component.purl() == null) {
            return null;
        }
        List<Ecosystem> all = Ecosystem.ofPurlType(component.purl().type());
        return all.isEmpty() ? null : all.getFirst().order();
    }

    private static String later(@Nullable VersionOrder order, @Nullable String one, String other) {
        if (one == null) {
            return other;
        }
        try {
            return order != null && order.compare(one, other) >= 0 ? one : other;
        } catch (BadVersion e) {
            return one;
        }
    }

    private static String first(String version) {
        int from = version.startsWith("v") ? 1 : 0;
        int end = from;
        while (end < version.length() && Character.isDigit(version.charAt(end))) {
            end++;
        }
        return version.substring(from, end);
    }

    int acts() {
        return upgrades.size();
    }
}
