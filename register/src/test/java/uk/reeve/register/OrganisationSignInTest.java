package uk.reeve.register;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import uk.reeve.register.audience.Asker;
import uk.reeve.register.audience.Asking;
import uk.reeve.register.database.DatabaseAccess;

/// Sign-in by OpenID Connect, against a provider that speaks HTTP and signs what it says.
@RegisterTest
class OrganisationSignInTest {

    @Autowired
    Given given;

    @Autowired
    DatabaseAccess access;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transactions;

    @LocalServerPort
    int port;

    @TempDir
    Path folder;

    @Test
    void without_a_provider_there_is_no_button() {
        Browser visitor = new Browser(port);
        assertThat(visitor.get("/sign-in").body()).doesNotContain("/sign-in/organisation");
        assertThat(visitor.get("/sign-in/organisation").headers().firstValue("Location"))
                .hasValue("/sign-in");
    }

    @Test
    void who_has_an_account_comes_in_by_the_providers_word_and_nobody_else() throws Exception {
        Asker.Person person = given.someoneOf(Asker.Kind.COUNCIL, "Federated Council");
        String email = given.mailOf(person);
        try (Provider provider = new Provider();
                var node = new SpringApplicationBuilder(RegisterApplication.class)
                        .properties(
                                "server.port=0",
                                "reeve.jobs=false",
                                "reeve.oidc.issuer=" + provider.issuer(),
                                "reeve.oidc.client-id=register",
                                "reeve.oidc.client-secret=invented",
                                "reeve.database.url=" + access.url(),
                                "reeve.database.migrator-password=" + access.migratorPassword(),
                                "reeve.database.web-password=" + access.webPassword(),
                                "reeve.database.jobs-password=" + access.jobsPassword())
                        .run("--reeve.data=" + folder)) { // a property would lose against application.properties
            int other = node.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
            assertThat(new Browser(other).get("/sign-in").body()).contains("Sign in with your organisation");

            assertThat(comeIn(other, provider, "p1", email, false)).isEqualTo("/sign-in?organisation=unverified");
            assertThat(comeIn(other, provider, "p2", "nobody@nowhere.example", true))
                    .isEqualTo("/sign-in?organisation=unknown");
            Browser browser = new Browser(other);
            assertThat(comeIn(browser, provider, "p1", email.toUpperCase(java.util.Locale.ROOT), true))
                    .isEqualTo("/account/second-factor"); // codes for the day on which the provider fails
            assertThat(browser.text("/account/second-factor")).contains("You have no password. With codes");
            assertThat(browser.get("/today").body()).contains("Someone of Federated Council");
            // from now on the provider's id for them decides: a new address keeps it, another's claim does not get it
            assertThat(comeIn(other, provider, "p1", "married@elsewhere.example", true))
                    .isEqualTo("/today");
            assertThat(comeIn(other, provider, "p3", email, true)).isEqualTo("/sign-in?organisation=unknown");

            // by tenant and object, where the provider names both: another registration there has other subjects
            String tenant = UUID.randomUUID().toString();
            String colleague = given.mailOf(given.someoneOf(Asker.Kind.COUNCIL, "Tenanted Council"));
            provider.more = Map.of("tid", tenant, "oid", UUID.randomUUID().toString());
            assertThat(comeIn(other, provider, "e1", colleague, true)).isEqualTo("/account/second-factor");
            assertThat(comeIn(other, provider, "e2", "moved@elsewhere.example", false))
                    .isEqualTo("/today");
            provider.more = Map.of("tid", tenant, "oid", UUID.randomUUID().toString());
            assertThat(comeIn(other, provider, "e1", colleague, true)).isEqualTo("/sign-in?organisation=unknown");
            provider.more = Map.of("tid", "no", "oid", "id"); // of another make
            assertThat(comeIn(other, provider, "p1", email, true)).isEqualTo("/today");
            provider.more = Map.of();

            // who had shown by a mailed link that the address is theirs keeps what they came in by
            String proven = joined("Proven Council");
            Browser before = new Browser(other).signIn(proven, Given.PASSWORD);
            assertThat(comeIn(other, provider, "p4", proven, true)).isEqualTo("/today");
            assertThat(before.get("/today").statusCode()).isEqualTo(200);
            new Browser(other).signIn(proven, Given.PASSWORD);
            // who was given an account by a link that others saw does not
            String unproven = given.account(given.someoneOf(Asker.Kind.COUNCIL, "Unproven Council"));
            Browser intruder = new Browser(other).signIn(unproven, Given.PASSWORD);
            assertThat(comeIn(other, provider, "p5", unproven, true)).isEqualTo("/account/second-factor");
            assertThat(intruder.get("/today").statusCode()).isEqualTo(302);

            provider.forgetNonce = true;
            assertThat(comeIn(other, provider, "p1", email, true)).isEqualTo("/sign-in?organisation=used");
            provider.forgetNonce = false;
            Browser tricked = new Browser(other); // somebody else's answer
            assertThat(tricked.get("/sign-in/organisation/back?code=x&state=y")
                            .headers()
                            .firstValue("Location"))
                    .hasValue("/sign-in?organisation=used");
            assertThat(new Browser(other).get("/sign-in?organisation=unknown").body())
                    .contains("knows you, but this register does not");

            Browser administrator = new Browser(port).signIn(given.account(person), Given.PASSWORD);
            administrator.post(
                    "/organisation/people",
                    administrator.token("/organisation/people"),
                    "email",
                    "invited@federated.example",
                    "roles",
                    "reader");
            assertThat(comeIn(other, provider, "p6", "invited@federated.example", true))
                    .isEqualTo("/sign-in?organisation=invited");
            int asked = Asking.as(
                    new Asker.Gate(),
                    () -> Objects.requireNonNull(transactions.execute(
                            _ -> jdbc.sql("""
                            SELECT count(*)::int FROM session_attributes a
                              JOIN session s ON s.primary_id = a.session_primary_id
                             WHERE a.attribute_name = 'asked-provider' AND s.principal_name IS NOT NULL
                            """).query(Integer.class).single())));
            assertThat(asked)
                    .as("what was asked of the provider, kept by who came in")
                    .isZero();
        }
    }

