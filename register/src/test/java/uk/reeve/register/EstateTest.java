package uk.reeve.register;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import uk.reeve.register.audience.Asker;
import uk.reeve.register.audience.Asking;
import uk.reeve.register.catalogue.Products;
import uk.reeve.register.catalogue.Sboms;
import uk.reeve.register.estate.Systems;
import uk.reeve.register.exposure.Evaluation;

/// A council's own pages, by a browser without script: what it runs, what touches it, what it decides.
@RegisterTest
class EstateTest {

    private static final Pattern CHOSEN =
            Pattern.compile("name=\"(row-\\d+)\" type=\"radio\" value=\"([^\"]+)\" checked");

    private static final Pattern NEW = Pattern.compile("name=\"(row-\\d+)\" type=\"radio\" value=\"new\"");

    /// Holds spring-beans of a version, brought in by a kit.
    static final String SBOM = """
            {"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,
             "metadata": {"component": {"type": "application", "bom-ref": "it", "name": "it"}},
             "components": [
               {"type": "library", "bom-ref": "kit", "name": "report-kit", "version": "3.1",
                "purl": "pkg:maven/example.larkfield/report-kit@3.1"},
               {"type": "library", "bom-ref": "beans", "name": "spring-beans", "version": "VERSION",
                "purl": "pkg:maven/org.springframework/spring-beans@VERSION"}],
             "dependencies": [{"ref": "it", "dependsOn": ["kit"]}, {"ref": "kit", "dependsOn": ["beans"]}]}
            """;

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
    JdbcClient jdbc;

    @LocalServerPort
    int port;

    @TempDir
    Path folder;

    private final Map<Browser, String> tokens = new HashMap<>();

    @Test
    void a_new_council_comes_from_nothing_to_its_first_finding() {
        publish("Brackenhill Rates", "8.2", "5.3.17", null);
        publish("Oakenshaw CaseTrack", "5.1", "6.2.0", null);
        Browser browser = signedIn(council());
        Instant begun = Instant.now();

        assertThat(browser.get("/today").body()).contains("Say what you run").contains("/systems/new");
        assertThat(browser.get("/systems").body()).contains("You have not listed any systems");
        String check = paste(browser, """
                Brackenhill Rates 8.2, Council tax, P. Shah
                oakenshaw casetrack, Adult social care
                CASETRACK 5.1, Children
                Quarrybank Gazetteer 3
                """);
        String page = browser.get(check).body();
        assertThat(page)
                .contains("3 of 4 rows matched. Nothing is saved until you add them.")
                .contains("These we are sure of", "Brackenhill Rates 8.2")
                .contains("Add “Quarrybank Gazetteer”, version 3, as new");
        assertThat(browser.get("/systems").body()).contains("You have not listed any systems"); // nothing saved yet

        assertThat(page).doesNotContain("value=\"new\" checked"); // nothing is made that nobody asked for
        Map<String, String> chosen = chosen(page);
        assertThat(chosen).hasSize(4).containsEntry("row-4", "new");
        assertThat(chosen.get("row-2")).endsWith("/?"); // no version is made up
        HttpResponse<String> added = add(browser, check, chosen);
        assertThat(location(added)).isEqualTo("/today");
        String today = browser.get("/today").body();
        assertThat(today)
                .contains("4 systems added.", "1 to act on now.", "Flaws cannot be checked for 2 systems yet: no SBOM.")
                .containsPattern("Act now: [^<]*CVE-2022-22965\\)?, 1 system without a decision");
        assertThat(browser.get("/exposures/CVE-2022-22965").body())
                .contains("You run 1 affected system.", "report-kit 3.1", "› spring-beans 5.3.17");

        Duration taken = Duration.between(begun, Instant.now());
        System.out.println("From nothing to the first finding: " + taken.toMillis() + " ms, full catalogue");
        assertThat(taken).isLessThan(Duration.ofSeconds(20));
        assertThat(browser.get(check).statusCode()).isEqualTo(404); // the draft is gone,
        assertThat(add(browser, check, chosen).statusCode()).isEqualTo(404); // so nothing is added twice
    }

