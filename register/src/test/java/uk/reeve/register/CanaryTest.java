package uk.reeve.register;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.internet.MimeMessage;
import java.net.InetAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import uk.reeve.register.advisory.Advisories;
import uk.reeve.register.alert.AlertDelivery;
import uk.reeve.register.alert.FanOut;
import uk.reeve.register.audience.Asker;
import uk.reeve.register.audience.Asking;
import uk.reeve.register.catalogue.Products;
import uk.reeve.register.catalogue.Sboms;
import uk.reeve.register.estate.Systems;
import uk.reeve.register.exposure.Evaluation;
import uk.reeve.register.exposure.SectorCounts;

/// A council's data holds words that are nowhere else, wherever it can. Then everyone else calls every
/// endpoint with that council's own ids: no answer, mail or line of the log may hold one of those words,
/// and none of its rows may change. Endpoints and tables are those that are there: a new one is tried by
/// itself, or fails here until this test is told what of the council's it takes.
@RegisterTest
@ExtendWith(OutputCaptureExtension.class)
class CanaryTest {

    private static final String MARK = UUID.randomUUID()
            .toString()
            .replaceAll("[^a-f]", "")
            .concat("abcdef")
            .substring(0, 6);
    private static final Pattern CANARY = Pattern.compile("zqk([a-z]+?)" + MARK);
    /// A new secret for an app; and who asks who is exposed is on its own record.
    private static final Set<String> DIFFERENT_EACH_TIME = Set.of("/account/second-factor", "/organisation/record");

    private static final AtomicInteger NETWORKS = new AtomicInteger();
    private static final String VULNERABILITY =
            "GHSA-test-cana-" + UUID.randomUUID().toString().substring(0, 4);

    /// What some may see all the same, and by which decision.
    private static final Map<String, Set<String>> ALLOWED = Map.of(
            // RULINGS 2: what a council lists is seen by verified councils and the coordinator, not who listed it
            "product", Set.of("council", "coordinator"),
            "release", Set.of("council", "coordinator"),
            // RULINGS 5: the list of components of what it observed goes to verified councils, the original to nobody
            "shared", Set.of("council", "coordinator"));

    private static final String OWN = "itself";

    /// The council itself is told these by the calls that must tell nobody else.
    private static final String[] OWN_WORDS = {
        "person", "mail", "system", "service", "owner", "reason", "agreed", "product", "release", "shared", "part",
        "host", "list", "key"
    };

    /// Guarded tables in which a council's row holds no word of its own, and why.
    private static final Map<String, String> WORDLESS = Map.of(
            "organisation_successor", "names two organisations, both public",
            "membership", "ids and a role",
            "audit_entry", "ids and the names of acts",
            "delivery", "holds the person's address, see person",
            "alert_feed", "ids and a digest",
            "digest_stop", "ids and a digest",
            "notice", "names of releases and numbers",
            "reader_grant", "ids",
            "named_council", "ids",
            "alert", "the systems' words, see system");

    /// And guarded tables that are not a council's at all.
    private static final Set<String> OTHERS = Set.of(
            "letter", // address and what is sealed: gone when it is sent
            "statement",
            "vex_document",
            "outbox",
            "held_back",
            "vulnerability_split",
            "held_through",
            "sector_count",
            "audit_seal",
            "names_grant");

    /// Somebody who calls, as a browser or by a key.
    ///
    /// @param kind of their organisation, for [#ALLOWED]
    private record Caller(String name, String kind, HttpClient http, String key, String token) {}

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    RequestMappingHandlerMapping mappings;

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
    Advisories advisories;

    @Autowired
    FanOut fanOut;

    @Autowired
    AlertDelivery delivery;

    @Autowired
    SectorCounts counts;

    @Autowired
    JdbcClient jdbc;

    @LocalServerPort
    int port;

    @TempDir
    Path folder;

    private final Map<String, String> ids = new LinkedHashMap<>();
    private final Set<String> leaks = new ConcurrentSkipListSet<>();
    private final Set<String> told = new ConcurrentSkipListSet<>();
    private Asker.Person owner;
    private Asker.Person maker;
    private Asker.Person other;
    private final AtomicInteger calls = new AtomicInteger();

