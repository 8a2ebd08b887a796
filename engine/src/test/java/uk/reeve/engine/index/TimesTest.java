package uk.reeve.engine.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DateTimeException;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-01-31T12:34:56Z",
                "2026-01-31T12:34:56.123456789Z",
                "2026-01-31T12:34:56.Z",
                "0001-01-01T00:00:00Z",
                "2024-02-29T23:59:59Z",
                "2023-02-29T00:00:00Z",
                "2026-01-31T24:00:00Z",
                "2026-01-31T12:60:00Z",
                "2016-12-31T23:59:60Z",
                "2026-01-31T12:34:56+01:00",
                "2026-01-31T12:34Z",
                "2026-01-31",
                "2026-13-01T00:00:00Z",
                "",
                "x",
            })
    void a_time_is_what_the_jdk_says(String text) {
        long expected;
        try {
            expected = Instant.parse(text).getEpochSecond();
        } catch (DateTimeException _) {
            expected = Times.NONE;
        }
        assertThat(Times.seconds(text)).isEqualTo(expected);
    }
}
