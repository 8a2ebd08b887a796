package uk.reeve.engine.index;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;

/// Times of records. The lists hold hundreds of thousands, and the JDK's own parser takes ten microseconds for each.
final class Times {

    /// What [#seconds] answers for what is no time.
    static final long NONE = Long.MIN_VALUE;

    private static final String SHAPE = "0000-00-00T00:00:00";

    private Times() {}

    /// Seconds since 1970 of an RFC 3339 time, fractions cut off; [#NONE] for what is none.
    static long seconds(String text) {
        try {
            return isPlain(text) ? plain(text) : Instant.parse(text).getEpochSecond();
        } catch (DateTimeException _) {
            return NONE;
        }
    }

    /// Whether it is written as nearly all are: `2026-01-31T12:00:00Z`, with or without a fraction.
    private static boolean isPlain(String text) {
        int length = text.length();
        if (length < SHAPE.length() + 1 || length > 30 || text.charAt(length - 1) != 'Z') {
            return false;
        }
        for (int i = 0; i < length - 1; i++) {
            char c = text.charAt(i);
            char shape = i < SHAPE.length() ? SHAPE.charAt(i) : i == SHAPE.length() ? '.' : '0';
            if (shape == '0' ? c < '0' || c > '9' : c != shape) {
                return false;
            }
        }
        // the second before the point, hours and minutes: what is out of range is left to the JDK to refuse
        return number(text, 11, 13) < 24
                && number(text, 14, 16) < 60
                && number(text, 17, 19) < 60
                && length != SHAPE.length() + 2;
    }

    private static long plain(String text) {
        long day = LocalDate.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10))
                .toEpochDay();
        return day * 86_400 + number(text, 11, 13) * 3_600L + number(text, 14, 16) * 60L + number(text, 17, 19);
    }

    private static int number(String text, int from, int to) {
        int value = 0;
        for (int i = from; i < to; i++) {
            value = value * 10 + text.charAt(i) - '0';
        }
        return value;
    }
}
