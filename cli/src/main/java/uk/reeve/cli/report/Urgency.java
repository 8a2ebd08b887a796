package uk.reeve.cli.report;

import java.util.Comparator;
import uk.reeve.engine.match.Finding;

/// Which finding comes first: malicious, then known exploited, then severity (of ten; five where nobody rates it) plus
/// ten times EPSS's probability, then the id.
public final class Urgency {

    static final Comparator<Finding> ORDER = new Comparator<>() {
        @Override
        public int compare(Finding left, Finding right) {
            int order = Boolean.compare(right.malicious(), left.malicious());
            order = order != 0 ? order : Boolean.compare(right.kev() != null, left.kev() != null);
            order = order != 0 ? order : Double.compare(weight(right), weight(left));
            return order != 0 ? order : left.id().compareTo(right.id());
        }
    };

    static final Comparator<Upgrade> UPGRADES = new Comparator<>() {
        @Override
        public int compare(Upgrade left, Upgrade right) {
            Finding a = left.findings().getFirst();
            Finding b = right.findings().getFirst();
            int order = Boolean.compare(b.malicious(), a.malicious());
            order = order != 0 ? order : Boolean.compare(b.kev() != null, a.kev() != null);
            order = order != 0 ? order : Double.compare(weight(b), weight(a));
            order = order != 0 ? order : left.row().component().name().compareTo(right.row().component().name());
            return order != 0 ? order : left.row().component().ref().compareTo(right.row().component().ref());
        }
    };

    private Urgency() {}

    private static double weight(Finding finding) {
        return Math.max(rank(finding), 0) + (finding.epss() == null ? 0 : 10 * finding.epss().score());
    }

    /// Severity as a number: the score, or the middle of what the word stands for; 5 where nobody rates it.
    static double rank(Finding finding) {
        double score = finding.score();
        return score >= 0 ? score : ofWord(finding.severity());
    }

    private static double ofWord(String word) {
        return switch (word) {
            case "critical" -> 9.5;
            case "high" -> 8.0;
            case "medium", "moderate" -> 5.5;
            case "low" -> 2.0;
            case "none" -> 0;
            default -> 5.0;
        };
    }

    /// 4 for critical down to 1 for low, 0 for none, -1 for unrated.
    public static int level(String word) {
        return switch (word) {
            case "critical" -> 4;
            case "high" -> 3;
            case "medium", "moderate" -> 2;
            case "low" -> 1;
            case "none" -> 0;
            default -> -1;
        };
    }
}
