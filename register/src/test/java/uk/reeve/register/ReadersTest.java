package uk.reeve.register;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import uk.reeve.register.audience.Asker;
import uk.reeve.register.audience.Asking;
import uk.reeve.register.exposure.Evaluation;

/// A component list that its supplier shows to councils one by one; and a council's word "we run this", which
/// opens nothing.
@RegisterTest
class ReadersTest {

    private static final byte[] SBOM = """
            {"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,
             "components": [{"type": "library", "bom-ref": "text", "name": "commons-text", "version": "1.9",
                "purl": "pkg:maven/org.apache.commons/commons-text@1.9"}]}
            """.getBytes(StandardCharsets.UTF_8);

    @Autowired
    Given given;

    @Autowired
    Evaluation evaluation;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transactions;

    @LocalServerPort
    int port;

    private final String mark = UUID.randomUUID().toString().substring(0, 6);
    private final String name = "Larkfield Closed " + mark;

    @Test
    void a_list_is_read_by_the_councils_it_was_granted_to_until_that_is_taken_back() {
        Asker.Person maker = given.someoneOf(Asker.Kind.SUPPLIER, "Larkfield Systems");
        Asker.Person chosen = given.someoneOf(Asker.Kind.COUNCIL, "Chosen Borough " + mark);
        Asker.Person left = given.someoneOf(Asker.Kind.COUNCIL, "Left Borough " + mark);
        Asker.Person rival = given.someoneOf(Asker.Kind.SUPPLIER, "Rival");
        Browser supplier = in(maker);
        Browser reader = in(chosen);
        Browser other = in(left);
        Browser stranger = in(rival);
        String release = release(supplier);
        String document = location(supplier.upload(
                release + "/sboms/new",
                supplier.token(release + "/sboms/new"),
                "file",
                "it.json",
                SBOM,
                "audience",
                "granted"));
        evaluation.catchUp();
        List<Browser> all = List.of(reader, other, stranger, new Browser(port));
        closed(all, release, document);

        // the council's own word opens nothing
        String begun = location(reader.post("/systems/new", reader.token("/systems/new"), "list", name + ", 8.2"));
        Matcher row = Pattern.compile("name=\"(row-\\d+)\" type=\"radio\" value=\"([^\"]+)\" checked")
                .matcher(reader.get(begun).body());
        assertThat(row.find()).isTrue();
        location(reader.post(begun, reader.token(begun), row.group(1), row.group(2)));
        closed(all, release, document);

        String readers = release + "/readers";
        assertThat(supplier.get(release).body()).contains(readers);
        assertThat(supplier.post(readers, supplier.token(readers), "name", "borough " + mark)
                        .body())
                .contains("Choose one of these councils", "Chosen Borough " + mark, "Left Borough " + mark);
        assertThat(supplier.post(readers, supplier.token(readers), "name", "no such council " + mark)
                        .body())
                .contains("Enter the name of a council");
        location(supplier.post(readers, supplier.token(readers), "name", "chosen borough " + mark));

        assertThat(supplier.get(readers).body()).contains("to 1 council that you chose", "Chosen Borough " + mark);
        assertThat(reader.get(release + "/components").body()).contains("commons-text");
        assertThat(reader.get(release + "/findings").body()).contains("CVE-2022-42889");
        assertThat(reader.get(document).statusCode()).isEqualTo(200);
        assertThat(reader.get(document + "/original").statusCode()).isEqualTo(200);
        closed(List.of(other, stranger, new Browser(port)), release, document);

        // nobody else opens it, whatever ids they know
        for (Browser no : List.of(reader, other, stranger)) {
            assertThat(no.get(readers).statusCode()).isEqualTo(404);
            assertThat(no.post(readers, no.token("/account"), "name", "Left Borough " + mark)
                            .statusCode())
                    .isIn(403, 404);
            assertThat(no.post(
                                    readers + "/revocation",
                                    no.token("/account"),
                                    "council",
                                    chosen.organisation().toString())
                            .statusCode())
                    .isIn(403, 404);
        }
        UUID id = given.inJob(() -> jdbc.sql("SELECT release_id FROM sbom_document WHERE ref = :ref")
                .param("ref", document.substring("/sboms/".length()))
                .query(UUID.class)
                .single());
        for (Asker.Person who : List.of(left, rival)) {
            for (UUID grantor : List.of(who.organisation(), maker.organisation())) {
                assertThatThrownBy(() -> as(who, () -> jdbc.sql("""
                                INSERT INTO reader_grant (release_id, council_id, granted_by)
                                VALUES (:release, :council, :grantor)
                                """)
                                .param("release", id)
                                .param("council", left.organisation())
                                .param("grantor", grantor)
                                .update()))
                        .rootCause()
                        .hasMessageContaining("row-level security");
            }
            assertThat(as(who, () -> jdbc.sql("SELECT count(*) FROM reader_grant WHERE release_id = :id")
                            .param("id", id)
                            .query(Integer.class)
                            .single()))
                    .isZero();
        }

        location(supplier.post(
                readers + "/revocation",
                supplier.token(readers),
                "council",
                chosen.organisation().toString()));
        closed(all, release, document);

        location(supplier.post(readers + "/audience", supplier.token(readers), "audience", "verified"));
        assertThat(other.get(release + "/components").body()).contains("commons-text");
    }