    @Test
    void nobody_else_sees_or_changes_anything_of_a_council(CapturedOutput output) throws Exception {
        int mailed = MailSink.SERVER.getReceivedMessages().length;
        fill();
        List<Caller> callers = callers();
        delivery.catchUp();

        Caller itself = caller("the council itself", OWN, given.mailOf(owner));
        pages(itself, true);
        assertThat(told).as("what these calls would show").contains(OWN_WORDS);

        callers.parallelStream().forEach(caller -> pages(caller, finds(caller)));
        String before = rows();
        for (Caller caller : callers) {
            acts(caller);
        }
        assertThat(rows()).as("the council's rows after everybody else's acts").isEqualTo(before);
        fanOut.catchUp();
        delivery.catchUp();
        callers.parallelStream()
                .filter(CanaryTest::finds)
                .forEach(caller -> pages(caller, false)); // what those acts left
        System.out.println("Canaries: " + calls.get() + " calls by " + callers.size() + " callers");
        assertThat(leaks).isEmpty();

        MimeMessage[] mails = MailSink.SERVER.getReceivedMessages();
        int toOthers = 0;
        for (MimeMessage mail : Arrays.asList(mails).subList(mailed, mails.length)) {
            String to = Arrays.toString(mail.getAllRecipients());
            if (!to.contains(word("mail"))) {
                toOthers++;
                assertThat(mail.getSubject() + mail.getContent()).as(to).doesNotContainPattern(CANARY);
            }
        }
        assertThat(toOthers).isPositive();
        assertThat(output.getAll().lines().filter(line -> !line.contains(" c.i.g."))) // the tests' own mail server
                .noneMatch(line -> CANARY.matcher(line).find());
    }

    @Test
    void each_guarded_table_holds_a_word_or_says_why_not() throws Exception {
        fill();
        List<String> silent = new ArrayList<>();
        for (String table : guarded()) {
            boolean holds = given.inJob(
                    () -> jdbc.sql("SELECT EXISTS (SELECT FROM \"" + table + "\" t WHERE t::text ~ :canary)")
                            .param("canary", "zqk[a-z]+" + MARK)
                            .query(Boolean.class)
                            .single());
            if (!holds
                    && !WORDLESS.containsKey(table)
                    && !OTHERS.contains(table)
                    && !table.equals("document_bytes")) { // compressed
                silent.add(table);
            }
        }
        assertThat(silent).isEmpty();
    }

    @Test
    void what_is_not_there_and_what_is_not_theirs_cannot_be_told_apart() throws Exception {
        fill();
        Browser stranger = browser().signIn(given.account(Asker.Kind.COUNCIL), Given.PASSWORD);
        Browser nobody = browser();
        List<String> apart = new ArrayList<>();
        int twins = 0;
        String known = "/api/v1/products/" + ids.get("their-product") + "/releases/8.2/"; // a published release is
        for (String[] twin : twins()) {
            if (twin[0].startsWith(known)) { // no secret, and that its list is closed is told
                continue;
            }
            for (Browser browser : List.of(stranger, nobody)) {
                HttpResponse<String> theirs = browser.get(twin[0]);
                HttpResponse<String> none = browser.get(twin[1]);
                if (theirs.statusCode() == 404 || none.statusCode() != 404) {
                    twins++;
                    if (!told(theirs).equals(told(none))) {
                        apart.add(twin[0] + " " + told(theirs) + "\n" + twin[1] + " " + told(none));
                    }
                }
            }
        }
        System.out.println("Twins: " + twins);
        assertThat(twins).isGreaterThan(20);
        assertThat(apart).isEmpty();
    }

    @Test
    void nothing_that_a_council_does_moves_a_number_of_anybody_else() throws Exception {
        fill();
        fanOut.catchUp();
        delivery.catchUp();
        List<Caller> others = List.of(
                caller("signed out", "nobody", null),
                caller("council, all roles", "council", given.account(other)),
                caller("its supplier", "supplier", given.account(maker)),
                caller("an assessor", "assessor", given.account(Asker.Kind.ASSESSOR)));
        Caller itself = caller("the council itself", OWN, given.mailOf(owner));
        Map<String, String> own = read(List.of(itself));
        Map<String, String> still = read(others);
        assertThat(moved(still, read(others))).as("what moves by itself").isEmpty();

        Browser browser = browser().signIn(given.account(owner), Given.PASSWORD);
        String token = browser.token("/account");
        String release = one("SELECT release_id FROM system WHERE ref = '" + ids.get("system")
                + "' AND organisation_id = :organisation");
        Asking.as(
                owner,
                () -> systems.add(new Systems.New(
                        "Another", null, UUID.fromString(release), "Housing", "supplier", "internet", null)));
        String published = "/products/" + ids.get("their-product") + "/releases/8.2";
        upload(browser, token, published, "nobody", ids.get("their-part"));
        assertThat(browser.post(
                                "/exposures/" + ids.get("vulnerability") + "/decisions",
                                token,
                                "systems",
                                ids.get("system"),
                                "kind",
                                "not-us",
                                "not-us-reason",
                                "component_not_present")
                        .statusCode())
                .isEqualTo(303);
        evaluation.catchUp();
        fanOut.catchUp();
        delivery.catchUp();
        counts.count();

        System.out.println("Still: " + still.size() + " answers to " + others.size() + " callers");
        assertThat(moved(still, read(others))).isEmpty();
        assertThat(moved(own, read(List.of(itself))))
                .as("what moves for the council itself")
                .hasSizeGreaterThan(10);
    }