    @Test
    void with_a_nearly_empty_catalogue_the_first_finding_is_that_support_ended() {
        Asker.Person supplier = given.someoneOf(Asker.Kind.SUPPLIER, "Hollin Systems (invented)");
        Asking.as(supplier, () -> {
            UUID product = products.add("Hollin Server", null, null);
            products.addRelease(product, "2012", LocalDate.of(2012, 9, 4), LocalDate.of(2023, 10, 10));
            products.publish(product);
            return product;
        });
        Browser browser = signedIn(council());
        Instant begun = Instant.now();

        String check = paste(browser, "Hollin Server 2012\nZedwick Planning\nZedwick Graves 4\n");
        assertThat(location(add(browser, check, chosen(browser.get(check).body()))))
                .isEqualTo("/today");
        assertThat(browser.get("/today").body())
                .contains("3 systems added.", "Support has ended for 1 system.", "no SBOM")
                .contains("Support has ended for 1 system you run");
        Duration taken = Duration.between(begun, Instant.now());
        System.out.println("From nothing to the first finding: " + taken.toMillis() + " ms, nearly empty catalogue");
        assertThat(taken).isLessThan(Duration.ofSeconds(20));

        // what one council listed, the next one finds, and not by whom
        Browser next = signedIn(council());
        String page = next.get(paste(next, "zedwick planning\n")).body();
        assertThat(page).contains("Zedwick Planning, version not known").doesNotContain("council (invented)</");
    }

