package uk.reeve.engine.version;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Conan's order: `items[-pre][+build]`, where items are parted by dots and trailing zeros count for nothing; `pre` and
/// `build` are versions in turn. It takes every text of at most 1,024 characters.
///
/// Numbers compare as numbers, but a number and a word compare as text (`10` < `5a` < `9`): not transitive, so the
/// key is exact only where no word begins with a digit. Source: Conan 2, `conan/internal/model/version.py`;
/// vers-spec's tests.
final class ConanOrder implements VersionOrder {

    private static final int END = 0;
    private static final int LOW_WORD = 1;
    private static final int NUMBER = 2;
    private static final int WORD = 3;

    private record Version(
            List<String> items,
            @Nullable Version pre,
            @Nullable Version build) {

        static Version of(String text) {
            int plus = text.lastIndexOf('+');
            String body = plus < 0 ? text : text.substring(0, plus);
            int hyphen = body.indexOf('-');
            List<String> items = items(hyphen < 0 ? body : body.substring(0, hyphen));
            return new Version(
                    items,
                    hyphen < 0 ? null : of(body.substring(hyphen + 1)),
                    plus < 0 ? null : of(text.substring(plus + 1)));
        }

        private static List<String> items(String text) {
            List<String> items = new ArrayList<>();
            int from = 0;
            for (int dot = text.indexOf('.'); dot >= 0; dot = text.indexOf('.', from)) {
                items.add(text.substring(from, dot));
                from = dot + 1;
            }
            items.add(text.substring(from));
            while (!items.isEmpty() && isNumber(items.getLast()) && isZero(items.getLast())) {
                items.removeLast();
            }
            return items;
        }
    }

    @Override
    public int compare(String left, String right) throws BadVersion {
        Digits.checkLength(left);
        Digits.checkLength(right);
        return compare(Version.of(left), Version.of(right));
    }

    private static int compare(Version left, Version right) {
        int common = Math.min(left.items.size(), right.items.size());
        for (int i = 0; i < common; i++) {
            int order = compareItems(left.items.get(i), right.items.get(i));
            if (order != 0) {
                return order;
            }
        }
        int order = Integer.compare(left.items.size(), right.items.size());
        if (order == 0) {
            order = left.pre != null && right.pre != null
                    ? compare(left.pre, right.pre)
                    : Boolean.compare(left.pre == null, right.pre == null);
        }
        if (order == 0) {
            order = left.build != null && right.build != null
                    ? compare(left.build, right.build)
                    : Boolean.compare(left.build != null, right.build != null);
        }
        return order;
    }

    private static int compareItems(String left, String right) {
        boolean leftNumber = isNumber(left);
        boolean rightNumber = isNumber(right);
        if (leftNumber && rightNumber) {
            return Digits.compare(left, 0, left.length(), right, 0, right.length());
        }
        return (leftNumber ? plain(left) : left).compareTo(rightNumber ? plain(right) : right);
    }

    private static boolean isNumber(String item) {
        return !item.isEmpty() && Digits.end(item, 0) == item.length();
    }

    private static boolean isZero(String number) {
        return Digits.skipZeros(number, 0, number.length()) == number.length();
    }

    private static String plain(String number) {
        return isZero(number) ? "0" : number.substring(Digits.skipZeros(number, 0, number.length()));
    }

    @Override
    public VersionKey key(String version) throws BadVersion {
        Digits.checkLength(version);
        KeyBytes key = new KeyBytes();
        write(Version.of(version), key);
        return key.key();
    }

    private static void write(Version version, KeyBytes key) {
        for (String item : version.items) {
            char first = item.isEmpty() ? 0 : item.charAt(0);
            if (isNumber(item)) {
                key.tag(NUMBER).number(item, 0, item.length());
            } else {
                key.tag(first < '0' ? LOW_WORD : WORD).word(item, 0, item.length());
                if (Digits.isDigit(first)) {
                    key.inexact();
                }
            }
        }
        key.tag(END);
        if (version.pre != null) {
            write(version.pre, key.tag(0));
        } else {
            key.tag(1);
        }
        if (version.build != null) {
            write(version.build, key.tag(1));
        } else {
            key.tag(0);
        }
    }
}
