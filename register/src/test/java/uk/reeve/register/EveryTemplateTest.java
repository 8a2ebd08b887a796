package uk.reeve.register;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import uk.reeve.register.organisation.Secret;

/// Every page template in each of its states, in a full register: see [Looking]. The states of a new one
/// are in [FirstDayInABrowserTest]; a template that has a state in neither fails here.
@DemoInABrowser
class EveryTemplateTest {

    @RegisterExtension
    static final Chromium CHROMIUM = new Chromium();

    private static final String PRIYA = "priya"; // keeps the systems of a council
    private static final String TOM = "tom"; // reads there
    private static final String SAM = "sam"; // publishes for a supplier
    private static final String KIT = "kit"; // coordinates
    private static final String ADA = "ada"; // runs the installation
    private static final String NOTHING = "nobody@newcombe.example"; // of a council that has listed nothing
    private static final String CLEAN = "nobody@cleanford.example"; // whose only system has no known flaw
    private static final String BLIND = "nobody@blindby.example"; // whose only system has no SBOM
    private static final String CLEARED = "xanthe.rook@skelderton.example"; // whose supplier says: not affected
    private static final String LOG4SHELL = "CVE-2021-44228";
    private static final String RELEASE = "/products/larkfield-revenues/releases/8.2";

    static final List<State> EVENING = List.of(
            State.of("demo/demo", "before the morning", "", "/demo"),
            State.of("demo/tour", "all steps", "", "/tour"),
            State.of("demo/step", "the first", "", "/tour/1"),
            State.of("demo/step", "with a file", "", "/tour/5"),
            State.of("exposure/sector", "before the morning", KIT, "/sector"),
            State.of("alert/alerts", "none", PRIYA, "/alerts"));

