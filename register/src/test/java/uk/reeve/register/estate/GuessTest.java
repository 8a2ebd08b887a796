package uk.reeve.register.estate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import uk.reeve.register.catalogue.Matching.Candidate;
import uk.reeve.register.catalogue.Matching.Known;
import uk.reeve.register.estate.Guess.Certainty;

class GuessTest {

    private static final Candidate RATES = product("Larkfield Rates", true, "8.3", "8.2");
    private static final Candidate LIKE_RATES = product("Larkfield Rates Online", false, "8.2");

    @Test
    void an_exact_name_with_a_known_version_is_sure() {
        Guess guess = guess("Larkfield Rates v8.2", Map.of("Larkfield Rates", List.of(RATES, LIKE_RATES)));
        assertThat(guess.certainty()).isEqualTo(Certainty.SURE);
        assertThat(guess.words()).isEqualTo("Larkfield Rates 8.2");
        assertThat(guess.choices()).extracting(Guess.Choice::value).doesNotContain(Guess.NEW); // it is there already
    }

    @Test
    void a_version_is_not_made_up() {
        Guess without = guess("Larkfield Rates", Map.of("Larkfield Rates", List.of(RATES)));
        assertThat(without.certainty()).isEqualTo(Certainty.LIKELY);
        assertThat(without.words()).isEqualTo("Larkfield Rates, version not known");
        Guess unheard = guess("Larkfield Rates 9.9", Map.of("Larkfield Rates", List.of(RATES)));
        assertThat(unheard.certainty()).isEqualTo(Certainty.LIKELY);
        assertThat(unheard.words()).isEqualTo("Larkfield Rates 9.9");
        assertThat(unheard.choice(unheard.chosen()).orElseThrow().version()).isEqualTo("9.9");
    }

    @Test
    void a_name_that_is_only_like_it_is_asked() {
        Guess guess = guess("Rates 3", Map.of("Rates", List.of(LIKE_RATES)));
        assertThat(guess.certainty()).isEqualTo(Certainty.LIKELY);
        assertThat(guess.chosen()).isEmpty();
        assertThat(guess("Rates 8.2", Map.of("Rates", List.of(LIKE_RATES))).words())
                .isEqualTo("Larkfield Rates Online 8.2");
    }

    @Test
    void a_number_may_belong_to_the_name() {
        List<Candidate> like = List.of(
                product("Hollin Server 2008", false),
                product("Hollin Server 2012", false),
                product("Hollin Server 22", false));
        Candidate meant = product("Hollin Server 2019", true, "1809");
        Guess guess = guess("Hollin Server 2019", Map.of("Hollin Server", like, "Hollin Server 2019", List.of(meant)));
        assertThat(guess.words()).isEqualTo("Hollin Server 2019, version not known");
        assertThat(guess.choice(guess.chosen()).orElseThrow().system()).isEqualTo("Hollin Server 2019");
    }

    @Test
    void two_products_of_one_name_are_asked() {
        Candidate other = product("Larkfield Rates", true, "1.0");
        Guess guess = guess("Larkfield Rates 8.2", Map.of("Larkfield Rates", List.of(other, RATES)));
        assertThat(guess.certainty()).isEqualTo(Certainty.LIKELY);
    }

    @Test
    void what_nobody_knows_is_new_and_what_is_listed_already_is_skipped() {
        assertThat(guess("Quarrybank 3", Map.of()).chosen()).isEmpty(); // to be new is the person's word
        assertThat(Guess.of(line("Quarrybank 3"), Map.of(), true).chosen()).isEqualTo(Guess.SKIP);
    }

    private static Guess guess(String written, Map<String, List<Candidate>> found) {
        return Guess.of(line(written), found, false);
    }

    private static Pasted.Line line(String written) {
        return Pasted.of(written).lines().getFirst();
    }

    private static Candidate product(String name, boolean exact, String... versions) {
        return new Candidate(
                UUID.randomUUID(),
                name,
                null,
                exact,
                List.of(versions).stream()
                        .map(version -> new Known(UUID.randomUUID(), version))
                        .toList());
    }
}
