package uk.reeve.engine.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uk.reeve.engine.input.Unreadable;

class ProductReaderTest {

    @Test
    void the_front_matter_tells_the_facts_and_only_keys_of_use_are_kept() throws Exception {
        ProductReader.Found found = GivenDates.product(GivenDates.TEAPOT);
        assertThat(found.keys()).containsExactly("npm/@pots/teapot", "cpe/pots/teapot");
        assertThat(found.product().policy()).isEqualTo("https://teapot.example/support");
        assertThat(found.product().cycles()).extracting(Cycle::name).containsExactly("3.10", "3.9", "3.1", "2");
        Cycle last = found.product().cycles().getLast();
        assertThat(last.over()).isTrue();
        assertThat(last.endDate()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "# Readme",
                "---\ntitle: A",
                "---\ntitle: A\n---\n",
                "---\ntitle: A\npermalink: /a\nreleases: []\n---\n",
                "---\ntitle: A\npermalink: /a\nreleases:\n  - eol: true\n---\n",
                "---\ntitle: [\n---\n"
            })
    void what_is_no_product_is_refused_with_a_reason(String page) {
        assertThatThrownBy(() -> GivenDates.product(page))
                .isInstanceOf(Unreadable.class)
                .hasMessageNotContaining("null");
    }

    @Test
    void a_date_that_is_none_is_quoted_with_its_line() {
        assertThatThrownBy(() -> GivenDates.product(GivenDates.TEAPOT.replace("2027-03-01", "soon")))
                .isInstanceOfSatisfying(Unreadable.class, e -> assertThat(e.at("teapot.md"))
                        .isEqualTo("teapot.md:19: has the eol \"soon\", where a date such as 2026-11-24 was expected"));
    }
}
