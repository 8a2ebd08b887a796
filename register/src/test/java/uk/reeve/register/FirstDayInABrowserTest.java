package uk.reeve.register;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ContextConfiguration;
import uk.reeve.register.audience.Asker;

/// A new register in a real browser, with nothing in it but the advisories it came with: the pages that are
/// seen only there, and the way of a council from its invitation to its first finding.
@ExtendWith({PostgresHere.class, OutputCaptureExtension.class})
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@ContextConfiguration(initializers = FreshFolder.class)
@Import({Given.class, WhichTemplate.class})
@DirtiesContext
class FirstDayInABrowserTest {

    @RegisterExtension
    static final Chromium CHROMIUM = new Chromium();

    private static final String ADA = "ada@operator.example"; // runs the installation
    private static final String SAM = "sam@council.example"; // the first person of a council

    /// Before anybody is there.
    static final List<State> NEW = List.of(
            State.of("organisation/set-up", "new", "", "{set-up}"),
            State.of("organisation/set-up", "refused", "", "{set-up}").after(State.press("Create it")),
            State.of("organisation/home", "empty", "", "/"),
            State.of("web/problem", "empty", "", "/set-up"));

    static final List<State> EMPTY = List.of(
            State.of("catalogue/products", "empty", "", "/products"),
            State.of("catalogue/products", "empty", SAM, "/products"),
            State.of("advisory/advisories", "empty", "", "/advisories"),
            State.of("exposure/who-is-exposed", "empty", SAM, "/who-is-exposed?q=CVE-2021-44228"),
            State.of("organisation/organisations", "councils", ADA, "/admin/organisations"),
            State.of("organisation/organisations", "next page", ADA, "/admin/organisations?q=S"),
            State.of("advisory/sources", "as it came", ADA, "/admin/sources"),
            State.of("today/today", "empty", ADA, "/today"),
            State.of("today/today", "empty", SAM, "/today"),
            State.of("estate/systems", "empty", SAM, "/systems"),
            State.of("estate/services", "empty", SAM, "/services"),
            State.of("exposure/exposures", "empty", SAM, "/exposures"),
            State.of("alert/alerts", "empty", SAM, "/alerts"),
            State.of("organisation/people", "only one", SAM, "/organisation/people"),
            State.of("organisation/keys", "empty", SAM, "/organisation/keys"),
            State.of("exposure/sector", "empty", "{coordinator}", "/sector"));

    @Autowired
    Given given;

    @LocalServerPort
    int port;

    private static Looking looking;
    private Page page;
    private String setUp = "";
    private String coordinator = "";

    @AfterAll
    static void leave() {
        if (looking != null) {
            looking.close();
        }
    }

    @TestFactory
    Stream<DynamicTest> a_new_register_is_fit_for_everybody(CapturedOutput output) {
        looking = new Looking(CHROMIUM, port, this::signIn);
        setUp = find(output.getAll(), "Open http://localhost:\\d+(/set-up\\?key=\\S+)");
        return Stream.of(
                        NEW.stream().map(this::test),
                        Stream.of(DynamicTest.dynamicTest("it is set up, and a council comes in", this::setUp)),
                        EMPTY.stream().map(this::test),
                        Stream.of(DynamicTest.dynamicTest(
                                "a council comes to its first finding in a nearly empty catalogue", this::find)))
                .flatMap(tests -> tests);
    }

    private DynamicTest test(State state) {
        return DynamicTest.dynamicTest(state.toString(), () -> {
            State here = state.who().equals("{coordinator}")
                    ? new State(state.template(), state.name(), coordinator, state.path(), state.act(), state.once())
                    : state;
            assertThat(looking.wrong(here, state.path().replace("{set-up}", setUp)))
                    .isEmpty();
        });
    }

