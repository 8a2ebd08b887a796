package uk.reeve.engine.version;

import java.util.ArrayList;
import java.util.List;
import uk.reeve.engine.version.Constraint.Comparator;

/// Collects what a range in an ecosystem's own notation holds, and writes it as a [Vers].
final class NativeRange {

    private static final int MAX_CHARS = 4096;

    private final String text;
    private final VersionOrder order;
    private final List<Span> spans = new ArrayList<>();
    private final List<String> excluded = new ArrayList<>();

    private NativeRange(String text, VersionOrder order) {
        this.text = text;
        this.order = order;
    }

    static Vers read(String scheme, String text) throws BadRange {
        VersionOrder order = VersSchemes.order(scheme);
        if (order == null) {
            throw new BadRange(text, "cannot be translated: no order of \"" + scheme + "\" is known here");
        }
        if (text.length() > MAX_CHARS) {
            throw new BadRange(text, "is longer than " + MAX_CHARS + " characters, and no range is");
        }
        NativeRange range = new NativeRange(text, order);
        try {
            switch (scheme) {
                case "npm" -> NpmNotation.read(text, range);
                case "conan" -> ConanNotation.read(text, range);
                case "nuget", "maven" -> IntervalNotation.read(scheme, text, range);
                case "nginx" -> NginxNotation.read(text, range);
                case "openssl" -> {
                    for (String version : text.split(",", -1)) {
                        range.add(Span.only(version.strip()));
                    }
                }
                default -> ComparatorNotation.read(scheme, text, range);
            }
            return new Vers(scheme, range.constraints());
        } catch (BadVersion e) {
            throw new BadRange(text, "is no range of " + scheme + ": " + e.getMessage());
        }
    }

    BadRange bad(String reason) {
        return new BadRange(text, reason);
    }

    /// Another part that the range holds. One that can hold no version is passed over.
    void add(Span span) throws BadVersion {
        if (!span.isEmpty(order)) {
            spans.add(span);
        }
    }

    /// What all of these hold.
    void addAll(List<Span> together) throws BadVersion {
        add(common(together));
    }

    /// What all of these hold, without the holes. A hole has its lower bound in it, and its upper one not.
    void addAll(List<Span> together, List<Span> holes) throws BadVersion {
        List<Span> pieces = List.of(common(together));
        for (Span hole : holes) {
            List<Span> smaller = new ArrayList<>();
            for (Span piece : pieces) {
                smaller.add(piece.and(order, new Span(null, false, hole.low(), false)));
                smaller.add(piece.and(order, new Span(hole.high(), true, null, false)));
            }
            pieces = smaller;
        }
        for (Span piece : pieces) {
            add(piece);
        }
    }

    private Span common(List<Span> together) throws BadVersion {
        Span common = Span.ALL;
        for (Span span : together) {
            common = common.and(order, span);
        }
        return common;
    }

    void exclude(String version) {
        excluded.add(version);
    }

    private List<Constraint> constraints() throws BadRange, BadVersion {
        boolean everything = spans.stream().anyMatch(Span.ALL::equals);
        if (everything && excluded.isEmpty()) {
            return List.of(new Constraint(Comparator.ANY, ""));
        }
        if (spans.isEmpty()) {
            throw bad("holds no version");
        }
        List<Constraint> written = write(spans);
        List<Span> union = Span.union(order, spans);
        // Kept as they were written, overlapping or not, unless sorting them into one row would lose something.
        return Span.union(order, withSingles(written)).equals(union) ? written : write(union);
    }

    private static List<Span> withSingles(List<Constraint> constraints) {
        List<Span> spans = Span.of(constraints);
        for (Constraint constraint : constraints) {
            if (constraint.comparator() == Comparator.EQUAL) {
                spans.add(Span.only(constraint.version()));
            }
        }
        return spans;
    }

    private List<Constraint> write(List<Span> spans) throws BadVersion {
        List<Constraint> sorted = new ArrayList<>();
        for (Span span : spans) {
            if (span.low() != null && span.isOne(order)) {
                insert(sorted, Comparator.EQUAL, span.low());
                continue;
            }
            if (span.low() != null) {
                insert(sorted, span.lowIn() ? Comparator.GREATER_OR_EQUAL : Comparator.GREATER, span.low());
            }
            if (span.high() != null) {
                insert(sorted, span.highIn() ? Comparator.LESS_OR_EQUAL : Comparator.LESS, span.high());
            }
        }
        for (String version : excluded) {
            insert(sorted, Comparator.NOT_EQUAL, version);
        }
        return sorted;
    }

    private void insert(List<Constraint> sorted, Comparator comparator, String version) throws BadVersion {
        order.compare(version, version);
        int at = sorted.size();
        while (at > 0) {
            Constraint before = sorted.get(at - 1);
            int way = order.compare(before.version(), version);
            if (way < 0 || (way == 0 && before.comparator().compareTo(comparator) <= 0)) {
                break;
            }
            at--;
        }
        sorted.add(at, new Constraint(comparator, version));
    }
}