    static final List<State> FULL = List.of(
            State.of("demo/demo", "after the morning", PRIYA, "/demo"),
            State.of("organisation/home", "full", "", "/"),
            State.of("organisation/sign-in", "new", "", "/sign-in"),
            State.of("organisation/sign-in", "wrong", "", "/sign-in?wrong"),
            State.of("organisation/account", "council", PRIYA, "/account").eachTimeAnother(), // passkeys need script
            State.of("organisation/account", "coordinator", KIT, "/account").eachTimeAnother(),
            State.of("organisation/more", "council", PRIYA, "/more"),
            State.of("organisation/more", "reader", TOM, "/more"),
            State.of("organisation/password", "new", TOM, "/account/password"),
            State.of("organisation/password", "refused", TOM, "/account/password")
                    .after(State.press("Change the password")),
            State.of("organisation/acting-for", "one", PRIYA, "/account/acting-for"),
            State.of("organisation/erasure", "new", TOM, "/account/erasure"),
            State.of("organisation/second-factor", "new", PRIYA, "/account/second-factor")
                    .eachTimeAnother(),
            State.of("organisation/recovery", "no mail", "", "/recovery"),
            State.of("organisation/recovery-link", "with a code", "", "/recovery/{recovery}"),
            State.of("organisation/recovery-link", "refused", "", "/recovery/{recovery}")
                    .after(page -> page.locator("main form button").click()),
            State.of("organisation/sign-in-code", "new", "", "/sign-in").after(page -> {
                page.getByLabel("Email address").fill("nobody@coded.example");
                page.getByLabel("Password", new Page.GetByLabelOptions().setExact(true))
                        .fill(Given.PASSWORD);
                State.press("Continue").accept(page);
            }),
            State.of("statement/file", "received", SAM, "{vex}"),
            State.of("audit/record", "full", PRIYA, "/organisation/record"),
            State.of("audit/record", "others", PRIYA, "/organisation/record?outside=true"),
            State.of("alert/preferences", "full", PRIYA, "/account/alerts"),
            State.of("alert/deliveries", "full", PRIYA, "/organisation/deliveries"),
            State.of("alert/unsubscribe", "asked", "", "{stop}"),
            State.of("alert/webhooks", "one", PRIYA, "/organisation/webhooks"),
            State.of("alert/webhooks", "refused", PRIYA, "/organisation/webhooks")
                    .after(State.press("Add")),
            State.of("alert/webhook", "never used", PRIYA, "/organisation/webhooks/{webhook}"),
            State.of("web/confirm", "asked", PRIYA, "/organisation/webhooks/{webhook}/removal"),
            State.of("catalogue/edit-product", "full", SAM, "/products/larkfield-revenues/edit"),
            State.of("catalogue/edit-release", "full", SAM, RELEASE + "/edit"),
            State.of("catalogue/edit-release", "refused", SAM, RELEASE + "/edit")
                    .after(page -> {
                        page.getByLabel("Year").first().fill("1");
                        State.press("Save").accept(page);
                    }),
            State.of("catalogue/merge", "new", KIT, "{listed}/merge"),
            State.of("catalogue/confirmation", "full", KIT, "{listed}/confirmation"),
            State.of("catalogue/confirmation", "refused", KIT, "{listed}/confirmation")
                    .after(State.press("Confirm it")),
            State.of("catalogue/readers", "full", SAM, RELEASE + "/readers"),
            State.of("exposure/names", "no grant", KIT, "/sector/vulnerabilities/" + LOG4SHELL + "/councils"),
            State.of("exposure/names", "refused", KIT, "/sector/vulnerabilities/" + LOG4SHELL + "/councils")
                    .after(State.press("Show names")),
            State.of("organisation/people", "two", PRIYA, "/organisation/people"),
            State.of("organisation/people", "refused", PRIYA, "/organisation/people")
                    .after(State.press("Make an invitation")),
            State.of("organisation/people", "invited", PRIYA, "/organisation/people")
                    .after(page -> {
                        page.getByLabel("Invite somebody: email address").fill("new@westmere.example");
                        page.getByLabel("Read", new Page.GetByLabelOptions().setExact(true))
                                .check();
                        State.press("Make an invitation").accept(page);
                    })
                    .eachTimeAnother(),
            State.of("organisation/keys", "none", SAM, "/organisation/keys"),
            State.of("organisation/keys", "refused", SAM, "/organisation/keys").after(State.press("Create a key")),
            State.of("organisation/keys", "made", PRIYA, "/organisation/keys")
                    .after(page -> {
                        page.getByLabel("What is the key for?").fill("The nightly build of what we run ourselves");
                        page.getByLabel("Read what your organisation reads").check();
                        State.press("Create a key").accept(page);
                    })
                    .eachTimeAnother(),
            State.of("organisation/keys", "some", PRIYA, "/organisation/keys"),
            State.of("organisation/join", "somebody new", "", "{join-new}"),
            State.of("organisation/join", "refused", "", "{join-new}").after(State.press("Join")),
            State.of("organisation/join", "somebody known", "", "{join-known}"),
            State.of("organisation/organisations", "full", ADA, "/admin/organisations"),
            State.of("organisation/organisations", "nothing matches", ADA, "/admin/organisations?q=zzz"),
            State.of("organisation/organisations", "refused", ADA, "/admin/organisations")
                    .after(State.press("Add")),
            State.of("organisation/organisations", "import refused", ADA, "/admin/organisations")
                    .after(State.press("Import councils")),
            State.of("organisation/organisation", "stands alone", ADA, "/admin/organisations/westmere"),
            State.of("organisation/organisation", "refused", ADA, "/admin/organisations/loneby")
                    .after(State.press("Make an invitation")),
            State.of("organisation/organisation", "invited", ADA, "/admin/organisations/loneby")
                    .after(page -> {
                        page.getByLabel("Email address of the first person").fill("new@loneby.example");
                        State.press("Make an invitation").accept(page);
                    })
                    .eachTimeAnother(),
            State.of("advisory/sources", "last fetch went well", ADA, "/admin/sources"),
            State.of("advisory/sources", "refused", ADA, "/admin/sources").after(State.press("Add the file")),
            State.of("advisory/sources", "not an advisory", ADA, "/admin/sources")
                    .after(page -> {
                        page.getByLabel("Add a file").setInputFiles(file("note.json", "<html>"));
                        State.press("Add the file").accept(page);
                    }),
            State.of("advisory/advisories", "full", "", "/advisories"),
            State.of("advisory/all-sources", "old", "", "/advisories/sources"),
            State.of("advisory/all-sources", "who can fetch", ADA, "/advisories/sources"),
            State.of("advisory/vulnerability", "known to be exploited", "", "/vulnerabilities/" + LOG4SHELL),
            State.of("advisory/vulnerability", "not known to be", PRIYA, "/vulnerabilities/{milder}"),
            State.of("alert/alerts", "open", PRIYA, "/alerts"),
            State.of("alert/alerts", "reader", TOM, "/alerts"),
            State.of("today/today", "council", PRIYA, "/today"),
            State.of("today/today", "reader", TOM, "/today"),
            State.of("today/today", "nothing listed", NOTHING, "/today"),
            State.of("today/today", "nothing wrong", CLEAN, "/today"),
            State.of("today/today", "nothing checkable", BLIND, "/today"),
            State.of("today/today", "supplier", SAM, "/today"),
            State.of("today/today", "coordinator", KIT, "/today"),
            State.of("today/today", "researcher", "rae", "/today"),
            State.of("today/today", "assessor", "uma", "/today"),
            State.of("today/today", "framework operator", "orla", "/today"),
            State.of("today/today", "administrator", ADA, "/today"),
            State.of("estate/systems", "full", PRIYA, "/systems"),
            State.of("estate/systems", "by urgency", PRIYA, "/systems?sort=urgency"),
            State.of("estate/systems", "nothing matches", PRIYA, "/systems?q=zzz"),
            State.of("estate/systems", "reader", TOM, "/systems"),
            State.of("estate/systems", "empty", NOTHING, "/systems"),
            State.of("estate/systems", "nothing wrong", CLEAN, "/systems"),
            State.of("estate/system", "affected", PRIYA, "/systems/{affected}"),
            State.of("estate/system", "reader", TOM, "/systems/{affected}"),
            State.of("estate/system", "nothing wrong", CLEAN, "/systems/{clean}"),
            State.of("estate/system", "not checkable", BLIND, "/systems/{blind}"),
            State.of("estate/edit", "full", PRIYA, "/systems/{affected}/edit"),
            State.of("estate/edit", "refused", PRIYA, "/systems/{affected}/edit")
                    .after(page -> {
                        page.getByLabel("Name", new Page.GetByLabelOptions().setExact(true))
                                .fill("");
                        State.press("Save").accept(page);
                    }),
            State.of("estate/release", "full", PRIYA, "/systems/{affected}/release"),
            State.of("estate/release", "refused", PRIYA, "/systems/{affected}/release")
                    .after(page -> {
                        page.getByLabel("Another version").check();
                        State.press("Save").accept(page);
                    }),
            State.of("estate/retirement", "full", PRIYA, "/systems/{affected}/retirement"),
            State.of("estate/services", "full", PRIYA, "/services"),
            State.of("estate/services", "reader", TOM, "/services"),
            State.of("estate/services", "empty", NOTHING, "/services"),
            State.of("estate/new", "new", PRIYA, "/systems/new"),
            State.of("estate/new", "refused", PRIYA, "/systems/new").after(State.press("Match with catalogue")),
            State.of("estate/new", "a list to change", PRIYA, "/systems/new?draft={draft-name}"),
            State.of("estate/check", "sure, asked, left out", PRIYA, "{list}"),
            State.of("estate/check", "refused", PRIYA, "{list}").after(page -> {
                page.evaluate("document.querySelectorAll('input[type=radio]').forEach(r => r.checked = false)");
                State.press("Add these systems").accept(page);
            }),
            State.of("exposure/exposures", "full", PRIYA, "/exposures"),
            State.of("exposure/exposures", "reader", TOM, "/exposures"),
            State.of("exposure/exposures", "nothing listed", NOTHING, "/exposures"),
            State.of("exposure/exposures", "nothing wrong", CLEAN, "/exposures"),
            State.of("exposure/exposures", "nothing checkable", BLIND, "/exposures"),
            State.of("exposure/exposure", "one of two decided", PRIYA, "/exposures/" + LOG4SHELL),
            State.of("exposure/exposure", "reader", TOM, "/exposures/" + LOG4SHELL),
            State.of("exposure/exposure", "not affected", CLEAN, "/exposures/" + LOG4SHELL),
            State.of("exposure/exposure", "nothing checkable", BLIND, "/exposures/" + LOG4SHELL),
            State.of("exposure/exposure", "its supplier says no", CLEARED, "/exposures/CVE-2021-39144"),
            State.of("exposure/exposure", "not urgent", PRIYA, "/exposures/{milder}"),
            State.of("exposure/decisions", "new", PRIYA, "/exposures/" + LOG4SHELL + "/decisions"),
            State.of("exposure/decisions", "nothing chosen", PRIYA, "/exposures/" + LOG4SHELL + "/decisions")
                    .after(page -> {
                        page.locator("[name=systems]:checked").all().forEach(box -> box.uncheck());
                        State.press("Record").accept(page);
                    }),
            State.of("exposure/decisions", "fix, refused", PRIYA, "/exposures/" + LOG4SHELL + "/decisions")
                    .after(decide("Fix or update by")),
            State.of("exposure/decisions", "work around, refused", PRIYA, "/exposures/" + LOG4SHELL + "/decisions")
                    .after(decide("Work around until")),
            State.of("exposure/decisions", "accept, refused", PRIYA, "/exposures/" + LOG4SHELL + "/decisions")
                    .after(decide("Accept until")),
            State.of("exposure/decisions", "not us, refused", PRIYA, "/exposures/" + LOG4SHELL + "/decisions")
                    .after(decide("Does not affect us")),
            State.of("exposure/sector", "full", KIT, "/sector"),
            State.of("exposure/sector-vulnerability", "full", KIT, "/sector/vulnerabilities/" + LOG4SHELL),
            State.of("exposure/sector-vulnerability", "touches nobody", KIT, "/sector/vulnerabilities/{nobodys}"),
            State.of("exposure/who-is-exposed", "nothing asked", "", "/who-is-exposed"),
            State.of("exposure/who-is-exposed", "vulnerability", PRIYA, "/who-is-exposed?q=" + LOG4SHELL),
            State.of("exposure/who-is-exposed", "range", PRIYA, "/who-is-exposed?q=log4j-core%3C2.17.1"),
            State.of("exposure/who-is-exposed", "range", KIT, "/who-is-exposed?q=log4j-core%3C2.17.1"),
            State.of("exposure/who-is-exposed", "range", "", "/who-is-exposed?q=log4j-core%3C2.17.1"),
            State.of("exposure/who-is-exposed", "product", PRIYA, "/who-is-exposed?q=Larkfield+Revenues"),
            State.of("exposure/who-is-exposed", "unreadable", "", "/who-is-exposed?q=%3C%3C%3C"),
            State.of("exposure/who-is-exposed", "nothing matches", PRIYA, "/who-is-exposed?q=pkg:npm/not-there-at-all"),
            State.of("catalogue/products", "full", "", "/products"),
            State.of("catalogue/products", "council", PRIYA, "/products"),
            State.of("catalogue/products", "with drafts", SAM, "/products?q=Larkfield"),
            State.of("catalogue/products", "nothing matches", "", "/products?q=zzz"),
            State.of("catalogue/product", "full", "", "/products/larkfield-revenues"),
            State.of("catalogue/product", "its maker", SAM, "/products/larkfield-revenues"),
            State.of("catalogue/product", "council", PRIYA, "/products/larkfield-revenues"),
            State.of("catalogue/product", "draft", SAM, "{draft}"),
            State.of("catalogue/product", "listed by a council", PRIYA, "{listed}"),
            State.of("catalogue/new-product", "supplier", SAM, "/products/new"),
            State.of("catalogue/new-product", "council", PRIYA, "/products/new"),
            State.of("catalogue/new-product", "refused", SAM, "/products/new").after(State.press("Add the product")),
            State.of("catalogue/new-product", "near names", PRIYA, "/products/new")
                    .after(page -> {
                        page.getByLabel("Name", new Page.GetByLabelOptions().setExact(true))
                                .fill("larkfield revenue");
                        State.press("Add the product").accept(page);
                    }),
            State.of("catalogue/new-release", "supplier", SAM, "/products/larkfield-revenues/releases/new"),
            State.of("catalogue/new-release", "council", PRIYA, "/products/larkfield-revenues/releases/new"),
            State.of("catalogue/new-release", "refused", SAM, "/products/larkfield-revenues/releases/new")
                    .after(page -> {
                        page.locator("#supportEndsOn").fill("31");
                        State.press("Add the release").accept(page);
                    }),
            State.of("catalogue/publication", "product", SAM, "{draft}/publication"),
            State.of("catalogue/publication", "release", SAM, "{draft-release}/publication"),
            State.of("catalogue/new-sbom", "supplier", SAM, RELEASE + "/sboms/new"),
            State.of("catalogue/new-sbom", "council", PRIYA, RELEASE + "/sboms/new"),
            State.of("catalogue/new-sbom", "refused", SAM, RELEASE + "/sboms/new")
                    .after(State.press("Upload the SBOM")),
            State.of("catalogue/new-sbom", "not an SBOM", SAM, RELEASE + "/sboms/new")
                    .after(page -> {
                        page.getByLabel("SBOM", new Page.GetByLabelOptions().setExact(true))
                                .setInputFiles(file("it.json", "{\"bomFormat\": \"CycloneDX\", \"components\": ["));
                        State.press("Upload the SBOM").accept(page);
                    }),
            State.of("catalogue/sbom", "its maker", SAM, "/sboms/{sbom}"),
            State.of("catalogue/sbom", "council", PRIYA, "/sboms/{sbom}"),
            State.of("catalogue/sbom", "superseded", SAM, "/sboms/{superseded}"),
            State.of("catalogue/sbom", "with warnings", SAM, "/sboms/{odd}"),
            State.of("catalogue/release", "closed list", "", RELEASE),
            State.of("catalogue/release", "its maker", SAM, RELEASE),
            State.of("catalogue/release", "council", PRIYA, RELEASE),
            State.of("catalogue/release", "reader", TOM, RELEASE),
            State.of("catalogue/release", "no SBOM", PRIYA, "/products/wyrefleet-watch/releases/2.0"),
            State.of("catalogue/release", "draft", SAM, "{draft-release}"),
            State.of("catalogue/components", "full", PRIYA, RELEASE + "/components"),
            State.of("catalogue/components", "nothing matches", PRIYA, RELEASE + "/components?q=zzz"),
            State.of("catalogue/components", "closed list", "", RELEASE + "/components"),
            State.of("catalogue/components", "no SBOM", PRIYA, "/products/wyrefleet-watch/releases/2.0/components"),
            State.of("catalogue/components", "none listed", SAM, "{hollow-release}/components"),
            State.of("catalogue/components", "odd ones", SAM, "{draft-release}/components"),
            State.of("catalogue/path", "through another", PRIYA, RELEASE + "/components/paths?of={deep}"),
            State.of("catalogue/path", "direct", PRIYA, RELEASE + "/components/paths?of={direct}"),
            State.of("catalogue/path", "not told", SAM, "{draft-release}/components/paths?of={loose}"),
            State.of("catalogue/findings", "full", PRIYA, RELEASE + "/findings"),
            State.of("catalogue/findings", "its maker", SAM, RELEASE + "/findings"),
            State.of("catalogue/findings", "closed list", "", RELEASE + "/findings"),
            State.of("catalogue/findings", "nothing wrong", "", "{clean-release}/findings"),
            State.of("catalogue/findings", "no SBOM", PRIYA, "/products/wyrefleet-watch/releases/2.0/findings"),
            State.of("catalogue/compare", "nothing chosen", PRIYA, RELEASE + "/compare"),
            State.of("catalogue/compare", "full", PRIYA, "/products/larkfield-revenues/releases/8.4/compare?with=8.2"),
            State.of("catalogue/compare", "only one", "", "{clean-release}/compare"),
            State.of("statement/statements", "none", "", RELEASE + "/statements"),
            State.of("statement/statements", "its maker", SAM, RELEASE + "/statements"),
            State.of("statement/statements", "some", "", "/products/larkfield-income/releases/6.0/statements"),
            State.of("statement/new", "new", SAM, RELEASE + "/statements/new"),
            State.of("statement/new", "refused", SAM, RELEASE + "/statements/new")
                    .after(State.press("Check the statement")),
            State.of("statement/new", "affected, refused", SAM, RELEASE + "/statements/new")
                    .after(page -> {
                        page.getByLabel("Vulnerability").fill(LOG4SHELL);
                        page.getByLabel("Affected", new Page.GetByLabelOptions().setExact(true))
                                .check();
                        State.press("Check the statement").accept(page);
                    }),
            State.of("statement/new", "not affected, refused", SAM, RELEASE + "/statements/new")
                    .after(page -> {
                        page.getByLabel("Vulnerability").fill("CVE-1");
                        page.getByLabel("Not affected").check();
                        State.press("Check the statement").accept(page);
                    }),
            State.of("statement/check", "full", SAM, RELEASE + "/statements/new")
                    .after(page -> {
                        page.getByLabel("Vulnerability").fill(LOG4SHELL);
                        page.getByLabel("Affected", new Page.GetByLabelOptions().setExact(true))
                                .check();
                        page.getByLabel("What should councils do now?").fill("Move to 8.4 <today>.");
                        State.press("Check the statement").accept(page);
                    }),
            State.of("web/problem", "not there", "", "/nothing-here"),
            State.of("web/problem", "not there", PRIYA, "/products/nothing-here"),
            State.of("web/problem", "another role", TOM, "/systems/new"),
            State.of("web/problem", "too old a page", PRIYA, "/account").after(page -> {
                page.evaluate("document.querySelectorAll('[name=_csrf]').forEach(field => field.value = 'old')");
                State.press("Sign out").accept(page);
            }));

