package uk.reeve.engine.index;

import java.util.ArrayList;
import java.util.List;
import uk.reeve.engine.advisory.OsvRecord;
import uk.reeve.engine.version.BadVersion;
import uk.reeve.engine.version.Interval;
import uk.reeve.engine.version.OsvRange;
import uk.reeve.engine.version.VersionOrder;

/// A stretch of versions, by their numbers in a pool.
///
/// @param low inclusive; 0 = from the start
/// @param high 0 = no end
/// @param included whether `high` itself is in it
record Span(int low, int high, boolean included) {

    /// Adds the stretches of one range. A range with a bound that the order refuses becomes a stretch from that bound:
    /// no version can be held against it.
    static void of(VersionOrder order, List<OsvRecord.Event> events, VersionPool pool, List<Span> out) {
        List<OsvRange.Event> read = new ArrayList<>(events.size());
        for (OsvRecord.Event event : events) {
            OsvRange.Kind kind =
                    switch (event.kind()) {
                        case "introduced" -> OsvRange.Kind.INTRODUCED;
                        case "fixed" -> OsvRange.Kind.FIXED;
                        case "last_affected" -> OsvRange.Kind.LAST_AFFECTED;
                        default -> OsvRange.Kind.LIMIT;
                    };
            read.add(new OsvRange.Event(kind, event.version()));
        }
        OsvRange range = OsvRange.of(order, read);
        for (String refused : range.refused()) {
            add(new Span(pool.number(order, refused), 0, false), out);
        }
        for (Interval interval : range.intervals()) {
            int low = interval.low() == null ? 0 : pool.number(order, interval.low());
            int high = interval.high() == null ? 0 : pool.number(order, interval.high());
            add(new Span(low, high, interval.highIncluded()), out);
        }
    }

    private static void add(Span span, List<Span> out) {
        if (!out.contains(span)) {
            out.add(span);
        }
    }

    /// Whether one of the stretches holds the version.
    static boolean cover(List<Span> spans, int version, VersionPool pool) {
        for (Span span : spans) {
            try {
                boolean above = span.low == 0 || pool.compare(span.low, version) <= 0;
                if (above && (span.high == 0 || pool.compare(version, span.high) < (span.included ? 1 : 0))) {
                    return true;
                }
            } catch (BadVersion _) {
                // not comparable with this stretch: then it stays listed
            }
        }
        return false;
    }
}
