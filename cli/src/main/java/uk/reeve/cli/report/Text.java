package uk.reeve.cli.report;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import uk.reeve.engine.input.Controls;

/// Words and figures as people read them. Made by hand: the JDK's formatters cost more than a whole scan at start.
public final class Text {

    private static final String[] MONTHS = {
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December"
    };

    private Text() {}

    /// Text of others without what a terminal or a reader could take for a command: control characters and those that
    /// turn the direction of writing are written as their number.
    public static String clean(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (isUnsafe(text.charAt(i), i == 0 ? ' ' : text.charAt(i - 1))) {
                return escape(text);
            }
        }
        return text;
    }

    private static String escape(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!isUnsafe(c, i == 0 ? ' ' : text.charAt(i - 1))) {
                out.append(c);
            } else if (c < 0x100) {
                out.append("\\x").append(Character.forDigit(c >> 4, 16)).append(Character.forDigit(c & 15, 16));
            } else {
                out.append("\\u").append(Integer.toHexString(0x10000 | c), 1, 5);
            }
        }
        return out.toString();
    }

    // Tags and the selectors beside them (U+E0000 to U+E01EF) are two code units, the first 0xDB40.
    private static boolean isUnsafe(char c, char before) {
        return c == 0xdb40 || before == 0xdb40 || Controls.isOne(c);
    }

    /// `14,210`.
    public static String count(long number) {
        String digits = Long.toString(number);
        if (number < 1000) {
            return digits;
        }
        StringBuilder text = new StringBuilder(digits);
        for (int i = digits.length() - 3; i > 0; i -= 3) {
            text.insert(i, ',');
        }
        return text.toString();
    }

    /// `1 flaw`, `6 flaws`.
    public static String count(long number, String one, String many) {
        return count(number) + " " + (number == 1 ? one : many);
    }

    /// `3 January 2025` of `2025-01-03` or a time that begins so; what is no such date as it is.
    public static String date(String iso) {
        if (iso.length() < 10 || iso.charAt(4) != '-' || iso.charAt(7) != '-') {
            return iso;
        }
        try {
            int month = Integer.parseInt(iso.substring(5, 7));
            int day = Integer.parseInt(iso.substring(8, 10));
            return month < 1 || month > 12 ? iso : day + " " + MONTHS[month - 1] + " " + iso.substring(0, 4);
        } catch (NumberFormatException e) {
            return iso;
        }
    }

    /// Whole days from an ISO date to a time; 0 where it is no date.
    static long days(String iso, Instant until) {
        try {
            LocalDate day = LocalDate.of(
                    Integer.parseInt(iso.substring(0, 4)),
                    Integer.parseInt(iso.substring(5, 7)),
                    Integer.parseInt(iso.substring(8)));
            return Math.floorDiv(until.getEpochSecond(), 86_400L) - day.toEpochDay();
        } catch (DateTimeException | NumberFormatException | StringIndexOutOfBoundsException e) {
            return 0;
        }
    }

    /// `9.8`: one decimal.
    public static String score(double score) {
        long tenths = Math.round(score * 10);
        return tenths / 10 + "." + tenths % 10;
    }

    /// `9.8 critical`, `high` where there is a word only, `unrated`.
    public static String severity(double score, String word) {
        return score < 0 ? word : score(score) + " " + word;
    }

    /// `a, b and c`.
    public static String list(List<String> words) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < words.size(); i++) {
            text.append(i == 0 ? "" : i + 1 == words.size() ? " and " : ", ").append(words.get(i));
        }
        return text.toString();
    }
}
