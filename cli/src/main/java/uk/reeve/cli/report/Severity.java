package uk.reeve.cli.report;

/// Severity words as numbers.
public final class Severity {

    private Severity() {}

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
