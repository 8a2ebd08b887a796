package uk.reeve.engine.version;

import java.util.ArrayList;
import java.util.List;

/// RubyGems' order: numbers and words in turn, a word below every number, missing ones 0; a hyphen reads as `.pre.`,
/// and zeros before the first word or at the end do not count.
///
/// Since what is missing is 0, a run of zeros weighs what the element after it weighs. Key: for each element that is
/// not 0, with `n` the zeros before it: 0x01 `n` and the word; 0x04 and the number where `n` is 0; 0x03, 65,535 less
/// `n`, and the number where it is not. 0x02 closes it: below every number, above every word.
///
/// Source: `Gem::Version`, RubyGems 3.3.15.
final class RubyGemsOrder implements VersionOrder {

    @Override
    public int compare(String left, String right) throws BadVersion {
        List<String> l = segments(left);
        List<String> r = segments(right);
        for (int i = 0; i < Math.max(l.size(), r.size()); i++) {
            String one = i < l.size() ? l.get(i) : "0";
            String other = i < r.size() ? r.get(i) : "0";
            boolean number = Digits.areAll(one);
            int order;
            if (number != Digits.areAll(other)) {
                order = number ? 1 : -1;
            } else {
                order = number ? Digits.compare(one, other) : one.compareTo(other);
            }
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    @Override
    public VersionKey key(String version) throws BadVersion {
        KeyBytes key = new KeyBytes();
        int zeros = 0;
        for (String segment : segments(version)) {
            if (isZero(segment)) {
                zeros++;
                continue;
            }
            if (!Digits.areAll(segment)) {
                key.tag(1).number(zeros).word(segment);
            } else if (zeros == 0) {
                key.tag(4).number(segment);
            } else {
                int fewer = 0xFFFF - zeros;
                key.tag(3).tag(fewer >> 8).tag(fewer).number(segment);
            }
            zeros = 0;
        }
        return key.tag(2).key();
    }

    /// Numbers and words as they are compared, the zeros that do not count left out.
    private static List<String> segments(String text) throws BadVersion {
        int start = 0;
        int end = text.length();
        while (start < end && isBlank(text.charAt(start))) {
            start++;
        }
        while (end > start && isBlank(text.charAt(end - 1))) {
            end--;
        }
        TextCursor in = new TextCursor(text, start, end);
        List<String> segments = new ArrayList<>(4);
        if (in.atEnd()) {
            return segments; // an empty version is 0
        }
        String digits = in.digits();
        if (digits.isEmpty()) {
            throw in.refuse("a number");
        }
        segments.add(digits);
        while (in.take('.')) {
            String part = in.alphanumerics();
            if (part.isEmpty()) {
                throw in.refuse("a letter or digit");
            }
            split(part, segments);
        }
        if (in.take('-')) {
            add("pre", segments);
            do {
                String part = in.identifier();
                if (part.isEmpty()) {
                    throw in.refuse("a letter, digit or hyphen");
                }
                split(part, segments);
            } while (in.take('.'));
        }
        if (!in.atEnd()) {
            throw in.refuse("\".\", \"-\" or the end");
        }
        dropZeros(segments);
        return segments;
    }

    private static void split(String part, List<String> segments) {
        int at = 0;
        while (at < part.length()) {
            if (part.charAt(at) == '-') {
                add("pre", segments);
                at++;
                continue;
            }
            boolean number = Digits.isDigit(part.charAt(at));
            int end = at + 1;
            while (end < part.length() && part.charAt(end) != '-' && Digits.isDigit(part.charAt(end)) == number) {
                end++;
            }
            add(part.substring(at, end), segments);
            at = end;
        }
    }

    private static void add(String segment, List<String> segments) {
        boolean firstWord = !Digits.areAll(segment);
        for (int i = 0; firstWord && i < segments.size(); i++) {
            firstWord = Digits.areAll(segments.get(i));
        }
        if (firstWord) {
            dropZeros(segments);
        }
        segments.add(segment);
    }

    private static void dropZeros(List<String> segments) {
        while (!segments.isEmpty() && isZero(segments.getLast())) {
            segments.removeLast();
        }
    }

    private static boolean isZero(String segment) {
        return Digits.areAll(segment) && Digits.compare(segment, "") == 0;
    }

    private static boolean isBlank(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }
}
