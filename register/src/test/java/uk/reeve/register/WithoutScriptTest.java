package uk.reeve.register;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.test.web.server.LocalServerPort;

/// What people come for, in a browser whose script is off and whose window is 320 pixels wide.
@DemoInABrowser
class WithoutScriptTest {

    @RegisterExtension
    static final Chromium CHROMIUM = new Chromium();

    @LocalServerPort
    int port;

    private final List<String> tooWide = new ArrayList<>();
    private BrowserContext context;
    private Page page;

    @BeforeEach
    void begin() {
        Browser visitor = new Browser(port);
        visitor.post("/demo/reset", visitor.token("/demo"));
        context = CHROMIUM.context(false, 320, 640);
        open();
    }

    @AfterEach
    void end() {
        context.close();
        assertThat(tooWide).isEmpty();
    }

    @Test
    void the_morning_is_read_and_decided() {
        be("Priya Shah");
        go("/demo");
        press("Start the morning");
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            go("/demo");
            assertThat(text()).contains("Westmere Borough Council").doesNotContain("under way");
        });
        follow("Today");
        follow("Act now: Log4Shell (CVE-2021-44228), 2 systems without a decision");
        assertThat(text()).contains("You run 2 affected systems.", "Larkfield Revenues live", "Move to 8.3");
        press("Decide for 2 systems");
        page.getByLabel("Accept until").check();
        press("Record");
        assertThat(text()).contains("There is a problem", "Enter why the risk is accepted");
        LocalDate until = LocalDate.now().plusDays(30);
        page.locator("#accept-until").fill("" + until.getDayOfMonth());
        page.locator("#accept-until-month").fill("" + until.getMonthValue());
        page.locator("#accept-until-year").fill("" + until.getYear());
        page.locator("#accept-reason").fill("Behind the gateway until the upgrade.");
        page.locator("#accept-agreed").fill("V. Stone");
        press("Record");
        assertThat(text()).contains("Recorded for 2 systems: ", "What you decided", "By Priya Shah");
        follow("Today");
        assertThat(text()).doesNotContain("Log4Shell (CVE-2021-44228), 2 systems without");
        follow("Alerts");
        press("Acknowledge Log4Shell (CVE-2021-44228)");
        assertThat(text()).contains("Every alert has been acknowledged.");
    }

    @Test
    void systems_are_added_changed_and_retired() {
        be("Priya Shah");
        follow("Systems");
        press("Add systems");
        page.getByLabel("What do you run?").fill("Larkfield Rates 3.1, Rates, P. Shah\nQuarrybank Gazetteer 3\n");
        press("Match with catalogue");
        assertThat(text()).contains("1 of 2 rows matched.", "Quarrybank Gazetteer");
        press("Add these systems");
        assertThat(text()).contains("Row 2: choose what “Quarrybank Gazetteer 3” is, or skip it");
        page.getByLabel("Add “Quarrybank Gazetteer”, version 3, as new").check();
        press("Add these systems");
        assertThat(text()).contains("2 systems added.");
        follow("Systems");
        follow("Quarrybank Gazetteer");
        follow("Change");
        page.getByLabel("Owner").fill("T. Ode");
        press("Save");
        assertThat(text()).contains("T. Ode");
        press("Record an upgrade");
        page.getByLabel("Another version").check();
        page.locator("#version").fill("4");
        press("Save");
        assertThat(text()).contains("now runs Quarrybank Gazetteer 4");
        follow("Retire");
        press("Retire Quarrybank Gazetteer");
        assertThat(text()).doesNotContain("Quarrybank Gazetteer 4");
    }

    @Test
    void an_sbom_is_uploaded_and_compared() {
        be("Sam Larch");
        follow("Products");
        follow("Larkfield Revenues");
        follow("8.4");
        press("Add an SBOM");
        press("Upload the SBOM");
        assertThat(text()).contains("There is a problem", "Choose a file: a CycloneDX or SPDX SBOM");
        String sbom =
                new Browser(port).get("/demo/larkfield-revenues-8.4.cdx.json").body();
        page.getByLabel("SBOM", new Page.GetByLabelOptions().setExact(true))
                .setInputFiles(new FilePayload("it.json", "application/json", sbom.getBytes(StandardCharsets.UTF_8)));
        press("Upload the SBOM");
        assertThat(text()).contains("SBOM received.", "It is in:", "checks pass");
        follow("See the release");
        follow("Compare");
        page.getByLabel("Compare with").selectOption("8.3");
        press("Compare");
        assertThat(text()).contains("8.4 compared with 8.3", "log4j-core");
        follow("Components");
        page.locator("main tbody a")
                .filter(new Locator.FilterOptions().setHasText("Direct"))
                .first()
                .click();
        measure();
        assertThat(text()).contains("It is a direct part.");
    }

    @Test
    void who_is_exposed_is_asked_signed_out_and_signed_in() {
        go("/products");
        page.getByLabel("Who is exposed?").fill("xstream<1.4.18");
        press("Search");
        assertThat(text())
                .contains("Who is exposed to xstream<1.4.18?", "more releases hold it")
                .doesNotContain("Sector:");
        be("Priya Shah");
        page.getByLabel("Who is exposed?").fill("spring-beans<5.3.18");
        press("Search");
        assertThat(text()).contains("You: ", "Sector: ", "councils.", "Releases, by product");
        page.getByLabel("Who is exposed?").fill("<<<");
        press("Search");
        assertThat(text()).contains("For example:", "pkg:npm/lodash@4.17.20");
    }

    @Test
    void somebody_is_invited_joins_signs_in_and_out() {
        be("Priya Shah");
        go("/organisation/people");
        page.getByLabel("Invite somebody: email address").fill("kim.downs@westmere.example");
        page.getByLabel("Read", new Page.GetByLabelOptions().setExact(true)).check();
        press("Make an invitation");
        assertThat(text()).contains("The invitation is on its way to kim.downs@westmere.example");
        String link = MailSink.link("kim.downs@westmere.example", "/join/[A-Za-z0-9_-]+");
        context.close();
        context = CHROMIUM.context(false, 320, 640);
        open();
        go(link);
        assertThat(text()).contains("Join Westmere Borough Council", "Priya Shah invited you");
        press("Join");
        assertThat(text()).contains("There is a problem", "Enter your name");
        page.getByLabel("Your name").fill("Kim Downs");
        page.getByLabel("Choose a password").fill(Given.PASSWORD);
        press("Join");
        assertThat(text()).contains("You have joined Westmere Borough Council. Sign in to begin");
        page.getByLabel("Email address").fill("kim.downs@westmere.example");
        page.getByLabel("Password").fill("not this one at all");
        press("Continue");
        assertThat(text()).contains("One of them is not right");
        page.getByLabel("Email address").fill("kim.downs@westmere.example");
        page.getByLabel("Password").fill(Given.PASSWORD);
        press("Continue");
        assertThat(text()).contains("Today", "Kim Downs");
        follow("Kim Downs");
        press("Sign out");
        assertThat(text()).contains("Sign in").doesNotContain("Kim Downs");
    }

    private void open() {
        page = context.newPage();
    }

    private void be(String name) {
        go("/demo");
        press(name);
    }

    private void go(String path) {
        page.navigate("http://localhost:" + port + path);
        measure();
    }

    private void press(String button) {
        State.press(button).accept(page);
        measure();
    }

    private void follow(String link) {
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(link).setExact(true))
                .first()
                .click();
        measure();
    }

    private void measure() {
        page.waitForLoadState();
        Object width = page.evaluate("document.documentElement.scrollWidth");
        if (!width.equals(320)) {
            tooWide.add(page.url() + " is " + width + " pixels wide");
        }
    }

    private String text() {
        return page.locator("body").innerText();
    }
}
