package uk.reeve.register.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.View;
import uk.reeve.register.web.PageTest.Site;

/// The frame as a browser gets it, over HTTP, around pages of the test's own.
@SpringBootTest(classes = Site.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class PageTest {

    @SpringBootConfiguration
    @EnableAutoConfiguration(exclude = DataSourceAutoConfiguration.class)
    @ComponentScan(basePackageClasses = Page.class)
    static class Site {

        @Bean
        SecurityFilterChain chain(HttpSecurity http) throws Exception {
            return http.headers(headers -> headers.disable()).build();
        }
    }

    @RestController
    static class Pages {

        @GetMapping("/")
        View start() {
            return Page.of("web/problem", Problem.TOO_LARGE.because("Über 2 MB").getBody());
        }

        @GetMapping("/products")
        View products() {
            return Page.of("web/problem", Problem.TOO_LARGE.because("").getBody())
                    .forEverybody();
        }

        @GetMapping({"/secret", "/api/v1/secret"})
        View secret() {
            throw Problem.NOT_FOUND.because("");
        }

        @GetMapping({"/refused", "/api/v1/refused"})
        View refused() {
            throw Problem.SBOM_UNREADABLE.because("Line 4,812: the component has no \"name\". Nothing was stored.");
        }

        @GetMapping({"/fault", "/api/v1/fault"})
        View fault() {
            throw new IllegalStateException("jdbc:postgresql secret");
        }

        @GetMapping({"/away", "/api/v1/away"})
        View away() {
            throw new CannotCreateTransactionException("jdbc:postgresql secret");
        }

        @GetMapping("/template-fault")
        View templateFault() {
            return Page.of("web/problem", "not a problem");
        }

        @GetMapping("/needs")
        View needs(@RequestParam int number) {
            return Page.of("web/problem", Problem.TOO_LARGE.because("").getBody());
        }

        @PostMapping("/done")
        View done(Form form) {
            return SeeOther.to("/").saying(form.text("what") + " added");
        }

        @GetMapping("/who-is-exposed")
        View search() {
            return Page.of("web/problem", Problem.TOO_LARGE.because("").getBody());
        }
    }

    @Value("${local.server.port}")
    int port;

    private final HttpClient client =
            HttpClient.newBuilder().cookieHandler(new CookieManager()).build();

    private HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(uri(path)));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private URI uri(String path) {
        return URI.create("http://localhost:" + port + path);
    }

    @Test
    void a_page_is_html_in_utf_8_that_nobody_keeps() {
        HttpResponse<String> page = get("/");

        assertThat(page.body()).contains("<h1 class=\"govuk-heading-l\">This is too large</h1>", "Über 2 MB");
        assertThat(page.body()).contains("<title>This is too large - Reeve</title>");
        assertThat(header(page, "content-type")).isEqualTo("text/html;charset=UTF-8");
        assertThat(header(page, "content-language")).isEqualTo("en-GB");
        assertThat(header(page, "cache-control")).isEqualTo("no-store");
        assertThat(header(get("/products"), "cache-control")).isEqualTo("private, no-cache");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/secret",
                "/nowhere",
                "/fault",
                "/template-fault",
                "/assets/nothing.css",
                "/api/v1/x",
                "/a;b"
            })
    void every_answer_has_the_headers_that_bind_a_browser(String path) {
        HttpResponse<String> answer = get(path);

        assertThat(header(answer, "content-security-policy"))
                .isEqualTo(
                        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
                                + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'");
        assertThat(header(answer, "x-content-type-options")).isEqualTo("nosniff");
        assertThat(header(answer, "referrer-policy")).isEqualTo("same-origin");
        assertThat(header(answer, "x-request-id")).matches("[0-9a-f]{16}");
    }

    @Test
    void no_page_holds_inline_script_or_style() {
        assertThat(get("/").body()).doesNotContainPattern("<script(?![^>]* src=)|<style|\\sstyle=|\\son[a-z]+=");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/api/v1"})
    void what_is_not_there_and_what_must_not_be_known_of_are_told_alike(String prefix) {
        HttpResponse<String> absent = get(prefix + "/absent");
        HttpResponse<String> secret = get(prefix + "/secret");

        assertThat(absent.statusCode()).isEqualTo(404);
        assertThat(secret.statusCode()).isEqualTo(404);
        assertThat(secret.body()).isEqualTo(absent.body()).contains("It may be something you cannot see.");
        assertThat(told(secret)).isEqualTo(told(absent));
    }

    @Test
    void a_refusal_is_told_in_the_same_words_to_people_and_programs() {
        HttpResponse<String> page = get("/refused");
        HttpResponse<String> problem = get("/api/v1/refused");

        assertThat(page.statusCode()).isEqualTo(422);
        assertThat(page.body())
                .contains(
                        ">The SBOM cannot be read</h1>",
                        "Line 4,812: the component has no \"name\". Nothing was stored.");
        assertThat(problem.statusCode()).isEqualTo(422);
        assertThat(header(problem, "content-type")).isEqualTo("application/problem+json;charset=UTF-8");
        assertThat(problem.body()).isEqualTo("""
                {"type":"/problems/sbom-unreadable","title":"The SBOM cannot be read","status":422,\
                "detail":"Line 4,812: the component has no \\"name\\". Nothing was stored."}""");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/away", "/api/v1/away"})
    void a_database_that_is_away_is_said_to_be_a_thing_of_minutes(String path) {
        HttpResponse<String> answer = get(path);

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("Try again in a few minutes.").doesNotContain("postgresql");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/fault", "/api/v1/fault", "/template-fault"})
    void a_fault_tells_its_reference_and_nothing_of_its_cause(String path) {
        HttpResponse<String> answer = get(path);

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body())
                .contains("Sorry, there is a problem with the service")
                .doesNotContain("postgresql", "Exception", "uk.reeve", "\tat ");
        if (!path.startsWith("/api/")) {
            assertThat(answer.body()).contains(header(answer, "x-request-id"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/needs", "/needs?number=twelve", "/a;b"})
    void a_request_that_cannot_be_read_is_told_as_one(String path) {
        HttpResponse<String> answer = get(path);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("The request cannot be read").doesNotContain("Exception", "firewall");
    }

    @Test
    void an_address_says_what_it_does_when_asked_for_something_else() {
        HttpResponse<String> answer = get("/done");

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(header(answer, "allow")).isEqualTo("POST");
        assertThat(answer.body()).contains("This address does not do that");
    }

    @Test
    void a_form_without_its_token_is_refused_in_words() {
        HttpResponse<String> answer =
                send(HttpRequest.newBuilder(uri("/done")).POST(HttpRequest.BodyPublishers.noBody()));

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("You cannot do this", "Go back, load it again and try once more.");
    }

    @Test
    void what_was_done_is_said_once_on_the_next_page() {
        String token = matches(get("/examples").body(), "name=\"_csrf\" value=\"([^\"]+)\"")
                .getFirst();
        HttpResponse<String> answer = send(HttpRequest.newBuilder(uri("/done"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("what=+%3C10+systems%3E&_csrf=" + token)));

        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(header(answer, "location")).isEqualTo("/");
        assertThat(get("/").body()).contains("govuk-notification-banner--success", "&lt;10 systems&gt; added");
        assertThat(get("/").body()).doesNotContain("govuk-notification-banner");
    }

    @ParameterizedTest
    @ValueSource(strings = {"//elsewhere.example", "https://elsewhere.example", "/\\elsewhere.example", "today"})
    void a_form_leads_to_no_other_site(String path) {
        assertThatThrownBy(() -> SeeOther.to(path)).hasMessage("leads off this site: " + path);
    }

    @Test
    void the_error_page_has_no_address_of_its_own() {
        assertThat(get("/error").statusCode()).isEqualTo(404);
    }

    @Test
    void the_frame_links_only_to_what_is_there() {
        String page = get("/").body();

        assertThat(page).contains("href=\"/products\"", "action=\"/who-is-exposed\"");
        assertThat(page).doesNotContain("/advisories", "/sign-in", "/help", "/privacy", "/accessibility");
        for (String href : matches(page, "(?:href|src|action)=\"(/[^\"]*)\"")) {
            assertThat(get(href).statusCode()).as(href).isEqualTo(200);
        }
    }

    @Test
    void the_navigation_says_where_one_is() {
        assertThat(get("/products").body()).contains("href=\"/products\" aria-current=\"true\"");
        assertThat(get("/").body()).doesNotContain("aria-current");
    }

    @Test
    void the_search_keeps_what_was_asked_and_writes_it_as_text() {
        assertThat(get("/who-is-exposed?q=%22%3E%3Cscript%3E").body())
                .contains("value=\"&#34;>&lt;script>\"")
                .doesNotContain("><script>\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/webjars/govuk-frontend/5.14.0/dist/govuk/govuk-frontend.min.css",
                "/webjars/govuk-frontend/dist/govuk/assets/images/govuk-crest.svg",
                "/assets/fonts/light-94a07e06a1-v2.woff2",
                "/assets/images/govuk-crest.svg",
                "/web/reeve.css",
                "/application.properties"
            })
    void nothing_of_the_class_path_is_served(String path) {
        assertThat(get(path).statusCode()).isEqualTo(404);
    }

    @Test
    void what_is_served_holds_nothing_that_is_reserved() {
        List<String> files = matches(get("/").body(), "\"(/assets/[^\"]+)\"");
        assertThat(files).hasSize(4);
        for (String file : files) {
            String text = get(file).body();
            assertThat(text)
                    .as(file)
                    .doesNotContainIgnoringCase("gds transport", "crown", "govuk-crest", "sourceMappingURL");
            if (!file.endsWith(".js")) { // the library names itself in what it tells developers
                assertThat(text).as(file).doesNotContainIgnoringCase("gov.uk", "url(");
            }
        }
        assertThat(get("/").body()).doesNotContainIgnoringCase("gds transport", "crown", "gov.uk");
    }

    @Test
    void files_are_small_and_kept_for_a_year() throws IOException {
        int css = 0;
        int js = 0;
        for (String file : matches(get("/").body(), "\"(/assets/[^\"]+)\"")) {
            HttpResponse<String> answer = get(file);
            assertThat(header(answer, "cache-control")).isEqualTo("public, max-age=31536000, immutable");
            HttpResponse<byte[]> zipped = zipped(file);
            assertThat(header(zipped, "content-encoding")).isEqualTo("gzip");
            int size = zipped.body().length;
            css += file.endsWith(".css") ? size : 0;
            js += file.endsWith(".js") ? size : 0;
        }
        js += zipped(matches(
                                get(matches(get("/").body(), "module\" src=\"([^\"]+)\"")
                                                .getFirst())
                                        .body(),
                                "'(/assets[^']+)'")
                        .getFirst())
                .body()
                .length;
        assertThat(css).isBetween(10_000, 40 * 1024);
        assertThat(js).isBetween(10_000, 60 * 1024);
    }

    private HttpResponse<byte[]> zipped(String file) throws IOException {
        try {
            return client.send(
                    HttpRequest.newBuilder(uri(file))
                            .header("Accept-Encoding", "gzip")
                            .build(),
                    HttpResponse.BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> matches(String text, String pattern) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map((MatchResult m) -> m.group(1))
                .distinct()
                .toList();
    }

    private static String header(HttpResponse<?> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    /// All headers but the two that differ from request to request.
    private static Map<String, List<String>> told(HttpResponse<?> answer) {
        Map<String, List<String>> headers = new TreeMap<>(answer.headers().map());
        headers.keySet().removeAll(List.of("x-request-id", "date"));
        return headers;
    }

    @Test
    void the_log_keeps_no_address_that_lets_somebody_in() {
        assertThat(Refusals.masked("/join/Zq9zX2mA0bC4dE6fG8hI1jK3lM5nO7pQ9rS_tU-vW0x"))
                .isEqualTo("/join/…");
        assertThat(Refusals.masked("/products/larkfield-revenues")).isEqualTo("/products/larkfield-revenues");
    }
}
