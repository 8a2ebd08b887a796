package uk.reeve.cli.report;

import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.match.Finding;
import uk.reeve.engine.match.Urgency;
import uk.reeve.engine.sbom.Component;

/// One act: a component, where to move it, and what that closes.
///
/// @param to the version to move to; null where none is known
/// @param above where only the last affected version is known: move above it; else null
/// @param major whether the first number of the version changes
/// @param also other components that the same act moves: a distribution's packages of one source
/// @param findings that it closes, or that stay where there is nowhere to move; most urgent first, never empty
public record Upgrade(
        Report.Row row,
        List<Report.Row> also,
        @Nullable String to,
        @Nullable String above,
        boolean major,
        List<Finding> findings) {

    Upgrade(Report.Row row, @Nullable String to, @Nullable String above, boolean major, List<Finding> findings) {
        this(row, List.of(), to, above, major, findings);
    }

    /// With other components beside.
    Upgrade with(List<Report.Row> rows) {
        return new Upgrade(row, rows, to, above, major, findings);
    }

    /// The same for packages of a distribution that were built together: their version, where they move, and why.
    String act() {
        StringBuilder text = new StringBuilder();
        Component component = row.component();
        if (!Summary.isDistribution(component)) {
            return component.ref();
        }
        text.append(component.version()).append('\n').append(target());
        text.append('\n').append(row.development());
        for (Finding finding : findings) {
            text.append('\n').append(finding.id());
        }
        return text.toString();
    }

    /// `libc6`, `libc-bin, libc6`, `libkrb5-3 +3`.
    String name() {
        String name = Sentences.name(row.component());
        return switch (also.size()) {
            case 0 -> name;
            case 1 -> name + ", " + Sentences.name(also.getFirst().component());
            default -> name + " +" + also.size();
        };
    }

    /// The most urgent first; of equal ones by name.
    static final Comparator<Upgrade> ORDER = new Comparator<>() {
        @Override
        public int compare(Upgrade left, Upgrade right) {
            Finding a = left.findings.getFirst();
            Finding b = right.findings.getFirst();
            int order = Boolean.compare(b.malicious(), a.malicious());
            order = order != 0 ? order : Boolean.compare(b.kev() != null, a.kev() != null);
            order = order != 0 ? order : Double.compare(Urgency.weight(b), Urgency.weight(a));
            order = order != 0
                    ? order
                    : left.row
                            .component()
                            .name()
                            .compareTo(right.row.component().name());
            return order != 0
                    ? order
                    : left.row.component().ref().compareTo(right.row.component().ref());
        }
    };

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
            int level = Integer.compare(Severity.level(finding.severity()), Severity.level(worst.severity()));
            worst = level > 0 || (level == 0 && finding.score() > worst.score()) ? finding : worst;
        }
        return worst;
    }

    /// `5.6.9`, `above 7.0.4`; empty where there is nowhere to move.
    String target() {
        return to != null ? to : above != null ? "above " + above : "";
    }
}