    static final List<State> FAILED = List.of(State.of("advisory/sources", "last fetch failed", ADA, "/admin/sources"));

    @Autowired
    Given given;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Argon2PasswordEncoder passwords;

    @LocalServerPort
    int port;

    private static Looking looking;
    private final Map<String, String> names = new HashMap<>();

    @AfterAll
    static void leave() {
        if (looking != null) {
            looking.close();
        }
    }

    @Test
    void each_page_template_has_a_state_here() throws IOException {
        Set<String> pages = new TreeSet<>();
        Path templates = Path.of("src/main/jte");
        try (Stream<Path> files = Files.walk(templates)) {
            for (Path file :
                    files.filter(file -> file.toString().endsWith(".jte")).toList()) {
                if (Files.readString(file).contains("@template.layout.page(")) {
                    pages.add(templates
                            .relativize(file)
                            .toString()
                            .replace(".jte", "")
                            .replace('\\', '/'));
                }
            }
        }
        Set<String> looked = new TreeSet<>();
        Stream.of(EVENING, FULL, FAILED, FirstDayInABrowserTest.NEW, FirstDayInABrowserTest.EMPTY)
                .flatMap(List::stream)
                .map(State::template)
                .forEach(looked::add);
        assertThat(looked).hasSizeGreaterThan(40).isEqualTo(pages);
    }

