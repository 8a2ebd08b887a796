package uk.reeve.register;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;

/// Looks at pages for those who need more of them than that they look well: by the rules of WCAG 2.2 AA,
/// and without script in a window of 320 pixels.
final class Looking implements AutoCloseable {

    private static final int WIDE = 1_100;
    private static final int NARROW = 320;

    /// Somebody's two windows: script on, script off. Each is used again for every page that they look at.
    private record Windows(Page script, Page none, List<String> complaints, AtomicReference<Response> last) {}

    private final Chromium chromium;
    private final String address;
    private final BiConsumer<Page, String> signIn;
    private final Map<String, Windows> people = new HashMap<>();
    private final Set<String> followed = new HashSet<>();

    /// @param signIn lets somebody in on a page of a browser of their own
    Looking(Chromium chromium, int port, BiConsumer<Page, String> signIn) {
        this.chromium = chromium;
        this.address = "http://localhost:" + port;
        this.signIn = signIn;
    }

    /// All that is wrong with a page in one state.
    List<String> wrong(State state, String path) {
        Windows windows = people.computeIfAbsent(state.who(), this::comeIn);
        List<String> wrong = windows.complaints();
        wrong.clear();
        Page page = windows.script();
        page.navigate(address + path);
        state.act().accept(page);
        page.waitForLoadState();
        Response answer = windows.last().get();
        String template = answer.headers().getOrDefault(WhichTemplate.HEADER, "web/problem");
        if (!template.equals(state.template())) {
            return List.of("is made of " + template + ", " + answer.status() + " " + page.url());
        }
        if (answer.status() >= 400) {
            wrong.removeIf(line -> line.contains("Failed to load resource"));
        }
        wrong.addAll(Chromium.broken(page));
        heading(page, wrong);
        String text = text(page);
        links(windows, wrong);
        if (Boolean.getBoolean("screenshots")) { // they take as long as all the rest
            Chromium.shoot(page, picture(state));
            page.setViewportSize(NARROW, 640);
            reflow(page, wrong);
            Chromium.shoot(page, picture(state) + "-320");
            page.setViewportSize(WIDE, 900);
        }

        page = windows.none();
        page.navigate(address + path);
        state.act().accept(page);
        page.waitForLoadState();
        String without = text(page);
        if (state.once() ? !heading(page, wrong) : !without.equals(text)) {
            wrong.add("says something else without script: " + without);
        }
        inline(page, wrong);
        reflow(page, wrong);
        return List.copyOf(wrong);
    }

    private static String picture(State state) {
        return "page-" + state.toString().replaceAll("[^A-Za-z0-9]+", "-").toLowerCase(Locale.ROOT);
    }

    private Windows comeIn(String who) {
        BrowserContext script = chromium.context(true, WIDE, 900);
        BrowserContext none = chromium.context(false, NARROW, 640);
        Windows windows = new Windows(script.newPage(), none.newPage(), new ArrayList<>(), new AtomicReference<>());
        windows.script().onConsoleMessage(message -> windows.complaints().add("console: " + message.text()));
        windows.script().onPageError(windows.complaints()::add);
        windows.script().onRequest(request -> {
            if (!request.url().startsWith(address + "/")) {
                windows.complaints().add("asks another host: " + request.url());
            }
        });
        windows.script().onResponse(response -> {
            if (response.request().isNavigationRequest() && response.status() / 100 != 3) {
                windows.last().set(response);
            }
        });
        if (!who.isEmpty()) {
            signIn.accept(windows.script(), who);
            none.addCookies(script.cookies());
        }
        return windows;
    }

    /// One heading, and the title says it, after "Error: " where something was refused.
    private static boolean heading(Page page, List<String> wrong) {
        List<String> headings = page.locator("h1").allInnerTexts();
        if (headings.size() != 1) {
            wrong.add("headings: " + headings);
            return false;
        }
        boolean refused = page.locator(".govuk-error-summary").count() > 0;
        String begins = (refused ? "Error: " : "") + headings.getFirst();
        if (!page.title().startsWith(begins) || !page.title().endsWith(" - Reeve")) {
            wrong.add("the title is \"" + page.title() + "\", the heading \"" + headings.getFirst() + "\"");
            return false;
        }
        return true;
    }

    /// What is in the main part, but for the minute, which goes on meanwhile.
    private static String text(Page page) {
        return String.valueOf(page.evaluate("document.querySelector('main').textContent"))
                .replaceAll("\\s+", " ")
                .replaceAll("\\b[0-9]{1,2}(:[0-9]{2})?[ap]m", "now");
    }

    private static void reflow(Page page, List<String> wrong) {
        Object width = page.evaluate("document.documentElement.scrollWidth");
        if (!width.equals(NARROW)) {
            wrong.add(width + " pixels wide at 320: " + page.evaluate("""
                    () => [...document.querySelectorAll('body *')]
                        .filter(e => e.getBoundingClientRect().right > 321 && getComputedStyle(e).position !== 'absolute')
                        .slice(-3).map(e => e.outerHTML.slice(0, 160)).join(' | ')"""));
        }
    }

    /// What the content security policy would stop, ids that are there twice, and errors that lead nowhere.
    private static void inline(Page page, List<String> wrong) {
        Object found = page.evaluate("""
                () => {
                    const all = [...document.querySelectorAll('*')], ids = all.map(e => e.id).filter(id => id);
                    return [
                        ...all.filter(e => e.localName === 'script' && !e.src || e.localName === 'style').map(e => 'inline ' + e.localName),
                        ...all.flatMap(e => [...e.attributes].filter(a => /^on/.test(a.name) || a.name === 'style' || /^\\s*javascript:/i.test(a.value))
                                                             .map(a => e.localName + ' has ' + a.name)),
                        ...ids.filter((id, i) => ids.indexOf(id) !== i).map(id => 'id twice: ' + id),
                        ...[...document.querySelectorAll('a[href^="#"], label[for]')]
                            .map(e => e.htmlFor || e.getAttribute('href').slice(1))
                            .filter(id => !document.getElementById(id)).map(id => 'leads to no field: ' + id)
                    ].join('; ');
                }""");
        if (!found.equals("")) {
            wrong.add(found.toString());
        }
    }

    /// No link leads nowhere: each kind of address once for each person.
    private void links(Windows windows, List<String> wrong) {
        Object found =
                windows.script().evaluate("[...document.querySelectorAll('a[href]')].map(a => a.href).join(' ')");
        for (String link : found.toString().split(" ")) {
            URI to = URI.create(link);
            if (!link.startsWith(address + "/")) {
                wrong.add("leads away: " + link);
            } else if (to.getFragment() == null
                    && followed.add(System.identityHashCode(windows) + " "
                            + to.getRawPath().replaceAll("[^/]*[0-9][^/]*|(?<=/products/)[^/]+", "#"))) {
                int status = windows.script().request().get(link).status();
                if (status >= 400) {
                    wrong.add("dead link, " + status + ": " + link);
                }
            }
        }
    }

    @Override
    public void close() {
        people.values().forEach(windows -> {
            windows.script().context().close();
            windows.none().context().close();
        });
    }
}
