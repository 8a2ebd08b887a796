package uk.reeve.register;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import uk.reeve.register.audience.Asker;

/// A passkey on a virtual device, in a real browser.
@RegisterTest
class PasskeyTest {

    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");

    @Autowired
    Given given;

    @Autowired
    JdbcClient jdbc;

    @LocalServerPort
    int port;

    @Test
    void a_passkey_is_added_lets_in_and_is_removed() {
        assumeTrue(
                Files.isExecutable(CHROMIUM),
                "NOT CHECKED: passkeys. Install chromium (apt-get install chromium) and run this again.");
        Asker.Person person = given.someoneOf(Asker.Kind.COUNCIL, "Modern Council");
        String email = given.account(person);
        var options = new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"));
        try (Playwright playwright = Playwright.create(options);
                var browser = playwright.chromium().launch(launch());
                var context = browser.newContext()) {
            Page page = context.newPage();
            List<String> errors = new ArrayList<>();
            page.onConsoleMessage(message -> {
                if (message.type().equals("error")) {
                    errors.add(message.text());
                }
            });
            CDPSession device = context.newCDPSession(page);
            String id = device(device);

            String site = "http://localhost:" + port;
            page.navigate(site + "/sign-in");
            page.getByLabel("Email address").fill(email);
            page.getByLabel("Password").fill(Given.PASSWORD);
            press(page, "Continue");
            page.waitForURL(site + "/today");
            page.navigate(site + "/account");
            page.getByLabel("Add a passkey").fill("Work laptop");
            press(page, "Add a passkey");
            page.getByText("The passkey is added").waitFor();
            assertThat(page.locator("table").textContent()).contains("Work laptop", "never");
            signOut(page);

            page.navigate(site + "/sign-in");
            press(page, "Sign in with a passkey");
            page.waitForURL(site + "/today");
            page.navigate(site + "/account");
            assertThat(page.locator("table").textContent()).doesNotContain("never");
            signOut(page);

            // a device that does not ask who is there is not enough
            verified(device, id, false);
            page.navigate(site + "/sign-in");
            press(page, "Sign in with a passkey");
            page.getByText("The passkey did not let you in").first().waitFor();
            verified(device, id, true);

            // nor is another's passkey removed
            Browser stranger = new Browser(port).signIn(given.account(Asker.Kind.COUNCIL), Given.PASSWORD);
            press(page, "Sign in with a passkey");
            page.waitForURL(site + "/today");
            page.navigate(site + "/account");
            String removal = page.locator("a[href$='/removal']").getAttribute("href");
            stranger.post(removal, stranger.token("/account"));
            page.reload();
            assertThat(page.locator("table").textContent()).contains("Work laptop");

            assertThat(stranger.get(removal).statusCode()).isEqualTo(404);
            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Remove Work laptop"))
                    .click();
            press(page, "Remove Work laptop");
            page.getByText("does not let you in any more").waitFor();
            signOut(page);
            page.navigate(site + "/sign-in");
            press(page, "Sign in with a passkey");
            page.getByText("The passkey did not let you in").first().waitFor();
            assertThat(errors).isEmpty(); // the policy against foreign script has nothing to refuse
        }
    }

