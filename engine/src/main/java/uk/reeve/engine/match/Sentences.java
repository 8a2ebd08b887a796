package uk.reeve.engine.match;

import uk.reeve.engine.index.AdvisoryIndex;
import uk.reeve.engine.index.BadIndex;
import uk.reeve.engine.index.Entry;
import uk.reeve.engine.index.PackageEntries.Installed;
import uk.reeve.engine.index.PackageEntries.Verdict;
import uk.reeve.engine.version.Ecosystem;

/// A record's ranges and a comparison in words.
public final class Sentences {

    private Sentences() {}

    /// `from 2.13.0, before 2.15.0`; of several ranges the one asked for, or all where none is.
    ///
    /// @param span -1 for all
    public static String range(AdvisoryIndex index, Entry entry, int span) throws BadIndex {
        if (span >= 0) {
            return one(index, entry, span);
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < entry.lows().length; i++) {
            text.append(text.isEmpty() ? "" : "; ").append(one(index, entry, i));
        }
        if (entry.listed().length > 0) {
            int count = entry.listed().length;
            text.append(text.isEmpty() ? "" : "; ");
            text.append(count == 1 ? "version " + index.version(entry.listed()[0]) : count + " versions by name");
        }
        return text.toString();
    }

    private static String one(AdvisoryIndex index, Entry entry, int span) throws BadIndex {
        int low = entry.lows()[span];
        int high = entry.highs()[span];
        if (low == 0 && high == 0) {
            return "every version";
        }
        String from = low == 0 ? "from the start" : "from " + index.version(low);
        if (high == 0) {
            return from + ", no end known";
        }
        return from + (entry.includes()[span] ? ", up to and with " : ", before ") + index.version(high);
    }

    static String compared(
            AdvisoryIndex index, Ecosystem ecosystem, Entry entry, int span, Installed installed, Verdict verdict)
            throws BadIndex {
        String own = " in " + ecosystem.osvName() + "'s own order";
        if (verdict == Verdict.UNKNOWN) {
            return installed.text() + " cannot be compared with the range's bounds" + own;
        }
        if (span < 0) {
            return installed.text() + " is listed by the record";
        }
        int low = entry.lows()[span];
        int high = entry.highs()[span];
        String above = low == 0 ? "" : index.version(low) + " <= ";
        String below = high == 0 ? "" : (entry.includes()[span] ? " <= " : " < ") + index.version(high);
        return above.isEmpty() && below.isEmpty()
                ? "every version is affected"
                : above + installed.text() + below + own;
    }
}
