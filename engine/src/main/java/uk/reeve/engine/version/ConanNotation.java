package uk.reeve.engine.version;

import java.util.ArrayList;
import java.util.List;

/// Conan's ranges: `>=1.0 <2.0 || ^3.2`, `~2.5`. A hyphen at a version's end (pre-releases too) and options after
/// a comma are left out. Upper bounds end in a hyphen, which puts them below the pre-releases: `^1.2` ends at
/// `2-`. Source: Conan 2, "Version ranges"; vers-spec's tests.
final class ConanNotation {

    private static final String FIRST = "0.0.0";

    private ConanNotation() {}

    static void read(String text, NativeRange range) throws BadRange, BadVersion {
        int comma = text.indexOf(',');
        for (String set : text.substring(0, comma < 0 ? text.length() : comma).split("\\|\\|", -1)) {
            List<Span> spans = new ArrayList<>();
            for (String condition : set.strip().split(" +", -1)) {
                spans.add(span(condition, range));
            }
            range.addAll(spans);
        }
    }

    private static Span span(String condition, NativeRange range) throws BadRange {
        int at = 0;
        while (at < condition.length() && "<>=~^".indexOf(condition.charAt(at)) >= 0) {
            at++;
        }
        String sign = condition.substring(0, at);
        String version = condition.substring(at, condition.length() - (condition.endsWith("-") ? 1 : 0));
        if (sign.isEmpty() && (version.isEmpty() || version.equals("*"))) {
            return Span.from(FIRST, true);
        }
        if (version.isEmpty()) {
            throw range.bad("is no range of Conan: a version must follow " + sign);
        }
        return switch (sign) {
            case ">" -> Span.from(version, false);
            case ">=" -> Span.from(version, true);
            case "<" -> Span.to(version, false);
            case "<=" -> Span.to(version, true);
            case "", "=" -> Span.only(version);
            case "~" -> Span.between(version, after(version, false, range));
            case "^" -> Span.between(version, after(version, true, range));
            default -> throw range.bad("is no range of Conan: it knows no sign " + sign);
        };
    }

    /// What lies behind all that `~` (same first two numbers) or `^` (same first number that is not zero) holds.
    private static String after(String version, boolean caret, NativeRange range) throws BadRange {
        int end = version.length();
        for (char stop : new char[] {'-', '+'}) {
            end = version.indexOf(stop) < 0 ? end : Math.min(end, version.indexOf(stop));
        }
        String[] items = version.substring(0, end).split("\\.", -1);
        int place = caret ? 0 : Math.min(1, items.length - 1);
        while (caret && place < items.length - 1 && items[place].equals("0")) {
            place++;
        }
        if (items[place].isEmpty()
                || items[place].length() > 9
                || Digits.end(items[place], 0) < items[place].length()) {
            throw range.bad("is no range of Conan: \"" + items[place] + "\" cannot be counted up");
        }
        StringBuilder after = new StringBuilder();
        for (int i = 0; i < place; i++) {
            after.append(items[i]).append('.');
        }
        return after.append(Integer.parseInt(items[place]) + 1).append('-').toString();
    }
}