    /// What each is answered wherever the council's things are, and where one searches for what it shares with others;
    /// but for what differs each time.
    private Map<String, String> read(List<Caller> callers) {
        Map<String, String> answers = new ConcurrentSkipListMap<>();
        callers.parallelStream()
                .forEach(caller -> each(
                        caller, Set.of(RequestMethod.GET), (_, handler, pattern, path) -> (DIFFERENT_EACH_TIME.contains(
                                                pattern)
                                        ? Set.<String>of()
                                        : queries(handler, pattern))
                                .stream()
                                        .filter(query -> query.isEmpty()
                                                || query.endsWith("=Brackenhill")
                                                || query.contains("of="))
                                        .forEach(query -> {
                                            HttpResponse<String> answer = send(
                                                    caller.http(),
                                                    request(path + query).GET().build());
                                            answers.put(
                                                    caller.name() + " " + path + query,
                                                    answer.statusCode() + " "
                                                            + answer.body()
                                                                    .replaceAll("name=\"_csrf\" value=\"[^\"]+\"", ""));
                                        })));
        return answers;
    }

    private static List<String> moved(Map<String, String> before, Map<String, String> after) {
        List<String> moved = new ArrayList<>();
        before.forEach((address, was) -> {
            String is = Objects.requireNonNull(after.get(address));
            if (!is.equals(was)) {
                int at = Arrays.mismatch(was.toCharArray(), is.toCharArray());
                moved.add(address + "\n  " + around(was, at) + "\n  " + around(is, at));
            }
        });
        return moved;
    }

    private static String around(String text, int at) {
        return text.substring(Math.max(0, at - 60), Math.min(text.length(), at + 60))
                .replaceAll("\\s+", " ");
    }

    /// A canary, by which one knows where it comes from.
    private static String word(String field) {
        return "zqk" + field + MARK;
    }

