package uk.reeve.register;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.LocalDate;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import uk.reeve.register.audience.Asker;
import uk.reeve.register.audience.Asking;
import uk.reeve.register.catalogue.Products;

/// A build that publishes, by a key that its organisation made on a page.
@RegisterTest
class ApiTest {

    private static final Pattern KEY = Pattern.compile("<code>(reeve_[A-Za-z0-9_-]+)</code>");
    private static final String SBOM = """
            {"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,
             "components": [{"type": "library", "bom-ref": "a", "name": "a", "version": "1", "purl": "pkg:npm/a@1"}]}
            """;

    @Autowired
    Given given;

    @Autowired
    Products products;

    @LocalServerPort
    int port;

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void a_key_publishes_what_its_scope_allows_until_it_is_revoked() {
        Asker.Person supplier = given.someoneOf(Asker.Kind.SUPPLIER, "Keyholder (invented)");
        UUID id = Asking.as(supplier, () -> {
            UUID product = products.add("Keyed product", null, null);
            products.addRelease(product, "1.0", LocalDate.of(2026, 1, 1), null);
            products.publish(product);
            return product;
        });
        Browser browser = new Browser(port).signIn(given.account(supplier), Given.PASSWORD);
        String publish = key(browser, "publish");
        String read = key(browser, "read");
        String path = "/api/v1/products/" + id + "/releases/1.0/sboms";

        HttpResponse<String> first = post(path, publish, SBOM);
        assertThat(first.statusCode()).as(first.body()).isEqualTo(201);
        assertThat(post(path, publish, SBOM).body()).contains("\"known\":true");
        String named = SBOM.replace("\"components\"", """
                "metadata": {"component": {"type": "application", "name": "keyed", "version": "2.0"}}, "components\"""");
        HttpResponse<String> asked = post(path, publish, named);
        assertThat(asked.statusCode()).isEqualTo(409);
        assertThat(asked.body())
                .contains(
                        "/problems/sbom-of-another",
                        "of keyed 2.0, and it was sent for Keyed product 1.0",
                        "accept-name");
        assertThat(post(path + "?accept-name=true", publish, named).statusCode())
                .isEqualTo(201);
        assertThat(post(path, read, SBOM).statusCode()).isEqualTo(403);
        assertThat(post(path, "reeve_wrong", SBOM).statusCode()).isEqualTo(401);
        HttpResponse<String> broken = post(path, publish, "<html>");
        assertThat(broken.statusCode()).isEqualTo(422);
        assertThat(broken.body()).contains("Nothing was stored").doesNotContain("Exception");

        Asker.Person other = given.someoneOf(Asker.Kind.SUPPLIER, "Stranger (invented)");
        String foreign = key(new Browser(port).signIn(given.account(other), Given.PASSWORD), "publish");
        assertThat(post(path, foreign, SBOM).statusCode()).isEqualTo(422);

        String revoke =
                find(browser.get("/organisation/keys").body(), "href=\"(/organisation/keys/[^\"]+/revocation)\"");
        assertThat(browser.post(revoke, browser.token("/organisation/keys")).statusCode())
                .isEqualTo(303); // the newest, which is the one that reads
        assertThat(get("/api/v1/products/" + id, read).statusCode()).isEqualTo(200); // public
        assertThat(post(path, read, SBOM).statusCode()).isEqualTo(401);
        assertThat(browser.text("/organisation/record"))
                .contains("Made an API key", "Added an SBOM", "Revoked an API key");
    }

    @Test
    void the_api_describes_itself() {
        HttpResponse<String> answer = get("/api/v1/openapi", "");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("\"3.1.0\"", "/api/v1/products", "/api/v1/exposures");
    }

    private String key(Browser browser, String scope) {
        String token = browser.token("/organisation/keys");
        String body = browser.post("/organisation/keys", token, "name", "A build", "scope", scope)
                .body();
        Matcher matcher = KEY.matcher(body);
        assertThat(matcher.find()).as(body).isTrue();
        return matcher.group(1);
    }

    private static String find(String text, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
    }

    private HttpResponse<String> post(String path, String key, String body) {
        return send(HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", "application/vnd.cyclonedx+json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    private HttpResponse<String> get(String path, String key) {
        return send(HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .header("Authorization", "Bearer " + key)
                .build());
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (java.io.IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
