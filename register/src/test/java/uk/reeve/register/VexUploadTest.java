package uk.reeve.register;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import uk.reeve.register.audience.Asker;
import uk.reeve.register.exposure.Evaluation;

/// VEX documents, by people at browsers and by builds with keys.
@RegisterTest
class VexUploadTest {

    private static final String SBOM = """
            {"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1, "serialNumber": "urn:uuid:SERIAL",
             "metadata": {"component": {"type": "application", "bom-ref": "it", "name": "it"}},
             "components": [{"type": "library", "bom-ref": "text", "name": "commons-text", "version": "1.9",
                "purl": "pkg:maven/org.apache.commons/commons-text@1.9"}]}
            """;

    private static final String OPENVEX = """
            {"@context": "https://openvex.dev/ns/v0.2.0", "@id": "https://larkfield.example/vex/1",
             "author": "Larkfield Systems", "timestamp": "2026-03-01T10:00:00Z", "version": 1, "statements": [
              {"vulnerability": {"name": "CVE-2022-42889"}, "status": "not_affected",
               "justification": "vulnerable_code_not_in_execute_path",
               "products": [{"@id": "pkg:generic/PRODUCT@v8.2"}]},
              {"vulnerability": {"name": "CVE-2022-42889"}, "status": "affected",
               "action_statement": "Move to 8.2.", "products": [{"@id": "pkg:generic/PRODUCT@8.1"},
                 {"@id": "pkg:generic/PRODUCT@9.9"}, {"@id": "pkg:generic/somebody-elses@1.0"}]},
              {"vulnerability": {"name": "CVE-2022-42889"}, "status": "affected",
               "products": [{"@id": "pkg:generic/PRODUCT@8.0"}]},
              {"vulnerability": {"name": "CVE-1999-99999"}, "status": "fixed",
               "products": [{"@id": "pkg:generic/PRODUCT@8.2"}]}]}
            """;

    private static final String CSAF = """
            {"document": {"csaf_version": "2.0", "category": "csaf_vex", "title": "t",
               "publisher": {"name": "Larkfield Systems", "category": "vendor", "namespace": "https://larkfield.example"},
               "tracking": {"id": "L-1", "version": "1", "status": "STATUS", "initial_release_date": "2026-04-01T10:00:00Z",
                 "current_release_date": "2026-04-01T10:00:00Z", "revision_history": []}},
             "product_tree": {"branches": [{"category": "vendor", "name": "Larkfield Systems", "branches": [
               {"category": "product_name", "name": "NAME", "branches": [
                 {"category": "product_version", "name": "8.1", "product": {"name": "a", "product_id": "P1"}},
                 {"category": "product_version", "name": "8.2", "product": {"name": "b", "product_id": "P2"}}]}]}]},
             "vulnerabilities": [{"cve": "CVE-2022-42889",
               "product_status": {"known_affected": ["P1"], "fixed": ["P2"]},
               "remediations": [{"category": "vendor_fix", "details": "Install 8.2.", "product_ids": ["P1"]}]}]}
            """;

    private static final String CYCLONEDX = """
            {"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,
             "metadata": {"timestamp": "2026-05-01T10:00:00Z"},
             "vulnerabilities": [{"id": "CVE-2022-42889",
               "analysis": {"state": "in_triage"}, "affects": [{"ref": "urn:cdx:SERIAL/1#text"}]}]}
            """;

    @Autowired
    Given given;

    @Autowired
    Evaluation evaluation;

    @Autowired
    JdbcClient jdbc;

    @LocalServerPort
    int port;

    private final String serial = UUID.randomUUID().toString();
    private final String name = "Larkfield Vex " + serial.substring(0, 6);
    private Browser supplier;
    private String product;

    @BeforeEach
    void aSupplierWithTwoReleases() {
        supplier = in("Larkfield Systems");
        product =
                location(supplier.post("/products/new", supplier.token("/products/new"), "name", name, "sure", "yes"));
        for (String version : List.of("8.1", "8.2")) {
            location(supplier.post(
                    product + "/releases/new", supplier.token(product + "/releases/new"), "version", version));
        }
        product = location(supplier.post(product + "/publication", supplier.token(product + "/publication")));
        String upload = product + "/releases/8.2/sboms/new";
        location(supplier.upload(
                upload,
                supplier.token(upload),
                "file",
                "it.json",
                bytes(SBOM.replace("SERIAL", serial)),
                "audience",
                "public",
                "sure",
                "yes"));
        evaluation.catchUp();
    }

