package uk.reeve.register.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {

    /// Clocks go forward at 1am UTC on 29 March 2026, back at 1am UTC on 25 October 2026.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            2026-01-12T17:00:00Z | 5pm on 12 January 2026
            2026-05-12T16:00:00Z | 5pm on 12 May 2026
            2026-05-12T08:32:59Z | 9:32am on 12 May 2026
            2026-05-12T11:00:00Z | midday on 12 May 2026
            2026-05-12T11:01:00Z | 12:01pm on 12 May 2026
            2026-05-11T23:00:00Z | 11:59pm on 11 May 2026
            2026-05-11T23:01:00Z | 12:01am on 12 May 2026
            2026-01-01T00:00:00Z | 11:59pm on 31 December 2025
            2026-03-29T00:59:00Z | 12:59am on 29 March 2026
            2026-03-29T01:00:00Z | 2am on 29 March 2026
            2026-10-25T00:30:00Z | 1:30am on 25 October 2026
            2026-10-25T01:30:00Z | 1:30am on 25 October 2026
            """)
    void an_instant_is_told_in_uk_time_and_never_as_midnight(Instant at, String words) {
        assertThat(Words.dateAndTime(at)).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            2026-05-12T08:14:00Z | 2026-05-12T20:00:00Z | as of 9:14am
            2026-05-12T22:59:00Z | 2026-05-12T23:30:00Z | as of 12 May
            2026-05-09T08:14:00Z | 2026-05-12T20:00:00Z | as of 9 May
            2025-12-31T08:14:00Z | 2026-01-01T20:00:00Z | as of 31 December 2025
            """)
    void a_number_says_when_it_was_counted(Instant at, Instant now, String words) {
        assertThat(Words.asOf(at, now)).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            2026-05-03T08:00:00Z | 2026-05-12T20:00:00Z | as of 3 May, 9 days old
            2026-05-11T08:00:00Z | 2026-05-12T09:00:00Z | as of 11 May, 25 hours old
            """)
    void what_is_old_says_how_old(Instant at, Instant now, String words) {
        assertThat(Words.asOfOld(at, now)).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            2026-05-12T08:00:00Z | 2026-05-12T20:00:00Z | today
            2026-05-11T22:30:00Z | 2026-05-11T23:30:00Z | 1 day ago
            2026-05-04T08:00:00Z | 2026-05-12T20:00:00Z | 8 days ago
            """)
    void days_ago_are_counted_by_the_uk_calendar(Instant at, Instant now, String words) {
        assertThat(Words.ago(at, now)).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0      | 0 libraries
            1      | 1 library
            4210   | 4,210 libraries
            10000  | 10,000 libraries
            10001  | 10,000+ libraries
            """)
    void counts_are_exact_to_ten_thousand(long number, String words) {
        assertThat(Words.count(number, "library", "libraries")).isEqualTo(words);
    }

    @Test
    void no_minute_of_two_years_is_told_as_midnight() {
        Instant at = Instant.parse("2026-01-01T00:00:00Z");
        for (int minutes = 0; minutes < 2 * 365 * 24 * 60; minutes += 30) {
            assertThat(Words.time(at.plus(Duration.ofMinutes(minutes)))).isNotEqualTo("12am");
        }
    }
}
