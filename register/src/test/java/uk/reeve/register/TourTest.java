package uk.reeve.register;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import uk.reeve.register.audience.Asker;

/// The demonstration in a real browser, as a visitor walks through it: what is read on each page, no rule
/// of WCAG broken on any, and a picture of each kept.
@DemoInABrowser
class TourTest {

    @RegisterExtension
    static final Chromium CHROMIUM = new Chromium();

    /// Each step of `/tour`, in its order; [#the_tour_is_walked] takes them all.
    private static final List<String> STEPS = List.of(
            "Add three systems", "Start the morning", "Decide", "See the sector", "Upload and compare", "Reset");

    @Autowired
    Given given;

    @LocalServerPort
    int port;

    private final List<String> wrong = new ArrayList<>();
    private Page page;
    private int seen;

    @Test
    void the_tour_is_walked() throws Exception {
        try (BrowserContext context = CHROMIUM.context(true, 1100, 900)) {
            page = context.newPage();
            page.onConsoleMessage(message -> wrong.add("console: " + message.text()));
            page.onPageError(wrong::add);
            page.navigate("http://localhost:" + port + "/demo");
            see("demo", "It is the evening before Log4Shell", "Start the morning");
            press("Priya Shah");
            see("today", "Today", "Priya Shah");
            assertThat(text()).doesNotContain("Log4Shell");
            follow("Tour");
            see("tour", "in 6 steps");
            assertThat(page.locator("main ol li").allInnerTexts()).isEqualTo(STEPS);

            press("Start the tour");
            see("step-add", STEPS.get(0));
            String lines = page.locator("main pre").innerText(); // as a person copies them
            assertThat(lines.lines()).hasSize(3);
            press("Be Priya and add systems");
            see("add-systems", "What do you run?");
            page.getByLabel("What do you run?").fill(lines);
            press("Match with catalogue");
            see("add-systems-check", "3 of 3 rows matched. Nothing is saved until you add them.");
            press("Add these systems");
            see("added", "3 systems added.", "to act on now");

            next(STEPS.get(1));
            press("Be Priya and go to the button");
            press("Start the morning");
            assertThat(text()).contains("Log4Shell (CVE-2021-44228) has been published");
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(text())
                    .contains("councils have been told", "Westmere Borough Council"));
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(text()).doesNotContain("under way"));
            see("morning", "councils have been told: those that run an affected release, and no other");
            follow("Today");
            see("today-log4shell", "Act now: Log4Shell (CVE-2021-44228), 2 systems without a decision");
            follow("Alerts");
            see("alerts", "Act now: Log4Shell (CVE-2021-44228)");
            press("Acknowledge Log4Shell (CVE-2021-44228)");
            see("acknowledged", "You have acknowledged the alert");

            next(STEPS.get(2));
            press("Be Priya and look at Log4Shell");
            see(
                    "exposure",
                    "You run 2 affected systems.",
                    "Fix it within 3 days",
                    "Larkfield Revenues 8.2 ›",
                    "log4j-core",
                    "Move to");
            press("Decide for 2 systems");
            page.getByLabel("Fix or update by").check();
            see("decide", "For which systems?", "By when?");
            press("Record");
            see("decide-refused", "There is a problem");
            var by = Instant.now().atZone(java.time.ZoneOffset.UTC).plusDays(2);
            page.getByLabel("Fix or update by").check();
            page.locator("#fix-by").fill("" + by.getDayOfMonth());
            page.locator("#fix-by-month").fill("" + by.getMonthValue());
            page.locator("#fix-by-year").fill("" + by.getYear());
            page.getByLabel("Who sees to it?").fill("T. Ode");
            press("Record");
            see("decided", "Recorded for 2 systems: ", "What you decided");

            next(STEPS.get(3));
            press("Be Kit and see the sector");
            see("sector", "known to be exploited", "Log4Shell (CVE-2021-44228)");
            assertThat(text()).doesNotContain("Westmere");
            follow("Log4Shell (CVE-2021-44228)");
            see("sector-log4shell", "Log4Shell (CVE-2021-44228) in the sector", "Larkfield Revenues", "fewer than 5");
            assertThat(text()).doesNotContain("Westmere");

            next(STEPS.get(4));
            Path file = Files.createTempFile("reeve-tour", ".json");
            try {
                page.waitForDownload(() -> follow("Save the SBOM")).saveAs(file);
                press("Be Sam and upload an SBOM");
                see("upload", "Larkfield Revenues 8.4", "Who may read the list of components, and the file?");
                page.getByLabel("SBOM", new Page.GetByLabelOptions().setExact(true))
                        .setInputFiles(file);
                press("Upload the SBOM");
            } finally {
                Files.delete(file);
            }
            see("uploaded", "SBOM received.", "It is in:", "checks pass");
            follow("See the release");
            see("release", "Larkfield Revenues 8.4", "superseded");
            follow("Compare");
            see("compare", "Choose what to compare it with.");
            page.getByLabel("Compare with").selectOption("8.3");
            press("Compare");
            see("compared", "8.4 compared with 8.3", "log4j-core", "2.24.3");

            next(STEPS.get(5));
            press("Go to the demo page");
            press("Reset the demo");
            see("reset", "The demo is as it was at the beginning.", "Start the morning");
            assertThat(wrong).isEmpty();
        }
    }

    @Test
    void a_new_council_comes_to_its_first_finding_in_a_full_catalogue() {
        Asker.Person council = given.someoneOf(Asker.Kind.COUNCIL, "Newcombe Council (invented)");
        String email = given.account(council);
        try (BrowserContext context = CHROMIUM.context(true, 1100, 900)) {
            page = context.newPage();
            Instant begun = Instant.now();
            page.navigate("http://localhost:" + port + "/");
            follow("Sign in");
            page.getByLabel("Email address").fill(email);
            page.getByLabel("Password").fill(Given.PASSWORD);
            press("Continue");
            assertThat(text()).contains("Say what you run: paste ten names and see what is known about them");
            follow("Say what you run: paste ten names and see what is known about them");
            page.getByLabel("What do you run?").fill("Larkfield Rates 3.1");
            press("Match with catalogue");
            press("Add these systems");
            assertThat(text()).containsPattern("1 system added\\. [1-9][0-9]* known flaws");
            Duration taken = Duration.between(begun, Instant.now());
            System.out.println("In a browser, to the first finding: " + taken.toMillis() + " ms, full catalogue");
            assertThat(taken).isLessThan(Duration.ofMinutes(5));
        }
    }

    /// Leads to the tour's next step, by its own page.
    private void next(String title) {
        follow("Tour");
        follow(title);
        see("step-" + title.toLowerCase(java.util.Locale.ROOT).replace(' ', '-'), title);
    }

    private void press(String button) {
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName(button).setExact(true))
                .click();
    }

    private void follow(String link) {
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(link).setExact(true))
                .first()
                .click();
    }

    private String text() {
        return page.locator("body").innerText();
    }

    /// What somebody reads there; and that everybody can.
    private void see(String name, String... words) {
        assertThat(text()).as(page.url()).contains(words);
        Chromium.broken(page).forEach(rule -> wrong.add(page.url() + " " + rule));
        Chromium.shoot(page, "tour-%02d-%s".formatted(++seen, name));
    }
}
