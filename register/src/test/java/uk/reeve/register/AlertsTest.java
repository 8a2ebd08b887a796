package uk.reeve.register;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import uk.reeve.engine.vex.Status;
import uk.reeve.register.advisory.Vulnerabilities;
import uk.reeve.register.alert.Alerts;
import uk.reeve.register.alert.FanOut;
import uk.reeve.register.audience.Asker;
import uk.reeve.register.audience.Asking;
import uk.reeve.register.exposure.Decisions;
import uk.reeve.register.exposure.Exposures;
import uk.reeve.register.jobs.Job;
import uk.reeve.register.statement.Statements;

/// What a council is told, when again, and what not.
@RegisterTest
class AlertsTest {

    @Autowired
    Given given;

    @Autowired
    GivenFlaw flaws;

    @Autowired
    Vulnerabilities vulnerabilities;

    @Autowired
    Decisions decisions;

    @Autowired
    Exposures exposures;

    @Autowired
    Statements statements;

    @Autowired
    FanOut fanOut;

    @Autowired
    Alerts alerts;

    @Autowired
    @Qualifier("forgetCauses")
    Job forgetCauses;

    @Autowired
    JdbcClient jdbc;

    @LocalServerPort
    int port;

    private GivenFlaw.Scene scene;

    @BeforeEach
    void council_that_runs_what_will_be_flawed() {
        scene = flaws.scene();
    }

    @Test
    void what_a_council_said_does_not_affect_it_is_not_told_again_until_it_is_more_urgent() {
        String system = flaws.run(scene, "Rates", "internet");
        String flaw = flaws.advise(scene, GivenFlaw.SIXTY);
        assertThat(told()).containsExactly("exposed weekly 60");
        notUs(flaw, system);

        flaws.againToLookAt(flaw);
        assertThat(told()).containsExactly("exposed weekly 60"); // neither again nor taken back
        assertThat(affected(flaw)).isZero();

        flaws.becomesKnown(flaw, "kev_added = current_date");
        assertThat(told()).containsExactly("rise same-day 14", "exposed weekly 60");
        assertThat(affected(flaw)).isEqualTo(1); // the page and the alert say the same
        notUs(flaw, system);
        assertThat(affected(flaw)).isZero();
        flaws.againToLookAt(flaw);
        assertThat(told()).hasSize(2);
    }

    @Test
    void of_two_systems_only_that_is_told_which_nobody_decided_on() {
        String first = flaws.run(scene, "Rates", "internet");
        String flaw = flaws.advise(scene, GivenFlaw.SIXTY);
        notUs(flaw, first);
        flaws.run(scene, "Rates copy", "internet");
        flaws.becomesKnown(flaw, "epss = 0.1");
        flaws.becomesKnown(flaw, "epss = 0.7");
        assertThat(told()).containsExactly("rise same-day 60", "exposed weekly 60");
        assertThat(Asking.as(scene.council(), () -> alerts.told(1)).getFirst().systems())
                .isEqualTo(1);
    }

    @Test
    void a_likelihood_where_there_was_none_is_a_feeds_first_load_and_silent() {
        flaws.run(scene, "Rates", "internet");
        String flaw = flaws.advise(scene, GivenFlaw.SIXTY);
        flaws.becomesKnown(flaw, "epss = 0.9");
        assertThat(told()).containsExactly("exposed weekly 60");
    }

    @Test
    void ransomware_on_a_service_of_criticality_1_is_told_at_once() {
        flaws.run(scene, "Rates", "network");
        given.inJob(() -> jdbc.sql("UPDATE service SET criticality = 1 WHERE organisation_id = :council")
                .param("council", scene.council().organisation())
                .update());
        String flaw = flaws.advise(scene, GivenFlaw.SIXTY);
        flaws.becomesKnown(flaw, "kev_added = current_date");
        flaws.becomesKnown(flaw, "kev_ransomware = true");
        assertThat(told()).containsExactly("rise instant 14", "rise same-day 14", "exposed weekly 0");
    }

    @Test
    void a_fix_is_told_and_the_suppliers_word_too_each_once() {
        flaws.run(scene, "Rates", "internet");
        String flaw = flaws.advise(scene, GivenFlaw.SIXTY);
        say(flaw, Status.UNDER_INVESTIGATION, null);
        assertThat(told()).containsExactly("statement weekly 60", "exposed weekly 60");
        UUID fix = flaws.mended(scene, "2", LocalDate.now());
        say(flaw, Status.AFFECTED, fix);
        assertThat(told()).containsExactly("fix weekly 60", "statement weekly 60", "exposed weekly 60");
        flaws.againToLookAt(flaw);
        assertThat(told()).hasSize(3);
    }

    /// A morning of uploads may bring thousands of causes of one flaw.
    @Test
    void all_that_waits_of_one_flaw_is_told_by_one_look() {
        flaws.run(scene, "Rates", "internet");
        UUID flaw = flaws.id(flaws.advise(scene, GivenFlaw.SIXTY));
        given.inJob(() -> jdbc.sql(
                        "INSERT INTO outbox (cause, vulnerability_id) SELECT 'withdrawal', :flaw FROM generate_series(1, 50)")
                .param("flaw", flaw)
                .update());
        fanOut.catchUp();
        assertThat(told()).hasSize(1);
        assertThat(given.inJob(() ->
                        jdbc.sql("""
                SELECT count(*) || ' at ' || count(DISTINCT done_at) || ' times' FROM outbox
                 WHERE vulnerability_id = :flaw AND cause = 'withdrawal'
                """).param("flaw", flaw).query(String.class).single()))
                .isEqualTo("50 at 1 times");
    }

