package uk.reeve.engine.version;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.version.Constraint.Comparator;

/// Reads a [Vers], strictly or as it comes.
final class VersReader {

    private static final int MAX_CHARS = 1 << 16;
    private static final String BLANKS = " \t\n\r\f\u000B";

    private final String text;
    private final boolean strict;

    VersReader(String text, boolean strict) {
        this.text = text;
        this.strict = strict;
    }

    Vers read() throws BadRange {
        if (text.length() > MAX_CHARS) {
            throw bad("it is longer than " + MAX_CHARS + " characters");
        }
        String plain = withoutBlanks();
        int colon = plain.indexOf(':');
        String head = colon < 0 ? "" : plain.substring(0, colon);
        if (!head.equals("vers") && (strict || !head.equalsIgnoreCase("vers"))) {
            throw bad("it must begin with vers:");
        }
        int slash = plain.indexOf('/', colon);
        if (slash < 0) {
            throw bad("a slash must follow its type");
        }
        String scheme = scheme(plain.substring(colon + 1, slash));
        return new Vers(scheme, constraints(scheme, plain.substring(slash + 1)));
    }

    private String withoutBlanks() throws BadRange {
        StringBuilder plain = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            if (BLANKS.indexOf(text.charAt(i)) < 0) {
                plain.append(text.charAt(i));
            } else if (strict) {
                throw bad("whitespace is not permitted");
            }
        }
        return plain.toString();
    }

    private String scheme(String type) throws BadRange {
        String scheme = type.toLowerCase(Locale.ROOT);
        if (strict && !scheme.equals(type)) {
            throw bad("its type must be in lower case");
        }
        boolean fine = !scheme.isEmpty() && scheme.charAt(0) >= 'a' && scheme.charAt(0) <= 'z';
        for (int i = 0; i < scheme.length(); i++) {
            char c = scheme.charAt(i);
            fine &= (c >= 'a' && c <= 'z') || Digits.isDigit(c) || c == '.' || c == '-';
        }
        if (!fine || scheme.equals("invalid")) {
            throw bad("its type must be a letter, then letters, digits, dots and hyphens, and not \"invalid\"");
        }
        return scheme;
    }

    private List<Constraint> constraints(String scheme, String listed) throws BadRange {
        if (listed.equals("*")) {
            return List.of(new Constraint(Comparator.ANY, ""));
        }
        if (scheme.equals("all") || scheme.equals("none")) {
            throw bad("its type goes with * only");
        }
        if (strict && listed.startsWith("|")) {
            throw bad("leading pipe is not permitted");
        }
        if (strict && listed.endsWith("|")) {
            throw bad("trailing pipe is not permitted");
        }
        if (strict && listed.contains("||")) {
            throw bad("consecutive pipes are not permitted");
        }
        List<Constraint> constraints = new ArrayList<>();
        int from = 0;
        while (from < listed.length()) {
            int pipe = listed.indexOf('|', from);
            int to = pipe < 0 ? listed.length() : pipe;
            if (to > from) {
                constraints.add(constraint(scheme, listed.substring(from, to)));
            }
            from = to + 1;
        }
        if (constraints.isEmpty()) {
            throw bad("it has no constraint");
        }
        VersionOrder order = VersSchemes.order(scheme);
        if (strict) {
            check(order, constraints);
        }
        return order == null ? constraints : sorted(order, constraints);
    }

    private Constraint constraint(String scheme, String part) throws BadRange {
        Comparator comparator = part.startsWith(">=")
                ? Comparator.GREATER_OR_EQUAL
                : part.startsWith("<=")
                        ? Comparator.LESS_OR_EQUAL
                        : part.startsWith("!=")
                                ? Comparator.NOT_EQUAL
                                : part.startsWith(">")
                                        ? Comparator.GREATER
                                        : part.startsWith("<") ? Comparator.LESS : Comparator.EQUAL;
        String version = part.substring(comparator.sign().length());
        if (comparator == Comparator.EQUAL && version.startsWith("=")) {
            if (strict) {
                throw bad("equality is written without a sign");
            }
            version = version.substring(version.startsWith("==") ? 2 : 1);
        }
        if (version.isEmpty()) {
            throw bad("a version must follow " + part);
        }
        if (version.indexOf('*') >= 0) {
            throw bad("an asterisk stands alone");
        }
        return new Constraint(comparator, decode(scheme, version));
    }

    private String decode(String scheme, String version) throws BadRange {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        boolean small = false;
        for (int i = 0; i < version.length(); i++) {
            int c = version.codePointAt(i);
            if (c != '%') {
                bytes.writeBytes(Character.toString(c).getBytes(StandardCharsets.UTF_8));
                i += Character.charCount(c) - 1;
                continue;
            }
            int high = i + 2 < version.length() ? Character.digit(version.charAt(i + 1), 16) : -1;
            int low = i + 2 < version.length() ? Character.digit(version.charAt(i + 2), 16) : -1;
            if (high < 0 || low < 0) {
                throw bad("invalid percent-encoding in version");
            }
            small |= Character.isLowerCase(version.charAt(i + 1)) || Character.isLowerCase(version.charAt(i + 2));
            bytes.write(high << 4 | low);
            i += 2;
        }
        String decoded = bytes.toString(StandardCharsets.UTF_8);
        if (strict && (small || !Vers.encode(decoded).equals(version))) {
            throw bad(
                    !small && scheme.equals("datetime") && version.contains("%3A")
                            ? "datetime time colons must be unencoded"
                            : "percent-encoding in version is not canonical");
        }
        if (strict && scheme.equals("datetime") && !decoded.equals(decoded.toUpperCase(Locale.ROOT))) {
            throw bad("datetime must use uppercase T and Z");
        }
        return decoded;
    }

    /// The rules that a sequence must keep so that no range is empty or written twice.
    private void check(@Nullable VersionOrder order, List<Constraint> constraints) throws BadRange {
        Constraint last = null;
        Constraint lastShown = null; // inequalities pass unseen
        for (Constraint constraint : constraints) {
            if (order != null && last != null) {
                checkRise(order, last.version(), constraint.version());
            }
            last = constraint;
            if (constraint.comparator() != Comparator.NOT_EQUAL) {
                if (lastShown != null && !follows(lastShown.comparator(), constraint.comparator())) {
                    throw bad(constraint.comparator().sign() + constraint.version() + " says nothing after "
                            + lastShown.comparator().sign() + lastShown.version());
                }
                lastShown = constraint;
            }
        }
    }

    private static boolean follows(Comparator first, Comparator second) {
        return first.isLower() ? second.isUpper() : !second.isUpper();
    }

    private void checkRise(VersionOrder order, String lower, String higher) throws BadRange {
        try {
            int way = order.compare(lower, higher);
            if (way > 0) {
                throw bad("constraints are not sorted by version");
            }
            if (way == 0) {
                throw bad("version " + higher + " stands in it twice");
            }
        } catch (BadVersion e) {
            // No order, so none to keep: what is in the range is unknown then.
        }
    }

    /// In rising order, those of one version as they stand; all as they stand where the order refuses one.
    private static List<Constraint> sorted(VersionOrder order, List<Constraint> constraints) {
        List<Constraint> sorted = new ArrayList<>(constraints);
        try {
            for (Constraint constraint : constraints) {
                String version = order.bound(constraint.version());
                order.compare(version, version);
            }
            sorted.sort((a, b) -> rise(order, order.bound(a.version()), order.bound(b.version())));
            return sorted;
        } catch (BadVersion | IllegalArgumentException e) { // Maven's order has circles, and the sort may notice
            return constraints;
        }
    }

    private static int rise(VersionOrder order, String left, String right) {
        try {
            return order.compare(left, right);
        } catch (BadVersion e) {
            throw new IllegalStateException("an order refused a version that it had taken", e);
        }
    }

    private BadRange bad(String reason) {
        return new BadRange(text, (strict ? "is no canonical vers: " : "is no vers: ") + reason);
    }
}
