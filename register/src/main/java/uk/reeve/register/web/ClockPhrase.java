package uk.reeve.register.web;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// How a clock reads (PAGES, "Numbers and times"). What remains is rounded down, lateness up; days are days of the UK's
/// calendar, so that a change of the clocks makes none longer.
public final class ClockPhrase {

    private static final Duration TWO_HOURS = Duration.ofHours(2);

    private ClockPhrase() {}

    /// A clock that runs: "due in 6 days, by 5pm on Tuesday 12 May", "3 days late (was due by 5pm on 9 May)".
    public static String running(Instant due, Instant now) {
        return now.isAfter(due) ? late(due, now) : remaining(due, now);
    }

    /// A clock that was met: "answered in 2 working days (5 allowed)".
    ///
    /// @param act what was done, as in "answered"
    /// @param unit of both numbers, as in "working day"
    public static String met(String act, long taken, long allowed, String unit) {
        return act + " in " + Words.count(taken, unit) + " (" + Words.count(allowed) + " allowed)";
    }

    /// A clock that stands still: "paused on 3 May: waiting for the supplier's log".
    public static String paused(Instant since, Instant now, String reason) {
        return "paused on " + Words.day(since, now) + ": " + reason;
    }

    private static String remaining(Instant due, Instant now) {
        if (now.atZone(Words.UK).plusDays(14).toInstant().isBefore(due)) {
            return "due " + Words.date(due);
        }
        long days = ChronoUnit.DAYS.between(now.atZone(Words.UK), due.atZone(Words.UK));
        Duration left = Duration.between(now, due);
        if (days >= 2) {
            return "due in " + Words.count(days, "day") + by(due, now);
        }
        if (left.compareTo(TWO_HOURS) >= 0) {
            return "due in " + Words.count(left.toHours(), "hour") + by(due, now);
        }
        return (left.toMinutes() == 0 ? "due now" : "due in " + Words.count(left.toMinutes(), "minute")) + by(due, now);
    }

    private static String by(Instant due, Instant now) {
        long days = Words.days(now, due);
        String day = days <= 0 ? "today" : days == 1 ? "tomorrow" : "on " + Words.weekday(due);
        return ", by " + Words.time(due) + " " + day;
    }

    private static String late(Instant due, Instant now) {
        long days = ChronoUnit.DAYS.between(due.atZone(Words.UK), now.atZone(Words.UK));
        Duration over = Duration.between(due, now);
        String how;
        if (days >= 2) {
            boolean whole = due.atZone(Words.UK).plusDays(days).toInstant().equals(now);
            how = Words.count(whole ? days : days + 1, "day");
        } else if (over.compareTo(TWO_HOURS) >= 0) {
            how = Words.count(up(over, Duration.ofHours(1)), "hour");
        } else {
            how = Words.count(up(over, Duration.ofMinutes(1)), "minute");
        }
        return how + " late (was due by " + Words.time(due) + " on " + Words.day(due, now) + ")";
    }

    private static long up(Duration duration, Duration unit) {
        long whole = duration.dividedBy(unit);
        return unit.multipliedBy(whole).equals(duration) ? whole : whole + 1;
    }
}
