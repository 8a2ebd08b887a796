package uk.reeve.register;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import uk.reeve.register.advisory.Vulnerabilities;
import uk.reeve.register.audience.Asker;
import uk.reeve.register.audience.Asking;
import uk.reeve.register.catalogue.Products;
import uk.reeve.register.catalogue.Sboms;
import uk.reeve.register.estate.Systems;
import uk.reeve.register.exposure.Decisions;
import uk.reeve.register.exposure.Evaluation;
import uk.reeve.register.exposure.Exposures;
import uk.reeve.register.web.Words;

/// What touches a council and what it decides, on the pages and beneath them.
@RegisterTest
class DecisionsTest {

    private static final String NAME = "CVE-2022-22965";
    private static final String PATH = "/exposures/" + NAME;
    private static final String DECIDE = PATH + "/decisions";

    @Autowired
    Given given;

    @Autowired
    Products products;

    @Autowired
    Sboms sboms;

    @Autowired
    Systems systems;

    @Autowired
    Evaluation evaluation;

    @Autowired
    Exposures exposures;

    @Autowired
    Decisions decisions;

    @Autowired
    Vulnerabilities vulnerabilities;

    @Autowired
    JdbcClient jdbc;

    @LocalServerPort
    int port;

    @TempDir
    Path folder;

    private Asker.Person person;
    private Browser browser;
    private String token;
    private String first;
    private String second;
    private UUID clean;

    @BeforeEach
    void council_that_runs_two_affected_systems_and_others() {
        UUID release = release("Deepdale Rates " + UUID.randomUUID(), "8.2", "5.3.17");
        clean = release("Deepdale Parks " + UUID.randomUUID(), "1.0", "6.2.0");
        person = given.someoneOf(Asker.Kind.COUNCIL, "Deciding council (invented)");
        first = add("Rates live", release, "internet");
        second = add("Rates test", release, "isolated");
        add("Parks", clean, "network");
        add("Parking", null, "network");
        browser = new Browser(port).signIn(given.account(person), Given.PASSWORD);
        token = browser.token("/account");
    }

    @Test
    void the_page_of_a_vulnerability_tells_what_is_affected_why_and_what_cannot_be_told() {
        assertThat(browser.get(PATH).body())
                .contains("You run 2 affected systems.")
                .contains("Fix it within 3 days (due in ", "and look for signs of intrusion, because:")
                .contains("exploited in the wild (KEV, 4 April 2022)", "the system faces the internet")
                .contains("› report-kit 3.1", "› spring-beans 5.3.17", "Matched, certain")
                .contains("no security contact on record; not asked from here")
                .contains("Not affected: 1 system whose components hold nothing of it")
                .contains("Cannot be checked: 1 system has no SBOM.")
                .contains("GHSA-36p3-wjmg-h94x")
                .contains("Decide for 2 systems");
        HttpResponse<String> other = browser.get("/exposures/GHSA-36p3-wjmg-h94x");
        assertThat(other.statusCode()).isEqualTo(302);
        assertThat(other.headers().firstValue("Location").orElse("")).endsWith(PATH);
        assertThat(browser.get("/exposures/cve-2022-22965").statusCode()).isEqualTo(302);
        assertThat(browser.get("/exposures/CVE-1999-99999").statusCode()).isEqualTo(404);
    }

    @Test
    void the_list_shows_the_worst_first_and_what_it_rests_on() {
        String body = browser.get("/exposures").body();
        assertThat(body)
                .contains("to act on now.", "wait for your decision.", "2 affected")
                .contains("components of 3 systems checked against advisories")
                .contains("1 system has no SBOM and cannot be checked.");
        assertThat(body.indexOf(NAME)).isEqualTo(body.indexOf("/exposures/CVE") + "/exposures/".length());

        Asker.Person calm = given.someoneOf(Asker.Kind.COUNCIL, "Calm council (invented)");
        Browser theirs = new Browser(port).signIn(given.account(calm), Given.PASSWORD);
        assertThat(theirs.get("/exposures").body()).contains("You have not listed any systems");
        assertThat(theirs.get(PATH).body()).contains("could be checked").doesNotContain("Rates live");
        assertThat(theirs.get(DECIDE).statusCode()).isEqualTo(404);
    }

