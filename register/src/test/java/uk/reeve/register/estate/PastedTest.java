package uk.reeve.register.estate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import uk.reeve.register.estate.Pasted.Cause;
import uk.reeve.register.estate.Pasted.Line;

class PastedTest {

    @Test
    void reads_commas_and_tabs_with_the_version_in_the_name_or_beside_it() {
        Pasted pasted = Pasted.of("""
                Larkfield Revenues 8.2, Council tax
                Casetrack
                Web forms\t5.1\tContact centre\tT. Ode
                Parish rates, v3.0, Rates, P. Shah
                Parking,,Parking
                """);
        assertThat(pasted.lines())
                .containsExactly(
                        new Line(1, "Larkfield Revenues 8.2", "", "Council tax", ""),
                        new Line(2, "Casetrack", "", "", ""),
                        new Line(3, "Web forms", "5.1", "Contact centre", "T. Ode"),
                        new Line(4, "Parish rates", "v3.0", "Rates", "P. Shah"),
                        new Line(5, "Parking", "", "Parking", ""));
        assertThat(pasted.lines()).extracting(Line::anyVersion).containsExactly("8.2", "", "5.1", "v3.0", "");
        assertThat(pasted.lines().getFirst().stem()).isEqualTo("Larkfield Revenues");
        assertThat(pasted.refused()).isEmpty();
    }

    @Test
    void takes_columns_from_a_first_row_that_names_them() {
        Pasted pasted = Pasted.of("\uFEFFOwner,System name,Release\r\nT. Ode,\"Forms, web\",5.1\r\n");
        assertThat(pasted.lines()).containsExactly(new Line(2, "Forms, web", "5.1", "", "T. Ode"));
        assertThat(pasted.columns()).isEqualTo("“System name” as name, “Release” as version, “Owner” as owner");
    }

    @Test
    void takes_a_first_row_that_is_a_system_for_one() {
        assertThat(Pasted.of("Title, Housing\nSystem").lines())
                .extracting(Line::name)
                .containsExactly("Title", "System");
    }

    @Test
    void tells_wrong_rows_by_cause_and_keeps_the_others() {
        Pasted pasted = Pasted.of("""
                , 8.2
                Casetrack

                casetrack
                ,,Housing
                NAME
                """.replace("NAME", "x".repeat(201)));
        assertThat(pasted.lines()).extracting(Line::name).containsExactly("Casetrack");
        assertThat(pasted.refused().entrySet().stream()
                        .map(entry -> entry.getKey().words(entry.getValue()))
                        .toList())
                .containsExactly(
                        "Rows 1 and 5 have no name",
                        "Row 6 has a field that is too long (200 characters at most, 100 for a version)",
                        "Row 4 says the same as an earlier row");
        assertThat(pasted.refused().get(Cause.TWICE)).containsExactly(4);
    }

    @Test
    void a_quote_that_does_not_end_is_a_character_like_any_other() {
        assertThat(Pasted.of("\"Casetrack, Housing\n24\" screens\n\"a \"\"b\"\"\nc\"")
                        .lines())
                .extracting(Line::name)
                .containsExactly("\"Casetrack", "24\" screens", "a \"b\" c");
    }

    @Test
    void control_characters_and_doubled_blanks_do_not_stay() {
        assertThat(Pasted.of("Case\u0000 \u00a0track\u001b, Housing\r").lines())
                .containsExactly(new Line(1, "Case track", "", "Housing", ""));
    }

    @Test
    void a_list_full_of_quotes_is_read_at_once() {
        String list = IntStream.range(0, 30_000).mapToObj(_ -> "\"a").collect(Collectors.joining(","));
        long begun = System.nanoTime();
        assertThat(Pasted.of(list).lines()).hasSize(1);
        assertThat(System.nanoTime() - begun).isLessThan(3_000_000_000L);
        assertThat(List.of(Pasted.of("").lines(), Pasted.of("\n\n").lines())).allMatch(List::isEmpty);
    }
}
