package uk.reeve.engine.vex;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.version.BadVersion;
import uk.reeve.engine.version.Ecosystem;

/// A range of versions: `vers:npm/>=1.0|<2.0`, or as advisories write it in words: `<2.0`, `>=1.0 <2.0`, `0 < 2.0`,
/// `all versions`, `All versions < V2.0`. A version that its order cannot compare is in no range.
///
/// Source: VERS specification of the purl project.
///
/// @param scheme whose order counts; `generic` where none is told
/// @param bounds sorted as written; empty where all versions are meant
record VersRange(String scheme, List<Bound> bounds) {

    /// @param operator one of `= != < <= > >=`
    record Bound(String operator, String version) {}

    private static final int MAX_BOUNDS = 1_000;

    /// Null where the text is no range that could be understood.
    static @Nullable VersRange parse(String text) {
        String range = text.strip();
        String scheme = "generic";
        if (range.regionMatches(true, 0, "vers:", 0, 5)) {
            int slash = range.indexOf('/');
            if (slash < 6) {
                return null;
            }
            scheme = range.substring(5, slash).toLowerCase(Locale.ROOT);
            range = range.substring(slash + 1);
        }
        String word = range.toLowerCase(Locale.ROOT);
        if (word.equals("*") || word.equals("all") || word.equals("all versions") || word.equals("any")) {
            return new VersRange(scheme, List.of());
        }
        boolean told = text.regionMatches(true, 0, "vers:", 0, 5);
        List<Bound> bounds = bounds(!told && word.startsWith("all versions ") ? range.substring(13) : range, told);
        return bounds == null ? null : new VersRange(scheme, bounds);
    }

    /// @param alternatives whether a version may stand without an operator beside others
    private static @Nullable List<Bound> bounds(String range, boolean alternatives) {
        List<Bound> bounds = new ArrayList<>();
        String operator = "";
        boolean bare = false;
        int i = 0;
        while (i < range.length()) {
            char c = range.charAt(i);
            if (c == '|' || c == ',' || c <= ' ') {
                i++;
                continue;
            }
            int from = i;
            if (isOperator(c)) {
                while (i < range.length() && isOperator(range.charAt(i))) {
                    i++;
                }
                if (!operator.isEmpty()) {
                    return null;
                }
                operator = range.substring(from, i);
                continue;
            }
            while (i < range.length() && !isOperator(range.charAt(i)) && "|, ".indexOf(range.charAt(i)) < 0) {
                i++;
            }
            String version = decoded(range.substring(from, i));
            boolean goesOn = operator.isEmpty() && followedByOperator(range, i);
            if (version == null || bounds.size() >= MAX_BOUNDS || !looksLikeVersion(version)) {
                return null;
            }
            Bound bound = bound(goesOn ? ">=" : operator, version);
            if (bound == null) {
                return null;
            }
            bare |= operator.isEmpty() && !goesOn;
            bounds.add(bound);
            operator = "";
        }
        if (bare && bounds.size() > 1 && !alternatives) {
            return null;
        }
        return bounds.isEmpty() || !operator.isEmpty() ? null : bounds;
    }

    private static @Nullable Bound bound(String operator, String version) {
        return switch (operator) {
            case "", "=", "==" -> new Bound("=", version);
            case "!=", "<", "<=", ">", ">=" -> new Bound(operator, version);
            default -> null;
        };
    }

    private static boolean isOperator(char c) {
        return c == '<' || c == '>' || c == '=' || c == '!';
    }

    /// In `0 < 2.0` the first version is the lower bound; in `1.0|>=2.0` it stands for itself.
    private static boolean followedByOperator(String range, int from) {
        int i = from;
        while (i < range.length() && range.charAt(i) == ' ') {
            i++;
        }
        return i > from && i < range.length() && range.charAt(i) == '<';
    }