    /// It was said before the alert was raised, and came in after: a file of statements takes its time.
    @Test
    void a_word_that_the_alert_did_not_know_is_told_whatever_the_clock_says() {
        flaws.run(scene, "Rates", "internet");
        String flaw = flaws.advise(scene, GivenFlaw.SIXTY);
        given.inJob(() -> jdbc.sql(
                        "UPDATE alert SET raised_at = now() + interval '1 minute' WHERE organisation_id = :council")
                .param("council", scene.council().organisation())
                .update());
        say(flaw, Status.UNDER_INVESTIGATION, null);
        assertThat(told()).containsExactlyInAnyOrder("statement weekly 60", "exposed weekly 60");
        flaws.againToLookAt(flaw);
        assertThat(told()).hasSize(2);
    }

    @Test
    void the_last_days_by_cyber_essentials_are_told_once() {
        flaws.run(scene, "Rates", "network");
        UUID fix = flaws.mended(scene, "2", LocalDate.now().minusDays(10));
        flaws.advise(scene, GivenFlaw.HIGH_BUT_LOCAL);
        assertThat(told()).containsExactly("exposed daily 0");
        fanOut.whatFallsDue();
        fanOut.catchUp();
        assertThat(told()).hasSize(1); // the last day is four days off

        given.inJob(() -> jdbc.sql("UPDATE release SET released_on = released_on - 2 WHERE id = :id")
                .param("id", fix)
                .update());
        given.inJob(() -> jdbc.sql("UPDATE alert SET ce_due = ce_due - 2 WHERE organisation_id = :council")
                .param("council", scene.council().organisation())
                .update());
        for (int i = 0; i < 2; i++) {
            fanOut.whatFallsDue();
            fanOut.catchUp();
            assertThat(told()).containsExactly("due same-day 0", "exposed daily 0");
        }
    }

    @Test
    void a_not_affected_that_is_taken_back_while_attacks_go_on_is_told_at_once() {
        flaws.run(scene, "Rates", "network");
        String flaw = flaws.advise(scene, GivenFlaw.SIXTY);
        flaws.becomesKnown(flaw, "kev_added = current_date");
        String ref = say(flaw, Status.NOT_AFFECTED, null);
        Asking.as(scene.supplier(), () -> statements.withdraw(ref, "We were wrong"));
        fanOut.catchUp();
        assertThat(told())
                .containsExactly("exposed instant 14", "retracted same-day 14", "rise same-day 14", "exposed weekly 0");
    }

    @Test
    void a_mails_link_leads_to_the_flaw_and_nobody_else() {
        flaws.run(scene, "Rates", "internet");
        String flaw = flaws.advise(scene, GivenFlaw.SIXTY);
        String ref = Asking.as(scene.council(), () -> alerts.told(1)).getFirst().ref();
        Browser browser = new Browser(port).signIn(given.account(scene.council()), Given.PASSWORD);
        assertThat(browser.get("/alerts/" + ref).headers().firstValue("Location"))
                .contains("/exposures/" + flaw);
        assertThat(browser.get("/alerts").body()).contains("What we tell you", "Deliveries", "Webhooks", flaw);
        Browser other = new Browser(port).signIn(given.account(Asker.Kind.COUNCIL), Given.PASSWORD);
        assertThat(other.get("/alerts/" + ref).statusCode()).isEqualTo(404);
    }

    private String say(String flaw, Status status, UUID fix) {
        String ref = Asking.as(
                scene.supplier(),
                () -> statements.say(new Statements.Said(
                        scene.release(),
                        flaws.id(flaw),
                        status,
                        status == Status.NOT_AFFECTED ? "component_not_present" : null,
                        null,
                        status == Status.AFFECTED ? "Upgrade" : null,
                        false,
                        fix,
                        null)));
        fanOut.catchUp();
        return ref;
    }

    private long affected(String flaw) {
        UUID id = flaws.id(flaw);
        return Asking.as(scene.council(), () -> exposures.of(id)).stream()
                .filter(one -> one.verdict().equals("affected"))
                .count();
    }

    @Test
    void causes_that_were_told_long_ago_are_forgotten_and_what_waits_is_not() {
        UUID[] of = {UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID()};
        List<UUID> left = given.inJob(() -> {
            jdbc.sql("""
                    INSERT INTO outbox (cause, vulnerability_id, caused_at, done_at, due_at)
                    SELECT 'advisory', id, now() - interval '40 days', now() - d::interval, now() + interval '1 hour'
                      FROM unnest(:ids::uuid[], ARRAY['31 days', '29 days', NULL]) AS o (id, d)
                    """).param("ids", of).update();
            forgetCauses.work().run();
            return jdbc.sql("DELETE FROM outbox WHERE vulnerability_id = ANY (:ids) RETURNING vulnerability_id")
                    .param("ids", of)
                    .query(UUID.class)
                    .list();
        });
        assertThat(left).containsExactlyInAnyOrder(of[1], of[2]);
    }

    private void notUs(String flaw, String system) {
        var found = vulnerabilities.byName(flaw).orElseThrow();
        var decision = new Decisions.Decision(Decisions.Kind.NOT_US, null, null, null, null, "component_not_present");
        assertThat(Asking.as(scene.council(), () -> decisions.decide(found, List.of(system), decision)))
                .isEqualTo(1);
    }

    /// @return news, class and days, the newest first
    private List<String> told() {
        return Asking.as(scene.council(), () -> alerts.told(10)).stream()
                .map(told -> told.news() + " " + told.alertClass() + " " + told.days())
                .toList();
    }
}
