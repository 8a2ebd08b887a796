package uk.reeve.register;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rometools.rome.feed.atom.Feed;
import com.rometools.rome.io.WireFeedInput;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.StringReader;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import uk.reeve.register.alert.WebhookDelivery;
import uk.reeve.register.audience.Asker;
import uk.reeve.register.audience.Asking;

/// What leaves for machines: webhooks and a person's feed.
@RegisterTest
class WebhooksTest {

    private static final String PAGE = "/organisation/webhooks";

    @Autowired
    Given given;

    @Autowired
    GivenFlaw flaws;

    @Autowired
    WebhookDelivery delivery;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transactions;

    @Autowired
    ConfigurableApplicationContext context;

    @LocalServerPort
    int port;

    private record Received(String path, String id, String timestamp, String signature, String body) {}

    private final List<Received> received = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private GivenFlaw.Scene scene;
    private Browser browser;

    @BeforeEach
    void council_whose_machine_listens() throws IOException {
        server = HttpServer.create(new InetSocketAddress("127.0.0.2", 0), 0);
        server.createContext("/", this::answer);
        server.start();
        scene = flaws.scene();
        flaws.run(scene, "Rates", "internet");
        browser = new Browser(port).signIn(given.account(scene.council()), Given.PASSWORD);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        var headers = exchange.getRequestHeaders();
        received.add(new Received(
                path,
                headers.getFirst("webhook-id"),
                headers.getFirst("webhook-timestamp"),
                headers.getFirst("webhook-signature"),
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
        if (path.equals("/redirect")) {
            exchange.getResponseHeaders().set("Location", "/elsewhere");
            exchange.sendResponseHeaders(302, -1);
        } else if (path.equals("/endless")) {
            exchange.sendResponseHeaders(200, 0);
            byte[] much = new byte[65_536];
            for (int i = 0; i < 10_000; i++) {
                exchange.getResponseBody().write(much); // until the other side has enough
            }
        } else {
            exchange.sendResponseHeaders(path.equals("/broken") ? 500 : 204, -1);
        }
        exchange.close();
    }

    @AfterEach
    void close() {
        server.stop(0);
        given.inJob(() -> jdbc.sql("UPDATE delivery SET state = 'sent' WHERE state = 'waiting'")
                .update());
    }

    @Test
    void a_webhook_is_told_signed_and_neutral_and_can_be_told_again() throws Exception {
        String made = add("/hook", "neutral").body();
        String secret = found("whsec_[A-Za-z0-9+/=]+", made);
        String ref = found("W-[0-9A-Z]{9}", made);
        String one = PAGE + "/" + ref;
        assertThat(browser.get(PAGE).body())
                .contains(ref, "Only that there is something to read")
                .doesNotContain(secret);

        post(one + "/test");
        delivery.catchUp();
        assertThat(received).singleElement().satisfies(test -> {
            assertThat(test.body()).contains("\"type\":\"test\"");
            signed(test, secret);
        });
        String flaw = flaws.advise(scene, GivenFlaw.WORST);
        delivery.catchUp();
        assertThat(received).hasSize(2);
        assertThat(received.get(1).body())
                .contains("\"type\":\"exposure.opened\"", "\"level\":\"act-now\"", "/alerts/AL-")
                .doesNotContain(flaw, "Rates", "Ashby ");
        signed(received.get(1), secret);
        assertThat(browser.get(one).body()).contains("The last delivery arrived.", "Act now: " + flaw, "Test");

        String replay =
                found(one + "/deliveries/[0-9a-f-]{36}/replay", browser.get(one).body());
        post(replay);
        delivery.catchUp();
        assertThat(received).hasSize(3);
        assertThat(received.get(2).id()).isEqualTo(received.get(1).id());

        Browser other = new Browser(port).signIn(given.account(Asker.Kind.COUNCIL), Given.PASSWORD);
        String token = other.token("/account");
        assertThat(other.get(one).statusCode()).isEqualTo(404);
        assertThat(other.get(PAGE).body()).doesNotContain(ref);
        for (String act : List.of(one + "/test", replay, one + "/removal")) {
            assertThat(other.post(act, token).statusCode()).isEqualTo(404);
        }
        assertThatThrownBy(() -> Asking.as(
                        scene.council(),
                        () -> transactions.execute(_ -> jdbc.sql("SELECT secret FROM webhook")
                                .query(byte[].class)
                                .list())))
                .hasRootCauseMessage("ERROR: permission denied for table webhook");

        assertThat(other.get(one + "/removal").statusCode()).isEqualTo(404);
        assertThat(browser.text(one + "/removal")).contains("Remove this webhook?", "/hook");
        assertThat(browser.get(PAGE).body()).contains(ref);
        post(one + "/removal");
        assertThat(browser.get(PAGE).body()).doesNotContain(ref);
        flaws.advise(scene, GivenFlaw.WORST);
        delivery.catchUp();
        assertThat(received).hasSize(3);
    }

    /// As a database from before there was a key holds them.
    @Test
    void secrets_that_stand_plain_are_sealed_at_the_next_start_and_sign_as_before() {
        String secret = found("whsec_[A-Za-z0-9+/=]+", add("/hook", "neutral").body());
        byte[] plain = Base64.getDecoder().decode(secret.substring("whsec_".length()));
        String kept = "SELECT secret FROM webhook WHERE organisation_id = :council";
        assertThat(secretKept(kept)).startsWith(1).hasSizeGreaterThan(32);
        given.inJob(() -> jdbc.sql("UPDATE webhook SET secret = :plain WHERE organisation_id = :council")
                .param("plain", plain)
                .param("council", scene.council().organisation())
                .update());
        given.inGate(() -> jdbc.sql("INSERT INTO second_factor VALUES (:person, :secret, 1)")
                .param("person", scene.council().person())
                .param("secret", new byte[21])
                .update());

        context.publishEvent(new ApplicationReadyEvent(new SpringApplication(), new String[0], context, Duration.ZERO));

        assertThat(secretKept(kept)).startsWith(1).hasSizeGreaterThan(32);
        assertThat(given.inGate(() -> jdbc.sql("SELECT secret FROM second_factor WHERE person_id = :person")
                        .param("person", scene.council().person())
                        .query(byte[].class)
                        .single()))
                .startsWith(1)
                .hasSizeGreaterThan(21);
        flaws.advise(scene, GivenFlaw.WORST);
        delivery.catchUp();
        assertThat(received).singleElement().satisfies(one -> signed(one, secret));
    }

    private byte[] secretKept(String sql) {
        return given.inJob(() -> jdbc.sql(sql)
                .param("council", scene.council().organisation())
                .query(byte[].class)
                .single());
    }

    @Test
    void a_webhook_whose_secret_does_not_open_is_given_up_with_the_reason() {
        add("/hook", "neutral");
        given.inJob(() -> jdbc.sql("UPDATE webhook SET secret = '\\x01' || sha512('') WHERE organisation_id = :council")
                .param("council", scene.council().organisation())
                .update());
        flaws.advise(scene, GivenFlaw.WORST);
        delivery.catchUp();
        assertThat(received).isEmpty();
        assertThat(errors()).singleElement().asString().startsWith("Its secret cannot be read");
    }

    @Test
    void one_that_is_trusted_is_told_the_flaw_and_the_systems() {
        add("/hook", "full");
        String flaw = flaws.advise(scene, GivenFlaw.WORST);
        delivery.catchUp();
        assertThat(received).singleElement().satisfies(one -> assertThat(one.body())
                .contains(
                        "\"vulnerability\":{\"id\":\"" + flaw, "\"name\":\"Rates\"", "the system faces the internet"));
    }

    @Test
    void nothing_within_this_network_is_called() {
        List<String> inside = List.of(
                "https://127.0.0.1:" + server.getAddress().getPort() + "/",
                "http://localhost:" + port + "/",
                "https://[::1]/",
                "https://169.254.169.254/latest/meta-data/",
                "https://10.0.0.1/",
                "https://[::ffff:127.0.0.1]/",
                "https://2130706433/"); // 127.0.0.1 as one number
        for (String url : inside) {
            assertThat(browser.post(PAGE, browser.token(PAGE), "url", url, "detail", "neutral")
                            .statusCode())
                    .isEqualTo(200);
        }
        flaws.advise(scene, GivenFlaw.WORST);
        delivery.catchUp();
        assertThat(received).isEmpty();
        assertThat(errors()).hasSize(inside.size()).allSatisfy(error -> assertThat(error)
                .startsWith("The address leads into this register's own network.")
                .doesNotContain("127", "localhost"));
    }

    @Test
    void no_redirect_is_followed_and_no_answer_read_for_ever() {
        add("/redirect", "neutral");
        add("/broken", "neutral");
        add("/endless", "neutral");
        flaws.advise(scene, GivenFlaw.WORST);
        delivery.catchUp();
        assertThat(received).extracting(Received::path).containsExactlyInAnyOrder("/redirect", "/broken", "/endless");
        assertThat(errors())
                .containsExactlyInAnyOrder("It answered 302, a redirect; these are not followed", "It answered 500");
    }

    @Test
    void addresses_that_are_none_are_refused_on_the_page() {
        for (String url : List.of("", "ftp://example.org/", "https://name:word@example.org/", "https://a b/", "//x/")) {
            assertThat(browser.post(PAGE, browser.token(PAGE), "url", url, "detail", "neutral")
                            .body())
                    .as(url)
                    .contains("There is a problem")
                    .doesNotContain("whsec_");
        }
    }

    @Test
    void a_feed_tells_its_reader_and_names_nothing() throws Exception {
        String flaw = flaws.advise(scene, GivenFlaw.WORST);
        String page = browser.post("/account/alerts/feeds", browser.token("/account/alerts"))
                .body();
        String path = found("/feeds/[A-Za-z0-9_-]{43}\\.atom", page);
        assertThat(browser.get("/account/alerts").body())
                .contains("Addresses in use")
                .doesNotContain(path);

        Browser reader = new Browser(port);
        HttpResponse<String> answer = reader.get(path);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/atom+xml;charset=UTF-8");
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(answer.body()).doesNotContain(flaw, "Rates", "Ashby", "GHSA");
        Feed feed = (Feed) new WireFeedInput(false, java.util.Locale.ROOT).build(new StringReader(answer.body()));
        assertThat(feed.getId()).startsWith("urn:uuid:");
        assertThat(feed.getTitle()).isNotEmpty();
        assertThat(feed.getUpdated()).isNotNull();
        assertThat(feed.getAuthors()).isNotEmpty();
        assertThat(feed.getEntries()).singleElement().satisfies(entry -> {
            assertThat(entry.getTitle()).isEqualTo("Act now: something you run");
            assertThat(entry.getId()).contains("/alerts/AL-");
            assertThat(entry.getUpdated()).isEqualTo(feed.getUpdated());
            assertThat(entry.getAlternateLinks()).singleElement().satisfies(link -> assertThat(link.getHref())
                    .contains("/alerts/AL-"));
        });

        assertThat(reader.get(path.replaceFirst("/feeds/.", "/feeds/_")).statusCode())
                .isEqualTo(404);
        Asker.Person other = given.someoneOf(Asker.Kind.COUNCIL, "Other council (invented)");
        Browser theirs = new Browser(port).signIn(given.account(other), Given.PASSWORD);
        String revoke = found(
                "/account/alerts/feeds/[0-9a-f-]{36}/revocation",
                browser.get("/account/alerts").body());
        assertThat(theirs.get(revoke).statusCode()).isEqualTo(404);
        assertThat(browser.text(revoke)).contains("Revoke this feed's address?");
        assertThat(theirs.post(revoke, theirs.token("/account")).statusCode()).isEqualTo(404);
        assertThat(reader.get(path).statusCode()).isEqualTo(200);
        post(revoke);
        assertThat(reader.get(path).statusCode()).isEqualTo(404);

        // who has left reads nothing
        String second = found(
                "/feeds/[A-Za-z0-9_-]{43}\\.atom",
                browser.post("/account/alerts/feeds", browser.token("/account/alerts"))
                        .body());
        assertThat(reader.get(second).statusCode()).isEqualTo(200);
        given.inJob(() -> jdbc.sql("DELETE FROM membership WHERE person_id = :person")
                .param("person", scene.council().person())
                .update());
        assertThat(reader.get(second).statusCode()).isEqualTo(404);
    }

    private HttpResponse<String> add(String path, String detail) {
        return browser.post(
                PAGE,
                browser.token(PAGE),
                "url",
                "http://127.0.0.2:" + server.getAddress().getPort() + path,
                "detail",
                detail);
    }

    private void post(String path) {
        assertThat(browser.post(path, browser.token("/account")).statusCode()).isEqualTo(303);
    }

    private List<String> errors() {
        return new ArrayList<>(given.inJob(() -> jdbc.sql("""
                SELECT last_error FROM delivery
                 WHERE organisation_id = :council AND channel = 'webhook' AND last_error IS NOT NULL
                """)
                .param("council", scene.council().organisation())
                .query(String.class)
                .list()));
    }

    private static void signed(Received one, String secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.substring("whsec_".length())), "HmacSHA256"));
            byte[] right =
                    mac.doFinal((one.id() + "." + one.timestamp() + "." + one.body()).getBytes(StandardCharsets.UTF_8));
            assertThat(one.signature()).isEqualTo("v1," + Base64.getEncoder().encodeToString(right));
        } catch (java.security.GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static String found(String pattern, String in) {
        Matcher matcher = Pattern.compile(pattern).matcher(in);
        assertThat(matcher.find()).as("%s in %s", pattern, in).isTrue();
        return matcher.group();
    }
}