    private static boolean looksLikeVersion(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isDigit(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable String decoded(String version) {
        if (version.indexOf('%') < 0) {
            return version;
        }
        try {
            return URLDecoder.decode(version.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            return null;
        }
    }

    /// @param purlType of the component, whose order counts where the range names none; null where it has none
    boolean contains(String version, @Nullable String purlType) {
        if (bounds.isEmpty()) {
            return true;
        }
        Ecosystem ecosystem = ecosystem(purlType);
        try {
            return contains(version, ecosystem);
        } catch (BadVersion _) {
            return false;
        }
    }

    private @Nullable Ecosystem ecosystem(@Nullable String purlType) {
        String type =
                scheme.equals("semver") ? "npm" : scheme.equals("generic") && purlType != null ? purlType : scheme;
        List<Ecosystem> candidates = Ecosystem.ofPurlType(type.equals("alpine") ? "apk" : type);
        return candidates.isEmpty() ? null : candidates.getFirst();
    }

    private boolean contains(String version, @Nullable Ecosystem ecosystem) throws BadVersion {
        List<Bound> intervals = new ArrayList<>();
        boolean excludes = false;
        for (Bound bound : bounds) {
            boolean equal = compare(version, bound.version, ecosystem) == 0;
            switch (bound.operator) {
                case "!=" -> {
                    if (equal) {
                        return false;
                    }
                    excludes = true;
                }
                case "=" -> {
                    if (equal) {
                        return true;
                    }
                }
                default -> {
                    if (equal) {
                        return bound.operator.endsWith("=");
                    }
                    insert(intervals, bound, ecosystem);
                }
            }
        }
        if (intervals.isEmpty()) {
            return excludes && bounds.stream().allMatch(b -> b.operator.equals("!="));
        }
        boolean inside = !intervals.getFirst().operator.startsWith(">");
        for (Bound bound : intervals) {
            if (compare(version, bound.version, ecosystem) < 0) {
                return inside && !bound.operator.startsWith(">");
            }
            inside = bound.operator.startsWith(">");
        }
        return inside;
    }

    private static void insert(List<Bound> sorted, Bound bound, @Nullable Ecosystem ecosystem) throws BadVersion {
        int i = sorted.size();
        while (i > 0 && compare(bound.version, sorted.get(i - 1).version, ecosystem) < 0) {
            i--;
        }
        sorted.add(i, bound);
    }

    static int compare(String left, String right, @Nullable Ecosystem ecosystem) throws BadVersion {
        if (left.equals(right)) {
            return 0;
        }
        if (ecosystem != null) {
            return ecosystem
                    .order()
                    .compare(ecosystem.order().bound(left), ecosystem.order().bound(right));
        }
        return numbers(left, right);
    }

    /// Numbers with dots between, after an optional `v`; nothing else can be compared without knowing whose it is.
    private static int numbers(String left, String right) throws BadVersion {
        String[] a = numbers(left);
        String[] b = numbers(right);
        for (int i = 0; i < Math.max(a.length, b.length); i++) {
            String x = i < a.length ? a[i] : "";
            String y = i < b.length ? b[i] : "";
            int order = x.length() != y.length() ? Integer.compare(x.length(), y.length()) : x.compareTo(y);
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private static String[] numbers(String version) throws BadVersion {
        String[] parts =
                (version.startsWith("v") || version.startsWith("V") ? version.substring(1) : version).split("\\.", -1);
        for (int i = 0; i < parts.length; i++) {
            int zeros = 0;
            for (int j = 0; j < parts[i].length(); j++) {
                char c = parts[i].charAt(j);
                if (c < '0' || c > '9') {
                    throw new BadVersion(version, "cannot be compared without knowing its ecosystem");
                }
                zeros = zeros == j && c == '0' ? j + 1 : zeros;
            }
            if (parts[i].isEmpty()) {
                throw new BadVersion(version, "cannot be compared without knowing its ecosystem");
            }
            parts[i] = parts[i].substring(zeros);
        }
        return parts;
    }
}