    @Test
    void where_nothing_is_wrong_the_list_says_how_much_was_checked() {
        Asker.Person calm = given.someoneOf(Asker.Kind.COUNCIL, "Calm council (invented)");
        UUID kit = release("Deepdale Kit " + UUID.randomUUID(), "1.0", "7.0.99");
        Asking.as(calm, () -> systems.add(new Systems.New("Kit", null, kit, null, "own", "network", null)));
        Browser theirs = new Browser(port).signIn(given.account(calm), Given.PASSWORD);
        assertThat(theirs.get("/exposures").body())
                .contains("No known flaw in the 2 components we could check, as of ")
                .contains("2 components of 1 system checked against advisories as of ");
    }

    @Test
    void one_decision_for_several_systems_is_kept_with_its_class_and_audited() {
        assertThat(browser.get(DECIDE).body())
                .contains("Rates live", "Rates test")
                .doesNotContain("Parks");
        assertThat(browser.post(DECIDE, token, "kind", "fix").body())
                .contains("Choose at least one system", "Enter a date, like");
        assertThat(browser.post(DECIDE, token, "systems", first).body()).contains("Choose what you decide");
        LocalDate late = LocalDate.now().plusMonths(13);
        assertThat(accept(late, "").body()).contains("The date must be within 12 months", "Enter who agreed");
        assertThat(decisions()).isEmpty();

        LocalDate until = LocalDate.now().plusMonths(11);
        HttpResponse<String> saved = accept(until, "K. Rowe");
        assertThat(saved.headers().firstValue("Location")).contains(PATH);
        assertThat(browser.get(PATH).body())
                .contains("Recorded for 2 systems: Accepted until ", "Because it ends in May", "agreed by K. Rowe");
        assertThat(decisions()).containsExactly("accept Rates live 3 in force", "accept Rates test 3 in force");
        assertThat(exposures(person).stream().filter(open -> open.name().equals(NAME)))
                .singleElement()
                .satisfies(open -> assertThat(open.undecided()).isZero());

        fix(LocalDate.now().plusDays(2));
        assertThat(decisions())
                .containsExactly(
                        "fix Rates live 3 in force",
                        "accept Rates live 3 superseded",
                        "accept Rates test 3 in force"); // history stays
        assertThat(given.inJob(() -> jdbc.sql("""
                        SELECT act || ' ' || subject FROM audit_entry WHERE person_id = :person AND act = 'decision'
                         ORDER BY id
                        """)
                        .param("person", person.person())
                        .query(String.class)
                        .list()))
                .containsExactly(
                        "decision Accepted until " + Words.date(until) + ": " + first + ", " + NAME,
                        "decision Accepted until " + Words.date(until) + ": " + second + ", " + NAME,
                        "decision Fix by " + Words.date(LocalDate.now().plusDays(2)) + ": " + first + ", " + NAME);
    }

    @Test
    void who_mends_it_later_than_the_day_to_act_is_told_so() {
        String last = Words.date(LocalDate.now().plusDays(3));
        assertThat(browser.get(DECIDE).body()).contains("Act by " + last);
        fix(LocalDate.now().plusDays(3));
        assertThat(browser.get(PATH).body())
                .contains("Recorded for 1 system: Fix by")
                .doesNotContain("is later than");
        fix(LocalDate.now().plusDays(4));
        assertThat(browser.get(PATH).body())
                .contains("That is later than " + last + ", the day by which to act.", "(to act by: " + last + ")");
        assertThat(browser.get(DECIDE).body()).contains("Act by " + last); // whoever mends the date
        assertThat(decisions()).containsExactly("fix Rates live 3 in force", "fix Rates live 3 superseded");
    }

    private void fix(LocalDate by) {
        browser.post(
                DECIDE,
                token,
                "systems",
                first,
                "kind",
                "fix",
                "fix-by-day",
                "" + by.getDayOfMonth(),
                "fix-by-month",
                "" + by.getMonthValue(),
                "fix-by-year",
                "" + by.getYear(),
                "fix-owner",
                "T. Ode");
    }