    @Test
    void what_a_document_says_is_shown_then_published_and_what_does_not_fit_is_told_by_line() {
        String file = location(upload(supplier, of(OPENVEX)));
        String shown = supplier.get(file).body();
        assertThat(shown)
                .contains(
                        "2 statements would be published",
                        "Publish 2 statements",
                        name + " 8.2",
                        "The vulnerable code is never run.",
                        "Line 6",
                        name + " has no such release here: 9.9",
                        "none of your products here is pkg:generic/somebody-elses@1.0",
                        "it says affected, and not what councils should do",
                        "no vulnerability of that name is known");
        assertThat(statements("8.2")).contains("No one has made a statement");

        location(supplier.post(file, supplier.token(file)));

        assertThat(supplier.get(file).body()).contains("2 statements were published from it", "Line 6");
        assertThat(supplier.get(file + "/original").body()).isEqualTo(of(OPENVEX));
        assertThat(statements("8.2")).contains("Not affected", "Decides", "in a document, sha256 ", "1 March 2026");
        assertThat(statements("8.1")).contains("Move to 8.2.");
        String export = new Browser(port)
                .get("/api/v1" + product + "/releases/8.2/statements?format=openvex")
                .body();
        assertThat(export)
                .contains("\"@context\":\"https://openvex.dev/ns/v0.2.0\"", "not_affected", "2026-03-01T10:00:00Z");
        assertThat(supplier.get(location(upload(supplier, export))).body()) // it is understood where it came from
                .contains(name + " 8.2: you have said the same already");
        assertThat(location(upload(supplier, of(OPENVEX)))).isEqualTo(file);
        assertThat(supplier.post(file, supplier.token(product + "/releases/8.2/statements/new"))
                        .statusCode())
                .isEqualTo(303);
        assertThat(statements("8.2")).contains("1 statement is in force.").doesNotContain("Replaced by");
    }

    @Test
    void nobody_else_sees_a_document_or_publishes_it() {
        String file = location(upload(supplier, of(OPENVEX)));
        for (Browser other : List.of(in("Rival"), council(), new Browser(port))) {
            for (String path : List.of(file, file + "/original")) {
                assertThat(other.get(path).statusCode()).isIn(404, 302);
            }
            assertThat(other.post(file, other.token("/products/new")).statusCode())
                    .isIn(404, 403, 302);
            String upload = product + "/releases/8.2/statements/new";
            assertThat(other.upload(upload, other.token("/products/new"), "file", "v.json", bytes(of(OPENVEX)))
                            .statusCode())
                    .isIn(404, 403, 302);
        }
        assertThat(statements("8.2")).contains("No one has made a statement");
        Browser rival = in("Rival");
        HttpResponse<String> refused = send(key(rival), of(OPENVEX));
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("Nothing in it can be published", "none of your products here is");
    }

    @Test
    void a_build_publishes_csaf_and_cyclonedx_by_key_and_the_latest_word_stands() {
        String key = key(supplier);
        HttpResponse<String> csaf = send(key, of(CSAF).replace("STATUS", "final"));
        assertThat(csaf.statusCode()).as(csaf.body()).isEqualTo(201);
        assertThat(csaf.body()).contains("\"statements\":2", "\"known\":false");
        assertThat(statements("8.1")).contains("Affected", "vendor fix: Install 8.2.", "Fixed in 8.2.");
        assertThat(statements("8.2")).contains("Fixed");

        HttpResponse<String> older = send(key, of(OPENVEX)); // of March, and the other of April
        assertThat(older.statusCode()).isEqualTo(422);
        assertThat(older.body()).contains("you have said something else since then");

        assertThat(send(key, of(CYCLONEDX)).body()).contains("\"statements\":1");
        assertThat(statements("8.2")).contains("Being looked into", "Replaced by a later one");
        assertThat(send(key, of(CYCLONEDX)).body()).contains("\"known\":true");
        assertThat(send("reeve_wrong", of(CYCLONEDX)).statusCode()).isEqualTo(401);
    }