    private void fill() throws Exception {
        ids.clear();
        owner = given.someoneOf(Asker.Kind.COUNCIL, "Aldersea Council (invented)");
        other = given.someoneOf(Asker.Kind.COUNCIL, "Brinsea Council (invented)");
        maker = given.someoneOf(Asker.Kind.SUPPLIER, "Larkfield Systems (invented)");
        boolean first = given.inJob(() -> jdbc.sql("SELECT NOT EXISTS (SELECT FROM person WHERE email = :mail)")
                .param("mail", word("mail") + "@aldersea.example")
                .query(Boolean.class)
                .single());
        String more = first ? "" : "." + UUID.randomUUID().toString().substring(0, 8);
        job("UPDATE person SET name = '" + word("person") + "', email = '" + word("mail") + more
                + "@aldersea.example' WHERE id = :person");
        job("UPDATE organisation SET security_mailbox = '" + word("mailbox")
                + "@aldersea.example' WHERE id = :organisation");
        job("INSERT INTO organisation_domain (domain, organisation_id) VALUES ('" + word("domain") + more
                + ".example', :organisation)");
        String mark = UUID.randomUUID().toString().substring(0, 8);
        UUID release = Asking.as(maker, () -> {
            UUID product = products.add("Brackenhill " + mark, null, null);
            UUID added = products.addRelease(product, "8.2", LocalDate.of(2022, 3, 1), null);
            products.publish(product);
            store(added, Sboms.Origin.DECLARED, "verified", "brackenhill-" + mark, "");
            return added;
        });
        Asking.as(other, () -> systems.add(new Systems.New("Rates", null, release, null, "own", "internet", null)));
        ids.put(
                "system",
                Asking.as(
                        owner,
                        () -> systems.add(new Systems.New(
                                word("system"), null, release, word("service"), "own", "internet", word("owner")))));
        evaluation.catchUp();
        Path record = folder.resolve("record.json");
        Files.writeString(record, """
                {"schema_version": "1.7.0", "id": "%s", "modified": "2026-11-28T09:00:00Z",
                 "severity": [{"type": "CVSS_V3", "score": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"}],
                 "affected": [{"package": {"ecosystem": "npm", "name": "brackenhill-%s"}, "versions": ["1.0.0"]}]}
                """.formatted(VULNERABILITY + mark.substring(0, 4), mark));
        advisories.receive(record);
        ids.put("vulnerability", VULNERABILITY + mark.substring(0, 4));
        fanOut.catchUp();

        Browser browser = browser().signIn(given.account(owner), Given.PASSWORD);
        String token = browser.token("/account");
        LocalDate until = LocalDate.now().plusDays(20);
        String decisions = "/exposures/" + ids.get("vulnerability") + "/decisions";
        assertThat(browser.post(
                                decisions,
                                token,
                                "systems",
                                ids.get("system"),
                                "kind",
                                "accept",
                                "accept-until-day",
                                "" + until.getDayOfMonth(),
                                "accept-until-month",
                                "" + until.getMonthValue(),
                                "accept-until-year",
                                "" + until.getYear(),
                                "accept-reason",
                                word("reason"),
                                "accept-agreed",
                                word("agreed"))
                        .statusCode())
                .isEqualTo(303);
        String listed = location(browser.post("/products/new", token, "name", word("product"), "sure", "yes"));
        ids.put("product", listed.substring("/products/".length()));
        String listedRelease = location(browser.post(listed + "/releases/new", token, "version", word("release")));
        ids.put("release", listedRelease.substring(listedRelease.lastIndexOf('/') + 1));
        ids.put("shared-sbom", upload(browser, token, listedRelease, "verified", word("shared")));
        String published = "/products/"
                + given.inJob(() -> jdbc.sql(
                                "SELECT p.slug FROM product p JOIN release r ON r.product_id = p.id WHERE r.id = :id")
                        .param("id", release)
                        .query(String.class)
                        .single());
        ids.put("their-product", published.substring("/products/".length()));
        ids.put("own-sbom", upload(browser, token, published + "/releases/8.2", "nobody", word("part")));
        ids.put(
                "draft",
                location(browser.post("/systems/new", token, "list", word("list")))
                        .substring("/systems/new/".length()));
        assertThat(browser.post("/organisation/keys", token, "name", word("key"), "scope", "read")
                        .statusCode())
                .isEqualTo(200);
        ids.put("key", one("SELECT id FROM api_key WHERE organisation_id = :organisation"));
        assertThat(browser.post(
                                "/organisation/people",
                                token,
                                "email",
                                word("invited") + "@aldersea.example",
                                "roles",
                                "reader")
                        .statusCode())
                .isEqualTo(303);
        ids.put("invitation", one("SELECT id FROM invitation WHERE organisation_id = :organisation"));
        job("INSERT INTO webhook (organisation_id, url, secret) VALUES (:organisation, 'https://" + word("webhook")
                + ".example/', decode(repeat('00', 32), 'hex'))");
        ids.put("webhook", one("SELECT ref FROM webhook WHERE organisation_id = :organisation"));
        job("INSERT INTO alert_preference (person_id, organisation_id, on_call_phone) VALUES (:person, :organisation, '"
                + word("phone") + "')");
        job("INSERT INTO alert_feed (person_id, organisation_id, hash) VALUES (:person, :organisation, '\\x" + mark
                + "')");
        ids.put("feed", one("SELECT id FROM alert_feed WHERE organisation_id = :organisation"));
        ids.put("delivery", one("SELECT id FROM delivery WHERE organisation_id = :organisation LIMIT 1"));
        ids.put("alert", one("SELECT ref FROM alert WHERE organisation_id = :organisation"));
        ids.put("service", one("SELECT id FROM service WHERE organisation_id = :organisation"));
        ids.put("organisation", one("SELECT slug FROM organisation WHERE id = :organisation"));
        ids.put("their-part", "brackenhill-" + mark);
        ids.put(
                "their-component",
                one("SELECT id FROM component WHERE name = 'brackenhill-" + mark + "' AND :organisation IS NOT NULL"));
        ids.put("component", one("SELECT min(id) FROM component WHERE name LIKE 'zqk%' AND :organisation IS NOT NULL"));
        assertThat(Script.of(port, browser, "publish")
                        .post("/api/v1/systems", "{\"name\": \"" + word("system") + "\"}", "Idempotency-Key", "once")
                        .statusCode())
                .isEqualTo(201);
        assertThat(browser.get("/systems").body()).contains(word("system"), word("service"), word("owner"));
        assertThat(browser.get("/exposures/" + ids.get("vulnerability")).body()).contains(word("reason"));
    }