    /// The first state of each template and those that refuse something; with `-Dstates=all` all, which takes five
    /// minutes.
    private static Stream<State> walked(List<State> states) {
        Set<String> templates = new HashSet<>();
        return states.stream()
                .filter(state -> templates.add(state.template())
                        || state.name().contains("refused")
                        || "all".equals(System.getProperty("states")));
    }

    @TestFactory
    Stream<DynamicTest> nobody_is_kept_from_a_page_in_any_state() throws IOException {
        looking = new Looking(CHROMIUM, port, this::signIn);
        Browser visitor = new Browser(port);
        visitor.post("/demo/reset", visitor.token("/demo"));
        return Stream.of(
                        Stream.of(DynamicTest.dynamicTest("people come in", this::comeIn)),
                        walked(EVENING).map(this::test),
                        Stream.of(DynamicTest.dynamicTest("the morning begins", this::prepare)),
                        walked(FULL).map(this::test),
                        Stream.of(DynamicTest.dynamicTest("a fetch fails", this::failFetch)),
                        FAILED.stream().map(this::test),
                        Stream.of(DynamicTest.dynamicTest("all is reset", this::reset)))
                .flatMap(tests -> tests);
    }

    private DynamicTest test(State state) {
        return DynamicTest.dynamicTest(state.toString(), () -> {
            String path = state.path();
            for (Map.Entry<String, String> name : names.entrySet()) {
                path = path.replace("{" + name.getKey() + "}", name.getValue());
            }
            assertThat(looking.wrong(state, path)).as(path).isEmpty();
        });
    }

