package uk.reeve.engine.version;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A version range specifier: `vers:npm/>=1.0.0|<2.0.0`. The constraints are signposts along the versions of a
/// package, in rising order.
///
/// Source: VERS specification, clause 5 and "How to parse and validate VERS",
/// <https://github.com/package-url/vers-spec>.
public final class Vers {

    private final String scheme;
    private final List<Constraint> constraints;

    Vers(String scheme, List<Constraint> constraints) {
        this.scheme = scheme;
        this.constraints = List.copyOf(constraints);
    }

    /// Reads a canonical specifier, and nothing else: sorted, each version once, lower and upper bounds in turn.
    ///
    /// @throws BadRange with the rule that the text breaks
    public static Vers parse(String text) throws BadRange {
        return new VersReader(text, true).read();
    }

    /// Reads a specifier as people and tools write them: blanks, empty parts and `=` are passed over, and the
    /// constraints are sorted where the scheme has an order that takes them all.
    ///
    /// @throws BadRange when nothing can be made of the text
    public static Vers read(String text) throws BadRange {
        return new VersReader(text, false).read();
    }

    /// Translates a range in the notation of its ecosystem: `^1.2` of npm, `~> 2.0` of RubyGems, `[1.0, 2.0)` of NuGet
    /// and Maven, `>= 1.0` of all.
    ///
    /// @throws BadRange when it is none, when no version can be in it, or when the scheme has no order here
    public static Vers fromNative(String scheme, String range) throws BadRange {
        return NativeRange.read(scheme, range);
    }

    /// The versioning scheme, in lower case: `npm`, `deb`, `datetime`.
    public String scheme() {
        return scheme;
    }

    public List<Constraint> constraints() {
        return constraints;
    }

    /// Whether the version is in the range: unknown where the scheme has no order here, or where its order refuses the
    /// version or a bound.
    public Affected contains(String version) {
        if (scheme.equals("none")) {
            return Affected.NO;
        }
        boolean excluded = false;
        for (Constraint constraint : constraints) {
            boolean same = constraint.version().equals(version);
            if (constraint.comparator() == Constraint.Comparator.ANY
                    || (same && constraint.comparator().holdsItsVersion())) {
                return Affected.YES;
            }
            excluded |= same && constraint.comparator() == Constraint.Comparator.NOT_EQUAL;
        }
        VersionOrder order = VersSchemes.order(scheme);
        if (excluded || order == null) {
            return excluded ? Affected.NO : Affected.UNKNOWN;
        }
        try {
            return contains(order, version) ? Affected.YES : Affected.NO;
        } catch (BadVersion e) {
            return Affected.UNKNOWN;
        }
    }

    private boolean contains(VersionOrder order, String version) throws BadVersion {
        boolean excluded = false;
        boolean onlyExclusions = true;
        List<Constraint> completed = new ArrayList<>();
        for (Constraint constraint : constraints) {
            completed.add(new Constraint(constraint.comparator(), order.bound(constraint.version())));
        }
        for (Constraint constraint : completed) {
            boolean same = order.compare(version, constraint.version()) == 0;
            if (same && constraint.comparator().holdsItsVersion()) {
                return true;
            }
            boolean exclusion = constraint.comparator() == Constraint.Comparator.NOT_EQUAL;
            excluded |= same && exclusion;
            onlyExclusions &= exclusion;
        }
        if (excluded) {
            return false;
        }
        for (Span span : Span.of(completed)) {
            if (span.contains(order, version)) {
                return true;
            }
        }
        return onlyExclusions; // `!=5` alone means all the others
    }

    /// The canonical text.
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("vers:").append(scheme).append('/');
        for (int i = 0; i < constraints.size(); i++) {
            Constraint constraint = constraints.get(i);
            text.append(i == 0 ? "" : "|").append(constraint.comparator().sign());
            text.append(encode(constraint.version()));
        }
        return text.toString();
    }

    /// Only what would be read as a sign, blanks, and what is not ASCII.
    static String encode(String version) {
        StringBuilder text = new StringBuilder(version.length());
        for (byte b : version.getBytes(StandardCharsets.UTF_8)) {
            if (b > ' ' && b < 0x7F && "><=!*|%".indexOf(b) < 0) {
                text.append((char) b);
            } else {
                text.append('%')
                        .append(Character.toUpperCase(Character.forDigit((b >> 4) & 0xF, 16)))
                        .append(Character.toUpperCase(Character.forDigit(b & 0xF, 16)));
            }
        }
        return text.toString();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Vers v && scheme.equals(v.scheme) && constraints.equals(v.constraints);
    }

    @Override
    public int hashCode() {
        return 31 * scheme.hashCode() + constraints.hashCode();
    }
}
