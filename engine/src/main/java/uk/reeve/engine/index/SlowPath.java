package uk.reeve.engine.index;

import java.util.ArrayList;
import java.util.List;
import uk.reeve.engine.index.PackageEntries.Installed;
import uk.reeve.engine.index.PackageEntries.Verdict;
import uk.reeve.engine.version.BadVersion;
import uk.reeve.engine.version.VersionOrder;

/// The same question without keys: every range by the ecosystem's own comparer. It judges the index.
public final class SlowPath {

    private final AdvisoryIndex index;

    public SlowPath(AdvisoryIndex index) {
        this.index = index;
    }

    /// Holds versions of packages, spread over the whole index, against both ways.
    ///
    /// @param most packages to try
    /// @return how many answers were compared
    /// @throws BadIndex when two answers differ
    public int check(int most) throws BadIndex {
        List<PackageEntries> all = new ArrayList<>();
        index.packages(all::add);
        int step = Math.max(1, all.size() / most);
        int tried = 0;
        for (int at = 0; at < all.size(); at += step) {
            tried += check(all.get(at));
        }
        return tried;
    }

    private int check(PackageEntries entries) throws BadIndex {
        int tried = 0;
        for (int i = 0; i < entries.size(); i++) {
            for (int number : entries.entry(i).highs()) {
                if (number == 0) {
                    continue;
                }
                Installed version;
                try {
                    version = new Installed(entries.ecosystem().order(), entries.text(number));
                } catch (BadVersion _) {
                    continue;
                }
                for (int e = 0; e < entries.size(); e++) {
                    tried++;
                    Verdict fast = entries.test(entries.entry(e), version);
                    Verdict slow = test(entries, entries.entry(e), version.text());
                    if (fast != slow) {
                        throw new BadIndex(entries.ecosystem().osvName() + " " + entries.name() + " " + version.text()
                                + ": the index says " + fast + ", the comparer " + slow);
                    }
                }
            }
        }
        return tried;
    }

    /// The verdict by the real comparer alone.
    public Verdict test(PackageEntries entries, Entry entry, String version) throws BadIndex {
        VersionOrder order = entries.ecosystem().order();
        boolean unknown = false;
        for (int i = 0; i < entry.lows().length; i++) {
            try {
                int low = entry.lows()[i];
                int high = entry.highs()[i];
                boolean above = low == 0 || order.compare(version, order.bound(index.version(low))) >= 0;
                boolean below = high == 0
                        || order.compare(version, order.bound(index.version(high))) < (entry.includes()[i] ? 1 : 0);
                if (above && below) {
                    return Verdict.AFFECTED;
                }
            } catch (BadVersion _) {
                unknown = true;
            }
        }
        for (int number : entry.listed()) {
            String listed = index.version(number);
            try {
                if (order.compare(version, order.bound(listed)) == 0) {
                    return Verdict.AFFECTED;
                }
            } catch (BadVersion _) {
                if (listed.equals(version)) {
                    return Verdict.AFFECTED;
                }
            }
        }
        return unknown ? Verdict.UNKNOWN : Verdict.NOT_AFFECTED;
    }
}