    private void signIn(Page page, String who) {
        page.navigate("http://localhost:" + port + (who.contains("@") ? "/sign-in" : "/demo"));
        if (who.contains("@")) {
            page.getByLabel("Email address").fill(who);
            page.getByLabel("Password").fill(Given.PASSWORD);
            State.press("Continue").accept(page);
        } else {
            page.locator("form[action='/demo/be/" + who + "'] button").click();
        }
        assertThat(page.url()).endsWith("/today");
    }

    private void reset() {
        sql("UPDATE feed SET fetched_at = checked_at, last_error = NULL WHERE name = 'bulk'");
        Browser visitor = new Browser(port);
        visitor.post("/demo/reset", visitor.token("/demo"));
    }

    private void comeIn() {
        for (String slug : List.of("newcombe", "cleanford", "blindby", "coded")) {
            sql("""
                    WITH o AS (INSERT INTO organisation (kind, slug, name, invented, verified_at)
                               VALUES ('council', '%1$s', initcap('%1$s') || ' Council (invented)', true, now()) RETURNING id),
                         p AS (INSERT INTO person (email, name) VALUES ('nobody@%1$s.example', 'Nobody Known') RETURNING id)
                    INSERT INTO membership (person_id, organisation_id, role)
                    SELECT p.id, o.id, unnest(ARRAY['reader', 'editor', 'administrator']) FROM o, p""".formatted(slug));
        }
        sql("""
                INSERT INTO organisation (kind, slug, name, invented)
                VALUES ('council', 'loneby', 'Loneby Council (invented)', true)""");
        given.passwordsForAll();
    }

