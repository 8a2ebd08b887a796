package uk.reeve.engine.version;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import uk.reeve.engine.Shared;

/// One table of pairs with an answer for each, and the order that is judged by it.
///
/// @param file    below `conformance/`; columns left, relation, right
/// @param order   the order under test
/// @param allowed how many rows it answers otherwise; each is explained in `docs/explanation/version-order.md`
record Judged(String file, VersionOrder order, int allowed) {

    private static final String DISAGREEMENTS = "conformance/versions/disagreements.tsv";

    static DynamicTest test(String file, VersionOrder order, int allowed) {
        return DynamicTest.dynamicTest(file, () -> new Judged(file, order, allowed).check());
    }

    /// Counts go to standard output. Fails where more or fewer rows than allowed are answered otherwise, and wherever
    /// the comparer is not antisymmetric, an exact key contradicts it, or key and comparer refuse differently.
    void check() {
        Map<String, String> corrected = corrections();
        List<String> different = new ArrayList<>();
        List<String> broken = new ArrayList<>();
        int tried = 0;
        for (String[] row : Shared.tsv("conformance/" + file)) {
            String expected = corrected.getOrDefault(row[0] + '\t' + row[1] + '\t' + row[2], row[1]);
            if (expected.equals("error") || expected.equals("warn")) {
                continue;
            }
            tried++;
            String answer = answer(order, row[0], row[2]);
            if (!agrees(expected, answer)) {
                different.add("\"" + row[0] + "\" " + expected + " \"" + row[2] + "\": " + answer);
            }
            String fault = fault(order, row[0], row[2]);
            if (fault != null) {
                broken.add("\"" + row[0] + "\" " + answer + " \"" + row[2] + "\": " + fault);
            }
        }
        System.out.printf(
                "%s: %d pairs, %d as the tool says, %d otherwise (%d known)%n",
                file, tried, tried - different.size(), different.size(), allowed);
        assertThat(broken).as("order and key against themselves").isEmpty();
        assertThat(different.size())
                .as(() -> "rows answered otherwise: " + different.subList(0, Math.min(different.size(), 60)))
                .isEqualTo(allowed);
    }

    /// Rows of the upstream fixtures on which the ecosystem's own tool says otherwise, with its answer.
    private Map<String, String> corrections() {
        Map<String, String> corrections = new HashMap<>();
        if (file.startsWith("versions/")) {
            String ecosystem = file.substring("versions/".length(), file.length() - ".tsv".length());
            for (String[] row : Shared.tsv(DISAGREEMENTS)) {
                if (row[0].equals(ecosystem)) {
                    corrections.put(row[1] + '\t' + row[2] + '\t' + row[3], row[4]);
                }
            }
        }
        return corrections;
    }

    private static boolean agrees(String expected, String answer) {
        return switch (expected) {
            case "!=" -> answer.equals("<") || answer.equals(">");
            case "!<" -> !answer.equals("<");
            case "!>" -> !answer.equals(">");
            default -> expected.equals(answer);
        };
    }

    /// `<`, `=`, `>`, `invalid-left`, `invalid-right`, `invalid-both`, or `none` for two versions without an order.
    static String answer(VersionOrder order, String left, String right) {
        boolean l = valid(order, left);
        boolean r = valid(order, right);
        if (!l || !r) {
            return l ? "invalid-right" : r ? "invalid-left" : "invalid-both";
        }
        try {
            int sign = order.compare(left, right);
            return sign < 0 ? "<" : sign > 0 ? ">" : "=";
        } catch (BadVersion e) {
            return "none";
        }
    }

    /// What is wrong with the order itself on this pair; null where nothing is.
    static @Nullable String fault(VersionOrder order, String left, String right) {
        String answer = answer(order, left, right);
        if (answer.startsWith("invalid")) {
            try {
                order.compare(left, right);
                return "compares what has no key";
            } catch (BadVersion e) {
                return null;
            }
        }
        String mirrored = answer.equals("<") ? ">" : answer.equals(">") ? "<" : answer;
        if (!answer(order, right, left).equals(mirrored)) {
            return "is not antisymmetric";
        }
        try {
            VersionKey l = order.key(left);
            VersionKey r = order.key(right);
            int sign = VersionKey.compare(l, r);
            String byKey = sign < 0 ? "<" : sign > 0 ? ">" : "=";
            if (l.bytes().length > 4096 || r.bytes().length > 4096) {
                return "has a key of more than 4,096 bytes";
            }
            return l.exact() && r.exact() && !byKey.equals(answer) ? "keys say " + byKey : null;
        } catch (BadVersion e) {
            return "has a key only sometimes";
        }
    }

    private static boolean valid(VersionOrder order, String version) {
        try {
            order.key(version);
            return true;
        } catch (BadVersion e) {
            return false;
        }
    }
}
