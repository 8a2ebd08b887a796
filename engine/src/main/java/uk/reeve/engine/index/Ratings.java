package uk.reeve.engine.index;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.advisory.BadCvss;
import uk.reeve.engine.advisory.Cvss;
import uk.reeve.engine.advisory.OsvRecord;
import uk.reeve.engine.advisory.Severity;
import uk.reeve.engine.match.Rating;

/// How bad each record says the flaw is, scored when the index is built, so that no scan computes a score.
final class Ratings {

    private Ratings() {}

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
    static void write(Bytes out, OsvRecord record, StringPool strings) {
        List<OsvRecord.Severity> told = record.severity();
        Bytes each = new Bytes();
        int count = 0;
        for (OsvRecord.Severity severity : told) {
            Severity read = read(severity);
            if (read != null) {
                count++;
                Cvss cvss = read.cvss();
                each.number(cvss == null ? 0 : strings.number(severity.score()));
                each.number(cvss == null ? 0 : Math.round(cvss.score() * 10) + 1);
                each.number(strings.number(word(read)));
            }
        }
        Severity word = count == 0 && record.severityWord() != null ? Severity.ofWord(record.severityWord()) : null;
        if (word != null) {
            out.number(1).number(0).number(0).number(strings.number(word(word)));
            return;
        }
        out.number(count).raw(each.array(), each.size());
    }

    private static String word(Severity severity) {
        return severity.band().name().toLowerCase(Locale.ROOT);
    }

    private static @Nullable Severity read(OsvRecord.Severity severity) {
        try {
            return severity.type().startsWith("CVSS")
                    ? Severity.ofVector(severity.score())
                    : Severity.ofWord(severity.score());
        } catch (BadCvss _) {
            return null; // a broken vector rates nothing; the record still stands
        }
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