    /// All that the states of [#FULL] are about.
    private void prepare() {
        Browser sam = be("sam");
        Browser priya = be("priya");
        String secret = "r".repeat(43);
        given.inGate(() -> jdbc.sql("""
                INSERT INTO recovery (person_id, hash, expires_at)
                SELECT id, :hash, now() + interval '1 hour' FROM person WHERE email = 'nobody@coded.example'
                """).param("hash", Secret.hash(secret)).update());
        names.put("recovery", secret);
        given.inGate(() -> jdbc.sql("""
                INSERT INTO second_factor (person_id, secret, last_step)
                SELECT id, '\\x00', 0 FROM person WHERE email = 'nobody@coded.example'
                """).update());
        names.put(
                "vex",
                location(sam.upload(
                        RELEASE + "/statements/new",
                        sam.token(RELEASE + "/statements/new"),
                        "file",
                        "it.json",
                        """
                        {"@context": "https://openvex.dev/ns/v0.2.0", "@id": "https://larkfield.example/vex/1",
                         "author": "Larkfield", "timestamp": "2026-03-01T10:00:00Z", "version": 1,
                         "statements": [{"vulnerability": {"name": "CVE-2021-44228"}, "status": "not_affected",
                          "justification": "vulnerable_code_not_present",
                          "products": [{"@id": "pkg:generic/larkfield-revenues@8.2"}]}]}""".getBytes(StandardCharsets.UTF_8))));
        given.inJob(
                () -> jdbc.sql("""
                        INSERT INTO digest_stop (hash, person_id, organisation_id)
                        SELECT :hash, person_id, organisation_id FROM membership m JOIN organisation o ON o.id = m.organisation_id
                         WHERE o.slug = 'westmere' LIMIT 1
                        """).param("hash", Secret.hash("x".repeat(43))).update());
        names.put("stop", "/unsubscribe/" + "x".repeat(43));
        names.put("webhook", one("""
                INSERT INTO webhook (organisation_id, url, secret)
                SELECT id, 'https://hooks.westmere.example/', decode(repeat('00', 32), 'hex') FROM organisation
                 WHERE slug = 'westmere' RETURNING ref"""));
        names.put("draft", location(sam.post("/products/new", sam.token("/products/new"), "name", "Larkfield Drafts")));
        String releases = names.get("draft") + "/releases/new";
        names.put("draft-release", location(sam.post(releases, sam.token(releases), "version", "1.0")));
        names.put("odd", upload(sam, names.get("draft-release"), """
                {"bomFormat": "CycloneDX", "specVersion": "1.6", "components": [
                  {"type": "library", "name": "a-part-whose-name-is-so-long-that-it-would-not-fit-a-narrow-screen-in-one-line",
                   "version": "1.0.0-20211210123456-0123456789abcdef0123456789abcdef"},
                  {"type": "library", "name": "vendored", "purl": "pkg:nothing"},
                  {"type": "library", "name": "log4j-core", "version": "2.14.1"}]}
                """));
        names.put("hollow-release", location(sam.post(releases, sam.token(releases), "version", "1.1")));
        upload(sam, names.get("hollow-release"), """
                {"bomFormat": "CycloneDX", "specVersion": "1.6", "components": []}
                """);
        names.put(
                "listed", location(priya.post("/products/new", priya.token("/products/new"), "name", "Parish Rates")));
        cleanProduct(sam);
        names.put("superseded", one("""
                SELECT d.ref FROM sbom_document d JOIN release r ON r.id = d.release_id JOIN product p ON p.id = r.product_id
                 WHERE p.name = 'Larkfield Revenues' AND r.version = '8.4'"""));
        upload(
                sam,
                "/products/larkfield-revenues/releases/8.4",
                sam.get("/demo/larkfield-revenues-8.4.cdx.json").body());
        names.put("sbom", one("""
                SELECT d.ref FROM sbom_document d JOIN release r ON r.id = d.release_id JOIN product p ON p.id = r.product_id
                 WHERE p.name = 'Larkfield Revenues' AND r.version = '8.2'"""));

        priya.post("/demo/morning", priya.token("/demo"));
        await().atMost(Duration.ofSeconds(60))
                .until(() -> one("SELECT count(*) FROM outbox WHERE done_at IS NULL AND vulnerability_id IS NOT NULL")
                        .equals("0"));

        names.put(
                "affected",
                one("SELECT ref FROM system WHERE name = 'Larkfield Revenues live' AND organisation_id ="
                        + " (SELECT id FROM organisation WHERE slug = 'westmere')"));
        names.put("clean", add("nobody@cleanford.example", "Meadowgate Forms 1.0"));
        names.put("blind", add("nobody@blindby.example", "Wyrefleet Watch 2.0"));
        String invite = "/organisation/people";
        for (String[] somebody :
                new String[][] {{"join-new", "somebody@new.example"}, {"join-known", "rae.linden@rae-linden.example"}
                }) {
            priya.post(invite, priya.token(invite), "email", somebody[1], "roles", "reader");
            names.put(somebody[0], MailSink.link(somebody[1], "/join/[A-Za-z0-9_-]+"));
        }
        names.put(
                "list",
                location(
                        priya.post("/systems/new", priya.token("/systems/new"), "list", """
                Larkfield Benefits 5.1, Benefits
                fernhollow portal
                Somebody's own spreadsheet with a long name that nobody shortened
                Larkfield Revenues live
                """ + "x".repeat(300) + "\n")));
        names.put("draft-name", names.get("list").substring("/systems/new/".length()));
        String decisions = "/exposures/" + LOG4SHELL + "/decisions";
        var by = Instant.now().atZone(java.time.ZoneOffset.UTC).plusDays(2);
        assertThat(priya.post(
                                decisions,
                                priya.token(decisions),
                                "systems",
                                names.get("affected"),
                                "kind",
                                "fix",
                                "fix-by-day",
                                "" + by.getDayOfMonth(),
                                "fix-by-month",
                                "" + by.getMonthValue(),
                                "fix-by-year",
                                "" + by.getYear(),
                                "fix-owner",
                                "T. Ode")
                        .statusCode())
                .isEqualTo(303);
        names.put("milder", find(priya.get("/exposures").body(), "(?s).*href=\"/exposures/([^\"]+)\""));
        names.put("nobodys", one("""
                WITH k AS (INSERT INTO vulnerability (name, severity) VALUES ('CVE-2026-99999', 'low') RETURNING id, name)
                INSERT INTO vulnerability_name (name, vulnerability_id) SELECT name, id FROM k RETURNING name"""));
        String of = "SELECT c.id FROM component c JOIN set_component s ON s.component_id = c.id"
                + " JOIN sbom_document d ON d.component_set_id = s.component_set_id WHERE d.ref = '%s' AND c.name = '%s'";
        names.put("deep", one(of.formatted(names.get("sbom"), "log4j-core")));
        names.put(
                "direct",
                one(
                        "SELECT g.components[array_position(g.via, 0)] FROM component_graph g JOIN sbom_document d ON d.graph_id = g.id WHERE d.ref = '"
                                + names.get("sbom") + "' ORDER BY 1 LIMIT 1"));
        names.put("loose", one(of.formatted(names.get("odd"), "vendored")));
    }

