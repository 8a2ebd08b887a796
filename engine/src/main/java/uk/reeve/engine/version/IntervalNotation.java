package uk.reeve.engine.version;

/// The intervals of NuGet and Maven: `[1.0, 2.0)`, `(,1.0]`, `[1.0]`, several parted by commas. A bare version means
/// "this or later" with NuGet, and with Maven itself: what Maven prefers, not a bound.
/// Source: NuGet, "Package versioning"; Maven, "Dependency version requirement specification".
final class IntervalNotation {

    private IntervalNotation() {}

    static void read(String scheme, String text, NativeRange range) throws BadRange, BadVersion {
        String rest = text.strip();
        if (!rest.startsWith("[") && !rest.startsWith("(")) {
            if (rest.indexOf('*') >= 0 || rest.indexOf(',') >= 0) {
                throw range.bad(
                        "is no range of " + scheme + " that can be translated: floating versions have no bounds");
            }
            range.add(scheme.equals("nuget") ? Span.from(rest, true) : Span.only(rest));
            return;
        }
        while (!rest.isEmpty()) {
            int end = Math.max(rest.indexOf(']'), 0);
            int open = rest.indexOf(')');
            end = end == 0 || (open > 0 && open < end) ? open : end;
            if (end < 0 || (!rest.startsWith("[") && !rest.startsWith("("))) {
                throw range.bad("is no range of " + scheme + ": each interval needs its two brackets");
            }
            range.add(span(scheme, rest.substring(0, end + 1), range));
            rest = rest.substring(end + 1).strip();
            if (rest.startsWith(",")) {
                rest = rest.substring(1).strip();
            }
        }
    }

    private static Span span(String scheme, String interval, NativeRange range) throws BadRange {
        boolean lowIn = interval.startsWith("[");
        boolean highIn = interval.endsWith("]");
        String inside = interval.substring(1, interval.length() - 1);
        int comma = inside.indexOf(',');
        if (comma < 0) {
            if (!lowIn || !highIn || inside.isBlank()) {
                throw range.bad("is no range of " + scheme + ": a single version stands in square brackets");
            }
            return Span.only(inside.strip());
        }
        String low = inside.substring(0, comma).strip();
        String high = inside.substring(comma + 1).strip();
        return new Span(
                low.isEmpty() ? null : low,
                !low.isEmpty() && lowIn,
                high.isEmpty() ? null : high,
                !high.isEmpty() && highIn);
    }
}
