package uk.reeve.register;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import uk.reeve.register.audience.Asker;
import uk.reeve.register.exposure.Evaluation;

/// Products, releases and their SBOMs, by people at browsers.
@RegisterTest
class CatalogueTest {

    private static final String TEXT = """
            {"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,
             "metadata": {"component": {"type": "application", "bom-ref": "it", "name": "it"}},
             "components": [
               {"type": "library", "bom-ref": "kit", "name": "report-kit", "version": "3.1",
                "purl": "pkg:maven/example.larkfield/report-kit@3.1"},
               {"type": "library", "bom-ref": "text", "name": "commons-text", "version": "VERSION",
                "purl": "pkg:maven/org.apache.commons/commons-text@VERSION"}],
             "dependencies": [{"ref": "it", "dependsOn": ["kit"]}, {"ref": "kit", "dependsOn": ["text"]}]}
            """;

    @Autowired
    Given given;

    @Autowired
    Evaluation evaluation;

    @Autowired
    JdbcClient jdbc;

    @LocalServerPort
    int port;

    private Browser supplier;
    private Browser council;
    private Browser stranger;

    @BeforeEach
    void comeIn() {
        supplier = in(Asker.Kind.SUPPLIER);
        council = in(Asker.Kind.COUNCIL);
        stranger = new Browser(port);
    }

    @Test
    void a_draft_does_not_exist_for_others_until_it_is_published() {
        String product = product("Larkfield Drafts");
        String release = release(product, "8.2");
        assertThat(supplier.get(product).body()).contains("A draft: only your organisation sees it");
        for (Browser other : List.of(council, stranger, in(Asker.Kind.SUPPLIER))) {
            String nothing = other.get("/products/" + UUID.randomUUID()).body();
            for (String path : List.of(product, release, release + "/components", release + "/findings")) {
                HttpResponse<String> answer = other.get(path);
                assertThat(answer.statusCode()).isEqualTo(404);
                assertThat(same(answer.body())).isEqualTo(same(nothing));
            }
            assertThat(other.get("/products?q=Larkfield+Drafts").body()).contains("No product matches.");
        }

        String published = location(supplier.post(product + "/publication", supplier.token(product + "/publication")));

        assertThat(published).matches("/products/larkfield-drafts(-[0-9a-f]{8})?");
        assertThat(stranger.get(published).body()).contains("Larkfield Drafts", "8.2", "No SBOM yet");
        assertThat(stranger.get(published + "/releases/v8.2").statusCode()).isEqualTo(200);
        assertThat(stranger.get("/products?q=larkfield+DRAFTS").body()).contains(published);
    }

    @Test
    void near_names_come_before_a_new_product() {
        String name = "Oakham Casework " + UUID.randomUUID().toString().substring(0, 6);
        product(name);
        String token = supplier.token("/products/new");
        HttpResponse<String> asked =
                supplier.post("/products/new", token, "name", name.toUpperCase(java.util.Locale.ROOT));
        assertThat(asked.statusCode()).isEqualTo(200);
        assertThat(asked.body()).contains("Is it one of these?", name);
        assertThat(supplier.post("/products/new", token, "name", name, "sure", "yes")
                        .statusCode())
                .isEqualTo(303);
    }

    @Test
    void what_a_council_lists_councils_see_without_its_name_and_others_do_not() {
        String lister = "Hidden District " + UUID.randomUUID() + " (invented)";
        Browser hidden =
                new Browser(port).signIn(given.account(given.someoneOf(Asker.Kind.COUNCIL, lister)), Given.PASSWORD);
        String listed = location(hidden.post(
                "/products/new", hidden.token("/products/new"), "name", "Parish Rates " + UUID.randomUUID()));
        assertThat(council.get(listed).body()).contains("Listed by a council").doesNotContain(lister);
        assertThat(stranger.get(listed).statusCode()).isEqualTo(404);
        assertThat(supplier.get(listed).statusCode()).isEqualTo(404);
    }

    @Test
    void a_council_that_lists_a_suppliers_draft_learns_nothing_of_it() {
        String product = product("Larkfield Clash");
        String draft = release(product, "1.0");
        String published = location(supplier.post(product + "/publication", supplier.token(product + "/publication")));
        String secret = release(published, "2.0");

        String path = published + "/releases/new";
        HttpResponse<String> answer = council.post(path, council.token(path), "version", "2.0");

        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(location(answer)).isNotEqualTo(secret);
        assertThat(council.get(location(answer)).body()).contains("2.0 is listed. Councils see it");
        assertThat(council.get(secret).statusCode()).isEqualTo(404);
        assertThat(council.get(draft).statusCode()).isEqualTo(200);
    }

