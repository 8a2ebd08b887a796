package uk.reeve.cli.report;

import java.util.ArrayList;
import java.util.List;

/// Sentences that name what has flaws and is perhaps not there.
final class Doubts {

    private static final int NAMED = 5;

    private Doubts() {}

    /// A sentence for each kind of doubt that there is.
    static void add(Report report, List<String> lines) {
        for (Presence presence : Presence.values()) {
            List<String> names = new ArrayList<>();
            for (Report.Row row : report.rows()) {
                if (isShown(row) && Presence.of(report, row.item()) == presence) {
                    String version = row.component().version();
                    names.add(Sentences.name(row.component()) + (version == null ? "" : " " + version));
                }
            }
            if (!names.isEmpty()) {
                lines.add(sentence(presence, names));
            }
        }
    }

    private static boolean isShown(Report.Row row) {
        for (Report.Judged judged : row.findings()) {
            if (judged.hidden() == null && !judged.known()) {
                return true;
            }
        }
        return false;
    }

    private static String sentence(Presence presence, List<String> names) {
        int rest = names.size() - NAMED;
        List<String> named = rest > 0 ? new ArrayList<>(names.subList(0, NAMED)) : names;
        if (rest > 0) {
            named.add(Text.count(rest) + " more");
        }
        String word = Character.toUpperCase(presence.word().charAt(0))
                + presence.word().substring(1);
        return word + ": " + Text.list(named) + (names.size() == 1 ? " is " : " are ") + presence.why() + ".";
    }
}
