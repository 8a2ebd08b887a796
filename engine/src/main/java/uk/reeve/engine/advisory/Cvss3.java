package uk.reeve.engine.advisory;

/// The equations of CVSS 3.0 and 3.1 (specifications, section 7.1 to 7.3 and for 3.1 appendix A).
final class Cvss3 {

    private Cvss3() {}

    static double base(Cvss v) {
        boolean changed = v.value("S").equals("C");
        double lost = 1 - (1 - impact(v.value("C"))) * (1 - impact(v.value("I"))) * (1 - impact(v.value("A")));
        double impact = changed ? 7.52 * (lost - 0.029) - 3.25 * Math.pow(lost - 0.02, 15) : 6.42 * lost;
        double exploitability = 8.22
                * vector(v.value("AV"))
                * complexity(v.value("AC"))
                * privileges(v.value("PR"), changed)
                * interaction(v.value("UI"));
        return together(v, impact, exploitability, changed);
    }

    static double temporal(Cvss v) {
        return up(v, base(v) * time(v));
    }

    static double environmental(Cvss v) {
        boolean changed = v.modified("S").equals("C");
        double lost = Math.min(
                0.915,
                1
                        - (1 - impact(v.modified("C")) * requirement(v.value("CR")))
                                * (1 - impact(v.modified("I")) * requirement(v.value("IR")))
                                * (1 - impact(v.modified("A")) * requirement(v.value("AR"))));
        double impact;
        if (!changed) {
            impact = 6.42 * lost;
        } else if (v.version() == Cvss.Version.V3_0) {
            impact = 7.52 * (lost - 0.029) - 3.25 * Math.pow(lost - 0.02, 15);
        } else {
            impact = 7.52 * (lost - 0.029) - 3.25 * Math.pow(lost * 0.9731 - 0.02, 13);
        }
        double exploitability = 8.22
                * vector(v.modified("AV"))
                * complexity(v.modified("AC"))
                * privileges(v.modified("PR"), changed)
                * interaction(v.modified("UI"));
        return up(v, together(v, impact, exploitability, changed) * time(v));
    }

    private static double together(Cvss v, double impact, double exploitability, boolean changed) {
        if (impact <= 0) {
            return 0;
        }
        double sum = impact + exploitability;
        return up(v, Math.min(changed ? 1.08 * sum : sum, 10));
    }

    private static double time(Cvss v) {
        return exploit(v.value("E")) * remediation(v.value("RL")) * confidence(v.value("RC"));
    }

    /// The smallest tenth that is not below. 3.1 looks at five decimals only; 3.0 means the exact decimal number, which
    /// binary may keep as a little more.
    private static double up(Cvss v, double score) {
        if (v.version() == Cvss.Version.V3_0) {
            return Math.max(0, Math.ceil(score * 10 - 1e-9)) / 10;
        }
        long hundredThousandths = Math.round(score * 100_000);
        return Math.ceilDiv(hundredThousandths, 10_000) / 10.0;
    }

    private static double impact(String value) {
        return switch (value) {
            case "H" -> 0.56;
            case "L" -> 0.22;
            default -> 0;
        };
    }

    private static double vector(String value) {
        return switch (value) {
            case "N" -> 0.85;
            case "A" -> 0.62;
            case "L" -> 0.55;
            default -> 0.2;
        };
    }

    private static double complexity(String value) {
        return value.equals("L") ? 0.77 : 0.44;
    }

    private static double privileges(String value, boolean changed) {
        return switch (value) {
            case "N" -> 0.85;
            case "L" -> changed ? 0.68 : 0.62;
            default -> changed ? 0.5 : 0.27;
        };
    }

    private static double interaction(String value) {
        return value.equals("N") ? 0.85 : 0.62;
    }

    private static double exploit(String value) {
        return switch (value) {
            case "F" -> 0.97;
            case "P" -> 0.94;
            case "U" -> 0.91;
            default -> 1;
        };
    }

    private static double remediation(String value) {
        return switch (value) {
            case "W" -> 0.97;
            case "T" -> 0.96;
            case "O" -> 0.95;
            default -> 1;
        };
    }

    private static double confidence(String value) {
        return switch (value) {
            case "R" -> 0.96;
            case "U" -> 0.92;
            default -> 1;
        };
    }

    private static double requirement(String value) {
        return switch (value) {
            case "H" -> 1.5;
            case "L" -> 0.5;
            default -> 1;
        };
    }
}