    @Test
    void somebody_new_joins_with_a_passkey_and_needs_no_password() {
        assumeTrue(
                Files.isExecutable(CHROMIUM),
                "NOT CHECKED: passkeys. Install chromium (apt-get install chromium) and run this again.");
        Browser administrator = new Browser(port)
                .signIn(given.account(given.someoneOf(Asker.Kind.COUNCIL, "Joining Council")), Given.PASSWORD);
        String people = "/organisation/people";
        administrator.post(people, administrator.token(people), "email", "keyed@joining.example", "roles", "reader");
        String link = MailSink.link("keyed@joining.example", "/join/[A-Za-z0-9_-]+");
        Browser stranger = new Browser(port); // no answer to a challenge: nobody joins, and the invitation stays
        assertThat(stranger.post(link + "/passkey", stranger.token(link), "your-name", "No One", "credential", "{}")
                        .body())
                .contains("The passkey was not made");
        stranger.post(link + "/passkey/options", stranger.token(link));
        assertThat(stranger.post(link + "/passkey", stranger.token(link), "your-name", "No One", "credential", "{}")
                        .body())
                .contains("The passkey was not made");
        assertThat(stranger.post("/join/" + "x".repeat(43) + "/passkey/options", stranger.token(link))
                        .statusCode())
                .isEqualTo(404);

        var options = new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"));
        try (Playwright playwright = Playwright.create(options);
                var browser = playwright.chromium().launch(launch());
                var context = browser.newContext()) {
            Page page = context.newPage();
            device(context.newCDPSession(page));
            String site = "http://localhost:" + port;
            page.navigate(site + link);
            page.getByLabel("What are you called?").fill("Keyed Person");
            press(page, "Join with a passkey");
            page.getByText("Sign in with your passkey").waitFor();
            press(page, "Sign in with a passkey");
            page.waitForURL(site + "/today");
            page.navigate(site + "/account");
            assertThat(page.content()).contains("First passkey", "keyed@joining.example", "You have no password");
            page.navigate(page.url()
                    + page.locator("a[href$='/removal']").getAttribute("href").substring("/account".length()));
            assertThat(page.content()).contains("This passkey is your only way in");
        }
        assertThat(stranger.get(link).statusCode()).isEqualTo(404);
    }

    private static BrowserType.LaunchOptions launch() {
        return new BrowserType.LaunchOptions()
                .setExecutablePath(CHROMIUM)
                .setArgs(List.of("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-sync"));
    }

    /// A virtual authenticator that knows who is there.
    ///
    /// @return its id
    private static String device(CDPSession device) {
        device.send("WebAuthn.enable");
        JsonObject kind = new JsonObject();
        kind.addProperty("protocol", "ctap2");
        kind.addProperty("transport", "internal");
        for (String can :
                List.of("hasResidentKey", "hasUserVerification", "isUserVerified", "automaticPresenceSimulation")) {
            kind.addProperty(can, true);
        }
        JsonObject added = new JsonObject();
        added.add("options", kind);
        return device.send("WebAuthn.addVirtualAuthenticator", added)
                .get("authenticatorId")
                .getAsString();
    }

    @Test
    void what_is_no_answer_to_a_challenge_lets_nobody_in() {
        Browser browser = new Browser(port);
        String token = browser.token("/sign-in");
        assertThat(browser.post("/sign-in/passkey", token, "credential", "{}").body())
                .contains("The passkey did not let you in");
        String options = browser.post("/sign-in/passkey/options", browser.token("/sign-in"))
                .body();
        assertThat(options).contains("\"challenge\"", "\"userVerification\":\"required\"", "\"rpId\":\"localhost\"");
        for (String answer :
                List.of("", "{}", "null", "[", "{\"id\":\"AAAA\",\"rawId\":\"AAAA\",\"type\":\"public-key\"}")) {
            browser.post("/sign-in/passkey/options", browser.token("/sign-in"));
            assertThat(browser.post("/sign-in/passkey", browser.token("/sign-in"), "credential", answer)
                            .body())
                    .contains("The passkey did not let you in");
        }
        assertThat(browser.get("/today").statusCode()).isEqualTo(302);
    }

    private static void verified(CDPSession device, String id, boolean verified) {
        JsonObject set = new JsonObject();
        set.addProperty("authenticatorId", id);
        set.addProperty("isUserVerified", verified);
        device.send("WebAuthn.setUserVerified", set);
    }

    private static void press(Page page, String button) {
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(Pattern.compile("^" + button + "$")))
                .click();
    }

    private static void signOut(Page page) {
        page.navigate(page.url().replaceAll("(//[^/]+).*", "$1/account"));
        press(page, "Sign out");
        page.waitForURL(Pattern.compile(".*:\\d+/$"));
    }
}
