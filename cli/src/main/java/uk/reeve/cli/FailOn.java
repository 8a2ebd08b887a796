package uk.reeve.cli;

import java.util.ArrayList;
import java.util.List;
import uk.reeve.cli.report.Report;
import uk.reeve.cli.report.Severity;
import uk.reeve.cli.report.Text;
import uk.reeve.engine.match.Finding;

/// What makes a run fail. A severity means that one or worse; what nobody rates is `unrated`, a class of its own.
///
/// @param words of [#WORDS], as given
record FailOn(List<String> words) {

    static final List<String> WORDS =
            List.of("critical", "high", "medium", "low", "unrated", "kev", "malicious", "eol", "stale", "any");

    /// @param texts each a list with commas
    /// @param where it stands, for the message: `--fail-on`
    static FailOn of(List<String> texts, String where) throws Refused {
        List<String> words = new ArrayList<>();
        for (String text : texts) {
            for (String part : text.split(",", -1)) {
                String word = part.strip();
                if (!WORDS.contains(word)) {
                    String near = Nearest.to(word, WORDS);
                    throw Refused.usage(where + " takes no \"" + Shown.text(word) + "\"; "
                            + (near == null ? "it takes " + String.join(", ", WORDS) : "did you mean " + near + "?"));
                }
                words.add(word);
            }
        }
        return new FailOn(words);
    }

    /// A sentence for each word that is met, in the order of [#WORDS].
    ///
    /// @param lapses releases that are out of support or soon will be
    /// @param stale whether the knowledge is older than allowed
    List<String> met(List<Report.Row> rows, List<Report.Lapse> lapses, boolean stale) {
        List<String> met = new ArrayList<>();
        for (String word : WORDS) {
            if (!words.contains(word)) {
                continue;
            }
            if (word.equals("stale")) {
                if (stale) {
                    met.add("the advisories are too old (--fail-on stale).");
                }
                continue;
            }
            if (word.equals("eol")) {
                int ended = 0;
                for (Report.Lapse lapse : lapses) {
                    ended += lapse.counts() && !lapse.known() ? 1 : 0;
                }
                if (ended > 0) {
                    met.add(Text.count(ended, "release is", "releases are") + " out of support (--fail-on eol).");
                }
                continue;
            }
            int count = count(rows, word);
            if (count > 0) {
                met.add(sentence(count, word));
            }
        }
        return met;
    }

    private static int count(List<Report.Row> rows, String word) {
        int count = 0;
        for (Report.Row row : rows) {
            for (Report.Judged judged : row.findings()) {
                if (judged.counts() && !judged.known() && meets(judged.finding(), word)) {
                    count++;
                }
            }
        }
        return count;
    }

    private static boolean meets(Finding finding, String word) {
        return switch (word) {
            case "any" -> true;
            case "kev" -> finding.kev() != null;
            case "malicious" -> finding.malicious();
            case "unrated" -> Severity.level(finding.severity()) < 0;
            default -> Severity.level(finding.severity()) >= Severity.level(word);
        };
    }

    private static String sentence(int count, String word) {
        String findings = Text.count(count, "finding is", "findings are");
        String what =
                switch (word) {
                    case "any" -> "here";
                    case "kev" -> "known to be exploited";
                    case "malicious" -> "of malicious packages";
                    case "unrated", "critical" -> word;
                    default -> word + " or worse";
                };
        return findings + " " + what + " (--fail-on " + word + ").";
    }
}