    @Test
    void a_csv_file_is_read_by_its_header_and_a_workbook_is_refused() {
        Browser browser = signedIn(council());
        HttpResponse<String> sent = browser.upload(
                "/systems/new",
                token(browser),
                "file",
                "systems.csv",
                "Department,Name\nHousing,Caf\u00e9 tills\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(location(sent)).startsWith("/systems/new/D-");
        assertThat(browser.get(location(sent)).body()).contains("Café tills", "Row 2");
        HttpResponse<String> workbook =
                browser.upload("/systems/new", token(browser), "file", "systems.xlsx", new byte[] {'P', 'K', 3, 4});
        assertThat(workbook.body()).contains("save the sheet as CSV");
    }

    @Test
    void lists_are_refused_whole_where_they_are_too_long_and_by_row_where_rows_are_wrong() {
        Browser browser = signedIn(council());
        assertThat(browser.post("/systems/new", token(browser), "list", " \n").body())
                .contains("Paste at least one system");
        String many = IntStream.rangeClosed(1, 201)
                .mapToObj(i -> "System number " + i)
                .collect(Collectors.joining("\n"));
        assertThat(browser.post("/systems/new", token(browser), "list", many).body())
                .contains("Add at most 200 systems at once. This list has 201", "System number 201");
        assertThat(browser.get(paste(browser, ", 8.2\nUllswater Bins\nullswater bins\n,3\n"))
                        .body())
                .contains("Rows 1 and 4 have no name.", "Row 3 says the same as an earlier row.");
    }

    @Test
    void two_hundred_lines_are_matched_and_added_at_once() {
        Asker.Person person = council();
        Browser browser = signedIn(person);
        String list = IntStream.rangeClosed(1, 200)
                .mapToObj(i -> "Hundredfold " + (char) ('a' + i % 26) + i + " v" + i + ".0, Service " + i % 7)
                .collect(Collectors.joining("\n"));
        Instant begun = Instant.now();
        String check = paste(browser, list);
        Map<String, String> chosen = chosen(browser.get(check).body());
        assertThat(chosen).hasSize(200);
        assertThat(location(add(browser, check, chosen))).isEqualTo("/today");
        Duration taken = Duration.between(begun, Instant.now());
        System.out.println("200 lines: " + taken.toMillis() + " ms");
        assertThat(taken).isLessThan(Duration.ofSeconds(30));
        assertThat(Asking.as(person, systems::count)).isEqualTo(200);

        // each order shows each system once, there and back
        for (Systems.Order order : Systems.Order.values()) {
            String path = "/systems?sort=" + order.name().toLowerCase(java.util.Locale.ROOT);
            List<List<String>> pages = new ArrayList<>();
            while (path != null) {
                String body = browser.get(path).body();
                pages.add(refs(body));
                path = link(body, "next");
                if (pages.size() == 2) {
                    assertThat(refs(browser.get(link(body, "prev")).body())).isEqualTo(pages.getFirst());
                }
            }
            assertThat(pages).as(order.name()).hasSize(4);
            Set<String> all = new HashSet<>();
            pages.forEach(all::addAll);
            assertThat(all).as(order.name()).hasSize(200);
        }
        assertThat(browser.get("/systems?q=SERVICE+3").body()).contains("Only systems with “SERVICE 3”");
        assertThat(browser.get("/systems?q=%00'%25").body()).contains("No systems match");
        for (String odd : List.of(
                "/systems?after=%00",
                "/systems?before=%00'", "/systems/new?draft=%00", "/exposures?after=%00", "/systems?sort=%00")) {
            assertThat(browser.get(odd).statusCode()).as(odd).isEqualTo(200);
        }
    }

    @Test
    void what_is_pasted_stays_text() {
        Asker.Person person = council();
        Browser browser = signedIn(person);
        String check = paste(browser, """
                <script>alert(1)</script>, "<b>bold</b>"
                '); DROP TABLE system; --
                %_%\t\t${7*7}
                =cmd|'/c calc'!A1
                nul\0l
                """);
        String page = browser.get(check).body();
        assertThat(page).contains("&lt;script&gt;alert(1)").doesNotContain("<script>alert", "<b>bold");
        assertThat(location(add(browser, check, chosen(page)))).isEqualTo("/today");
        assertThat(browser.get("/systems").body())
                .contains("&lt;script&gt;alert(1)", "DROP TABLE system", "${7*7}")
                .doesNotContain("<script>alert", "<b>bold");
        // a choice that was not offered is none: the id of a product that this council may not see, for one
        UUID hidden = Asking.as(
                given.someoneOf(Asker.Kind.SUPPLIER, "Unseen Systems (invented)"),
                () -> products.add("Unseen Draft", null, null));
        String second = paste(browser, "Unseen Draft\n");
        assertThat(browser.get(second).body()).contains("0 of 1 row matched");
        assertThat(add(browser, second, Map.of("row-1", hidden + "/?")).body()).contains("Row 1: choose what");
        assertThat(Asking.as(person, systems::count)).isEqualTo(5);
    }

    @Test
    void anothers_system_and_draft_are_not_there_to_the_byte() {
        Asker.Person owner = council();
        String ref = Asking.as(
                owner,
                () -> systems.add(new Systems.New("Only ours", null, null, "Council tax", "own", "internet", null)));
        String draft = paste(signedIn(owner), "Ours alone\n");
        Browser stranger = signedIn(council());
        for (String path : List.of(
                "/systems/" + ref,
                "/systems/" + ref + "/edit",
                "/systems/" + ref + "/release",
                "/systems/" + ref + "/retirement",
                draft)) {
            String unknown = path.replaceAll("(S|D)-[0-9A-Z]+", "$1-ZZZZZZZ");
            assertThat(unknown).isNotEqualTo(path);
            assertThat(answer(stranger.get(path))).as(path).isEqualTo(answer(stranger.get(unknown)));
            assertThat(stranger.get(path).statusCode()).isEqualTo(404);
            if (!path.equals("/systems/" + ref)) {
                assertThat(answer(stranger.post(path, token(stranger), "name", "Mine now")))
                        .as("POST " + path)
                        .isEqualTo(answer(stranger.post(unknown, token(stranger), "name", "Mine now")));
            }
        }
        assertThat(stranger.get("/systems?after=" + ref).body()).doesNotContain("Only ours");
        assertThat(stranger.get("/systems/new?draft=" + draft.substring(13)).body())
                .doesNotContain("Ours alone");
        assertThat(Asking.as(owner, () -> systems.find(ref)).orElseThrow().name())
                .isEqualTo("Only ours");
    }

    @Test
    void a_system_is_changed_upgraded_and_retired() {
        UUID old = publish("Thornbeck Forms", "5.0", "5.3.17", null);
        Asker.Person person = council();
        Browser browser = signedIn(person);
        UUID product = Asking.as(person, () -> products.matching("Thornbeck Forms"))
                .getFirst()
                .product();
        String ref = Asking.as(
                person, () -> systems.add(new Systems.New("Web forms", product, old, null, "own", "unknown", null)));
        String path = "/systems/" + ref;
        assertThat(browser.get(path).body()).contains("known flaw", "CVE-2022-22965", "No decision yet");
        assertThat(browser.get("/systems?sort=urgency").body()).contains("Act now");

        assertThat(browser.post(path + "/edit", token(browser), "name", " ", "hosting", "elsewhere")
                        .body())
                .contains("Enter the system", "Choose who runs it");
        browser.post(
                path + "/edit",
                token(browser),
                "name",
                "Forms live",
                "service",
                "Contact centre",
                "owner",
                "T. Ode",
                "hosting",
                "supplier",
                "exposure",
                "isolated",
                "personalData",
                "special");
        assertThat(browser.get(path).body())
                .contains(
                        "Forms live", "Contact centre (criticality 3)", "T. Ode", "it is cut off", "special category");

        UUID other = publish("Thornbeck Bins", "1.0", "6.2.0", null);
        assertThat(browser.post(path + "/release", token(browser), "release", other.toString())
                        .body())
                .contains("Choose the release that it runs now");
        assertThat(Asking.as(person, () -> systems.upgrade(ref, other))).isFalse();
        assertThat(location(browser.post(path + "/release", token(browser), "release", "other", "version", "5.9")))
                .isEqualTo(path);
        assertThat(browser.get(path).body())
                .contains("Forms live now runs Thornbeck Forms 5.9. That release has no SBOM")
                .doesNotContain("CVE-2022-22965");
        Matcher observe = Pattern.compile("href=\"(/products/[^\"]+/sboms/new)\"")
                .matcher(browser.get(path).body());
        assertThat(observe.find()).isTrue();
        assertThat(browser.get(observe.group(1)).statusCode()).isEqualTo(200);

        assertThat(browser.get(path + "/retirement").body()).contains("Retire Forms live");
        assertThat(location(browser.post(path + "/retirement", token(browser)))).isEqualTo("/systems");
        assertThat(browser.get(path).statusCode()).isEqualTo(404);
        assertThat(audited(person))
                .containsExactly("system.add", "system.change", "release.add", "system.upgrade", "system.retire");
    }

    @Test
    void services_are_ranked_by_their_own_council_only() {
        Asker.Person person = council();
        Asker.Person other = council();
        String ref = Asking.as(
                person,
                () -> systems.add(
                        new Systems.New("Revenues live", null, null, "Vital service", "own", "unknown", null)));
        Browser browser = signedIn(person);
        Matcher field = Pattern.compile("criticality-[0-9a-f-]+")
                .matcher(browser.get("/services").body());
        assertThat(field.find()).isTrue();
        Browser stranger = signedIn(other);
        stranger.post("/services", token(stranger), field.group(), "1");
        assertThat(Asking.as(person, () -> systems.find(ref)).orElseThrow().criticality())
                .isEqualTo(3);
        browser.post("/services", token(browser), field.group(), "9");
        browser.post("/services", token(browser), field.group(), "1");
        assertThat(Asking.as(person, () -> systems.find(ref)).orElseThrow().criticality())
                .isEqualTo(1);
        assertThat(browser.get("/services").body()).contains("Vital service", "1 service ranked anew");
    }

    @Test
    void who_only_reads_sees_the_pages_without_their_buttons() {
        UUID release = publish("Readerly Rates", "1.0", "5.3.17", null);
        Asker.Person person = council();
        String ref = Asking.as(
                person, () -> systems.add(new Systems.New("Rates", null, release, null, "own", "internet", null)));
        given.inJob(() -> jdbc.sql("DELETE FROM membership WHERE person_id = :person AND role <> 'reader'")
                .param("person", person.person())
                .update());
        Browser reader = signedIn(person);
        assertThat(reader.get("/systems").body()).contains("Rates").doesNotContain("Add systems");
        assertThat(reader.get("/systems/" + ref).body()).doesNotContain("/edit", "/release");
        assertThat(reader.get("/exposures/CVE-2022-22965").body())
                .contains("1 affected")
                .doesNotContain("/decisions");
        assertThat(reader.get("/exposures/CVE-2022-22965/decisions").statusCode())
                .isEqualTo(403);
        assertThat(reader.get("/systems/new").statusCode()).isEqualTo(403);
    }

    private List<String> audited(Asker.Person person) {
        return given.inJob(() -> jdbc.sql("SELECT act FROM audit_entry WHERE person_id = :person ORDER BY id")
                .param("person", person.person())
                .query(String.class)
                .list());
    }

    private Asker.Person council() {
        return given.someoneOf(Asker.Kind.COUNCIL, "Estate council (invented)");
    }

    private Browser signedIn(Asker.Person person) {
        return new Browser(port).signIn(given.account(person), Given.PASSWORD);
    }

    private String token(Browser browser) {
        return tokens.computeIfAbsent(browser, it -> it.token("/account"));
    }

    private String paste(Browser browser, String list) {
        return location(browser.post("/systems/new", token(browser), "list", list));
    }

    private HttpResponse<String> add(Browser browser, String check, Map<String, String> chosen) {
        List<String> fields = new ArrayList<>();
        chosen.forEach((name, value) -> fields.addAll(List.of(name, value)));
        return browser.post(check, token(browser), fields.toArray(String[]::new));
    }

    private static Map<String, String> chosen(String page) {
        Map<String, String> chosen = new TreeMap<>();
        NEW.matcher(page).results().forEach(found -> chosen.put(found.group(1), "new")); // what somebody must say
        CHOSEN.matcher(page).results().forEach(found -> chosen.put(found.group(1), found.group(2)));
        return chosen;
    }

    private static List<String> refs(String page) {
        return Pattern.compile("href=\"/systems/(S-[0-9A-Z]+)\"")
                .matcher(page)
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    private static String link(String page, String rel) {
        Matcher link = Pattern.compile("href=\"([^\"]+)\" rel=\"" + rel + "\"").matcher(page);
        return link.find() ? link.group(1).replace("&amp;", "&") : null;
    }

    private static String location(HttpResponse<String> answer) {
        return answer.headers().firstValue("Location").orElseThrow(() -> new AssertionError(answer.body()));
    }

    /// All that a stranger can tell answers apart by.
    private static String answer(HttpResponse<String> answer) {
        Map<String, List<String>> headers = new TreeMap<>(answer.headers().map());
        headers.remove("date");
        headers.remove("x-request-id");
        return answer.statusCode() + " " + headers + "\n" + answer.body();
    }

    /// A published product with one release, whose SBOM holds spring-beans of that version, brought in by a kit.
    private UUID publish(String name, String version, String beans, LocalDate supportEnds) {
        Asker.Person supplier = given.someoneOf(Asker.Kind.SUPPLIER, "Estate supplier (invented)");
        UUID release = Asking.as(supplier, () -> {
            UUID product = products.add(name, null, null);
            UUID added = products.addRelease(product, version, LocalDate.of(2022, 3, 1), supportEnds);
            products.publish(product);
            try {
                Path file = folder.resolve(added + ".json");
                Files.writeString(file, SBOM.replace("VERSION", beans));
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
