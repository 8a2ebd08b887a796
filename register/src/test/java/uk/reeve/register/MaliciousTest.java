package uk.reeve.register;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import uk.reeve.register.alert.FanOut;
import uk.reeve.register.audience.Asker;
import uk.reeve.register.audience.Asking;
import uk.reeve.register.catalogue.Sboms;
import uk.reeve.register.estate.Systems;

/// A package that is known to be malicious comes in with an SBOM: told at once, to those who run the release.
@RegisterTest
class MaliciousTest {

    @Autowired
    Given given;

    @Autowired
    GivenFlaw flaws;

    @Autowired
    Systems systems;

    @Autowired
    FanOut fanOut;

    @Autowired
    JdbcClient jdbc;

    @Test
    void what_a_supplier_lists_is_told_at_once_and_once() {
        GivenFlaw.Scene scene = flaws.scene();
        flaws.becomesKnown(flaws.advise(scene, GivenFlaw.SIXTY), "malicious = true");
        UUID release = flaws.blind(scene, "0.9");
        runs(scene.council(), release);
        fanOut.catchUp();
        assertThat(told(scene.council())).isEmpty();

        flaws.list(scene.supplier(), release, Sboms.Origin.DECLARED, scene, "1.0.0");
        fanOut.catchUp();
        assertThat(told(scene.council())).containsExactly("exposed instant");

        UUID next = flaws.blind(scene, "0.10");
        runs(scene.council(), next);
        flaws.list(scene.supplier(), next, Sboms.Origin.DECLARED, scene, "1.0.0");
        fanOut.catchUp();
        assertThat(told(scene.council())).containsExactly("exposed instant");
    }

    @Test
    void what_one_council_sees_in_its_own_copy_is_told_to_that_council_only() {
        GivenFlaw.Scene scene = flaws.scene();
        flaws.becomesKnown(flaws.advise(scene, GivenFlaw.SIXTY), "malicious = true");
        UUID release = flaws.blind(scene, "0.9");
        Asker.Person other = given.someoneOf(Asker.Kind.COUNCIL, "Oxley council (invented)");
        runs(scene.council(), release);
        runs(other, release);

        flaws.list(scene.council(), release, Sboms.Origin.OBSERVED, scene, "1.0.0");
        fanOut.catchUp();
        assertThat(told(scene.council())).containsExactly("exposed instant");
        assertThat(told(other)).isEmpty();
    }

    @Test
    void a_flaw_that_is_known_already_is_no_news() {
        GivenFlaw.Scene scene = flaws.scene();
        flaws.advise(scene, GivenFlaw.WORST);
        UUID release = flaws.blind(scene, "0.9");
        runs(scene.council(), release);

        flaws.list(scene.supplier(), release, Sboms.Origin.DECLARED, scene, "1.0.0");
        fanOut.catchUp();
        assertThat(told(scene.council())).isEmpty();
    }

    private void runs(Asker.Person council, UUID release) {
        Asking.as(
                council,
                () -> systems.add(
                        new Systems.New("Rates " + release, null, release, "Rates", "own", "internet", null)));
    }

    private List<String> told(Asker.Person council) {
        return given.inJob(() -> jdbc.sql(
                        "SELECT kind || ' ' || class FROM alert WHERE organisation_id = :council ORDER BY raised_at")
                .param("council", council.organisation())
                .query(String.class)
                .list());
    }
}
