package uk.reeve.engine.advisory;

/// The equations of CVSS 2.0 (specification, section 3.2). A result below zero, which they can give, is zero; on the
/// way to a result it stays below.
final class Cvss2 {

    private Cvss2() {}

    static double base(Cvss v) {
        return Math.max(0, base(v, impact(v)));
    }

    static double temporal(Cvss v) {
        return Math.max(0, temporal(v, base(v, impact(v))));
    }

    static double environmental(Cvss v) {
        double impact = 10.41
                * (1
                        - (1 - impact(v, "C") * requirement(v, "CR"))
                                * (1 - impact(v, "I") * requirement(v, "IR"))
                                * (1 - impact(v, "A") * requirement(v, "AR")));
        double adjusted = temporal(v, base(v, Math.min(10, impact)));
        return Math.max(0, rounded((adjusted + (10 - adjusted) * collateral(v)) * targets(v)));
    }

    private static double base(Cvss v, double impact) {
        double exploitability = 20 * vector(v) * complexity(v) * authentication(v);
        return impact == 0 ? 0 : rounded((0.6 * impact + 0.4 * exploitability - 1.5) * 1.176);
    }

    private static double temporal(Cvss v, double base) {
        return rounded(base * exploit(v) * remediation(v) * confidence(v));
    }

    /// To one decimal, halves up. The tiny addend makes a half of what binary keeps as a little less than one.
    private static double rounded(double score) {
        return Math.floor(score * 10 + 0.5 + 1e-9) / 10;
    }

    private static double impact(Cvss v) {
        return 10.41 * (1 - (1 - impact(v, "C")) * (1 - impact(v, "I")) * (1 - impact(v, "A")));
    }

    private static double impact(Cvss v, String metric) {
        return switch (v.value(metric)) {
            case "P" -> 0.275;
            case "C" -> 0.660;
            default -> 0;
        };
    }

    private static double vector(Cvss v) {
        return switch (v.value("AV")) {
            case "L" -> 0.395;
            case "A" -> 0.646;
            default -> 1;
        };
    }

    private static double complexity(Cvss v) {
        return switch (v.value("AC")) {
            case "H" -> 0.35;
            case "M" -> 0.61;
            default -> 0.71;
        };
    }

    private static double authentication(Cvss v) {
        return switch (v.value("Au")) {
            case "M" -> 0.45;
            case "S" -> 0.56;
            default -> 0.704;
        };
    }

    private static double exploit(Cvss v) {
        return switch (v.value("E")) {
            case "U" -> 0.85;
            case "POC" -> 0.90;
            case "F" -> 0.95;
            default -> 1;
        };
    }

    private static double remediation(Cvss v) {
        return switch (v.value("RL")) {
            case "OF" -> 0.87;
            case "TF" -> 0.90;
            case "W" -> 0.95;
            default -> 1;
        };
    }

    private static double confidence(Cvss v) {
        return switch (v.value("RC")) {
            case "UC" -> 0.90;
            case "UR" -> 0.95;
            default -> 1;
        };
    }

    private static double collateral(Cvss v) {
        return switch (v.value("CDP")) {
            case "L" -> 0.1;
            case "LM" -> 0.3;
            case "MH" -> 0.4;
            case "H" -> 0.5;
            default -> 0;
        };
    }

    private static double targets(Cvss v) {
        return switch (v.value("TD")) {
            case "N" -> 0;
            case "L" -> 0.25;
            case "M" -> 0.75;
            default -> 1;
        };
    }

    private static double requirement(Cvss v, String metric) {
        return switch (v.value(metric)) {
            case "L" -> 0.5;
            case "H" -> 1.51;
            default -> 1;
        };
    }
}
