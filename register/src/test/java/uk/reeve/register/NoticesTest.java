package uk.reeve.register;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMailUtil;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import uk.reeve.engine.input.Unreadable;
import uk.reeve.register.alert.AlertDelivery;
import uk.reeve.register.alert.FanOut;
import uk.reeve.register.alert.Notices;
import uk.reeve.register.audience.Asker;
import uk.reeve.register.audience.Asking;
import uk.reeve.register.catalogue.Products;
import uk.reeve.register.catalogue.Sboms;
import uk.reeve.register.estate.Systems;
import uk.reeve.register.exposure.Evaluation;

/// What is new to the register and not to the world: one sentence a cause, never at once.
@RegisterTest
class NoticesTest {

    @Autowired
    Given given;

    @Autowired
    GivenFlaw flaws;

    @Autowired
    Notices notices;

    @Autowired
    AlertDelivery delivery;

    @Autowired
    FanOut fanOut;

    @Autowired
    Evaluation evaluation;

    @Autowired
    Products products;

    @Autowired
    Sboms sboms;

    @Autowired
    Systems systems;

    @Autowired
    JdbcClient jdbc;

    @LocalServerPort
    int port;

    @TempDir
    Path folder;

    private GivenFlaw.Scene scene;
    private Browser browser;

    @BeforeEach
    void a_release_with_a_flaw_that_is_known_already() {
        scene = flaws.scene();
        flaws.advise(scene, GivenFlaw.WORST);
        browser = new Browser(port).signIn(given.account(scene.council()), Given.PASSWORD);
    }

    @Test
    void new_systems_are_summed_up_once_and_wake_nobody() throws Exception {
        flaws.run(scene, "Rates", "internet");
        flaws.run(scene, "Rents", "internet");
        notices.catchUp();
        assertThat(told(scene.council())).isEmpty(); // there may be more to come of this list

        given.inJob(
                () -> jdbc.sql("UPDATE system SET added_at = now() - interval '16 minutes' WHERE organisation_id = :of")
                        .param("of", scene.council().organisation())
                        .update());
        notices.catchUp();
        notices.catchUp();
        assertThat(told(scene.council())).containsExactly("2 systems added: 1 known flaw, 1 to act on now");
        assertThat(browser.text("/today")).contains("2 systems added: 1 known flaw, 1 to act on now");
        assertThat(new Browser(port)
                        .signIn(given.account(Asker.Kind.COUNCIL), Given.PASSWORD)
                        .text("/today"))
                .doesNotContain("systems added");
        assertThat(given.inJob(() -> jdbc.sql(
                                "SELECT digest::text || (due_at > now())::text FROM delivery WHERE organisation_id = :of")
                        .param("of", scene.council().organisation())
                        .query(String.class)
                        .list()))
                .containsExactly("truetrue");

        String mail = given.mailOf(scene.council());
        due(mail);
        delivery.catchUp();
        assertThat(mails(mail))
                .singleElement()
                .asString()
                .contains("something to know", "1 notice.", "List-Unsubscribe: ")
                .doesNotContain("2 systems added"); // an address outside its own domains
        given.inJob(() -> jdbc.sql("INSERT INTO organisation_domain (domain, organisation_id) VALUES (:domain, :id)")
                .param("domain", mail.substring(mail.indexOf('@') + 1))
                .param("id", scene.council().organisation())
                .update());
        given.inJob(() -> jdbc.sql("UPDATE delivery SET state = 'waiting', leased_until = NULL WHERE address = :mail")
                .param("mail", mail)
                .update());
        delivery.catchUp();
        assertThat(mails(mail))
                .last()
                .asString()
                .contains("2 systems added: 1 known flaw, 1 to act on now", "/systems");
        assertThat(browser.text("/organisation/deliveries")).contains("2 systems added");
    }

    @Test
    void a_first_sbom_is_summed_up_for_those_who_run_the_release_and_a_second_is_not() throws Exception {
        UUID blind = Asking.as(scene.supplier(), () -> {
            UUID release = products.addRelease(scene.product(), "0.9", LocalDate.of(2025, 1, 1), null);
            products.publish(scene.product());
            return release;
        });
        Asking.as(
                scene.council(),
                () -> systems.add(new Systems.New("Blind", null, blind, null, "own", "isolated", null)));
        for (String version : List.of("1", "2")) {
            Path file = Files.writeString(folder.resolve(version), """
                    {"bomFormat": "CycloneDX", "specVersion": "1.6", "version": %2$s,
                     "components": [{"type": "library", "name": "%1$s", "version": "1.0.0", "purl": "pkg:npm/%1$s@1.0.0"}]}
                    """.formatted(scene.pack(), version));
            Asking.as(scene.supplier(), () -> {
                try {
                    return sboms.store(blind, Sboms.Origin.DECLARED, "verified", file);
                } catch (Unreadable e) {
                    throw new AssertionError(e);
                }
            });
            evaluation.catchUp();
        }
        notices.catchUp();
        assertThat(told(scene.council())).isEmpty(); // its components are looked at first
        given.inJob(() -> jdbc.sql("UPDATE outbox SET due_at = now() WHERE release_id = :release")
                .param("release", blind)
                .update());
        notices.catchUp();
        assertThat(told(scene.council()))
                .singleElement()
                .asString()
                .endsWith(" 0.9 has its first SBOM: 1 known flaw, none to act on now");
        assertThat(told(scene.supplier())).isEmpty();
    }