    private void setUp() {
        try (BrowserContext context = CHROMIUM.context(true, 1100, 900)) {
            page = context.newPage();
            page.navigate("http://localhost:" + port + setUp);
            fill("What is this register called?", "Northern councils' register");
            fill("Your name", "Ada Wren");
            fill("Your email address", ADA);
            fill("Choose a password", Given.PASSWORD);
            press("Create it");
            assertThat(text()).contains("The register is set up. Sign in with what you just chose");
            signIn(page, ADA);
            follow("Organisations");
            assertThat(text()).contains("382 current UK councils are ready to import");
            page.getByLabel("All four nations, 382").check();
            press("Import councils");
            assertThat(text()).contains("382 councils on the register");
        }
        join(invitation("Buckinghamshire", SAM));
        coordinator = given.account(Asker.Kind.COORDINATOR);
    }

    /// Nobody has published anything: what a council runs is found by the SBOM that it made of its own copy.
    private void find() {
        String link = invitation("Wiltshire", "kim@wiltshire.example");
        try (BrowserContext context = CHROMIUM.context(true, 1100, 900)) {
            page = context.newPage();
            Instant begun = Instant.now();
            page.navigate("http://localhost:" + port + link);
            fill("Your name", "Kim Downs");
            fill("Choose a password", Given.PASSWORD);
            press("Join");
            signIn(page, "kim@wiltshire.example");
            follow("Say what you run: paste ten names and see what is known about them");
            fill("What do you run?", "Zedwick Planning 4");
            press("Match with catalogue");
            page.getByLabel("Add “Zedwick Planning”, version 4, as new").check();
            press("Add these systems");
            assertThat(text()).contains("1 system added.", "no SBOM");
            page.navigate("http://localhost:" + port + "/products?q=Zedwick"); // behind those of endoflife.date
            follow("Zedwick Planning");
            follow("4");
            press("Add what you observed");
            page.getByLabel("SBOM", new Page.GetByLabelOptions().setExact(true))
                    .setInputFiles(
                            new FilePayload("copy.json", "application/json", """
                            {"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,
                             "components": [{"type": "library", "name": "log4j-core", "version": "2.14.1",
                                             "purl": "pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1"}]}
                            """.getBytes(StandardCharsets.UTF_8)));
            press("Upload the SBOM");
            follow("Today");
            assertThat(text()).contains("Act now: Log4Shell (CVE-2021-44228), 1 system without a decision");
            Duration taken = Duration.between(begun, Instant.now());
            System.out.println(
                    "In a browser, to the first finding: " + taken.toMillis() + " ms, nearly empty catalogue");
            assertThat(taken).isLessThan(Duration.ofMinutes(5));
            Chromium.shoot(page, "first-finding");
        }
    }

    /// @return the link by which somebody comes in
    private String invitation(String council, String email) {
        try (BrowserContext context = CHROMIUM.context(true, 1100, 900)) {
            page = context.newPage();
            signIn(page, ADA);
            follow("Organisations");
            fill("Find by a part of the name", council);
            press("Find");
            page.locator("main tbody a").first().click();
            fill("Email address of the first person", email);
            press("Make an invitation");
            return MailSink.link(email, "/join/[A-Za-z0-9_-]+");
        }
    }

    private void join(String link) {
        try (BrowserContext context = CHROMIUM.context(true, 1100, 900)) {
            page = context.newPage();
            page.navigate("http://localhost:" + port + link);
            assertThat(text()).contains("Ada Wren invited you, as " + SAM + ".");
            fill("Your name", "Sam Ode");
            fill("Choose a password", Given.PASSWORD);
            press("Join");
            assertThat(text()).contains("Sign in to begin");
        }
    }

    private void signIn(Page page, String who) {
        page.navigate("http://localhost:" + port + "/sign-in");
        page.getByLabel("Email address").fill(who);
        page.getByLabel("Password").fill(Given.PASSWORD);
        State.press("Continue").accept(page);
        assertThat(page.url()).endsWith("/today");
    }

    private void fill(String label, String value) {
        page.getByLabel(label, new Page.GetByLabelOptions().setExact(true)).fill(value);
    }

    private void press(String button) {
        State.press(button).accept(page);
    }

    private void follow(String link) {
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(link).setExact(true))
                .first()
                .click();
    }

    private String text() {
        return page.locator("body").innerText();
    }

    private static String find(String text, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertThat(matcher.find()).as(pattern + " in " + text).isTrue();
        return matcher.group(1);
    }
}
