package uk.reeve.engine.index;

import uk.reeve.engine.version.BadVersion;
import uk.reeve.engine.version.Ecosystem;
import uk.reeve.engine.version.VersionKey;
import uk.reeve.engine.version.VersionOrder;

/// All that the records of the index say of one package.
public final class PackageEntries {

    private final AdvisoryIndex index;
    private final Ecosystem ecosystem;
    private final String release;
    private final String name;
    private final Entry[] entries;

    PackageEntries(AdvisoryIndex index, Ecosystem ecosystem, String release, String name, Entry[] entries) {
        this.index = index;
        this.ecosystem = ecosystem;
        this.release = release;
        this.name = name;
        this.entries = entries;
    }

    public Ecosystem ecosystem() {
        return ecosystem;
    }

    /// As [Releases#lookup] gives it.
    public String release() {
        return release;
    }

    /// As the first record writes it.
    public String name() {
        return name;
    }

    public int size() {
        return entries.length;
    }

    /// In the order of their advisories' ids.
    public Entry entry(int at) {
        return entries[at];
    }

    /// Where a version stands in an entry.
    public enum Verdict {
        AFFECTED,
        NOT_AFFECTED,
        /// The order refuses a bound, and no other range or list says yes.
        UNKNOWN
    }

    /// A version that is held against entries, with its key once computed.
    public static final class Installed {
        final VersionOrder order;
        final String text;
        final VersionKey key;

        /// @throws BadVersion when the order refuses it
        public Installed(VersionOrder order, String text) throws BadVersion {
            this.order = order;
            this.text = text;
            this.key = order.key(text);
        }

        public String text() {
            return text;
        }

        /// In the order of their ecosystem, which must be the same.
        public int compareTo(Installed other) throws BadVersion {
            return key.exact() && other.key.exact()
                    ? VersionKey.compare(key, other.key)
                    : order.compare(text, other.text);
        }
    }

    /// The text of a version of the index.
    ///
    /// @param number from 1
    public String text(int number) throws BadIndex {
        return index.version(number);
    }

    /// Whether the version is affected: listed, or in one of the ranges.
    public Verdict test(Entry entry, Installed version) throws BadIndex {
        return span(entry, version) >= 0
                ? Verdict.AFFECTED
                : listed(entry, version) ? Verdict.AFFECTED : unknown(entry, version);
    }

    /// The number of the entry's range that holds the version; -1 where none does.
    public int span(Entry entry, Installed version) throws BadIndex {
        for (int i = 0; i < entry.lows().length; i++) {
            try {
                int low = entry.lows()[i];
                if (low != 0 && index.compare(version.order, version.text, version.key, low) < 0) {
                    continue;
                }
                int high = entry.highs()[i];
                if (high == 0
                        || index.compare(version.order, version.text, version.key, high)
                                < (entry.includes()[i] ? 1 : 0)) {
                    return i;
                }
            } catch (BadVersion _) {
                // told by unknown()
            }
        }
        return -1;
    }

    private boolean listed(Entry entry, Installed version) throws BadIndex {
        for (int number : entry.listed()) {
            try {
                if (index.compare(version.order, version.text, version.key, number) == 0) {
                    return true;
                }
            } catch (BadVersion _) {
                if (index.version(number).equals(version.text)) {
                    return true;
                }
            }
        }
        return false;
    }

    private Verdict unknown(Entry entry, Installed version) throws BadIndex {
        for (int i = 0; i < entry.lows().length; i++) {
            for (int bound : new int[] {entry.lows()[i], entry.highs()[i]}) {
                try {
                    if (bound != 0) {
                        index.compare(version.order, version.text, version.key, bound);
                    }
                } catch (BadVersion _) {
                    return Verdict.UNKNOWN;
                }
            }
        }
        return Verdict.NOT_AFFECTED;
    }

    /// Whether a version that the order refuses is affected all the same: every version is, or the text is listed.
    public boolean namesText(Entry entry, String version) throws BadIndex {
        for (int i = 0; i < entry.lows().length; i++) {
            if (entry.lows()[i] == 0 && entry.highs()[i] == 0) {
                return true;
            }
        }
        for (int number : entry.listed()) {
            if (index.version(number).equals(version)) {
                return true;
            }
        }
        return false;
    }

    /// Below, equal or above zero as `version` is below, equal to or above that of the index.
    public int compare(Installed version, int number) throws BadVersion, BadIndex {
        return index.compare(version.order, version.text, version.key, number);
    }
}