    @Test
    void a_day_that_has_passed_decides_nothing_more() {
        accept(LocalDate.now().plusDays(1), "K. Rowe");
        assertThat(undecided()).isZero();
        given.inJob(() -> jdbc.sql("UPDATE decision SET until = current_date - 2 WHERE organisation_id = :council")
                .param("council", person.organisation())
                .update());
        assertThat(undecided()).isEqualTo(2);
        assertThat(browser.get(PATH).body()).contains("That day has passed");
    }

    @Test
    void what_does_not_affect_us_is_not_affected_by_our_own_word() {
        assertThat(browser.post(DECIDE, token, "systems", first, "kind", "not-us")
                        .body())
                .contains("Choose why it does not affect you");
        browser.post(
                DECIDE,
                token,
                "systems",
                first,
                "systems",
                second,
                "kind",
                "not-us",
                "not-us-reason",
                "vulnerable_code_not_in_execute_path");
        assertThat(browser.get(PATH).body())
                .contains("None of your systems is affected.", "Your decision", "The faulty code never runs here");
        assertThat(exposures(person)).extracting(Exposures.Open::name).doesNotContain(NAME);
    }

    @Test
    void nobody_decides_for_another_council() {
        Asker.Person other = given.someoneOf(Asker.Kind.COUNCIL, "Meddling council (invented)");
        var found = vulnerabilities.byName(NAME).orElseThrow();
        var notUs = new Decisions.Decision(Decisions.Kind.NOT_US, null, null, null, null, "component_not_present");
        assertThat(Asking.as(other, () -> decisions.decide(found, List.of(first, second), notUs)))
                .isZero();
        assertThat(undecided()).isEqualTo(2);
        var forEver = new Decisions.Decision(
                Decisions.Kind.ACCEPT, LocalDate.now().plusYears(3), null, "why", "K. Rowe", null);
        assertThatThrownBy(() -> Asking.as(person, () -> decisions.decide(found, List.of(first), forEver)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private HttpResponse<String> accept(LocalDate until, String agreed) {
        return browser.post(
                DECIDE,
                token,
                "systems",
                first,
                "systems",
                second,
                "kind",
                "accept",
                "accept-until-day",
                "" + until.getDayOfMonth(),
                "accept-until-month",
                "" + until.getMonthValue(),
                "accept-until-year",
                "" + until.getYear(),
                "accept-reason",
                "Because it ends in May",
                "accept-agreed",
                agreed);
    }

    private int undecided() {
        return exposures(person).stream()
                .filter(open -> open.name().equals(NAME))
                .mapToInt(Exposures.Open::undecided)
                .sum();
    }

    private List<Exposures.Open> exposures(Asker.Person who) {
        return Asking.as(who, () -> exposures.listed(null, 1_000).open());
    }

    private List<String> decisions() {
        return given.inJob(() -> jdbc.sql("""
                SELECT d.kind || ' ' || s.name || ' ' || d.urgency_days ||
                       CASE WHEN d.superseded_at IS NULL THEN ' in force' ELSE ' superseded' END
                  FROM decision d JOIN system s ON s.id = d.system_id
                 WHERE d.organisation_id = :council AND jsonb_array_length(d.urgency_reasons) > 0
                 ORDER BY s.name, d.decided_at DESC
                """)
                .param("council", person.organisation())
                .query(String.class)
                .list());
    }

    private String add(String name, UUID release, String exposure) {
        return Asking.as(
                person, () -> systems.add(new Systems.New(name, null, release, "Rates", "own", exposure, null)));
    }

    private UUID release(String product, String version, String beans) {
        Asker.Person supplier = given.someoneOf(Asker.Kind.SUPPLIER, "Deepdale Systems (invented)");
        UUID release = Asking.as(supplier, () -> {
            UUID id = products.add(product, null, null);
            UUID added = products.addRelease(id, version, LocalDate.of(2022, 3, 1), null);
            products.publish(id);
            try {
                Path file = folder.resolve(added + ".json");
                Files.writeString(file, EstateTest.SBOM.replace("VERSION", beans));
                sboms.store(added, Sboms.Origin.DECLARED, "verified", file);
            } catch (Exception e) {
                throw new AssertionError(e);
            }
            return added;
        });
        evaluation.catchUp();
        return release;
    }
}