    private void cleanProduct(Browser sam) {
        String product = location(sam.post("/products/new", sam.token("/products/new"), "name", "Meadowgate Forms"));
        String releases = product + "/releases/new";
        String release = location(sam.post(releases, sam.token(releases), "version", "1.0"));
        upload(sam, release, """
                {"bomFormat": "CycloneDX", "specVersion": "1.6", "components": [
                  {"type": "library", "name": "meadowgate-kit", "version": "1.0.0", "purl": "pkg:npm/meadowgate-kit@1.0.0"},
                  {"type": "library", "name": "vendored"}]}
                """, "public");
        String published = location(sam.post(product + "/publication", sam.token(product + "/publication")));
        names.put("clean-release", published + "/releases/1.0");
    }

    /// @return the system's reference
    private String add(String email, String line) {
        Browser somebody = new Browser(port).signIn(email, Given.PASSWORD);
        String check = location(somebody.post("/systems/new", somebody.token("/systems/new"), "list", line));
        List<String> fields = new ArrayList<>();
        Matcher chosen = Pattern.compile("name=\"(row-[0-9]+)\" type=\"radio\" value=\"([^\"]+)\" checked")
                .matcher(somebody.get(check).body());
        while (chosen.find()) {
            fields.addAll(List.of(chosen.group(1), chosen.group(2)));
        }
        assertThat(location(somebody.post(check, somebody.token(check), fields.toArray(String[]::new))))
                .isEqualTo("/today");
        return find(somebody.get("/systems").body(), "href=\"/systems/(S-[0-9A-Z]+)\"");
    }