    private List<Caller> callers() {
        List<Caller> callers = new ArrayList<>();
        callers.add(caller("signed out", "nobody", null));
        callers.add(caller("council, all roles", "council", given.account(other)));
        Asker.Person reader = given.someoneOf(Asker.Kind.COUNCIL, "Cawsea Council (invented)");
        given.inJob(() -> jdbc.sql("DELETE FROM membership WHERE person_id = :person AND role <> 'reader'")
                .param("person", reader.person())
                .update());
        callers.add(caller("council, reader", "council", given.account(reader))); // the other roles: RightsTest
        callers.add(caller("its supplier", "supplier", given.account(maker)));
        for (Asker.Kind kind : Asker.Kind.values()) {
            if (kind != Asker.Kind.COUNCIL) {
                callers.add(caller("any " + kind, kind.name().toLowerCase(Locale.ROOT), given.account(kind)));
            }
        }
        Asker.Person both = given.someoneOf(Asker.Kind.COUNCIL, "A council that comes first (invented)");
        given.inJob(() -> jdbc.sql(
                        "INSERT INTO membership (person_id, organisation_id, role) VALUES (:person, :organisation, 'reader')")
                .param("person", both.person())
                .param("organisation", owner.organisation())
                .update());
        callers.add(caller("of both councils, acting for the other", "council", given.account(both)));
        Browser browser = browser().signIn(given.account(other), Given.PASSWORD);
        for (String scope : List.of("read", "publish")) {
            String body = browser.post(
                            "/organisation/keys",
                            browser.token("/organisation/keys"),
                            "name",
                            "A build",
                            "scope",
                            scope)
                    .body();
            Matcher key = Pattern.compile("<code>(reeve_[A-Za-z0-9_-]+)</code>").matcher(body);
            assertThat(key.find()).isTrue();
            callers.add(new Caller("key, " + scope, "council", HttpClient.newHttpClient(), key.group(1), ""));
        }
        return callers;
    }

    /// Who could find most is tried with queries, too.
    private static boolean finds(Caller caller) {
        return Set.of("signed out", "council, all roles", "its supplier", "any COORDINATOR")
                .contains(caller.name());
    }

