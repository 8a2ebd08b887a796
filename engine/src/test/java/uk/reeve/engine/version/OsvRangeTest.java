package uk.reeve.engine.version;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OsvRangeTest {

    private static OsvRange range(String events) {
        List<OsvRange.Event> list = new ArrayList<>();
        for (String event : events.split(" ")) {
            char kind = event.charAt(0);
            list.add(new OsvRange.Event(
                    kind == '+'
                            ? OsvRange.Kind.INTRODUCED
                            : kind == '-'
                                    ? OsvRange.Kind.FIXED
                                    : kind == '=' ? OsvRange.Kind.LAST_AFFECTED : OsvRange.Kind.LIMIT,
                    event.substring(1)));
        }
        return OsvRange.of(Orders.ALPINE, list);
    }

    private static String text(OsvRange range) {
        StringBuilder text = new StringBuilder();
        for (Interval interval : range.intervals()) {
            text.append('[')
                    .append(interval.low() == null ? "start" : interval.low())
                    .append(' ')
                    .append(interval.high() == null ? "end" : interval.high())
                    .append(interval.highIncluded() ? ']' : ')');
        }
        return text.toString();
    }

    /// `+` introduced, `-` fixed, `=` last affected, `<` limit.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "nothing",
            value = {
                "+0|[start end)",
                "+0 -1.2|[start 1.2)",
                "+1.0 =1.2|[1.0 1.2]",
                "+1.0 =1.0|[1.0 1.0]",
                "=1.0 +1.0|[1.0 1.0]",
                "-1.2 +1.0|[1.0 1.2)",
                "+1.0 -1.2 +2.0 -2.1|[1.0 1.2)[2.0 2.1)",
                "+2.0 -1.2 +1.0 -2.1|[1.0 1.2)[2.0 2.1)",
                "+0 -1.0 +1.0 -2.0|[start 1.0)[1.0 2.0)",
                "+1.0 +1.1 -1.2|[1.0 1.2)",
                "+1.0 =1.1 =1.2|[1.0 1.1]",
                "+1.0 -1.2 -1.3|[1.0 1.2)",
                "+0 -2.0 <1.0|[start 1.0)",
                "+0 -2.0 +3.0 <1.0 <2.5|[start 2.0)",
                "+0 -2.0 <*|[start 2.0)",
                "+0 -0|nothing",
                "-0 +0|nothing",
                "+1.0 -1.0|nothing",
                "+1.0 -01.0|nothing",
                "-1.0|nothing",
                "+0 <0|nothing"
            })
    void events_become_intervals(String events, String intervals) {
        OsvRange range = range(events);
        assertThat(text(range)).isEqualTo(intervals == null ? "" : intervals);
        assertThat(range.refused()).isEmpty();
    }

    @Test
    void a_range_with_a_bound_that_is_no_version_is_unknown_and_says_which() {
        OsvRange range = range("+1.0 -next");
        assertThat(range.refused()).containsExactly("next");
        assertThat(range.verdict(Orders.ALPINE, "1.1")).isEqualTo(Affected.UNKNOWN);
    }

    @Test
    void what_was_fixed_before_everything_affects_nothing() {
        assertThat(range("+0 -0").verdict(Orders.ALPINE, "0")).isEqualTo(Affected.NO);
    }

    @Test
    void a_version_that_is_no_version_is_unknown_unless_listed_or_everything_is_affected() {
        assertThat(range("+0 -1.2").verdict(Orders.ALPINE, "x")).isEqualTo(Affected.UNKNOWN);
        assertThat(range("+0").verdict(Orders.ALPINE, "x")).isEqualTo(Affected.YES);
        assertThat(Affected.verdict(Orders.ALPINE, "x", range("+0 -1.2").intervals(), List.of("x")))
                .isEqualTo(Affected.YES);
        assertThat(Affected.verdict(Orders.ALPINE, "x", List.of(), List.of("y")))
                .isEqualTo(Affected.NO);
    }

    @Test
    void listed_versions_are_equal_as_the_order_has_it() {
        assertThat(Affected.verdict(Orders.MAVEN, "1.0.0.RELEASE", List.of(), List.of("x", "1.0")))
                .isEqualTo(Affected.YES);
        assertThat(Affected.verdict(Orders.MAVEN, "1.0.1", List.of(), List.of("1.0")))
                .isEqualTo(Affected.NO);
    }

    @Test
    void yes_outweighs_unknown_and_unknown_outweighs_no() {
        assertThat(Affected.UNKNOWN.or(Affected.YES)).isEqualTo(Affected.YES);
        assertThat(Affected.NO.or(Affected.UNKNOWN)).isEqualTo(Affected.UNKNOWN);
        assertThat(Affected.NO.or(Affected.NO)).isEqualTo(Affected.NO);
    }
}
