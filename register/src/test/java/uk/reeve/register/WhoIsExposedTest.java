package uk.reeve.register;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import uk.reeve.engine.input.Unreadable;
import uk.reeve.register.audience.Asker;
import uk.reeve.register.audience.Asking;
import uk.reeve.register.catalogue.Products;
import uk.reeve.register.catalogue.Sboms;
import uk.reeve.register.estate.Systems;
import uk.reeve.register.exposure.Evaluation;

/// "Who is exposed?", a vulnerability's page, and a supplier's statement, by people at browsers.
@RegisterTest
class WhoIsExposedTest {

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

    private final String mark = UUID.randomUUID().toString().substring(0, 8);
    private final String part = "report-kit-" + mark;
    private Asker.Person maker;
    private Browser supplier;
    private Browser council;
    private Browser stranger;
    private String open;

    /// A public list, one for councils and one for nobody; a council that runs the one for councils, and six that do.
    @BeforeEach
    void releases() {
        maker = given.someoneOf(Asker.Kind.SUPPLIER, "Larkfield Systems (invented)");
        Asker.Person westmere = given.someoneOf(Asker.Kind.COUNCIL, "Westmere Borough Council (invented)");
        UUID[] ids = Asking.as(maker, () -> {
            UUID product = products.add("Larkfield " + mark, null, null);
            UUID shown = products.addRelease(product, "1.0", LocalDate.of(2024, 1, 1), null);
            UUID verified = products.addRelease(product, "2.0", LocalDate.of(2024, 6, 1), null);
            UUID closed = products.addRelease(product, "3.0", LocalDate.of(2025, 1, 1), null);
            products.publish(product);
            store(shown, "public", "1.9.0");
            store(verified, "verified", "1.10.0");
            store(closed, "nobody", "1.11.0");
            return new UUID[] {product, shown, verified, closed};
        });
        open = "/products/larkfield-" + mark + "/releases/1.0";
        Asking.as(westmere, () -> systems.add(system("Revenues of " + mark, ids[2])));
        for (int i = 0; i < 5; i++) {
            Asker.Person other = given.someoneOf(Asker.Kind.COUNCIL, "Some Other Council (invented)");
            Asking.as(other, () -> systems.add(system("Hidden of " + mark, ids[3])));
        }
        evaluation.catchUp();
        supplier = new Browser(port).signIn(given.account(maker), Given.PASSWORD);
        council = new Browser(port).signIn(given.account(westmere), Given.PASSWORD);
        stranger = new Browser(port);
    }

    @Test
    void a_council_sees_its_own_systems_and_the_sector_in_bands() {
        String page = ask(council, part);
        assertThat(page)
                .contains("You: 1 system. Sector: 5 to 24 councils. 2 releases.", "Revenues of " + mark)
                .contains("1 more release holds it, whose maker does not share the list with you.")
                .doesNotContain("Hidden of", "1.11.0", "Some Other Council");
    }

    @Test
    void a_range_is_read_by_the_order_of_the_ecosystem() {
        assertThat(ask(council, part + "<1.10")) // as text, 1.9.0 would not be below 1.10
                .contains("Read as the package " + part + ", versions &lt;1.10, of any ecosystem.")
                .contains("You: 0 systems. Sector: none. 1 release.", part + " 1.9.0")
                .doesNotContain(part + " 1.10.0");
        assertThat(ask(council, "pkg:maven/example.larkfield/" + part + " >=1.9, <1.10.1"))
                .contains("Sector: fewer than 5 councils. 2 releases.");
        assertThat(ask(council, "pkg:maven/example.larkfield/" + part + "@1.9.0"))
                .contains("1 release.");
        assertThat(ask(council, part + " 1.9.0"))
                .contains("Read as the package " + part + ", version 1.9.0", "1 release.");
        assertThat(ask(council, part + " v1.10.0")).contains("You: 1 system.");
        assertThat(ask(council, "pkg:npm/" + part)).contains("No release known here contains it.");
        assertThat(ask(council, "example.larkfield:" + part + "@1.10.0")).contains("You: 1 system.");
    }

    @Test
    void who_is_signed_out_sees_public_lists_and_no_counts_of_councils() {
        assertThat(ask(stranger, part))
                .contains("1 release.", part + " 1.9.0", "2 more releases hold it")
                .doesNotContain("Sector", "councils.", "Revenues of", "1.10.0", "1.11.0");
    }