    @Test
    void a_council_that_observed_chooses_no_councils() {
        Browser supplier = in(given.someoneOf(Asker.Kind.SUPPLIER, "Larkfield Systems"));
        String release = release(supplier);
        Browser council = in(given.someoneOf(Asker.Kind.COUNCIL, "Observing Borough " + mark));
        String path = release + "/sboms/new";
        assertThat(council.get(path).body()).doesNotContain("Councils that you choose");
        assertThat(council.upload(path, council.token(path), "file", "it.json", SBOM, "audience", "granted")
                        .body())
                .contains("Choose who may read");
    }

    @Test
    void we_run_this_begins_the_list_of_systems_with_it() {
        Browser supplier = in(given.someoneOf(Asker.Kind.SUPPLIER, "Larkfield Systems"));
        String release = release(supplier);
        String product = release.substring(0, release.indexOf("/releases"));
        Browser council = in(given.someoneOf(Asker.Kind.COUNCIL, "Running Borough " + mark));
        for (String page : List.of(product, release)) {
            assertThat(supplier.get(page).body()).doesNotContain("We run this");
            Matcher link = Pattern.compile("href=\"(/systems/new\\?[^\"]+)\"")
                    .matcher(council.get(page).body());
            assertThat(link.find()).isTrue();
            assertThat(council.get(link.group(1).replace("&amp;", "&")).body())
                    .contains(name + (page.equals(release) ? ", 8.2</textarea>" : "</textarea>"));
        }
        assertThat(council.get("/systems/new?product=" + UUID.randomUUID()).statusCode())
                .isEqualTo(200);
    }

    private void closed(List<Browser> to, String release, String document) {
        for (Browser browser : to) {
            assertThat(browser.get(release).body()).contains("shares this list with councils that it chooses");
            assertThat(browser.get(release + "/components").body()).doesNotContain("commons-text");
            assertThat(browser.get(release + "/findings").body()).doesNotContain("CVE-");
            for (String path : List.of(document, document + "/original", "/api/v1" + release + "/components")) {
                assertThat(browser.get(path).statusCode()).isEqualTo(404);
            }
        }
    }

    private String release(Browser supplier) {
        String product =
                location(supplier.post("/products/new", supplier.token("/products/new"), "name", name, "sure", "yes"));
        location(supplier.post(product + "/releases/new", supplier.token(product + "/releases/new"), "version", "8.2"));
        return location(supplier.post(product + "/publication", supplier.token(product + "/publication")))
                + "/releases/8.2";
    }

    private Browser in(Asker.Person person) {
        return new Browser(port).signIn(given.account(person), Given.PASSWORD);
    }

    private <T> T as(Asker.Person who, java.util.function.Supplier<T> work) {
        return Asking.as(who, () -> java.util.Objects.requireNonNull(transactions.execute(_ -> work.get())));
    }

    private static String location(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
        return answer.headers().firstValue("Location").orElseThrow();
    }
}