    @Test
    void an_sbom_is_received_read_matched_and_shown_to_whom_it_is_for() {
        String published = published("Larkfield Revenues");
        String release = release(published, "8.2");
        publish(release);
        String document = location(upload(supplier, release, "verified", bytes("1.9")));
        evaluation.catchUp();

        assertThat(supplier.get(document).body())
                .contains("CycloneDX 1.6 JSON, 2 components, 1 warning", "Declared by", "checks pass")
                .contains("The file says that it is of “it”, and this is a release of Larkfield Revenues");
        assertThat(supplier.get(document + "/original").body())
                .isEqualTo(new String(bytes("1.9"), StandardCharsets.UTF_8));
        assertThat(council.get(document).statusCode()).isEqualTo(200);
        assertThat(council.get(document + "/original").statusCode()).isEqualTo(200); // declared to it
        assertThat(stranger.get(document).statusCode()).isEqualTo(404);
        assertThat(stranger.get(document + "/original").statusCode()).isEqualTo(404);
        assertThat(stranger.get(release).body()).contains("shares this list with verified councils.");
        assertThat(stranger.get(release + "/components").body()).doesNotContain("commons-text");
        assertThat(stranger.get(release + "/findings").body()).doesNotContain("CVE-");

        String address = published + "/releases/8.2";
        assertThat(council.get(address).body())
                .contains("2 components, 2 can be checked against advisories as of ", "of them known to be exploited.");
        String components = council.get(address + "/components?q=TEXT").body();
        assertThat(components).contains("org.apache.commons/commons-text").doesNotContain("report-kit");
        Matcher path =
                Pattern.compile("href=\"([^\"]+/components/paths\\?of=\\d+)\"").matcher(components);
        assertThat(path.find()).isTrue();
        assertThat(council.get(path.group(1)).body()).contains("It gets in through report-kit 3.1, in 1 step.");
        assertThat(council.get(address + "/components?direct=yes").body())
                .contains("report-kit")
                .doesNotContain("commons-text");
        assertThat(council.get(address + "/findings").body())
                .contains("CVE-2022-42889", "report-kit 3.1 › commons-text 1.9", "Its supplier has not said");

        String next = release(published, "8.3");
        upload(supplier, next, "public", bytes("1.10.0"));
        evaluation.catchUp();
        assertThat(council.get(next + "/compare?with=8.2").statusCode()).isEqualTo(404); // a draft
        publish(next);
        assertThat(council.get(next + "/compare?with=8.2").body())
                .contains("8.3 compared with 8.2", "1 changed version", "1.9", "1.10.0", "CVE-2022-42889");
        assertThat(stranger.get(next + "/compare?with=8.2").body()).doesNotContain("1.9");
    }

    /// Everything that depends on everything: a small file, and more than memory holds where several come at once.
    @Test
    void more_relations_than_are_taken_are_refused_in_a_sentence() {
        String release = published("Larkfield Knot") + "/releases/1.0";
        release(release.substring(0, release.indexOf("/releases")), "1.0");
        String all = IntStream.range(0, 1_001).mapToObj(n -> "\"" + n + "\"").collect(Collectors.joining(","));
        String components = IntStream.range(0, 1_001)
                .mapToObj(n -> "{\"type\":\"library\",\"bom-ref\":\"" + n + "\",\"name\":\"knot-" + n + "\"}")
                .collect(Collectors.joining(","));
        String relations = IntStream.range(0, 1_001)
                .mapToObj(n -> "{\"ref\":\"" + n + "\",\"dependsOn\":[" + all + "]}")
                .collect(Collectors.joining(","));
        String text = "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\",\"version\":1,\"components\":[" + components
                + "],\"dependencies\":[" + relations + "]}";

        assertThat(upload(supplier, release, "public", text.getBytes(StandardCharsets.UTF_8))
                        .body())
                .contains("relations, and at most 1000000 are taken; split it by part of the product");
    }

