package uk.reeve.engine.version;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// NuGet's order: one to four numbers of 31 bits, missing ones 0, then Semantic Versioning without regard to case.
/// Build metadata does not count. A label is a number where .NET makes one of it: `-5` is, `2147483648` is a text.
///
/// Key: four numbers; 0x04 for a release, else each label (0x01 and a number below zero, four bytes; 0x02 and a
/// number; 0x03 and a text in capitals) and 0x00.
///
/// Source: NuGet.Versioning, `NuGetVersion.TryParse` and `VersionComparer`.
final class NuGetOrder implements VersionOrder {

    private static final String LARGEST = "2147483647";

    /// @param labels empty for a release, in capitals
    private record Parts(List<String> numbers, List<String> labels) {}

    @Override
    public int compare(String left, String right) throws BadVersion {
        Parts l = parse(left);
        Parts r = parse(right);
        for (int i = 0; i < 4; i++) {
            int order = Digits.compare(l.numbers.get(i), r.numbers.get(i));
            if (order != 0) {
                return order;
            }
        }
        if (l.labels.isEmpty() || r.labels.isEmpty()) {
            return Boolean.compare(l.labels.isEmpty(), r.labels.isEmpty());
        }
        for (int i = 0; i < Math.min(l.labels.size(), r.labels.size()); i++) {
            int order = compareLabels(l.labels.get(i), r.labels.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(l.labels.size(), r.labels.size());
    }

    private static int compareLabels(String left, String right) {
        boolean number = isNumber(left);
        if (number != isNumber(right)) {
            return number ? -1 : 1;
        }
        return number ? Integer.compare(Integer.parseInt(left), Integer.parseInt(right)) : left.compareTo(right);
    }

    private static boolean isNumber(String label) {
        boolean negative = label.startsWith("-");
        String digits = negative ? label.substring(1) : label;
        return !digits.isEmpty()
                && Digits.areAll(digits)
                && Digits.compare(digits, negative ? "2147483648" : LARGEST) <= 0;
    }

    @Override
    public VersionKey key(String version) throws BadVersion {
        Parts parts = parse(version);
        KeyBytes key = new KeyBytes();
        for (String number : parts.numbers) {
            key.number(number);
        }
        if (parts.labels.isEmpty()) {
            return key.tag(4).key();
        }
        for (String label : parts.labels) {
            int number = isNumber(label) ? Integer.parseInt(label) : 0;
            if (!isNumber(label)) {
                key.tag(3).word(label);
            } else if (number >= 0) {
                key.tag(2).number(number);
            } else {
                key.tag(1).tag(number >> 24).tag(number >> 16).tag(number >> 8).tag(number);
            }
        }
        return key.tag(0).key();
    }

    private static Parts parse(String text) throws BadVersion {
        int start = 0;
        int end = text.length();
        while (start < end && isBlank(text.charAt(start))) {
            start++;
        }
        while (end > start && isBlank(text.charAt(end - 1))) {
            end--;
        }
        TextCursor in = new TextCursor(text, start, end);
        String[] numbers = {"0", "0", "0", "0"};
        int count = 0;
        do {
            if (count == 4) {
                throw in.refuse("no fifth number");
            }
            skipBlanks(in);
            String digits = in.digits();
            if (digits.isEmpty()) {
                throw in.refuse("a number");
            }
            if (Digits.compare(digits, LARGEST) > 0) {
                throw in.refuse("a number up to " + LARGEST);
            }
            numbers[count++] = digits;
            skipBlanks(in);
        } while (in.take('.'));
        List<String> labels = in.take('-') ? labels(in, true) : List.of();
        if (in.take('+')) {
            labels(in, false);
        }
        if (!in.atEnd()) {
            throw in.refuse("\"-\", \"+\" or the end");
        }
        return new Parts(List.of(numbers), labels);
    }

    private static List<String> labels(TextCursor in, boolean noLeadingZeros) throws BadVersion {
        List<String> labels = new ArrayList<>(2);
        do {
            String label = in.identifier();
            if (label.isEmpty()) {
                throw in.refuse("a letter, digit or hyphen");
            }
            if (noLeadingZeros && label.length() > 1 && label.charAt(0) == '0' && Digits.areAll(label)) {
                throw in.refuse("no leading zero in the number " + label);
            }
            labels.add(label.toUpperCase(Locale.ROOT));
        } while (in.take('.'));
        return labels;
    }

    private static void skipBlanks(TextCursor in) {
        while (isBlank(in.peek())) {
            in.take(in.peek());
        }
    }

    private static boolean isBlank(char c) {
        return (c >= '\t' && c <= '\r') || Character.isSpaceChar(c) || c == '\u0085';
    }
}
