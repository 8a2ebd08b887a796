package uk.reeve.register;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// A real browser, Debian's Chromium, one for all tests. Where it is absent, the tests that ask for it are
/// skipped, loudly.
public final class Chromium implements BeforeAllCallback {

    /// Playwright's; `Browser` is our own person without script.
    private record Running(Playwright playwright, com.microsoft.playwright.Browser browser) implements AutoCloseable {

        @Override
        public void close() {
            browser.close();
            playwright.close();
        }
    }

    private static final Path PROGRAM = Path.of("/usr/bin/chromium");
    private static final Path SCREENSHOTS = Path.of("target/screenshots");
    private static final List<String> RULES = List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa");

    private static final String AXE = axe();

    private com.microsoft.playwright.Browser browser;

    @Override
    public void beforeAll(ExtensionContext context) {
        assumeTrue(
                Files.isExecutable(PROGRAM),
                "NOT CHECKED: accessibility, reflow and journeys in a browser. Install chromium (apt-get install chromium)"
                        + " and run this again.");
        browser = context.getRoot()
                .getStore(ExtensionContext.Namespace.GLOBAL)
                .computeIfAbsent(Running.class, _ -> start(), Running.class)
                .browser();
    }

    private static String axe() {
        try (InputStream in = AxeBuilder.class.getResourceAsStream("/axe.min.js")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Running start() {
        Playwright playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        return new Running(
                playwright,
                playwright
                        .chromium()
                        .launch(new BrowserType.LaunchOptions()
                                .setExecutablePath(PROGRAM)
                                .setArgs(List.of(
                                        "--headless",
                                        "--no-sandbox",
                                        "--disable-gpu",
                                        "--disable-quic",
                                        "--no-first-run",
                                        "--disable-background-networking",
                                        "--disable-component-update",
                                        "--disable-sync"))));
    }

    /// Somebody's browser, with cookies of its own.
    public BrowserContext context(boolean script, int width, int height) {
        BrowserContext context = browser.newContext(
                new NewContextOptions().setJavaScriptEnabled(script).setViewportSize(width, height));
        context.setDefaultTimeout(20_000);
        return context;
    }

    /// The rules of WCAG 2.2 AA that a page breaks, each with where. Axe runs in the page and tells no more
    /// than that: all that it could tell of a long page takes longer to carry over than to find out.
    public static List<String> broken(Page page) {
        page.evaluate(AXE);
        return List.of(String.valueOf(page.evaluate("""
                        rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']}).then(found =>
                            found.violations.map(rule => rule.id + ': ' + rule.nodes[0].html).join('\\u0000'))""", RULES)).split("\u0000")).stream()
                .filter(rule -> !rule.isEmpty())
                .toList();
    }

    /// Keeps the page for people to look at: `register/target/screenshots/NAME.png`.
    public static void shoot(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions().setFullPage(true).setPath(SCREENSHOTS.resolve(name + ".png")));
    }
}
