package uk.reeve.engine.advisory;

/// The metrics of each CVSS version and their values.
///
/// Source: FIRST's specifications, the tables of vector strings.
final class CvssMetrics {

    static final String[] ENVIRONMENTAL_2 = {"CDP", "TD", "CR", "IR", "AR"};
    static final String[] ENVIRONMENTAL_3 = {"CR", "IR", "AR", "MAV", "MAC", "MPR", "MUI", "MS", "MC", "MI", "MA"};

    private static final String[] MANDATORY_2 = {"AV", "AC", "Au", "C", "I", "A"};
    private static final String[] MANDATORY_3 = {"AV", "AC", "PR", "UI", "S", "C", "I", "A"};
    private static final String[] MANDATORY_4 = {"AV", "AC", "AT", "PR", "UI", "VC", "VI", "VA", "SC", "SI", "SA"};

    private CvssMetrics() {}

    static String[] mandatory(Cvss.Version version) {
        return switch (version) {
            case V2_0 -> MANDATORY_2;
            case V3_0, V3_1 -> MANDATORY_3;
            case V4_0 -> MANDATORY_4;
        };
    }

    /// The metric's values with blanks between; empty where the version has no such metric.
    static String values(Cvss.Version version, String metric) {
        return switch (version) {
            case V2_0 -> values2(metric);
            case V3_0, V3_1 -> values3(metric);
            case V4_0 -> values4(metric);
        };
    }

    private static String values2(String metric) {
        return switch (metric) {
            case "AV" -> "L A N";
            case "AC" -> "H M L";
            case "Au" -> "M S N";
            case "C", "I", "A" -> "N P C";
            case "E" -> "U POC F H ND";
            case "RL" -> "OF TF W U ND";
            case "RC" -> "UC UR C ND";
            case "CDP" -> "N L LM MH H ND";
            case "TD" -> "N L M H ND";
            case "CR", "IR", "AR" -> "L M H ND";
            default -> "";
        };
    }

    private static String values3(String metric) {
        return switch (metric) {
            case "AV" -> "N A L P";
            case "AC" -> "L H";
            case "PR" -> "N L H";
            case "UI" -> "N R";
            case "S" -> "U C";
            case "C", "I", "A" -> "H L N";
            case "E" -> "X H F P U";
            case "RL" -> "X U W T O";
            case "RC" -> "X C R U";
            case "CR", "IR", "AR" -> "X H M L";
            case "MAV", "MAC", "MPR", "MUI", "MS", "MC", "MI", "MA" -> "X " + values3(metric.substring(1));
            default -> "";
        };
    }

    private static String values4(String metric) {
        return switch (metric) {
            case "AV" -> "N A L P";
            case "AC" -> "L H";
            case "AT" -> "N P";
            case "PR" -> "N L H";
            case "UI" -> "N P A";
            case "VC", "VI", "VA", "SC", "SI", "SA" -> "H L N";
            case "E" -> "X A P U";
            case "CR", "IR", "AR" -> "X H M L";
            case "MAV", "MAC", "MAT", "MPR", "MUI", "MVC", "MVI", "MVA", "MSC" -> "X " + values4(metric.substring(1));
            case "MSI", "MSA" -> "X S H L N";
            case "S" -> "X N P";
            case "AU" -> "X N Y";
            case "R" -> "X A U I";
            case "V" -> "X D C";
            case "RE" -> "X L M H";
            case "U" -> "X Clear Green Amber Red";
            default -> "";
        };
    }
}
