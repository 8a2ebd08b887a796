package uk.reeve.register.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClockPhraseTest {

    private static final Pattern NUMBER = Pattern.compile("(\\d+) (day|hour|minute)s?\\b.*");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            2026-05-12T16:00:00Z | 2026-04-27T16:00:00Z | due 12 May 2026
            2026-05-12T16:00:00Z | 2026-04-28T15:59:59Z | due 12 May 2026
            2026-05-12T16:00:00Z | 2026-04-28T16:00:00Z | due in 14 days, by 5pm on Tuesday 12 May
            2026-05-12T16:00:00Z | 2026-05-06T08:00:00Z | due in 6 days, by 5pm on Tuesday 12 May
            2026-05-12T16:00:00Z | 2026-05-10T16:00:00Z | due in 2 days, by 5pm on Tuesday 12 May
            2026-05-12T16:00:00Z | 2026-05-10T16:00:01Z | due in 47 hours, by 5pm on Tuesday 12 May
            2026-05-12T16:00:00Z | 2026-05-11T08:30:00Z | due in 31 hours, by 5pm tomorrow
            2026-05-12T16:00:00Z | 2026-05-12T14:00:00Z | due in 2 hours, by 5pm today
            2026-05-12T16:00:00Z | 2026-05-12T14:00:01Z | due in 119 minutes, by 5pm today
            2026-05-12T16:00:00Z | 2026-05-12T15:20:00Z | due in 40 minutes, by 5pm today
            2026-05-12T16:00:00Z | 2026-05-12T15:59:00Z | due in 1 minute, by 5pm today
            2026-05-12T16:00:00Z | 2026-05-12T16:00:00Z | due now, by 5pm today
            2026-05-12T23:00:00Z | 2026-05-12T20:00:00Z | due in 3 hours, by 11:59pm today
            2026-05-12T16:00:00Z | 2026-05-12T16:00:01Z | 1 minute late (was due by 5pm on 12 May)
            2026-05-12T16:00:00Z | 2026-05-12T18:00:01Z | 3 hours late (was due by 5pm on 12 May)
            2026-05-09T16:00:00Z | 2026-05-11T16:00:00Z | 2 days late (was due by 5pm on 9 May)
            2026-05-09T16:00:00Z | 2026-05-11T16:00:01Z | 3 days late (was due by 5pm on 9 May)
            2025-12-31T17:00:00Z | 2026-01-03T17:00:00Z | 3 days late (was due by 5pm on 31 December 2025)
            """)
    void a_running_clock(Instant due, Instant now, String words) {
        assertThat(ClockPhrase.running(due, now)).isEqualTo(words);
    }

    /// Clocks go forward on 29 March 2026 and back on 25 October 2026: two days there last 47 and 49 hours.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            2026-03-30T16:00:00Z | 2026-03-28T17:00:00Z | due in 2 days, by 5pm on Monday 30 March
            2026-03-29T16:00:00Z | 2026-03-28T17:00:00Z | due in 23 hours, by 5pm tomorrow
            2026-10-26T17:00:00Z | 2026-10-24T16:00:00Z | due in 2 days, by 5pm on Monday 26 October
            2026-10-26T17:00:00Z | 2026-10-24T16:30:00Z | due in 48 hours, by 5pm on Monday 26 October
            2026-03-28T17:00:00Z | 2026-03-30T16:00:00Z | 2 days late (was due by 5pm on 28 March)
            """)
    void days_are_the_calendars_when_the_clocks_change(Instant due, Instant now, String words) {
        assertThat(ClockPhrase.running(due, now)).isEqualTo(words);
    }

    /// Every hour around both changes of the clocks: what remains is never told longer than it is, nor lateness
    /// shorter.
    @Test
    void what_remains_is_rounded_down_and_lateness_up() {
        for (Instant due :
                new Instant[] {Instant.parse("2026-03-29T16:00:00Z"), Instant.parse("2026-10-25T17:00:00Z")}) {
            for (int minutes = -20 * 24 * 60; minutes <= 20 * 24 * 60; minutes += 37) {
                Instant now = due.plus(Duration.ofMinutes(minutes));
                String phrase = ClockPhrase.running(due, now);
                Matcher number = NUMBER.matcher(phrase.replaceFirst("^due in ", ""));
                if (!number.matches()) {
                    continue; // "due 12 May 2026"
                }
                ZonedDateTime from = (minutes > 0 ? due : now).atZone(Words.UK);
                Instant told = plus(from, Long.parseLong(number.group(1)), number.group(2))
                        .toInstant();
                if (minutes > 0) {
                    assertThat(told).as(phrase).isAfterOrEqualTo(now);
                } else {
                    assertThat(told).as(phrase).isBeforeOrEqualTo(due);
                }
            }
        }
    }

    private static ZonedDateTime plus(ZonedDateTime from, long number, String unit) {
        return switch (unit) {
            case "day" -> from.plusDays(number);
            case "hour" -> from.plusHours(number);
            default -> from.plusMinutes(number);
        };
    }

    @Test
    void a_clock_that_was_met_says_what_it_took() {
        assertThat(ClockPhrase.met("answered", 2, 5, "working day"))
                .isEqualTo("answered in 2 working days (5 allowed)");
        assertThat(ClockPhrase.met("answered", 1, 5, "working day")).isEqualTo("answered in 1 working day (5 allowed)");
    }

    @Test
    void a_clock_that_stands_still_says_since_when_and_why() {
        assertThat(ClockPhrase.paused(
                        Instant.parse("2026-05-03T10:00:00Z"),
                        Instant.parse("2026-05-12T10:00:00Z"),
                        "waiting for the council's log"))
                .isEqualTo("paused on 3 May: waiting for the council's log");
    }
}