    @Test
    void what_a_council_observed_is_shown_without_its_name_and_its_original_to_nobody_else() {
        String release = published("Larkfield Observed") + "/releases/1.0";
        release(release.substring(0, release.indexOf("/releases")), "1.0");
        publish(release);
        String document = location(upload(council, release, "verified", bytes("1.9")));
        Browser other = in(Asker.Kind.COUNCIL);
        assertThat(other.get(document).body()).contains("Observed by a council").doesNotContain("/original");
        assertThat(other.get(document + "/original").statusCode()).isEqualTo(404);
        assertThat(council.get(document).body()).contains("Observed by your council", "/original");
        for (Browser reader : List.of(supplier, stranger)) {
            assertThat(reader.get(document).statusCode()).isEqualTo(404);
            assertThat(reader.get(release).body()).contains("No SBOM of this release is known");
        }
        Browser rival = in(Asker.Kind.SUPPLIER);
        assertThat(rival.get(release + "/sboms/new").statusCode()).isEqualTo(404);
        assertThat(rival.upload(
                                release + "/sboms/new",
                                rival.token("/products/new"),
                                "file",
                                "it.json",
                                bytes("1.9"),
                                "audience",
                                "public")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void the_same_sbom_twice_stores_nothing_new_and_another_supersedes_it() {
        String release = release(product("Larkfield Twice"), "1.0");
        String first = location(upload(supplier, release, "verified", bytes("2.14.0")));
        assertThat(location(upload(supplier, release, "verified", bytes("2.14.0"))))
                .isEqualTo(first);
        String second = location(upload(supplier, release, "verified", bytes("2.15.0")));
        assertThat(second).isNotEqualTo(first);
        assertThat(supplier.get(first).body()).contains("A newer one has taken its place.");
    }

    @Test
    void uploads_at_once_of_what_overlaps_all_come_in() throws Exception {
        List<String> releases = new ArrayList<>();
        String product = product("Larkfield At Once");
        for (int i = 0; i < 6; i++) {
            releases.add(release(product, "1." + i / 2)); // each release twice
        }
        try (var threads = Executors.newFixedThreadPool(6)) {
            List<Callable<Integer>> uploads = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                String release = releases.get(i);
                byte[] many = many(i * 50, 3_000);
                uploads.add(() -> upload(supplier, release, "verified", many).statusCode());
            }
            for (Future<Integer> upload : threads.invokeAll(uploads)) {
                assertThat(upload.get()).isEqualTo(303);
            }
        }
        for (String release : releases) {
            assertThat(supplier.get(release).body()).contains("3,000 components");
        }
    }

    @Test
    void what_cannot_be_read_is_told_in_one_sentence_and_nothing_is_stored() throws IOException {
        String release = release(product("Larkfield Hostile"), "1.0");
        List<byte[]> unreadable = List.of(
                "<!doctype html><html><body>Sign in</body></html>".getBytes(StandardCharsets.UTF_8),
                "{}".getBytes(StandardCharsets.UTF_8),
                new byte[] {'P', 'K', 3, 4, 20, 0, 0, 0, 8, 0, (byte) 0xff, (byte) 0xfe},
                new byte[4_096],
                "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\",\"components\":[{\"name\":"
                        .getBytes(StandardCharsets.UTF_8),
                ("{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\",\"x\":" + "[".repeat(100_000))
                        .getBytes(StandardCharsets.UTF_8),
                "\u00ff\u00feCycloneDX".getBytes(StandardCharsets.ISO_8859_1));
        for (byte[] file : unreadable) {
            HttpResponse<String> answer = upload(supplier, release, "verified", file);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).contains("There is a problem", "it.json").doesNotContain("Exception");
        }
        assertThat(upload(supplier, release, "verified", new byte[0]).body()).contains("Choose a file");
        assertThat(upload(supplier, release, "everybody", bytes("1")).body()).contains("Choose who may read");
        assertThat(supplier.get(release).body()).contains("No SBOM of this release is known");
        try (var files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            assertThat(files.filter(file -> file.getFileName().toString().matches("sbom.*[.]tmp")))
                    .isEmpty();
        }
    }

