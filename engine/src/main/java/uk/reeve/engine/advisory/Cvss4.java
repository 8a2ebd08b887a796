package uk.reeve.engine.advisory;

/// CVSS 4.0 (specification, section 8): a vector falls into one of 270 groups, whose worst vector has a score from a
/// table; from it is taken the mean, over the five dimensions, of the part of the way to the next milder group.
///
/// A metric's *level* is its distance from its worst value, in tenths: `AV` N 0, A 1, L 2, P 3. Dimension 3 here is
/// EQ3 and EQ6 of the specification together, as they depend on each other: 00, 01, 10, 11, 21.
final class Cvss4 {

    /// Tenths of the score of each group's worst vector, two hexadecimal digits each. A row for EQ1 and EQ2; in it by
    /// EQ3 and EQ6, EQ4, EQ5.
    private static final String SCORES =
            "64625f645d5b5d5951635f5c6057515a5044625f5a5d5951584e455f5c545c51415046305c52484f453245371b"
                    + "635f5c5f5a545c5248615c555b53475147355f5c555c50465447325d554952483b46341e564b3447341d3f1d11"
                    + "625e5b5e564d574a3f5f5751594a404b3f315e584c564a3b483934594d434c3a32393419534636413a1a35150d"
                    + "5f584c5a4b3d4d44345a4c464d3e35423b1e594c3e4a392f3d39184e433a3b3917341d10473b1e3a1a0f170d06"
                    + "5d564b564a3846342857483a4a3d22362816554a3e48372e3522134b37333929132413084033142f150b180904"
                    + "58493c493b29362d144b35323728142b160b4b3a283d30142e1108372d1533120912070235180e180c050a0301";

    /// The worst vectors of each group in a dimension, as levels: `AV PR UI`, `AC AT`, `VC VI VA CR IR AR`, `SC SI SA`.
    private static final String[][] WORST_1 = {{"000"}, {"100", "010", "001"}, {"300", "111"}};
    private static final String[][] WORST_2 = {{"00"}, {"10", "01"}};
    private static final String[][] WORST_3 = {
        {"000000"},
        {"001110", "000111"},
        {"100000", "010000"},
        {"101010", "100011", "010101", "011100", "110001"},
        {"111000"}
    };
    private static final String[][] WORST_4 = {{"100"}, {"111"}, {"222"}};

    /// How many tenths lie between the worst and the mildest vector of each group, and one more.
    private static final int[] DEPTH_1 = {1, 4, 5};
    private static final int[] DEPTH_2 = {1, 2};
    private static final int[] DEPTH_3 = {7, 6, 8, 8, 10};
    private static final int[] DEPTH_4 = {6, 5, 4};

    private final Cvss vector;
    private final boolean threat;
    private final boolean environment;

    private Cvss4(Cvss vector, boolean threat, boolean environment) {
        this.vector = vector;
        this.threat = threat;
        this.environment = environment;
    }

    /// @param threat whether the threat metrics count
    /// @param environment whether the environmental metrics count
    static double score(Cvss vector, boolean threat, boolean environment) {
        return new Cvss4(vector, threat, environment).score();
    }

    private double score() {
        int[] first = {level("AV", "NALP"), level("PR", "NLH"), level("UI", "NPA")};
        int[] second = {level("AC", "LH"), level("AT", "NP")};
        int vc = level("VC", "HLN");
        int vi = level("VI", "HLN");
        int va = level("VA", "HLN");
        int sc = level("SC", "SHLN");
        int si = level("SI", "SHLN");
        int sa = level("SA", "SHLN");
        if (vc + vi + va == 6 && sc + si + sa == 9) {
            return 0;
        }
        int cr = requirement("CR");
        int ir = requirement("IR");
        int ar = requirement("AR");
        int[] third = {vc, vi, va, cr, ir, ar};
        int[] fourth = {sc, si, sa};

        int zeros = (first[0] == 0 ? 1 : 0) + (first[1] == 0 ? 1 : 0) + (first[2] == 0 ? 1 : 0);
        int one = zeros == 3 ? 0 : zeros > 0 && first[0] != 3 ? 1 : 2;
        int two = second[0] + second[1] == 0 ? 0 : 1;
        int eq3 = vc + vi == 0 ? 0 : vc == 0 || vi == 0 || va == 0 ? 1 : 2;
        boolean wanted = vc + cr == 0 || vi + ir == 0 || va + ar == 0;
        int three = eq3 == 2 ? 4 : 2 * eq3 + (wanted ? 0 : 1);
        int four = si == 0 || sa == 0 ? 0 : sc == 1 || si == 1 || sa == 1 ? 1 : 2;
        int five = threat ? Math.max(0, "APU".indexOf(vector.value("E"))) : 0;

        int top = table(one, two, three, four, five);
        double sum = 0;
        int dimensions = 0;
        if (one < 2) {
            sum += part(top - table(one + 1, two, three, four, five), first, WORST_1[one], DEPTH_1[one]);
            dimensions++;
        }
        if (two < 1) {
            sum += part(top - table(one, two + 1, three, four, five), second, WORST_2[two], DEPTH_2[two]);
            dimensions++;
        }
        if (three < 4) {
            int next = three == 0
                    ? Math.max(table(one, two, 1, four, five), table(one, two, 2, four, five))
                    : table(one, two, three == 3 ? 4 : 3, four, five);
            sum += part(top - next, third, WORST_3[three], DEPTH_3[three]);
            dimensions++;
        }
        if (four < 2) {
            sum += part(top - table(one, two, three, four + 1, five), fourth, WORST_4[four], DEPTH_4[four]);
            dimensions++;
        }
        if (five < 2) {
            dimensions++; // a threat metric has no way between its values: its part is zero, and counts in the mean
        }
        double tenths = dimensions == 0 ? top : top - sum / dimensions;
        // Halves go up; the addend makes a half of what binary keeps as a little less than one.
        return Math.clamp(Math.floor(tenths + 0.5 + 1e-9), 0, 100) / 10;
    }

    /// The way to the next milder group, in tenths of a score, times the part of it that the vector has gone.
    private static double part(int way, int[] levels, String[] worst, int depth) {
        for (String candidate : worst) {
            int distance = 0;
            boolean fits = true;
            for (int i = 0; i < levels.length; i++) {
                int step = levels[i] - (candidate.charAt(i) - '0');
                fits &= step >= 0;
                distance += step;
            }
            if (fits) {
                return (double) way * distance / depth;
            }
        }
        return 0;
    }

    private static int table(int one, int two, int three, int four, int five) {
        int cell = (((one * 2 + two) * 5 + three) * 3 + four) * 3 + five;
        return Character.digit(SCORES.charAt(2 * cell), 16) * 16 + Character.digit(SCORES.charAt(2 * cell + 1), 16);
    }

    private int level(String metric, String worstToMildest) {
        return worstToMildest.indexOf(environment ? vector.modified(metric) : vector.value(metric));
    }

    private int requirement(String metric) {
        return environment ? Math.max(0, "HML".indexOf(vector.value(metric))) : 0;
    }
}
