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
        var launch = new BrowserType.LaunchOptions()
                .setExecutablePath(CHROMIUM)
                .setArgs(List.of("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-sync"));
        try (Playwright playwright = Playwright.create(options);
                var browser = playwright.chromium().launch(launch);
                var context = browser.newContext()) {
            Page page = context.newPage();
            List<String> errors = new ArrayList<>();
            page.onConsoleMessage(message -> {
                if (message.type().equals("error")) {
                    errors.add(message.text());
                }
            });
            CDPSession device = context.newCDPSession(page);
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
            String id = device.send("WebAuthn.addVirtualAuthenticator", added)
                    .get("authenticatorId")
                    .getAsString();

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
