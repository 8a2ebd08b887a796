package uk.reeve.register.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormTest {

    @Test
    void keeps_what_was_sent_and_says_what_is_wrong_in_order() {
        Form form = Form.of(Map.of("name", List.of(" Revenues live "), "service", List.of("a", "b")));
        form.refuse("service", "Choose one service").refuse("name", "Enter a shorter name");
        form.refuse("service", "a second word on a field is not said");

        assertThat(form.value("name")).isEqualTo(" Revenues live ");
        assertThat(form.text("name")).isEqualTo("Revenues live");
        assertThat(form.chosen("service", "b")).isTrue();
        assertThat(form.chosen("service", "c")).isFalse();
        assertThat(form.errors().entrySet())
                .containsExactly(Map.entry("service", "Choose one service"), Map.entry("name", "Enter a shorter name"));
        assertThat(form.describedBy("name", "a hint")).isEqualTo("name-hint name-error");
        assertThat(form.describedBy("absent", null)).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "27, 3, 2026, 2026-03-27",
                "' 1', '12 ', 2026, 2026-12-01",
                "29, 2, 2024, 2024-02-29",
                "29, 2, 2026, -",
                "31, 4, 2026, -",
                "'', 3, 2026, -",
                "x, 3, 2026, -",
                "1, 13, 2026, -"
            })
    void a_date_is_one_that_exists(String day, String month, String year, LocalDate expected) {
        Form form = new Form().with("due-day", day).with("due-month", month).with("due-year", year);

        assertThat(form.date("due").orElse(null)).isEqualTo(expected);
        assertThat(form.dateGiven("due")).isTrue();
        assertThat(form.dateGiven("other")).isFalse();
    }

    @Test
    void a_date_filled_in_is_read_again() {
        LocalDate date = LocalDate.of(2026, 3, 7);

        assertThat(new Form().with("due", date).date("due")).contains(date);
    }
}
