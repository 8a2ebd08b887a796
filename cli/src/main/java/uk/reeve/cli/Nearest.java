package uk.reeve.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Guesses what a mistyped word was meant to be.
final class Nearest {

    private Nearest() {}

    /// The candidate with the fewest changed letters, at most a third of the word's; else the only one that the word
    /// begins or that holds it; null where nothing is near.
    static @Nullable String to(String word, List<String> candidates) {
        String best = null;
        int least = Math.max(1, word.replace("-", "").length() / 3) + 1;
        for (String candidate : candidates) {
            int changes = changes(word, candidate);
            if (changes < least) {
                least = changes;
                best = candidate;
            }
        }
        if (best != null) {
            return best;
        }
        String core = word.replace("-", "");
        for (String candidate : candidates) {
            if (core.length() > 2 && candidate.replace("-", "").contains(core)) {
                if (best != null) {
                    return null;
                }
                best = candidate;
            }
        }
        return best;
    }

    // Letters put in, left out, changed or swapped with the next.
    private static int changes(String left, String right) {
        int[][] cost = new int[left.length() + 1][right.length() + 1];
        for (int i = 0; i <= left.length(); i++) {
            for (int j = 0; j <= right.length(); j++) {
                if (i == 0 || j == 0) {
                    cost[i][j] = i + j;
                    continue;
                }
                int same = left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1;
                int least = Math.min(cost[i - 1][j - 1] + same, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
                if (i > 1
                        && j > 1
                        && left.charAt(i - 1) == right.charAt(j - 2)
                        && left.charAt(i - 2) == right.charAt(j - 1)) {
                    least = Math.min(least, cost[i - 2][j - 2] + 1);
                }
                cost[i][j] = least;
            }
        }
        return cost[left.length()][right.length()];
    }
}