    @Test
    void products_and_hashes_are_understood_and_nonsense_is_answered_with_examples() throws Exception {
        assertThat(ask(council, "LARKFIELD " + mark))
                .contains("Read as the product Larkfield " + mark, "You: 1 system.");
        byte[] sha = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(folder.resolve("1.9.0.json")));
        assertThat(ask(stranger, HexFormat.of().formatHex(sha)))
                .contains("Read as the SHA-256 of an SBOM.", "1 release.");
        byte[] closed = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(folder.resolve("1.11.0.json")));
        assertThat(ask(council, HexFormat.of().formatHex(closed))).contains("No release known here contains it.");
        for (String nonsense :
                new String[] {"<<<", "a b c \u0000 d", "x<", "pkg:", "CVE-1999-99999999", "' OR 1=1 --"}) {
            assertThat(ask(council, nonsense)).contains("For example:", "log4j-core&lt;2.17.1");
        }
    }

    @Test
    void too_many_questions_in_a_minute_are_refused() {
        int status = 200;
        for (int i = 0; i < 130 && status == 200; i++) { // more than two minutes' worth: the minute may turn meanwhile
            status = supplier.get("/who-is-exposed?q=x" + i).statusCode();
        }
        assertThat(status).isEqualTo(429);
    }

    @Test
    void a_vulnerability_has_one_address_and_what_is_held_back_none() {
        HttpResponse<String> page = stranger.get("/vulnerabilities/CVE-2022-22965");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("Spring4Shell (CVE-2022-22965)", "org.springframework:spring-beans", "5.3.18");
        for (String alias : new String[] {"GHSA-36p3-wjmg-h94x", "ghsa-36P3-wjmg-h94x", "cve-2022-22965"}) {
            HttpResponse<String> moved = stranger.get("/vulnerabilities/" + alias);
            assertThat(moved.statusCode()).isEqualTo(302);
            assertThat(moved.headers().firstValue("Location").orElse("")).endsWith("/vulnerabilities/CVE-2022-22965");
        }
        evaluation.holdBack(Set.of("CVE-2022-22965"));
        try {
            HttpResponse<String> held = stranger.get("/vulnerabilities/GHSA-36p3-wjmg-h94x");
            HttpResponse<String> none = stranger.get("/vulnerabilities/GHSA-0000-0000-0000");
            assertThat(held.statusCode()).isEqualTo(404);
            assertThat(held.body()).contains("We have no record of GHSA-36p3-wjmg-h94x.");
            assertThat(held.body().replace("GHSA-36p3-wjmg-h94x", ""))
                    .isEqualTo(none.body().replace("GHSA-0000-0000-0000", ""));
            assertThat(ask(stranger, "CVE-2022-22965")).contains("We have no record of CVE-2022-22965.");
        } finally {
            given.inJob(() -> jdbc.sql("DELETE FROM held_back WHERE name = 'CVE-2022-22965'")
                    .update());
        }
        assertThat(stranger.get("/advisories").body()).contains("New here, the newest first", "/vulnerabilities/CVE-");
    }

    @Test
    void a_suppliers_statement_is_checked_published_and_decides() {
        String path = open + "/statements/new";
        assertThat(council.get(path).statusCode()).isEqualTo(404);
        Browser other = new Browser(port).signIn(given.account(Asker.Kind.SUPPLIER), Given.PASSWORD);
        assertThat(other.get(path).statusCode()).isEqualTo(404);

        String token = supplier.token(path);
        assertThat(supplier.post(path, token, "vulnerability", "CVE-2022-42889", "status", "affected")
                        .body())
                .contains("Say what councils should do now");
        assertThat(supplier.post(path, token, "vulnerability", "CVE-2022-42889", "status", "not_affected")
                        .body())
                .contains("Choose why it is not affected");
        assertThat(supplier.post(path, token, "vulnerability", "CVE-1", "status", "fixed")
                        .body())
                .contains("Enter the name of a vulnerability that is known here");
        String[] said = {
            "vulnerability", "cve-2022-42889",
            "status", "not_affected",
            "justification", "vulnerable_code_not_present",
            "impact", "We took the <b>class</b> out."
        };
        assertThat(supplier.post(path, token, said).body()).contains("Check the statement", "Publish the statement");
        assertThat(stranger.get(open + "/statements").body()).contains("No one has made a statement");
        String[] sure = java.util.Arrays.copyOf(said, said.length + 2);
        sure[said.length] = "sure";
        sure[said.length + 1] = "yes";
        assertThat(supplier.post(path, token, sure).statusCode()).isEqualTo(303);
        assertThat(stranger.get(open + "/statements").body())
                .contains("1 statement is in force.", "Not affected", "The vulnerable code is not there", "Decides")
                .contains("We took the &lt;b&gt;class&lt;/b&gt; out.");
        assertThat(stranger.get(open + "/findings").body()).contains("CVE-2022-42889", "Not affected");
        assertThat(ask(council, "CVE-2022-42889")).contains("Who is exposed to CVE-2022-42889?", "Revenues of " + mark);
    }

    private String ask(Browser who, String q) {
        HttpResponse<String> answer = who.get("/who-is-exposed?q=" + URLEncoder.encode(q, StandardCharsets.UTF_8));
        assertThat(answer.statusCode()).describedAs(q).isEqualTo(200);
        return answer.body();
    }

    /// Somebody may list thousands of variants of a package before others do.
    @Test
    void many_components_of_one_name_hide_neither_ones_own_systems_nor_the_version_that_is_asked_for()
            throws Exception {
        String name = "flooded-" + mark;
        given.inJob(() -> jdbc.sql("""
                INSERT INTO component (digest, purl, type, namespace, name, version, evaluated_with, coverage)
                SELECT sha256((:name || n)::bytea), 'pkg:npm/' || :name || '@0.0.' || n, 'npm', '', :name, '0.0.' || n, 'x', 'looked-at'
                  FROM generate_series(1, 5000) AS n
                """).param("name", name).update());
        Asker.Person oakham = given.someoneOf(Asker.Kind.COUNCIL, "Oakham council (invented)");
        Path file = Files.writeString(folder.resolve("late.json"), """
                {"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,
                 "components": [{"type": "library", "name": "NAME", "version": "1.2.3", "purl": "pkg:npm/NAME@1.2.3"}]}
                """.replace("NAME", name));
        UUID release = Asking.as(maker, () -> {
            UUID product = products.add("Larkfield Late " + mark, null, null);
            UUID late = products.addRelease(product, "1.0", LocalDate.of(2025, 6, 1), null);
            products.publish(product);
            try {
                sboms.store(late, Sboms.Origin.DECLARED, "verified", file);
            } catch (Unreadable e) {
                throw new AssertionError(e);
            }
            return late;
        });
        Asking.as(oakham, () -> systems.add(system("Late of " + mark, release)));
        evaluation.catchUp();
        Browser asks = new Browser(port).signIn(given.account(oakham), Given.PASSWORD);

        assertThat(ask(asks, name)).contains("You: 1 system.", "more than 5000 components of this name");
        assertThat(ask(asks, name + "@1.2.3")).contains("You: 1 system.", "1 release.");
    }

    private static Systems.New system(String name, UUID release) {
        return new Systems.New(name, null, release, null, "own", "internet", null);
    }

    private void store(UUID release, String audience, String version) {
        try {
            Path file = folder.resolve(version + ".json");
            Files.writeString(file, """
                    {"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,
                     "components": [
                       {"type": "library", "name": "PART", "version": "VERSION",
                        "purl": "pkg:maven/example.larkfield/PART@VERSION"},
                       {"type": "library", "name": "commons-text", "version": "1.9",
                        "purl": "pkg:maven/org.apache.commons/commons-text@1.9"}]}
                    """.replace("PART", part).replace("VERSION", version));
            sboms.store(release, Sboms.Origin.DECLARED, audience, file);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /// What is only in a draft or in a list that is closed to who asks looks as if nobody had ever heard of it.
    @Test
    void a_name_that_only_a_closed_list_holds_is_told_as_one_that_nobody_has() throws Exception {
        String own = "own-kit-" + mark;
        Path file = Files.writeString(folder.resolve("own.json"), """
                {"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,
                 "components": [{"type": "library", "name": "%1$s", "version": "1.0", "purl": "pkg:npm/%1$s@1.0"}]}
                """.formatted(own));
        Asking.as(maker, () -> {
            UUID draft = products.addRelease(products.add("Draft " + mark, null, null), "1.0", null, null);
            try {
                return sboms.store(draft, Sboms.Origin.DECLARED, "public", file);
            } catch (uk.reeve.engine.input.Unreadable e) {
                throw new AssertionError(e);
            }
        });
        evaluation.catchUp();
        for (Browser who : List.of(stranger, council)) {
            for (String query : List.of("%s", "%s@1.0", "%s <2", "pkg:npm/%s", "pkg:npm/%s@1.0")) {
                String nobodys = "own-kit-nobodys";
                assertThat(ask(who, query.formatted(own)).replace(own, nobodys).replaceAll("value=\"[^\"]*\"", ""))
                        .isEqualTo(ask(who, query.formatted(nobodys)).replaceAll("value=\"[^\"]*\"", ""));
            }
        }
        assertThat(ask(supplier, own)).doesNotContain("No package, product or vulnerability is called exactly");
    }

    /// A name that is not exactly any is no all-clear.
    @Test
    void a_name_that_nobody_has_is_told_as_that_with_what_may_be_meant() {
        String half = part.substring(0, part.length() - 3);
        String answer = council.text("/who-is-exposed?q=" + half);
        assertThat(answer)
                .contains("No package, product or vulnerability is called exactly “" + half + "” here")
                .doesNotContain("Sector: none")
                .doesNotContain("No release known here contains it");
    }
}
