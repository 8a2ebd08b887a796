package uk.reeve.engine.index;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.advisory.BadCvss;
import uk.reeve.engine.advisory.Cvss;
import uk.reeve.engine.advisory.OsvRecord;
import uk.reeve.engine.advisory.Severity;
import uk.reeve.engine.match.Rating;

/// How bad each record says the flaw is, scored when the index is built, so that no scan computes a score.
final class Ratings {

    private final Map<String, Severity> ofVector = new HashMap<>(); // a few thousand vectors rate everything

    /// The record's own ratings and those of its packages, each once.
    static List<OsvRecord.Severity> all(OsvRecord record) {
        List<OsvRecord.Severity> all = new ArrayList<>(record.severity());
        for (OsvRecord.Affected affected : record.affected()) {
            for (OsvRecord.Severity severity : affected.severity()) {
                if (!all.contains(severity)) {
                    all.add(severity);
                }
            }
        }
        return all;
    }

    /// Number of ratings, then each: vector's number, tenths of the score plus one, word's number.
    void write(Bytes out, OsvRecord record, StringPool strings) {
        List<Severity> read = new ArrayList<>(record.severity().size());
        List<String> scores = new ArrayList<>(record.severity().size());
        for (OsvRecord.Severity severity : record.severity()) {
            Severity one = read(severity);
            if (one != null) {
                read.add(one);
                scores.add(severity.score());
            }
        }
        Severity word = read.isEmpty() && record.severityWord() != null ? Severity.ofWord(record.severityWord()) : null;
        if (word != null) {
            out.number(1).number(0).number(0).number(strings.number(word(word)));
            return;
        }
        out.number(read.size());
        for (int i = 0; i < read.size(); i++) {
            Cvss cvss = read.get(i).cvss();
            out.number(cvss == null ? 0 : strings.number(scores.get(i)));
            out.number(cvss == null ? 0 : Math.round(cvss.score() * 10) + 1);
            out.number(strings.number(word(read.get(i))));
        }
    }

    private static String word(Severity severity) {
        return severity.band().name().toLowerCase(Locale.ROOT);
    }

    private @Nullable Severity read(OsvRecord.Severity severity) {
        if (!severity.type().startsWith("CVSS")) {
            return Severity.ofWord(severity.score());
        }
        Severity known = ofVector.get(severity.score());
        if (known == null) {
            try {
                known = Severity.ofVector(severity.score());
                ofVector.put(severity.score(), known);
            } catch (BadCvss _) {
                return null; // a broken vector rates nothing; the record still stands
            }
        }
        return known;
    }

    static List<Rating> read(Section.Cursor in, String record, String[] strings) throws BadIndex {
        int count = in.count();
        List<Rating> ratings = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int vector = in.whole();
            int score = in.whole();
            int word = in.whole();
            ratings.add(new Rating(
                    record,
                    vector == 0 ? null : AdvisoryIndex.string(strings, vector),
                    score == 0 ? -1 : (score - 1) / 10.0,
                    AdvisoryIndex.string(strings, word)));
        }
        return ratings;
    }
}
