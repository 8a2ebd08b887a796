package uk.reeve.engine.version;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The versions between two bounds, each with or without the bound itself; null where there is none.
record Span(@Nullable String low, boolean lowIn, @Nullable String high, boolean highIn) {

    static final Span ALL = new Span(null, false, null, false);

    static Span from(String low, boolean in) {
        return new Span(low, in, null, false);
    }

    static Span to(String high, boolean in) {
        return new Span(null, false, high, in);
    }

    static Span between(String low, String high) {
        return new Span(low, true, high, false);
    }

    static Span only(String version) {
        return new Span(version, true, version, true);
    }

    boolean contains(VersionOrder order, String version) throws BadVersion {
        if (low != null) {
            int above = order.compare(version, low);
            if (above < 0 || (above == 0 && !lowIn)) {
                return false;
            }
        }
        if (high == null) {
            return true;
        }
        int above = order.compare(version, high);
        return above < 0 || (above == 0 && highIn);
    }

    boolean isOne(VersionOrder order) throws BadVersion {
        return low != null && high != null && lowIn && highIn && order.compare(low, high) == 0;
    }

    boolean isEmpty(VersionOrder order) throws BadVersion {
        if (low == null || high == null) {
            return false;
        }
        int way = order.compare(low, high);
        return way > 0 || (way == 0 && !(lowIn && highIn));
    }

    Span and(VersionOrder order, Span other) throws BadVersion {
        boolean mineIsHigher = other.low == null || (low != null && compareLows(order, other) >= 0);
        boolean mineIsLower = other.high == null || (high != null && compareHighs(order, other) <= 0);
        return new Span(
                mineIsHigher ? low : other.low,
                mineIsHigher ? lowIn : other.lowIn,
                mineIsLower ? high : other.high,
                mineIsLower ? highIn : other.highIn);
    }

    int compareLows(VersionOrder order, Span other) throws BadVersion {
        if (low == null || other.low == null) {
            return Boolean.compare(low != null, other.low != null);
        }
        int way = order.compare(low, other.low);
        return way == 0 ? Boolean.compare(other.lowIn, lowIn) : way;
    }

    private int compareHighs(VersionOrder order, Span other) throws BadVersion {
        if (high == null || other.high == null) {
            return Boolean.compare(high == null, other.high == null);
        }
        int way = order.compare(high, other.high);
        return way == 0 ? Boolean.compare(highIn, other.highIn) : way;
    }

    /// Whether nothing lies between the end of this one and the other, which does not begin earlier.
    private boolean reaches(VersionOrder order, Span other) throws BadVersion {
        if (high == null || other.low == null) {
            return true;
        }
        int way = order.compare(high, other.low);
        return way > 0 || (way == 0 && (highIn || other.lowIn));
    }

    /// The fewest spans that hold the same versions, in rising order. Insertion, since an order may have circles.
    static List<Span> union(VersionOrder order, List<Span> spans) throws BadVersion {
        List<Span> sorted = new ArrayList<>();
        for (Span span : spans) {
            int at = sorted.size();
            while (at > 0 && sorted.get(at - 1).compareLows(order, span) > 0) {
                at--;
            }
            sorted.add(at, span);
        }
        List<Span> union = new ArrayList<>();
        for (Span span : sorted) {
            Span last = union.isEmpty() ? null : union.getLast();
            if (last == null || !last.reaches(order, span)) {
                union.add(span);
            } else if (last.compareHighs(order, span) < 0) {
                union.set(union.size() - 1, new Span(last.low, last.lowIn, span.high, span.highIn));
            }
        }
        return union;
    }

    /// What sorted constraints mean: of lower bounds in a row the first counts, of upper bounds the last. Equality and
    /// inequality are left out.
    static List<Span> of(List<Constraint> constraints) {
        List<Span> spans = new ArrayList<>();
        Constraint low = null;
        Constraint high = null;
        for (Constraint constraint : constraints) {
            if (constraint.comparator().isLower()) {
                if (high != null) {
                    spans.add(span(low, high));
                    low = null;
                    high = null;
                }
                low = low == null ? constraint : low;
            } else if (constraint.comparator().isUpper()) {
                high = constraint;
            }
        }
        if (low != null || high != null) {
            spans.add(span(low, high));
        }
        return spans;
    }

    private static Span span(@Nullable Constraint low, @Nullable Constraint high) {
        return new Span(
                low == null ? null : low.version(),
                low != null && low.comparator().holdsItsVersion(),
                high == null ? null : high.version(),
                high != null && high.comparator().holdsItsVersion());
    }
}
