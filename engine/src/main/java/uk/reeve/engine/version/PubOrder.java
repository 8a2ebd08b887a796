package uk.reeve.engine.version;

import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.version.SemVer.Dialect;

/// Dart's own order: as Semantic Versioning, but build metadata counts, after the same version without any; and an
/// identifier is a number where Dart's `int.tryParse` makes one of it: `-5` and `0x1F` are numbers, twenty digits are
/// a text.
///
/// Key: three numbers; 0x04 for a release, else its identifiers; then those of the build metadata. An identifier is
/// 0x01 and a number below zero (eight bytes), 0x02 and a number, or 0x03 and a text; 0x00 closes them.
///
/// Source: pub_semver, `Version.compareTo`.
final class PubOrder implements VersionOrder {

    @Override
    public int compare(String left, String right) throws BadVersion {
        SemVer l = SemVer.parse(left, Dialect.PUB);
        SemVer r = SemVer.parse(right, Dialect.PUB);
        int order = Digits.compare(l.major(), r.major());
        if (order == 0) {
            order = Digits.compare(l.minor(), r.minor());
        }
        if (order == 0) {
            order = Digits.compare(l.patch(), r.patch());
        }
        if (order == 0) {
            order = Boolean.compare(l.pre().isEmpty(), r.pre().isEmpty());
        }
        if (order == 0) {
            order = compareLists(l.pre(), r.pre());
        }
        return order == 0 ? compareLists(l.build(), r.build()) : order;
    }

    private static int compareLists(List<String> left, List<String> right) {
        int shared = Math.min(left.size(), right.size());
        for (int i = 0; i < shared; i++) {
            Long l = number(left.get(i));
            Long r = number(right.get(i));
            int order;
            if (l != null && r != null) {
                order = Long.compare(l, r);
            } else if (l == null && r == null) {
                order = left.get(i).compareTo(right.get(i));
            } else {
                order = l != null ? -1 : 1;
            }
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(left.size(), right.size());
    }

    /// What `int.tryParse` returns: null where that does.
    private static @Nullable Long number(String identifier) {
        int start = identifier.startsWith("-") ? 1 : 0;
        boolean hex = identifier.regionMatches(true, start, "0x", 0, 2);
        char first = start < identifier.length() ? identifier.charAt(start) : 0;
        if (!Digits.isDigit(first)) {
            return null;
        }
        try {
            if (!hex) {
                return Long.valueOf(identifier);
            }
            long value = Long.parseUnsignedLong(identifier, start + 2, identifier.length(), 16);
            return start == 1 ? -value : value;
        } catch (NumberFormatException e) {
            return null; // letters, or beyond 64 bits: Dart keeps the text
        }
    }

    @Override
    public VersionKey key(String version) throws BadVersion {
        SemVer parts = SemVer.parse(version, Dialect.PUB);
        KeyBytes key =
                new KeyBytes().number(parts.major()).number(parts.minor()).number(parts.patch());
        if (parts.pre().isEmpty()) {
            key.tag(4);
        } else {
            identifiers(key, parts.pre());
        }
        identifiers(key, parts.build());
        return key.key();
    }

    private static void identifiers(KeyBytes key, List<String> identifiers) {
        for (String identifier : identifiers) {
            Long number = number(identifier);
            if (number == null) {
                key.tag(3).word(identifier);
            } else if (number >= 0) {
                key.tag(2).number(number);
            } else {
                key.tag(1);
                for (int shift = 56; shift >= 0; shift -= 8) {
                    key.tag((int) (number >> shift) & 0xFF);
                }
            }
        }
        key.tag(0);
    }

    /// Pads to three numbers, and drops a leading `v`.
    @Override
    public String bound(String text) {
        return Orders.SEMVER.bound(text);
    }
}