    /// Joins by a link that comes by mail.
    private String joined(String council) {
        String boss = given.account(given.someoneOf(Asker.Kind.COUNCIL, council));
        Browser administrator = new Browser(port).signIn(boss, Given.PASSWORD);
        String email = "new-" + UUID.randomUUID().toString().substring(0, 8) + "@proven.example";
        String people = "/organisation/people";
        administrator.post(people, administrator.token(people), "email", email, "roles", "reader");
        Browser somebody = new Browser(port);
        String link = MailSink.link(email, "/join/[A-Za-z0-9_-]+");
        somebody.post(link, somebody.token(link), "name", "Somebody New", "password", Given.PASSWORD);
        return email;
    }

    private static String comeIn(int port, Provider provider, String subject, String email, boolean verified)
            throws Exception {
        return comeIn(new Browser(port), provider, subject, email, verified);
    }

    private static String comeIn(Browser browser, Provider provider, String subject, String email, boolean verified)
            throws Exception {
        Map<String, Object> claims = new HashMap<>(provider.more);
        claims.putAll(Map.of("sub", subject, "email", email, "email_verified", verified));
        provider.claims = claims;
        String ask = browser.get("/sign-in/organisation")
                .headers()
                .firstValue("Location")
                .orElseThrow();
        assertThat(ask).startsWith(provider.issuer() + "/authorize?").contains("code_challenge=", "nonce=", "state=");
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(ask)).build(), HttpResponse.BodyHandlers.ofString());
        URI back = URI.create(answer.headers().firstValue("Location").orElseThrow());
        return browser.get(back.getRawPath() + "?" + back.getRawQuery())
                .headers()
                .firstValue("Location")
                .orElseThrow();
    }

    /// Says who somebody is, to whoever asks.
    private static final class Provider implements AutoCloseable {

        private final HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        private final RSAKey key = new RSAKeyGenerator(2048).keyID("k").generate();
        private final Map<String, Map<String, String>> asked = new HashMap<>();
        private volatile Map<String, Object> claims = Map.of();
        private volatile Map<String, Object> more = Map.of();
        private volatile boolean forgetNonce;

        Provider() throws Exception {
            server.createContext(
                    "/.well-known/openid-configuration", exchange -> answer(exchange, """
                    {"issuer":"%1$s","authorization_endpoint":"%1$s/authorize","token_endpoint":"%1$s/token",
                     "jwks_uri":"%1$s/keys","response_types_supported":["code"],"subject_types_supported":["public"],
                     "id_token_signing_alg_values_supported":["RS256"]}
                    """.formatted(issuer())));
            server.createContext("/keys", exchange -> answer(exchange, new JWKSet(key.toPublicJWK()).toString()));
            server.createContext("/authorize", exchange -> {
                Map<String, String> query = fields(exchange.getRequestURI().getRawQuery());
                String code = UUID.randomUUID().toString();
                asked.put(code, query);
                exchange.getResponseHeaders()
                        .add(
                                "Location",
                                query.get("redirect_uri") + "?code=" + code + "&state="
                                        + URLEncoder.encode(query.get("state"), StandardCharsets.UTF_8));
                exchange.sendResponseHeaders(302, -1);
                exchange.close();
            });
            server.createContext("/token", exchange -> {
                Map<String, String> form =
                        fields(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
                Map<String, String> query = asked.remove(form.get("code"));
                boolean pkce = query != null && form.get("code_verifier") != null;
                answer(exchange, pkce ? """
                        {"access_token":"a","token_type":"Bearer","expires_in":60,"id_token":"%s"}
                        """.formatted(token(query.get("nonce"))) : "{}");
            });
            server.start();
        }

        String issuer() {
            return "http://127.0.0.1:" + server.getAddress().getPort();
        }

        private String token(String nonce) {
            try {
                Date now = new Date();
                JWTClaimsSet.Builder said = new JWTClaimsSet.Builder()
                        .issuer(issuer())
                        .audience("register")
                        .issueTime(now)
                        .expirationTime(new Date(now.getTime() + 60_000))
                        .claim("nonce", forgetNonce ? "another" : nonce);
                claims.forEach(said::claim);
                SignedJWT token = new SignedJWT(
                        new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("k").build(), said.build());
                token.sign(new RSASSASigner(key));
                return token.serialize();
            } catch (com.nimbusds.jose.JOSEException e) {
                throw new IllegalStateException(e);
            }
        }

        private static Map<String, String> fields(String form) {
            Map<String, String> fields = new HashMap<>();
            for (String field : form.split("&", -1)) {
                String[] parts = field.split("=", 2);
                fields.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
            }
            return fields;
        }

        private static void answer(HttpExchange exchange, String json) throws IOException {
            byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }
}
