package uk.reeve.engine.vex;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VersRangeTest {

    @ParameterizedTest
    @CsvSource({
        "vers:generic/>=2.9|<=4.1, 2.9, true",
        "vers:generic/>=2.9|<=4.1, 4.1.1, false",
        "vers:generic/<7.0.0|>=1.5.0, 3.0, true",
        "vers:generic/<1.5.0|>=7.0.0, 3.0, false",
        "vers:generic/<1.5.0|>=7.0.0, 7.0, true",
        "vers:generic/1.0|2.0|>=3.0, 2.0, true",
        "vers:generic/>=1.0|!=1.5|<2.0, 1.5, false",
        "vers:generic/>=1.0|!=1.5|<2.0, 1.6, true",
        "vers:all/*, 99, true",
        "<4.2, 4.10, false",
        "<=4.2, 4.02.0, true",
        "0 < 9.8.12, 9.8.11, true",
        "0 < 9.8.12, 9.8.12, false",
        ">= 1.0 <2.0, 1.9, true",
        "All versions < V2.0, 1.9, true",
        "all versions, 1, true",
        "<4.2, 4.1-beta, false"
    })
    void a_version_is_inside_or_not(String range, String version, boolean inside) {
        VersRange parsed = VersRange.parse(range);

        assertThat(parsed).isNotNull();
        assertThat(parsed.contains(version, null)).isEqualTo(inside);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "all versions with a guard",
                "All versions < ABC85 V05.20",
                "4.1 and prior",
                "<",
                "<<1",
                "vers:/",
                "vers:npm",
                "1.0 to 2.0"
            })
    void words_that_are_no_range_are_none(String text) {
        assertThat(VersRange.parse(text)).isNull();
    }
}