    @Test
    void what_cannot_be_read_is_told_in_one_sentence_and_nothing_is_kept() {
        List<String> hostile = List.of(
                "<!doctype html><html><body>Sign in</body></html>",
                "{}",
                "[]",
                "PK\u0003\u0004",
                "\u0000".repeat(4_096),
                of(OPENVEX).substring(0, 700),
                "{\"@context\":\"https://openvex.dev/ns/v0.2.0\",\"statements\":" + "[".repeat(100_000),
                "{\"@context\":\"https://openvex.dev/ns/v0.2.0\",\"statements\":[]}",
                SBOM,
                of(CSAF).replace("STATUS", "draft"),
                "<?xml version=\"1.0\"?><!DOCTYPE b [<!ENTITY a \"aa\"><!ENTITY b \"&a;&a;\">]>"
                        + "<bom xmlns=\"http://cyclonedx.org/schema/bom/1.6\">&b;</bom>");
        String key = key(supplier);
        for (String file : hostile) {
            HttpResponse<String> answer = upload(supplier, file);
            assertThat(answer.statusCode()).as(file).isEqualTo(200);
            assertThat(answer.body()).contains("There is a problem", "vex.json").doesNotContain("Exception");
            HttpResponse<String> sent = send(key, file);
            assertThat(sent.statusCode()).isEqualTo(422);
            assertThat(sent.body()).contains("Nothing was stored").doesNotContain("Exception");
        }
        assertThat(upload(supplier, "").body()).contains("Choose a file");
        assertThat(given.inJob(() -> jdbc.sql(
                                "SELECT count(*)::int FROM vex_document d JOIN organisation o"
                                        + " ON o.id = d.organisation_id JOIN product p ON p.supplier_id = o.id WHERE p.name = :name")
                        .param("name", name)
                        .query(Integer.class)
                        .single()))
                .isZero();
    }

    @Test
    void real_documents_come_in_or_are_refused_in_a_sentence() throws IOException {
        Path file = Path.of("../../shared/data/vex/vex-examples.zip");
        Assumptions.assumeTrue(Files.exists(file), "SKIPPED: ../shared is not beside this project");
        int taken = 0;
        int refused = 0;
        try (ZipFile examples = new ZipFile(file.toFile())) {
            List<? extends ZipEntry> entries = examples.stream()
                    .filter(entry -> entry.getName().matches(".*[.](json|xml)"))
                    .toList();
            for (int i = 0; i < entries.size(); i += 4) {
                byte[] bytes = examples.getInputStream(entries.get(i)).readAllBytes();
                HttpResponse<String> answer = upload(supplier, new String(bytes, StandardCharsets.UTF_8));
                assertThat(answer.statusCode()).as(entries.get(i).getName()).isIn(200, 303);
                if (answer.statusCode() == 303) {
                    taken++;
                    assertThat(supplier.get(location(answer)).body())
                            .as(entries.get(i).getName())
                            .contains("Nothing in it can be published");
                } else {
                    refused++;
                }
            }
        }
        assertThat(taken).isGreaterThan(10);
        assertThat(refused).isPositive();
    }

    private String of(String template) {
        return template.replace(
                        "PRODUCT", name.toLowerCase(java.util.Locale.ROOT).replace(' ', '-'))
                .replace("NAME", name)
                .replace("SERIAL", serial);
    }

    private String statements(String version) {
        return council().get(product + "/releases/" + version + "/statements").body();
    }

    private Browser council() {
        return new Browser(port).signIn(given.account(Asker.Kind.COUNCIL), Given.PASSWORD);
    }

    private Browser in(String name) {
        return new Browser(port).signIn(given.account(given.someoneOf(Asker.Kind.SUPPLIER, name)), Given.PASSWORD);
    }

    private HttpResponse<String> upload(Browser who, String document) {
        String path = product + "/releases/8.2/statements/new";
        return who.upload(path, who.token(path), "file", "C:\\files\\vex.json", bytes(document));
    }

    private String key(Browser browser) {
        String token = browser.token("/organisation/keys");
        String body = browser.post("/organisation/keys", token, "name", "A build", "scope", "publish")
                .body();
        Matcher matcher = Pattern.compile("<code>(reeve_[A-Za-z0-9_-]+)</code>").matcher(body);
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
    }

    private HttpResponse<String> send(String key, String document) {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                    HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/api/v1/statements"))
                            .header("Authorization", "Bearer " + key)
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString(document))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String location(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
        return answer.headers().firstValue("Location").orElseThrow();
    }
}
