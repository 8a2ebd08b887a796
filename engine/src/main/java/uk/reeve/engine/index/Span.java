package uk.reeve.engine.index;

import java.util.ArrayList;
import java.util.List;
import uk.reeve.engine.advisory.OsvRecord;
import uk.reeve.engine.version.BadVersion;
import uk.reeve.engine.version.VersionOrder;

/// A stretch of versions, by their numbers in a pool.
///
/// @param low inclusive; 0 = from the start
/// @param high 0 = no end
/// @param included whether `high` itself is in it
record Span(int low, int high, boolean included) {

    /// Adds the stretches of one range, by OSV's evaluation: events in the ecosystem's order, `introduced` opens,
    /// `fixed`, `limit` and `last_affected` close. Nothing lies below `0`, so what is fixed there is empty.
    static void of(VersionOrder order, List<OsvRecord.Event> events, VersionPool pool, List<Span> out) {
        List<OsvRecord.Event> sorted = sorted(order, events, pool);
        int low = 0;
        boolean open = false;
        for (OsvRecord.Event event : sorted) {
            if (event.kind().equals("introduced")) {
                if (!open) {
                    open = true;
                    low = event.version().equals("0") ? 0 : pool.number(order, event.version());
                }
            } else if (open) {
                open = false;
                if (!event.version().equals("0")) {
                    add(new Span(low, pool.number(order, event.version()), event.kind().equals("last_affected")), out);
                }
            }
        }
        if (open) {
            add(new Span(low, 0, false), out);
        }
    }

    private static void add(Span span, List<Span> out) {
        if (!out.contains(span)) {
            out.add(span);
        }
    }

    /// In the ecosystem's order; as they stand where it refuses one of them.
    private static List<OsvRecord.Event> sorted(VersionOrder order, List<OsvRecord.Event> events, VersionPool pool) {
        List<OsvRecord.Event> sorted = new ArrayList<>(events);
        try {
            for (int i = 1; i < sorted.size(); i++) { // few, and nearly always sorted already
                OsvRecord.Event event = sorted.get(i);
                int at = i;
                while (at > 0 && before(order, event, sorted.get(at - 1), pool)) {
                    sorted.set(at, sorted.get(at - 1));
                    at--;
                }
                sorted.set(at, event);
            }
            return sorted;
        } catch (BadVersion _) {
            return events;
        }
    }

    private static boolean before(VersionOrder order, OsvRecord.Event a, OsvRecord.Event b, VersionPool pool)
            throws BadVersion {
        boolean startA = a.version().equals("0");
        boolean startB = b.version().equals("0");
        int compared = startA || startB
                ? Boolean.compare(startB, startA)
                : pool.compare(pool.number(order, a.version()), pool.number(order, b.version()));
        return compared < 0;
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