    private Browser be(String who) {
        Browser somebody = new Browser(port);
        somebody.post("/demo/be/" + who, somebody.token("/demo"));
        return somebody;
    }

    private static String upload(Browser supplier, String release, String sbom) {
        return upload(supplier, release, sbom, "verified");
    }

    /// @return the document's reference
    private static String upload(Browser supplier, String release, String sbom, String audience) {
        String path = release + "/sboms/new";
        return location(supplier.upload(
                        path,
                        supplier.token(path),
                        "file",
                        "it.json",
                        sbom.getBytes(StandardCharsets.UTF_8),
                        "audience",
                        audience))
                .substring("/sboms/".length());
    }

    private void failFetch() {
        sql("""
                INSERT INTO feed (name, title, checked_at, last_error)
                VALUES ('bulk', 'Advisories (bulk)', now(), 'https://feeds.example/all.zip answered with a page, not an archive.')
                ON CONFLICT (name) DO UPDATE SET last_error = excluded.last_error""");
    }

    private void sql(String statement) {
        given.inJob(() -> jdbc.sql(statement).update());
    }

    private String one(String query) {
        return given.inJob(() -> String.valueOf(jdbc.sql(query).query().singleValue()));
    }

    private static Consumer<Page> decide(String kind) {
        return page -> {
            page.getByLabel(kind).check();
            State.press("Record").accept(page);
        };
    }

    private static com.microsoft.playwright.options.FilePayload file(String name, String content) {
        return new com.microsoft.playwright.options.FilePayload(
                name, "application/json", content.getBytes(StandardCharsets.UTF_8));
    }

    private static String location(HttpResponse<String> answer) {
        return answer.headers().firstValue("Location").orElseThrow(() -> new AssertionError(answer.body()));
    }

    private static String find(String text, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertThat(matcher.find()).as(pattern + " in " + text).isTrue();
        return matcher.group(1);
    }
}
