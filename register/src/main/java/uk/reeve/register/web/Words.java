package uk.reeve.register.web;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/// Dates, times and counts as pages say them (PAGES, "Numbers and times"). UK time throughout.
public final class Words {

    static final ZoneId UK = ZoneId.of("Europe/London");

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.UK);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMMM", Locale.UK);
    private static final DateTimeFormatter WEEKDAY = DateTimeFormatter.ofPattern("EEEE d MMMM", Locale.UK);
    private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("ha", Locale.UK);
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("h:mma", Locale.UK);
    private static final int COUNTED = 10_000;

    private Words() {}

    /// "12 May 2026".
    public static String date(LocalDate date) {
        return date.format(DATE);
    }

    /// The day in the UK: "12 May 2026".
    public static String date(Instant at) {
        return date(shown(at).toLocalDate());
    }

    /// "5pm", "9:32am", "midday". Never midnight, of which nobody knows the day: "11:59pm", and the day before it.
    public static String time(Instant at) {
        LocalTime time = shown(at).toLocalTime();
        if (time.equals(LocalTime.NOON)) {
            return "midday";
        }
        return time.format(time.getMinute() == 0 ? HOUR : MINUTE).toLowerCase(Locale.UK);
    }

    /// "9:32am on 12 May 2026".
    public static String dateAndTime(Instant at) {
        return time(at) + " on " + date(at);
    }

    /// When a number was counted: "as of 9:14am" today, else "as of 9 May", with the year where it is another.
    public static String asOf(Instant at, Instant now) {
        return "as of " + (sameDay(at, now) ? time(at) : day(at, now));
    }

    /// The same for what is older than it should be: "as of 3 May, 9 days old".
    public static String asOfOld(Instant at, Instant now) {
        return asOf(at, now) + ", " + age(at, now) + " old";
    }

    /// "today", "1 day ago", "8 days ago": by the calendar.
    public static String ago(Instant at, Instant now) {
        return sameDay(at, now) ? "today" : count(days(at, now), "day") + " ago";
    }

    /// Up to 10,000 exact, with a comma for thousands; then "10,000+".
    public static String count(long number) {
        return number > COUNTED ? "10,000+" : String.format(Locale.UK, "%,d", number);
    }

    /// "1 system", "4 systems".
    public static String count(long number, String noun) {
        return count(number, noun, noun + "s");
    }

    /// "1 library", "4 libraries".
    public static String count(long number, String one, String many) {
        return count(number) + " " + (number == 1 ? one : many);
    }

    /// Days are told from two on, hours and minutes before.
    private static String age(Instant at, Instant now) {
        long days = days(at, now);
        return days >= 2 ? count(days, "day") : count(Duration.between(at, now).toHours(), "hour");
    }

    /// Midnight belongs to the day that ends.
    static ZonedDateTime shown(Instant at) {
        ZonedDateTime local = at.atZone(UK).truncatedTo(ChronoUnit.MINUTES);
        return local.toLocalTime().equals(LocalTime.MIDNIGHT) ? local.minusMinutes(1) : local;
    }

    /// "9 May", or "9 May 2025" where the year is not that of `now`.
    static String day(Instant at, Instant now) {
        LocalDate day = shown(at).toLocalDate();
        return day.getYear() == shown(now).getYear() ? day.format(DAY) : date(day);
    }

    /// "Tuesday 12 May".
    static String weekday(Instant at) {
        return shown(at).format(WEEKDAY);
    }

    /// Calendar days in the UK from the one to the other.
    static long days(Instant from, Instant to) {
        return ChronoUnit.DAYS.between(shown(from).toLocalDate(), shown(to).toLocalDate());
    }

    private static boolean sameDay(Instant one, Instant other) {
        return days(one, other) == 0;
    }
}
