package uk.reeve.engine.match;

import java.util.Comparator;

/// The order in which findings are shown: malicious, known exploited, then severity and probability of exploitation
/// together, then id. Possible ones stand last.
public final class Urgency {

    /// Most urgent first.
    public static final Comparator<Finding> FIRST = (a, b) -> {
        if (a.confidence() != b.confidence()) {
            return a.confidence().compareTo(b.confidence());
        }
        if (a.malicious() != b.malicious()) {
            return a.malicious() ? -1 : 1;
        }
        if ((a.kev() == null) != (b.kev() == null)) {
            return a.kev() == null ? 1 : -1;
        }
        int byWeight = Double.compare(weight(b), weight(a));
        return byWeight != 0 ? byWeight : a.id().compareTo(b.id());
    };

    private Urgency() {}

    /// Severity in tenths plus the EPSS probability, so that a flaw that is nearly sure to be attacked passes one that
    /// is
    /// a whole class worse on paper. A word counts as the lower end of its class, no rating as 0.
    public static double weight(Finding finding) {
        double score = finding.score();
        if (score < 0) {
            score = switch (finding.severity()) {
                case "critical" -> 9.0;
                case "high" -> 7.0;
                case "medium" -> 4.0;
                case "low" -> 0.1;
                default -> 0;
            };
        }
        return score / 10 + (finding.epss() == null ? 0 : finding.epss().score());
    }
}
