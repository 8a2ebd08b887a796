package uk.reeve.engine.version;

import java.util.List;

/// Whether a version is one that a record names. Unknown is not safe: show it as unknown.
public enum Affected {
    YES,
    NO,
    UNKNOWN;

    /// Affected is a version that the record lists, or that lies in one of its ranges, as OSV evaluates it. Listed
    /// versions are equal as the order has it; where it refuses one of the two, as text.
    ///
    /// @return unknown where the version is not listed, and cannot be compared with a bound
    public static Affected verdict(
            VersionOrder order, String version, List<Interval> intervals, List<String> versions) {
        return isListed(order, version, versions) ? YES : inRange(order, version, intervals);
    }

    /// The verdict of two ranges, or of two entries, of one record.
    public Affected or(Affected other) {
        return this == YES || other == YES ? YES : this == UNKNOWN || other == UNKNOWN ? UNKNOWN : NO;
    }

    private static boolean isListed(VersionOrder order, String version, List<String> versions) {
        if (versions.contains(version)) {
            return true;
        }
        for (String listed : versions) {
            try {
                if (order.compare(version, listed) == 0) {
                    return true;
                }
            } catch (BadVersion e) {
                // Compared as text above; the next one may be taken.
            }
        }
        return false;
    }

    private static Affected inRange(VersionOrder order, String version, List<Interval> intervals) {
        Affected verdict = NO;
        for (Interval interval : intervals) {
            try {
                if (interval.isEverything() || interval.contains(order, version)) {
                    return YES;
                }
            } catch (BadVersion e) {
                verdict = UNKNOWN;
            }
        }
        return verdict;
    }
}
