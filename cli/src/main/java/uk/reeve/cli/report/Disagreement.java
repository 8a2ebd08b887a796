package uk.reeve.cli.report;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import uk.reeve.engine.index.Advisory;
import uk.reeve.engine.match.Rating;

/// Where the records of one flaw do not say the same. Withdrawn ones have no say.
final class Disagreement {

    /// Package to record to range. A scan takes each record at its word, so the widest counts.
    private final Map<String, Map<String, String>> ranges = new TreeMap<>();

    private final Map<String, String> severities = new LinkedHashMap<>();

    void range(Advisory record, String packageName, String range) {
        if (!record.withdrawn()) {
            ranges.computeIfAbsent(packageName, n -> new LinkedHashMap<>())
                    .merge(record.id(), range, (one, other) -> one + "; " + other);
        }
    }

    void severity(Advisory record) {
        Rating highest = null;
        for (Rating rating : record.ratings()) {
            highest = highest == null || rating.score() > highest.score() ? rating : highest;
        }
        if (highest != null && !record.withdrawn()) {
            severities.put(record.id(), Text.severity(highest.score(), highest.word()));
        }
    }

    /// One for each package and one for the severity, where records differ; empty where they agree.
    List<String> sentences() {
        List<String> sentences = new ArrayList<>();
        for (Map.Entry<String, Map<String, String>> one : ranges.entrySet()) {
            if (differ(one.getValue())) {
                sentences.add("The records disagree on " + one.getKey() + ": " + said(one.getValue()) + ".");
            }
        }
        if (differ(severities)) {
            sentences.add("The records disagree on the severity: " + said(severities) + ".");
        }
        return sentences;
    }

    private static boolean differ(Map<String, String> words) {
        return new HashSet<>(words.values()).size() > 1;
    }

    private static String said(Map<String, String> words) {
        List<String> said = new ArrayList<>();
        words.forEach((record, word) -> said.add(record + " says " + word));
        return String.join(", ", said);
    }
}
