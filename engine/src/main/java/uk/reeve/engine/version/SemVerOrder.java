package uk.reeve.engine.version;

import java.math.BigDecimal;
import java.util.List;
import uk.reeve.engine.version.SemVer.Dialect;

/// Semantic Versioning 2.0.0, as the tool of a [Dialect] reads it. Build metadata does not count, but for crates.io.
///
/// Key: three numbers; 0x03 for a release, else each identifier (0x01 and a number, 0x02 and a text) and 0x00. For
/// crates.io then the same of the build metadata, a number followed by how many zeros lead it.
final class SemVerOrder implements VersionOrder {

    private static final String EXACT_IN_A_DOUBLE = "9007199254740992";

    private final Dialect dialect;

    SemVerOrder(Dialect dialect) {
        this.dialect = dialect;
    }

    @Override
    public int compare(String left, String right) throws BadVersion {
        SemVer l = SemVer.parse(left, dialect);
        SemVer r = SemVer.parse(right, dialect);
        int order = Digits.compare(l.major(), r.major());
        if (order == 0) {
            order = Digits.compare(l.minor(), r.minor());
        }
        if (order == 0) {
            order = Digits.compare(l.patch(), r.patch());
        }
        if (order == 0) {
            order = comparePre(l.pre(), r.pre());
        }
        return order == 0 && dialect == Dialect.CRATES ? compareBuild(l.build(), r.build()) : order;
    }

    private int comparePre(List<String> left, List<String> right) {
        if (left.isEmpty() || right.isEmpty()) {
            return Boolean.compare(left.isEmpty(), right.isEmpty());
        }
        int shared = Math.min(left.size(), right.size());
        for (int i = 0; i < shared; i++) {
            String l = left.get(i);
            String r = right.get(i);
            if (l.equals(r)) {
                continue;
            }
            boolean number = Digits.areAll(l);
            if (number != Digits.areAll(r)) {
                return number ? -1 : 1;
            }
            if (number && dialect == Dialect.NPM) {
                // JavaScript's numbers: two that round to the same end the comparison, whatever follows
                return Double.compare(Double.parseDouble(l), Double.parseDouble(r));
            }
            return number ? Digits.compare(l, r) : l.compareTo(r);
        }
        return Integer.compare(left.size(), right.size());
    }

    /// 0 < 00 < 1 < 01 < 2: by value, then the one with more zeros in front is the greater.
    private static int compareBuild(List<String> left, List<String> right) {
        int shared = Math.min(left.size(), right.size());
        for (int i = 0; i < shared; i++) {
            String l = left.get(i);
            String r = right.get(i);
            boolean number = Digits.areAll(l);
            int order;
            if (number != Digits.areAll(r)) {
                order = number ? -1 : 1;
            } else if (number) {
                order = Digits.compare(l, r);
                order = order == 0 ? Integer.compare(l.length(), r.length()) : order;
            } else {
                order = l.compareTo(r);
            }
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(left.size(), right.size());
    }

    @Override
    public VersionKey key(String version) throws BadVersion {
        SemVer parts = SemVer.parse(version, dialect);
        KeyBytes key =
                new KeyBytes().number(parts.major()).number(parts.minor()).number(parts.patch());
        boolean exact = true;
        if (parts.pre().isEmpty()) {
            key.tag(3);
        } else {
            for (String identifier : parts.pre()) {
                if (!Digits.areAll(identifier)) {
                    key.tag(2).word(identifier);
                } else if (dialect == Dialect.NPM && Digits.compare(identifier, EXACT_IN_A_DOUBLE) >= 0) {
                    key.tag(1).number(new BigDecimal(Double.parseDouble(identifier)).toPlainString());
                    exact = false; // equality of rounded numbers is not transitive
                } else {
                    key.tag(1).number(identifier);
                }
            }
            key.tag(0);
        }
        if (dialect == Dialect.CRATES) {
            build(key, parts.build());
        }
        return exact ? key.key() : key.inexact().key();
    }

    private static void build(KeyBytes key, List<String> build) {
        for (String identifier : build) {
            if (Digits.areAll(identifier)) {
                key.tag(1).number(identifier).number(identifier.length());
            } else {
                key.tag(2).word(identifier);
            }
        }
        key.tag(0);
    }

    /// Pads to three numbers, drops zeros in front of a number (Bitnami writes dates so: `2021.03.17`) and a leading
    /// `v`; what is no version even so stays as it was, and is refused when it is compared.
    @Override
    public String bound(String text) {
        int start = text.startsWith("v") ? 1 : 0;
        int head = start;
        while (head < text.length() && (Digits.isDigit(text.charAt(head)) || text.charAt(head) == '.')) {
            head++;
        }
        String[] numbers = text.substring(start, head).split("\\.", -1);
        if (numbers.length > 3 || (head < text.length() && text.charAt(head) != '-' && text.charAt(head) != '+')) {
            return text;
        }
        StringBuilder repaired = new StringBuilder(text.length() + 4);
        for (int i = 0; i < 3; i++) {
            String number = i < numbers.length ? numbers[i] : "0";
            if (number.isEmpty()) {
                return text;
            }
            int zeros = 0;
            while (zeros < number.length() - 1 && number.charAt(zeros) == '0') {
                zeros++;
            }
            repaired.append(i == 0 ? "" : ".").append(number, zeros, number.length());
        }
        return repaired.append(text, head, text.length()).toString();
    }
}
