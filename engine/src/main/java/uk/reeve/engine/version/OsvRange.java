package uk.reeve.engine.version;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The versions that one range of an OSV record names, worked out from its events.
///
/// Source: OSV schema, `affected[].ranges[].events` and "Evaluation": <https://ossf.github.io/osv-schema/>.
///
/// @param intervals in rising order, apart from each other; none where nothing is affected, or where `refused` has one
/// @param refused the bounds that the order cannot take: nobody knows then which versions this range names
public record OsvRange(List<Interval> intervals, List<String> refused) {

    public enum Kind {
        INTRODUCED,
        FIXED,
        LAST_AFFECTED,
        LIMIT
    }

    /// One event; `0` is before every version, the limit `*` behind every one.
    public record Event(Kind kind, String version) {

        private boolean isStart() {
            return version.equals("0");
        }
    }

    /// Works out the intervals. Events may come in any order; of two at the same version the record's order counts, but
    /// a `last_affected` comes after the others, since it closes behind its version.
    public static OsvRange of(VersionOrder order, List<Event> events) {
        List<String> refused = new ArrayList<>();
        List<Event> sorted = new ArrayList<>();
        List<Event> limits = new ArrayList<>();
        for (Event event : events) {
            Event bounded = event.isStart() ? event : new Event(event.kind, order.bound(event.version));
            if (event.kind == Kind.LIMIT && event.version.equals("*")) {
                limits.add(event);
            } else if (!event.isStart() && !isTaken(order, bounded.version)) {
                refused.add(event.version);
            } else {
                (event.kind == Kind.LIMIT ? limits : sorted).add(bounded);
            }
        }
        if (!refused.isEmpty()) {
            return new OsvRange(List.of(), List.copyOf(refused));
        }
        try {
            sorted.sort((a, b) -> compare(order, a, b));
        } catch (IllegalArgumentException e) { // Maven's order has circles, and the sort may notice
            return new OsvRange(List.of(), sorted.stream().map(Event::version).toList());
        }
        return new OsvRange(List.copyOf(cut(order, intervals(order, sorted), limits)), List.of());
    }

    /// Whether this range holds the version: unknown where one of its bounds, or the version, is refused.
    public Affected verdict(VersionOrder order, String version) {
        return refused.isEmpty() ? Affected.verdict(order, version, intervals, List.of()) : Affected.UNKNOWN;
    }

    private static boolean isTaken(VersionOrder order, String version) {
        try {
            order.compare(version, version);
            return true;
        } catch (BadVersion e) {
            return false;
        }
    }

    private static int compare(VersionOrder order, Event a, Event b) {
        int result = position(order, a, b);
        if (result == 0) {
            boolean introducedAtStart = a.isStart() && a.kind != b.kind;
            result = introducedAtStart
                    ? a.kind.compareTo(b.kind)
                    : Boolean.compare(a.kind == Kind.LAST_AFFECTED, b.kind == Kind.LAST_AFFECTED);
        }
        return result;
    }

    private static int position(VersionOrder order, Event a, Event b) {
        return a.isStart() || b.isStart() ? Boolean.compare(b.isStart(), a.isStart()) : taken(order, a, b);
    }

    private static int taken(VersionOrder order, Event a, Event b) {
        try {
            return order.compare(a.version, b.version);
        } catch (BadVersion e) {
            throw new IllegalStateException("an order refused a version that it had taken", e);
        }
    }

    private static List<Interval> intervals(VersionOrder order, List<Event> sorted) {
        List<Interval> intervals = new ArrayList<>();
        Event open = null;
        for (Event event : sorted) {
            switch (event.kind) {
                case INTRODUCED -> open = open == null ? event : open;
                case FIXED, LAST_AFFECTED -> {
                    if (open != null && (event.kind == Kind.LAST_AFFECTED || position(order, open, event) < 0)) {
                        intervals.add(new Interval(low(open), event.version, event.kind == Kind.LAST_AFFECTED));
                    }
                    open = null;
                }
                case LIMIT -> throw new IllegalStateException("limits are kept apart");
            }
        }
        if (open != null) {
            intervals.add(new Interval(low(open), null, false));
        }
        return intervals;
    }

    private static @Nullable String low(Event introduced) {
        return introduced.isStart() ? null : introduced.version;
    }

    /// What of the intervals lies before the highest limit. Without a limit, all of it.
    private static List<Interval> cut(VersionOrder order, List<Interval> intervals, List<Event> limits) {
        Event highest = null;
        for (Event limit : limits) {
            if (limit.version.equals("*")) {
                return intervals;
            }
            highest = highest == null || compare(order, highest, limit) < 0 ? limit : highest;
        }
        if (highest == null) {
            return intervals;
        }
        List<Interval> cut = new ArrayList<>();
        for (Interval interval : intervals) {
            String low = interval.low();
            String high = interval.high();
            boolean begins = !highest.isStart() && (low == null || below(order, low, highest.version));
            if (begins) {
                boolean ends = high != null && below(order, high, highest.version);
                cut.add(ends ? interval : new Interval(low, highest.version, false));
            }
        }
        return cut;
    }

    private static boolean below(VersionOrder order, String version, String limit) {
        return taken(order, new Event(Kind.LIMIT, version), new Event(Kind.LIMIT, limit)) < 0;
    }
}