    /// It was known when the council's system came in, and that it leaves another's list changes nothing.
    @Test
    void what_leaves_anothers_list_is_no_news() {
        flaws.run(scene, "Rates", "internet");
        Asker.Person other = given.someoneOf(Asker.Kind.COUNCIL, "Oxley council (invented)");
        UUID release = flaws.blind(scene, "0.7");
        flaws.list(other, release, Sboms.Origin.OBSERVED, scene, "1.0.0");
        flaws.list(other, release, Sboms.Origin.OBSERVED, scene, "2.0.0");
        fanOut.catchUp();
        assertThat(given.inJob(() -> jdbc.sql("SELECT count(*) FROM alert WHERE organisation_id = :council")
                        .param("council", scene.council().organisation())
                        .query(Integer.class)
                        .single()))
                .isZero();
    }

    @Test
    void what_a_council_saw_of_its_own_copy_is_no_first_sbom_to_others() throws Exception {
        UUID blind = Asking.as(scene.supplier(), () -> {
            UUID release = products.addRelease(scene.product(), "0.8", LocalDate.of(2025, 1, 1), null);
            products.publish(scene.product());
            return release;
        });
        Asking.as(
                scene.council(),
                () -> systems.add(new Systems.New("Blind", null, blind, null, "own", "isolated", null)));
        Path file = Files.writeString(folder.resolve("observed"), """
                {"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,
                 "components": [{"type": "library", "name": "%1$s", "version": "1.0.0", "purl": "pkg:npm/%1$s@1.0.0"}]}
                """.formatted(scene.pack()));
        Asking.as(given.someoneOf(Asker.Kind.COUNCIL, "Looking council (invented)"), () -> {
            try {
                return sboms.store(blind, Sboms.Origin.OBSERVED, "nobody", file);
            } catch (Unreadable e) {
                throw new AssertionError(e);
            }
        });
        given.inJob(() -> jdbc.sql("UPDATE outbox SET due_at = now() WHERE release_id = :release")
                .param("release", blind)
                .update());
        notices.catchUp();
        assertThat(told(scene.council())).isEmpty();
    }

    @Test
    void the_end_of_support_is_told_once_for_each_span() {
        flaws.run(scene, "Rates", "internet");
        Runnable look = notices::supportEnds;
        look.run();
        assertThat(told(scene.council())).isEmpty(); // no date is known
        endsIn(400);
        look.run();
        assertThat(told(scene.council())).isEmpty();
        endsIn(170);
        look.run();
        look.run();
        assertThat(told(scene.council()))
                .singleElement()
                .asString()
                .startsWith("Support of Ashby ")
                .endsWith(", within 180 days: 1 system");
        endsIn(30);
        look.run();
        assertThat(told(scene.council())).hasSize(2).last().asString().contains("within 30 days");
        endsIn(-1);
        look.run();
        assertThat(told(scene.council())).hasSize(2);
    }

    private void endsIn(int days) {
        given.inJob(() -> jdbc.sql("UPDATE release SET support_ends_on = current_date + :days WHERE id = :release")
                .param("days", days)
                .param("release", scene.release())
                .update());
    }

    private List<String> told(Asker.Person of) {
        return given.inJob(() -> jdbc.sql("SELECT text FROM notice WHERE organisation_id = :of ORDER BY raised_at")
                .param("of", of.organisation())
                .query(String.class)
                .list());
    }

    private void due(String mail) {
        given.inJob(() -> jdbc.sql("UPDATE delivery SET due_at = now() WHERE address = :mail")
                .param("mail", mail)
                .update());
    }

    private static List<String> mails(String to) {
        return Arrays.stream(MailSink.SERVER.getReceivedMessages())
                .map(GreenMailUtil::getWholeMessage)
                .filter(mail -> mail.contains("To: " + to))
                .toList();
    }
}
