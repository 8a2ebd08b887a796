package uk.reeve.engine.version;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// npm's ranges: `^1.2`, `~1.2.3`, `1.x`, `1.0 - 2.0`, comparators; parted by blanks all must hold, by `||` one.
///
/// Upper bounds are written `<2.0.0`, where npm itself means `<2.0.0-0` and leaves pre-releases out in other ways too,
/// which no vers can say. Source: node-semver, "Ranges".
final class NpmNotation {

    private static final int MAX_DIGITS = 15;

    /// What is written of a version: `1.x` has one number.
    private record Partial(List<Long> numbers, String pre) {

        String full() {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < 3; i++) {
                text.append(i == 0 ? "" : ".").append(number(i));
            }
            return text + pre;
        }

        long number(int at) {
            return at < numbers.size() ? numbers.get(at) : 0;
        }

        /// The lowest version with a higher number at this place.
        String after(int place) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < 3; i++) {
                text.append(i == 0 ? "" : ".").append(i < place ? number(i) : i == place ? number(i) + 1 : 0);
            }
            return text.toString();
        }
    }

    private NpmNotation() {}

    static void read(String text, NativeRange range) throws BadRange, BadVersion {
        for (String set : text.split("\\|\\|", -1)) {
            range.addAll(readSet(set.strip(), range));
        }
    }

    private static List<Span> readSet(String set, NativeRange range) throws BadRange {
        int hyphen = set.indexOf(" - ");
        if (hyphen > 0) {
            Partial low = partial(set.substring(0, hyphen).strip(), range);
            Span high = span("<=", partial(set.substring(hyphen + 3).strip(), range));
            return high == null ? List.of() : List.of(Span.from(low.full(), true), high);
        }
        List<Span> spans = new ArrayList<>();
        int at = 0;
        while (at < set.length()) {
            int version = at;
            while (version < set.length() && "<>=~^ ,".indexOf(set.charAt(version)) >= 0) {
                version++;
            }
            int end = version;
            while (end < set.length() && "<>~^ ,".indexOf(set.charAt(end)) < 0) {
                end++;
            }
            String sign = set.substring(at, version).replace(" ", "").replace(",", "");
            Partial partial = partial(set.substring(version, end), range);
            if (!List.of("", "=", "<", "<=", ">", ">=", "~", "~>", "^").contains(sign)) {
                throw range.bad("is no range of npm: it knows no sign " + sign);
            }
            Span span = span(sign, partial);
            spans.add(span == null ? new Span("0.0.0", false, "0.0.0", false) : span);
            at = end;
        }
        return spans;
    }

    /// Null where no version can be meant: `>*`.
    private static @Nullable Span span(String sign, Partial version) {
        int known = version.numbers.size();
        if (known == 0) {
            return sign.equals("<") || sign.equals(">") ? null : Span.ALL;
        }
        boolean whole = known == 3;
        return switch (sign) {
            case ">" -> whole ? Span.from(version.full(), false) : Span.from(version.after(known - 1), true);
            case ">=" -> Span.from(version.full(), true);
            case "<" -> Span.to(version.full(), false);
            case "<=" -> whole ? Span.to(version.full(), true) : Span.to(version.after(known - 1), false);
            case "~", "~>" -> Span.between(version.full(), version.after(Math.min(known, 2) - 1));
            case "^" -> {
                int place = 0;
                while (place < known - 1 && version.number(place) == 0) {
                    place++;
                }
                yield Span.between(version.full(), version.after(place));
            }
            default -> whole ? Span.only(version.full()) : Span.between(version.full(), version.after(known - 1));
        };
    }

    private static Partial partial(String text, NativeRange range) throws BadRange {
        int at = text.startsWith("v") || text.startsWith("=") ? 1 : 0;
        List<Long> numbers = new ArrayList<>();
        boolean any = false;
        while (at < text.length()) {
            int end = Digits.end(text, at);
            if (end == at && "xX*".indexOf(text.charAt(at)) >= 0) {
                any = true;
                end = at + 1;
            } else if (end == at || end - at > MAX_DIGITS || numbers.size() == 3) {
                throw range.bad("is no range of npm: \"" + text + "\" is no version");
            } else if (!any) {
                numbers.add(Long.parseLong(text, at, end, 10));
            }
            if (end == text.length() || text.charAt(end) != '.') {
                return new Partial(numbers, rest(text, end, numbers.size() == 3, range));
            }
            at = end + 1;
        }
        return new Partial(numbers, "");
    }

    private static String rest(String text, int at, boolean whole, NativeRange range) throws BadRange {
        if (at == text.length() || text.charAt(at) == '+') {
            return "";
        }
        int plus = text.indexOf('+', at);
        String pre = text.substring(at, plus < 0 ? text.length() : plus);
        if (!whole) {
            throw range.bad("is no range of npm: \"" + text + "\" is no version");
        }
        return pre.startsWith("-") ? pre : "-" + pre;
    }
}