    @Test
    void a_file_over_the_limit_is_told_that_it_is_with_and_without_a_length() throws Exception {
        String path = release(product("Larkfield Large"), "1.0") + "/sboms/new";
        byte[] large = new byte[211 << 20];
        HttpResponse<String> answer =
                supplier.upload(path, supplier.token(path), "file", "it.json", large, "audience", "public");
        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.body())
                .contains("This is too large", "larger than 200 MB")
                .doesNotContain("too old");
        HttpResponse<String> slow = supplier.upload(path, supplier.token(path), "file", "it.json", () -> stream(large));
        assertThat(slow.statusCode()).isEqualTo(413);
        assertThat(slow.body()).contains("This is too large");
    }

    private static java.io.InputStream stream(byte[] bytes) {
        return new java.io.ByteArrayInputStream(bytes);
    }

    @Test
    void lists_leave_as_csv_that_no_spreadsheet_runs() {
        String name = "=HYPERLINK(\"x\"), Larkfield " + UUID.randomUUID();
        String product = published(name);
        String release = release(product, "1.0");
        publish(release);
        upload(supplier, release, "verified", bytes("1.9"));
        evaluation.catchUp();
        String q = java.net.URLEncoder.encode(name, StandardCharsets.UTF_8);
        assertThat(stranger.get("/products?q=" + q).body()).contains("/api/v1/products?q=", "format=csv");
        HttpResponse<String> products = stranger.get("/api/v1/products?q=" + q + "&format=csv");
        assertThat(products.headers().firstValue("Content-Type").orElse("")).startsWith("text/csv");
        assertThat(products.body()).contains("\r\n\"'=HYPERLINK(\"\"x\"\"), Larkfield ");
        String api = "/api/v1" + product + "/releases/1.0";
        assertThat(council.get(api + "/components?format=csv&q=TEXT").body())
                .contains("maven,org.apache.commons,commons-text,1.9,false,1,")
                .doesNotContain("report-kit");
        assertThat(council.get(api + "/components?direct=yes").body())
                .contains("report-kit")
                .doesNotContain("commons-text");
        assertThat(council.get(api + "/findings?format=csv").body())
                .contains("CVE-2022-42889,critical,", "report-kit 3.1 > commons-text 1.9");
        for (String list : List.of("/components", "/findings")) {
            assertThat(council.get(release + list).body()).contains("format=csv");
            for (String form : List.of("", "?format=csv")) {
                HttpResponse<String> closed = stranger.get(api + list + form);
                assertThat(closed.statusCode()).isEqualTo(404);
                assertThat(closed.body()).doesNotContain("commons-text");
            }
        }
        assertThat(council.get("/api/v1/systems?format=csv").body()).startsWith("reference,system,");
        assertThat(council.get("/api/v1/exposures?format=csv").body()).startsWith("vulnerability,severity,");
        assertThat(supplier.get("/api/v1/systems?format=csv").statusCode()).isEqualTo(404);
    }

    @Test
    void an_sbom_of_something_else_is_taken_only_after_a_question() {
        String release = release(product("Larkfield Asked"), "3.4");
        String path = release + "/sboms/new";
        byte[] other = """
                {"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,
                 "metadata": {"component": {"type": "application", "bom-ref": "it", "name": "Oakham Casework", "version": "1.2"}},
                 "components": [{"type": "library", "name": "a", "version": "1", "purl": "pkg:npm/a@1"}]}
                """.getBytes(StandardCharsets.UTF_8);
        String asked = supplier.upload(path, supplier.token(path), "file", "it.json", other, "audience", "public")
                .body();
        assertThat(asked)
                .contains("This SBOM says that it is of Oakham Casework 1.2, and it was sent for Larkfield Asked 3.4")
                .contains("Yes, use it for Larkfield Asked 3.4");
        assertThat(supplier.get(release).body()).doesNotContain("/sboms/SB-");
        byte[] older = new String(other, StandardCharsets.UTF_8)
                .replace("Oakham Casework", "larkfield-asked")
                .getBytes(StandardCharsets.UTF_8);
        assertThat(supplier.upload(path, supplier.token(path), "file", "it.json", older, "audience", "public")
                        .body())
                .contains("says that it is of larkfield-asked 1.2");
        byte[] right = new String(older, StandardCharsets.UTF_8)
                .replace("\"1.2\"", "\"v3.4\"")
                .getBytes(StandardCharsets.UTF_8);
        location(supplier.upload(path, supplier.token(path), "file", "it.json", right, "audience", "public"));
        location(supplier.upload(
                path, supplier.token(path), "file", "it.json", other, "audience", "public", "sure", "yes"));
    }

    @Test
    void what_the_database_would_refuse_comes_in_all_the_same() {
        String release = release(product("Larkfield Odd"), "1.0");
        String odd = """
                {"bomFormat": "CycloneDX", "specVersion": "1.6", "metadata": {"timestamp": "\\u0000now"},
                 "components": [
                   {"type": "library", "name": "nul\\u0000led", "version": "1\\u0000"},
                   {"type": "library", "name": "half \\ud83d of two"},
                   {"type": "library", "name": "LONG", "group": "LONG", "version": "LONG"},
                   {"type": "library", "name": "<script>alert(1)</script>", "purl": "pkg:nothing\\u0000"}]}
                """.replace("LONG", longText());
        HttpResponse<String> answer = upload(supplier, release, "verified", odd.getBytes(StandardCharsets.UTF_8));
        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(supplier.get(release + "/components").body())
                .contains("nul\ufffdled", "half \ufffd of two", "&lt;script&gt;")
                .doesNotContain("<script>alert");
    }

    @Test
    void broken_and_real_sboms_come_in_or_are_refused_in_a_sentence() throws IOException {
        int read = 0;
        int refused = 0;
        String product = product("Larkfield Broken");
        for (String zip : List.of("broken/broken.zip", "in-the-wild.zip")) {
            Path file = Path.of("../../shared/data/sboms").resolve(zip);
            assumeThere(Files.exists(file));
            try (ZipFile sboms = new ZipFile(file.toFile())) {
                List<? extends ZipEntry> entries = sboms.stream().toList();
                for (int i = 0; i < entries.size(); i += zip.startsWith("broken") ? 6 : 3) {
                    byte[] bytes = sboms.getInputStream(entries.get(i)).readAllBytes();
                    String release = release(product, zip.charAt(0) + "." + i);
                    HttpResponse<String> answer = upload(supplier, release, "public", bytes);
                    assertThat(answer.statusCode())
                            .describedAs(entries.get(i).getName())
                            .isIn(303, 200);
                    if (answer.statusCode() == 303) {
                        read++;
                        assertThat(supplier.get(location(answer)).statusCode()).isEqualTo(200);
                        assertThat(supplier.get(release + "/components").statusCode())
                                .isEqualTo(200);
                    } else {
                        refused++;
                        assertThat(answer.body()).contains("There is a problem");
                    }
                }
            }
        }
        assertThat(read).isGreaterThan(20);
        assertThat(refused).isPositive();
    }

    private static void assumeThere(boolean there) {
        org.junit.jupiter.api.Assumptions.assumeTrue(there, "SKIPPED: ../shared is not beside this project");
    }

    private Browser in(Asker.Kind kind) {
        return new Browser(port).signIn(given.account(kind), Given.PASSWORD);
    }

    private String product(String name) {
        return location(supplier.post("/products/new", supplier.token("/products/new"), "name", name, "sure", "yes"));
    }

    private String published(String name) {
        String product = product(name);
        return location(supplier.post(product + "/publication", supplier.token(product + "/publication")));
    }

    private String release(String product, String version) {
        String path = product + "/releases/new";
        return location(supplier.post(path, supplier.token(path), "version", version));
    }

    private void publish(String release) {
        assertThat(supplier.post(release + "/publication", supplier.token(release + "/publication"))
                        .statusCode())
                .isEqualTo(303);
    }

    private static HttpResponse<String> upload(Browser who, String release, String audience, byte[] file) {
        String path = release + "/sboms/new";
        return who.upload(
                path, who.token(path), "file", "C:\\files\\it.json", file, "audience", audience, "sure", "yes");
    }

    private static byte[] bytes(String version) {
        return TEXT.replace("VERSION", version).getBytes(StandardCharsets.UTF_8);
    }

    /// An SBOM of invented packages with numbers from `from` on.
    private static byte[] many(int from, int count) {
        StringBuilder parts = new StringBuilder();
        for (int i = from; i < from + count; i++) {
            parts.append(i == from ? "" : ",")
                    .append("{\"type\":\"library\",\"name\":\"part-")
                    .append(i)
                    .append("\",\"version\":\"1\",\"purl\":\"pkg:npm/part-")
                    .append(i)
                    .append("@1\"}");
        }
        return ("{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\",\"components\":[" + parts + "]}")
                .getBytes(StandardCharsets.UTF_8);
    }

    /// Long, and not to be compressed into an index entry.
    private static String longText() {
        StringBuilder text = new StringBuilder();
        java.util.Random random = new java.util.Random(1);
        for (int i = 0; i < 20_000; i++) {
            text.append((char) (0x4e00 + random.nextInt(20_000)));
        }
        return text.toString();
    }

    private static String location(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).describedAs(answer.body()).isEqualTo(303);
        return answer.headers().firstValue("Location").orElseThrow();
    }

    /// Without what differs between any two answers: tokens, the request's name.
    private static String same(String body) {
        return body.replaceAll("value=\"[^\"]*\"", "");
    }
}
