package uk.reeve.register;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpResponse;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import uk.reeve.register.audience.Asker;
import uk.reeve.register.audience.Asking;
import uk.reeve.register.catalogue.Products;
import uk.reeve.register.estate.Systems;

/// Products that a supplier renames, and products and releases that a curator makes one.
@RegisterTest
class MergingTest {

    @Autowired
    Given given;

    @Autowired
    Products products;

    @Autowired
    Systems systems;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transactions;

    @Autowired
    uk.reeve.register.alert.Notices notices;

    @LocalServerPort
    int port;

    private final String mark = UUID.randomUUID().toString().substring(0, 6);

    @Test
    void a_supplier_renames_its_product_and_nobody_elses() {
        Asker.Person maker = given.someoneOf(Asker.Kind.SUPPLIER, "Larkfield Systems");
        UUID product = published(maker, "Larkfield Old " + mark);
        Browser supplier = in(maker);
        String path = "/products/larkfield-old-" + mark;
        assertThat(supplier.get(path).body()).contains(path + "/edit");
        String edit = path + "/edit";
        assertThat(supplier.post(edit, supplier.token(edit), "name", " ").body())
                .contains("Enter the product");
        location(
                supplier.post(edit, supplier.token(edit), "name", "Larkfield New " + mark, "description", "It bills."));
        assertThat(new Browser(port).get(path).body()).contains("Larkfield New " + mark, "It bills.");
        assertThat(new Browser(port).get("/products?q=larkfield+new+" + mark).body())
                .contains(path);

        Browser rival = in(given.someoneOf(Asker.Kind.SUPPLIER, "Rival"));
        assertThat(rival.get(edit).statusCode()).isEqualTo(404);
        assertThat(rival.post("/products/" + product + "/edit", rival.token("/products/new"), "name", "Mine")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void a_curator_merges_products_and_systems_and_addresses_follow() {
        Asker.Person maker = given.someoneOf(Asker.Kind.SUPPLIER, "Larkfield Systems");
        Asker.Person council = given.someoneOf(Asker.Kind.COUNCIL, "Westmere");
        UUID real = published(maker, "Larkfield Parking " + mark);
        UUID listed = Asking.as(council, () -> products.listMissing("Parking by Larkfield " + mark));
        String[] refs = Asking.as(council, () -> {
            UUID same = products.addRelease(listed, "v8.2", null, null);
            UUID other = products.addRelease(listed, "7.0", null, null);
            return new String[] {run(listed, same), run(listed, other)};
        });
        String from = "/products/" + listed;
        String into = "/products/larkfield-parking-" + mark;
        Browser runner = in(council);
        String oldRelease = from + "/releases/8.2";
        assertThat(runner.get(oldRelease).statusCode()).isEqualTo(200);

        for (Asker.Person no : List.of(maker, council, given.someoneOf(Asker.Kind.COORDINATOR, "Desk"))) {
            Browser browser = in(no);
            assertThat(browser.get(from + "/merge").statusCode()).isIn(403, 404);
            assertThat(browser.post(
                                    from + "/merge",
                                    browser.token("/account"),
                                    "into",
                                    real.toString(),
                                    "reason",
                                    "x",
                                    "sure",
                                    "yes")
                            .statusCode())
                    .isIn(403, 404);
        }
        for (Asker.Person no : List.of(maker, council)) {
            assertThatThrownBy(() -> Asking.as(
                            no,
                            () -> Objects.requireNonNull(
                                    transactions.execute(_ -> jdbc.sql("SELECT merge_product(:gone, :stays)::text")
                                            .param("gone", listed)
                                            .param("stays", real)
                                            .query(String.class)
                                            .list()))))
                    .rootCause()
                    .hasMessageContaining("cannot be merged");
        }

        Browser curator = curator();
        String merge = from + "/merge";
        assertThat(curator.get(from).body()).contains(merge);
        assertThat(curator.post(merge, curator.token(merge), "into", real.toString())
                        .body())
                .contains("Say how you know");
        HttpResponse<String> backwards = curator.post(
                into + "/merge", curator.token(into + "/merge"), "into", listed.toString(), "reason", "the same");
        assertThat(backwards.body()).contains("A product of one supplier does not become one of another");
        HttpResponse<String> check =
                curator.post(merge, curator.token(merge), "other", "https://here.example" + into, "reason", "the same");
        assertThat(check.body()).contains("Check before you merge", "Larkfield Parking " + mark);
        String to = location(curator.post(
                merge, curator.token(merge), "into", real.toString(), "reason", "the same", "sure", "yes"));
        assertThat(to).isEqualTo(into);

        assertThat(location(runner.get(from))).isEqualTo(into);
        assertThat(location(runner.get(oldRelease))).isEqualTo(into + "/releases/8.2");
        assertThat(runner.get("/products?q=" + mark).body()).contains(into).doesNotContain(from);
        assertThat(runner.get("/systems/" + refs[0]).body()).contains("Larkfield Parking " + mark + " 8.2");
        assertThat(runner.get("/systems/" + refs[1]).body()).contains("Larkfield Parking " + mark + " 7.0");
        assertThat(new Browser(port).get(into).body()).doesNotContain("7.0"); // still only listed by a council
        assertThat(given.inJob(() -> jdbc.sql(
                                "SELECT reason FROM audit_entry WHERE act = 'product.merge' AND subject LIKE :of")
                        .param("of", "%(" + listed + ") into %(" + real + ")")
                        .query(String.class)
                        .single()))
                .isEqualTo("the same");
    }

    @Test
    void a_curator_merges_two_spellings_of_one_release() {
        Asker.Person maker = given.someoneOf(Asker.Kind.SUPPLIER, "Larkfield Systems");
        UUID product = published(maker, "Larkfield Spelt " + mark);
        UUID twice = Asking.as(maker, () -> {
            UUID id = products.addRelease(product, "8.2.0", null, null);
            products.publish(product);
            return id;
        });
        Asker.Person council = given.someoneOf(Asker.Kind.COUNCIL, "Westmere");
        String ref = Asking.as(council, () -> run(product, twice));
        String path = "/products/larkfield-spelt-" + mark;
        Browser curator = curator();
        String merge = path + "/releases/8.2.0/merge";
        String stays = Asking.as(
                maker, () -> products.release(product, "8.2").orElseThrow().id().toString());
        location(curator.post(merge, curator.token(merge), "into", stays, "reason", "one build", "sure", "yes"));
        assertThat(location(new Browser(port).get(path + "/releases/8.2.0"))).isEqualTo(path + "/releases/8.2");
        assertThat(location(new Browser(port).get(path + "/releases/" + twice))).isEqualTo(path + "/releases/8.2");
        assertThat(new Browser(port).get(path).body()).doesNotContain("8.2.0");
        assertThat(in(council).get("/systems/" + ref).body()).contains("Larkfield Spelt " + mark + " 8.2<");
        notices.catchUp();
        assertThat(in(council).text("/today"))
                .contains("Larkfield Spelt " + mark
                        + " 8.2 was there twice, and is one release now: no known flaw in what could be checked");
        assertThat(Asking.as(maker, () -> products.addRelease(product, "8.2.0", null, null)))
                .hasToString(stays); // nobody makes it anew
    }

    @Test
    void a_curator_confirms_what_a_council_listed_and_drafts_stay_drafts() {
        Asker.Person council = given.someoneOf(Asker.Kind.COUNCIL, "Westmere");
        UUID listed = Asking.as(council, () -> products.listMissing("Confirmable " + mark));
        Asking.as(council, () -> products.addRelease(listed, "8.2", null, null));
        Asker.Person again = given.someoneOf(Asker.Kind.COUNCIL, "Eastmere");
        String path = "/products/" + listed;
        String confirm = path + "/confirmation";
        for (Asker.Person no : List.of(council, again, given.someoneOf(Asker.Kind.COORDINATOR, "Desk"))) {
            Browser browser = in(no);
            assertThat(browser.get(confirm).statusCode()).isIn(403, 404);
            assertThat(browser.post(confirm, browser.token("/account"), "reason", "x")
                            .statusCode())
                    .isIn(403, 404);
        }
        Asking.as(again, () -> {
            products.confirm(products.find(listed.toString()).orElseThrow(), "mine"); // past the gate: by row security
            return listed;
        });
        assertThat(new Browser(port).get(path).statusCode()).isEqualTo(404);

        Browser curator = curator();
        assertThat(curator.get(path).body()).contains(confirm);
        assertThat(curator.post(confirm, curator.token(confirm)).body()).contains("Say how you know");
        location(curator.post(confirm, curator.token(confirm), "reason", "its maker's page"));
        String now = "/products/confirmable-" + mark;
        assertThat(new Browser(port).get(now).body())
                .contains("Confirmable " + mark, "8.2")
                .doesNotContain("Westmere", "isted by a council");
        assertThat(curator.get(now).body()).doesNotContain("/confirmation");
        assertThat(curator.get(now + "/confirmation").statusCode()).isEqualTo(404);

        Asker.Person maker = given.someoneOf(Asker.Kind.SUPPLIER, "Larkfield Systems");
        UUID own = published(maker, "Drafts " + mark);
        Asking.as(maker, () -> products.addRelease(own, "9.0", null, null));
        Asking.as(council, () -> products.addRelease(own, "7.0", null, null));
        String drafts = "/products/drafts-" + mark + "/confirmation";
        location(curator.post(drafts, curator.token(drafts), "reason", "seen"));
        assertThat(new Browser(port).get("/products/drafts-" + mark).body())
                .contains("7.0")
                .doesNotContain("9.0");
    }

    @Test
    void a_supplier_changes_a_releases_dates_on_its_page() {
        Asker.Person maker = given.someoneOf(Asker.Kind.SUPPLIER, "Larkfield Systems");
        UUID product = published(maker, "Dated " + mark);
        Asking.as(maker, () -> products.addRelease(product, "3.0", LocalDate.of(2026, 1, 1), null));
        Browser supplier = in(maker);
        String path = "/products/dated-" + mark + "/releases/3.0";
        assertThat(supplier.get(path).body()).contains(path + "/edit");
        String token = supplier.token(path + "/edit");
        String[] ends = {
            "releasedOn-day", "2", "releasedOn-month", "1", "releasedOn-year", "2026",
            "supportEndsOn-day", "12", "supportEndsOn-month", "5", "supportEndsOn-year", "2025"
        };
        assertThat(supplier.post(path + "/edit", token, ends).body()).contains("Support cannot end before the release");
        ends[11] = "2031";
        location(supplier.post(path + "/edit", token, ends));
        assertThat(supplier.get(path).body()).contains("2 January 2026", "12 May 2031");
        assertThat(supplier.get(path + "/edit").body()).contains("value=\"2031\"");
        assertThat(supplier.get("/organisation/record").body())
                .contains("Added a product", "Added a release", "Published a product", "Changed a release");
        assertThat(supplier.post(path + "/edit", token, "supportOver", "yes").statusCode())
                .isEqualTo(303);
        assertThat(supplier.get(path).body()).contains("Ended").doesNotContain("12 May 2031", "2 January 2026");

        Browser rival = in(given.someoneOf(Asker.Kind.SUPPLIER, "Rival"));
        assertThat(rival.get(path + "/edit").statusCode()).isEqualTo(404);
        assertThat(rival.post(path + "/edit", rival.token("/account"), ends).statusCode())
                .isEqualTo(404);
    }

    private UUID published(Asker.Person maker, String name) {
        return Asking.as(maker, () -> {
            UUID product = products.add(name, null, null);
            products.addRelease(product, "8.2", LocalDate.of(2026, 1, 1), null);
            products.publish(product);
            return product;
        });
    }

    private String run(UUID product, UUID release) {
        return systems.add(new Systems.New("Ours " + release, product, release, null, "own", "unknown", null));
    }

    private Browser curator() {
        Asker.Person person = given.someoneOf(Asker.Kind.COORDINATOR, "Sector desk");
        given.inJob(() -> jdbc.sql(
                        "INSERT INTO membership (person_id, organisation_id, role) VALUES (:person, :of, 'curator')")
                .param("person", person.person())
                .param("of", person.organisation())
                .update());
        return in(person);
    }

    private Browser in(Asker.Person person) {
        return new Browser(port).signIn(given.account(person), Given.PASSWORD);
    }

    private static String location(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
        return answer.headers().firstValue("Location").orElseThrow();
    }
}