    /// One of its own, since sign-ins are counted by network.
    private static InetAddress network() {
        try {
            return InetAddress.getByName("127.0.9." + NETWORKS.incrementAndGet());
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    private Browser browser() {
        return new Browser(port, network().getHostAddress());
    }

    private Caller caller(String name, String kind, String email) {
        HttpClient http = HttpClient.newBuilder()
                .localAddress(network())
                .cookieHandler(new java.net.CookieManager())
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
        String token = token(send(http, request("/sign-in").build()));
        if (email != null) {
            HttpResponse<String> in =
                    send(http, form("/sign-in", "_csrf", token, "email", email, "password", Given.PASSWORD));
            assertThat(in.headers().firstValue("Location").orElse("")).doesNotContain("wrong");
            token = token(send(http, request("/account").build()));
        }
        return new Caller(name, kind, http, "", token);
    }

    /// Reads everything.
    ///
    /// @param queries also with what an address may ask
    private void pages(Caller caller, boolean queries) {
        each(caller, Set.of(RequestMethod.GET), (_, handler, pattern, path) -> (queries
                        ? queries(handler, pattern)
                        : Set.of(""))
                .forEach(query -> call(caller, request(path + query).GET())));
        for (String path :
                List.of("/actuator", "/actuator/health", "/actuator/prometheus", "/api/v1/openapi", "/sign-in?wrong")) {
            call(caller, request(path).GET());
        }
    }

    /// Sends every form and document there is.
    private void acts(Caller caller) {
        each(
                caller,
                EnumSet.of(RequestMethod.POST, RequestMethod.PUT, RequestMethod.PATCH, RequestMethod.DELETE),
                (method, handler, _, path) -> bodies(handler)
                        .forEach(body -> call(
                                caller,
                                request(path)
                                        .method(
                                                method.name(),
                                                HttpRequest.BodyPublishers.ofString(
                                                        body[1].replace("TOKEN", caller.token())))
                                        .header("Content-Type", body[0]))));
    }

    private interface Endpoint {
        void at(RequestMethod method, HandlerMethod handler, String pattern, String path);
    }

    private void each(Caller caller, Set<RequestMethod> methods, Endpoint endpoint) {
        mappings.getHandlerMethods().forEach((info, handler) -> {
            if (!handler.getBeanType().getName().startsWith("uk.reeve.")) {
                return;
            }
            for (RequestMethod method : info.getMethodsCondition().getMethods()) {
                for (String pattern : methods.contains(method) ? info.getPatternValues() : Set.<String>of()) {
                    for (String path : paths(pattern, this::values)) {
                        if (caller.key().isEmpty() || path.startsWith("/api/")) { // a key opens nothing else
                            endpoint.at(method, handler, pattern, path);
                        }
                    }
                }
            }
        });
    }

    private void call(Caller caller, HttpRequest.Builder builder) {
        if (!caller.key().isEmpty()) {
            builder.header("Authorization", "Bearer " + caller.key());
        }
        HttpRequest request = builder.build();
        HttpResponse<String> answer = send(caller.http(), request);
        calls.incrementAndGet();
        String all = answer.headers().map() + "\n" + answer.body();
        Matcher canary = CANARY.matcher(all);
        while (canary.find()) {
            if (caller.kind().equals(OWN)) {
                told.add(canary.group(1));
            } else if (!ALLOWED.getOrDefault(canary.group(1), Set.of()).contains(caller.kind())) {
                leaks.add(caller.name() + ": " + request.method() + " "
                        + request.uri().getRawPath() + " tells the " + canary.group(1) + " (" + answer.statusCode()
                        + ")");
            }
        }
        if (answer.statusCode() >= 500) {
            leaks.add(
                    caller.name() + ": " + request.method() + " " + request.uri() + " answers " + answer.statusCode());
        }
    }

    private interface Values {
        List<String> of(String pattern, String variable);
    }

    private static List<String> paths(String pattern, Values values) {
        List<String> paths = List.of(pattern.replace("**", "anything"));
        Matcher variable = Pattern.compile("\\{([^}:]+)[^}]*}").matcher(pattern);
        while (variable.find()) {
            List<String> more = new ArrayList<>();
            for (String value : values.of(pattern, variable.group(1))) {
                paths.forEach(path -> more.add(path.replace(variable.group(), value)));
            }
            paths = more;
        }
        return paths;
    }

    /// What of the council's goes where in an address.
    private List<String> values(String pattern, String variable) {
        return switch (variable) {
            case "p", "product" -> List.of(ids.get("product"), ids.get("their-product"));
            case "v", "version" -> List.of(ids.get("release"), "8.2");
            case "name" -> List.of(ids.get("vulnerability"));
            case "draft" -> List.of(ids.get("draft"));
            case "slug" -> List.of(ids.get("organisation"));
            case "secret" -> List.of(ids.get("invitation"));
            case "person" -> List.of(owner.person().toString());
            case "id" ->
                List.of(ids.get(
                        pattern.contains("/invitations/")
                                ? "invitation"
                                : pattern.contains("/deliveries/")
                                        ? "delivery"
                                        : pattern.contains("/feeds/") ? "feed" : "key"));
            case "ref" ->
                pattern.startsWith("/organisation/webhooks/")
                        ? List.of(ids.get("webhook"))
                        : pattern.startsWith("/sboms/")
                                ? List.of(ids.get("shared-sbom"), ids.get("own-sbom"))
                                : pattern.startsWith("/alerts/")
                                        ? List.of(ids.get("alert"))
                                        : List.of(ids.get("system"));
            default ->
                throw new AssertionError(
                        "Tell CanaryTest.values what of a council's {" + variable + "} in " + pattern + " may be");
        };
    }

    /// None; and each parameter that the endpoint or its form may read, with the council's ids and parts of
    /// its words. An answer may repeat what it was asked, so no word is asked for whole and as it is.
    private Set<String> queries(HandlerMethod handler, String pattern) {
        List<String> parts = Stream.of("part", "shared")
                .map(CanaryTest::word)
                .map(word -> word.toUpperCase(Locale.ROOT))
                .toList();
        Map<String, List<String>> known = Map.of(
                "q",
                        pattern.contains("{")
                                ? parts
                                : Stream.concat(
                                                parts.stream(),
                                                Stream.of(
                                                        "zqk",
                                                        word("system").toUpperCase(Locale.ROOT),
                                                        "Brackenhill",
                                                        ids.get("vulnerability")))
                                        .toList(),
                "after", List.of(ids.get("system"), ids.get("product")),
                "before", List.of(ids.get("system")),
                "system", List.of(ids.get("system")),
                "draft", List.of(ids.get("draft")),
                "of", List.of(ids.get("component"), ids.get("their-component")),
                "with", List.of(ids.get("own-sbom"), ids.get("shared-sbom")));
        Set<String> names = new HashSet<>();
        for (var parameter : handler.getMethodParameters()) {
            if (parameter.hasParameterAnnotation(RequestParam.class)) {
                String name =
                        parameter.getParameterAnnotation(RequestParam.class).name();
                names.add(name.isEmpty() ? parameter.getParameter().getName() : name);
            } else if (parameter.getParameterType().getSimpleName().equals("Form")) {
                names.addAll(pattern.contains("{") ? Set.of("q", "after", "with") : known.keySet());
            }
        }
        Set<String> queries = new LinkedHashSet<>(Set.of(""));
        for (String name : names) {
            known.getOrDefault(name, List.of(ids.get("system")))
                    .forEach(value -> queries.add("?" + name + "=" + encode(value)));
        }
        return queries;
    }

    /// The fields of every form there is, filled with the council's ids; as a form, as a file's form, as
    /// JSON.
    private List<String[]> bodies(HandlerMethod handler) {
        Map<String, String> fields = new TreeMap<>();
        fields.put("_csrf", "TOKEN");
        fields.put("systems", ids.get("system"));
        fields.put("system", ids.get("system"));
        fields.put("release", ids.get("release"));
        fields.put("product", ids.get("product"));
        fields.put("name", "Mine now");
        fields.put("version", "9.9");
        fields.put("list", "Mine now");
        fields.put("email", "somebody@new.example");
        fields.put("roles", "administrator");
        fields.put("scope", "read");
        fields.put("kind", "not-us");
        fields.put("not-us-reason", "component_not_present");
        fields.put("hosting", "own");
        fields.put("exposure", "isolated");
        fields.put("personalData", "none");
        fields.put("criticality-" + ids.get("service"), "1");
        fields.put("row-1", "new");
        fields.put("audience", "public");
        fields.put("vulnerability", ids.get("vulnerability"));
        fields.put("status", "fixed");
        fields.put("sure", "yes");
        fields.put("organisation", ids.get("organisation"));
        fields.put("id", ids.get("key"));
        String form = fields.entrySet().stream()
                .map(field -> encode(field.getKey()) + "="
                        + (field.getValue().equals("TOKEN") ? "TOKEN" : encode(field.getValue())))
                .collect(Collectors.joining("&"));
        String parts = fields.entrySet().stream()
                        .map(field -> "--part\r\nContent-Disposition: form-data; name=\"" + field.getKey()
                                + "\"\r\n\r\n" + field.getValue() + "\r\n")
                        .collect(Collectors.joining())
                + "--part\r\nContent-Disposition: form-data; name=\"file\"; filename=\"it.json\"\r\n\r\n"
                + sbom("mine-now", "") + "\r\n--part--\r\n";
        boolean api = Arrays.stream(handler.getMethodParameters())
                        .anyMatch(parameter -> parameter.hasParameterAnnotation(
                                org.springframework.web.bind.annotation.RequestBody.class))
                || handler.getBeanType().getSimpleName().endsWith("Api");
        return api
                ? List.of(
                        new String[] {"application/vnd.cyclonedx+json", sbom("mine-now", "")},
                        new String[] {"application/json", json(handler)})
                : List.of(
                        new String[] {"application/x-www-form-urlencoded", form},
                        new String[] {"multipart/form-data; boundary=part", parts});
    }

    /// What a handler reads of JSON, filled with the council's ids.
    private String json(HandlerMethod handler) {
        Map<String, String> values = Map.of(
                "systems",
                "[\"" + ids.get("system") + "\"]",
                "kind",
                "\"not-us\"",
                "justification",
                "\"component_not_present\"",
                "product",
                "\"" + ids.get("product") + "\"",
                "name",
                "\"Mine now\"",
                "version",
                "\"9.9\"",
                "sure",
                "true",
                "supportEndsOn",
                "\"2031-05-12\"");
        return Arrays.stream(handler.getMethodParameters())
                .filter(parameter ->
                        parameter.hasParameterAnnotation(org.springframework.web.bind.annotation.RequestBody.class))
                .flatMap(parameter -> Arrays.stream(parameter.getParameterType().getRecordComponents()))
                .map(java.lang.reflect.RecordComponent::getName)
                .filter(values::containsKey)
                .map(name -> "\"" + name + "\": " + values.get(name))
                .collect(Collectors.joining(", ", "{", "}"));
    }

    /// Addresses of what is the council's, each with one of the same form that nothing is at.
    private List<String[]> twins() {
        List<String[]> twins = new ArrayList<>();
        mappings.getHandlerMethods().forEach((info, handler) -> {
            if (handler.getBeanType().getName().startsWith("uk.reeve.")
                    && info.getMethodsCondition().getMethods().contains(RequestMethod.GET)) {
                for (String pattern : info.getPatternValues()) {
                    if (pattern.contains("{")) {
                        List<String> theirs = paths(pattern, this::values);
                        List<String> none = paths(pattern, (p, variable) -> values(p, variable).stream()
                                .map(CanaryTest::unlike)
                                .toList());
                        for (int i = 0; i < theirs.size(); i++) {
                            twins.add(new String[] {theirs.get(i), none.get(i)});
                        }
                    }
                }
            }
        });
        return twins;
    }

    private static String unlike(String id) {
        return id.length() == 36
                ? UUID.randomUUID().toString()
                : id.matches("[A-Z]+-[0-9A-Z]+")
                        ? id.replaceAll("-.*", "-ZZZZZZZ")
                        : id.replaceAll("[0-9]", "0").replaceAll("[a-z]", "z");
    }

    private static String told(HttpResponse<String> answer) {
        Map<String, List<String>> headers = new TreeMap<>(answer.headers().map());
        headers.keySet().removeAll(Set.of("date", "x-request-id", "set-cookie", "connection", "keep-alive"));
        return answer.statusCode() + " " + headers + " " + answer.body().length();
    }

    /// All that belongs to the council: each row of a guarded table that names it or its person.
    private String rows() {
        StringBuilder rows = new StringBuilder();
        for (String table : guarded()) {
            rows.append(table)
                    .append(": ")
                    .append(given.inJob(
                            () -> jdbc.sql("SELECT coalesce(string_agg(t::text, '\n' ORDER BY t::text), '') FROM \""
                                            + table + "\" t WHERE (t::text LIKE :organisation OR t::text LIKE :person)")
                                    .param("organisation", "%" + owner.organisation() + "%")
                                    .param("person", "%" + owner.person() + "%")
                                    .query(String.class)
                                    .single()))
                    .append('\n');
        }
        return rows.toString();
    }

    private List<String> guarded() {
        return given.inJob(() -> jdbc.sql("""
                SELECT relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                 WHERE n.nspname = 'public' AND relkind IN ('r', 'p') AND relforcerowsecurity
                   AND has_table_privilege('reeve_jobs', c.oid, 'SELECT') -- else the gate's alone: SessionTest
                 ORDER BY relname
                """).query(String.class).list());
    }

    private void job(String statement) {
        given.inJob(() -> jdbc.sql(statement)
                .param("person", owner.person())
                .param("organisation", owner.organisation())
                .update());
    }

    private String one(String query) {
        return given.inJob(() -> String.valueOf(jdbc.sql(query)
                .param("organisation", owner.organisation())
                .query()
                .singleValue()));
    }

    private String upload(Browser browser, String token, String release, String audience, String part) {
        return location(browser.upload(
                        release + "/sboms/new",
                        token,
                        "file",
                        "it.json",
                        sbom(part, word("host")).getBytes(StandardCharsets.UTF_8),
                        "audience",
                        audience,
                        "sure",
                        "yes"))
                .substring("/sboms/".length());
    }

    private void store(UUID release, Sboms.Origin origin, String audience, String part, String host) {
        try {
            Path file = folder.resolve(UUID.randomUUID() + ".json");
            Files.writeString(file, sbom(part, host));
            sboms.store(release, origin, audience, file);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /// @param host told in the document alone, not in what is read of it
    private static String sbom(String part, String host) {
        return """
                {"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,
                 "metadata": {"component": {"type": "application", "bom-ref": "it", "name": "it", "description": "%s"}},
                 "components": [{"type": "library", "bom-ref": "/srv/%s/lib", "name": "%s", "version": "1.0.0",
                                 "purl": "pkg:npm/%s@1.0.0?download_url=https://%s.example/lib.tgz",
                                 "evidence": {"occurrences": [{"location": "/srv/%s/lib"}]}}],
                 "dependencies": [{"ref": "/srv/%s/lib", "dependsOn": ["/srv/%s/none"]}]}
                """.formatted(host, host, part, part, host, host, host, host);
    }

    private HttpRequest form(String path, String... fields) {
        StringBuilder body = new StringBuilder();
        for (int i = 0; i < fields.length; i += 2) {
            body.append(i == 0 ? "" : "&").append(encode(fields[i])).append('=').append(encode(fields[i + 1]));
        }
        return request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                .build();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
    }

    private static HttpResponse<String> send(HttpClient http, HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (java.io.IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static String token(HttpResponse<String> page) {
        Matcher token = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"").matcher(page.body());
        return token.find() ? token.group(1) : "";
    }

    private static String location(HttpResponse<String> answer) {
        return answer.headers().firstValue("Location").orElseThrow(() -> new AssertionError(answer.body()));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
