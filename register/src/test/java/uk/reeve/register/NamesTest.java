package uk.reeve.register;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import uk.reeve.register.audience.Asker;

/// What the coordinator sees of who is exposed: counts, withheld where small, and names by a grant only.
@RegisterTest
class NamesTest {

    @Autowired
    Given given;

    @Autowired
    JdbcClient jdbc;

    @LocalServerPort
    int port;

    private final String mark = UUID.randomUUID().toString().substring(0, 8);
    private final String flaw = "CVE-2021-" + (100_000 + Math.abs(mark.hashCode() % 900_000));
    private final List<Asker.Person> councils = new ArrayList<>();
    private Browser coordinator;

    @BeforeEach
    void eleven_councils_run_what_is_affected_and_one_does_not() {
        Asker.Person supplier = given.someoneOf(Asker.Kind.SUPPLIER, "Names Supplier " + mark);
        for (int i = 0; i < 12; i++) {
            councils.add(given.someoneOf(Asker.Kind.COUNCIL, "Named " + mark + " " + i));
        }
        given.inJob(() -> {
            UUID product = UUID.randomUUID();
            UUID release = UUID.randomUUID();
            UUID vulnerability = UUID.randomUUID();
            jdbc.sql("""
                    INSERT INTO product (id, supplier_id, slug, name, name_key, published_at)
                    VALUES (:id, :supplier, :slug, :slug, :slug, now())
                    """)
                    .param("id", product)
                    .param("supplier", supplier.organisation())
                    .param("slug", "rates" + mark)
                    .update();
            jdbc.sql("""
                    INSERT INTO release (id, product_id, version, version_key, published_at)
                    VALUES (:id, :product, '1', '1', now())
                    """).param("id", release).param("product", product).update();
            jdbc.sql("INSERT INTO vulnerability (id, name, severity) VALUES (:id, :name, 'high')")
                    .param("id", vulnerability)
                    .param("name", flaw)
                    .update();
            jdbc.sql("INSERT INTO vulnerability_name (name, vulnerability_id) VALUES (:name, :id)")
                    .param("id", vulnerability)
                    .param("name", flaw)
                    .update();
            jdbc.sql("""
                    INSERT INTO statement (organisation_id, release_id, vulnerability_id, status, action, said_at)
                    VALUES (:supplier, :release, :vulnerability, 'affected', 'Wait', now())
                    """)
                    .param("supplier", supplier.organisation())
                    .param("release", release)
                    .param("vulnerability", vulnerability)
                    .update();
            for (int i = 0; i < 12; i++) {
                jdbc.sql("UPDATE organisation SET region = :region WHERE id = :id")
                        .param("region", i < 6 ? "North West" : i < 9 ? "London" : "East of England")
                        .param("id", councils.get(i).organisation())
                        .update();
                if (i < 11) {
                    jdbc.sql(
                                    "INSERT INTO system (organisation_id, name, release_id) VALUES (:council, 'Rates', :release)")
                            .param("council", councils.get(i).organisation())
                            .param("release", release)
                            .update();
                }
            }
            return true;
        });
        coordinator = new Browser(port).signIn(given.account(Asker.Kind.COORDINATOR), Given.PASSWORD);
    }

    @Test
    void small_numbers_are_withheld_also_where_subtraction_would_give_them() {
        String page = coordinator.text("/sector/vulnerabilities/" + flaw);
        assertThat(page).contains("11 councils run an affected release");
        assertThat(page).containsPattern("North West\\s+too few to say").containsPattern("London\\s+too few to say");
        assertThat(page).containsPattern("East of England\\s+too few to say");
        assertThat(page).contains("For none yet: 11").doesNotContain("Named " + mark);

        List<String> withheld =
                given.inJob(() -> jdbc.sql("""
                SELECT coalesce(withheld(given)::text, 'nothing')
                  FROM (VALUES (1, ARRAY[7, 3, 9]), (2, ARRAY[7, 9]), (3, ARRAY[1, 2, 9, 0]), (4, ARRAY[4]), (5, ARRAY[1, 1]),
                               (6, ARRAY[1, 1, 1, 1, 1, 1, 1, 1, 6]), (7, ARRAY[4, 4, 6]), (8, ARRAY[0, 0, 3])) AS cases (n, given)
                 ORDER BY n
                """).query(String.class).list());
        assertThat(withheld)
                .containsExactly(
                        "{-1,-1,9}",
                        "{7,9}",
                        "{-1,-1,-1,0}",
                        "nothing", // it would be the whole
                        "nothing", // one each
                        "{-1,-1,-1,-1,-1,-1,-1,-1,-1}",
                        "{-1,-1,6}",
                        "nothing");
    }

    @Test
    void names_need_a_reason_and_each_council_named_sees_that_it_was() {
        String path = "/sector/vulnerabilities/" + flaw + "/councils";
        assertThat(coordinator.text(path)).contains("each council named sees").doesNotContain("Named " + mark);
        assertThat(coordinator
                        .post(path, coordinator.token(path), "reason", " ")
                        .body())
                .contains("Enter why you need the names");
        assertThat(coordinator.text(path)).doesNotContain("Named " + mark);

        coordinator.post(path, coordinator.token(path), "reason", "We ring those who have not decided");
        String named = coordinator.text(path);
        assertThat(named)
                .contains("11 councils were affected")
                .contains("Named " + mark + " 0")
                .contains("Named " + mark + " 10");
        assertThat(named).doesNotContain("Named " + mark + " 11"); // is not affected

        Browser one = new Browser(port).signIn(given.account(councils.get(3)), Given.PASSWORD);
        assertThat(one.text("/organisation/record?outside=true"))
                .contains("Saw which councils are exposed: " + flaw)
                .contains("We ring those who have not decided")
                .doesNotContain("Named " + mark + " 4");
        assertThat(one.text("/today")).contains("saw that you are exposed to " + flaw);
        Browser other = new Browser(port).signIn(given.account(councils.get(11)), Given.PASSWORD);
        assertThat(other.text("/organisation/record?outside=true"))
                .contains("No one outside your organisation has looked");
        assertThat(other.text("/today")).doesNotContain(flaw);
        assertThat(one.get(path).statusCode()).isEqualTo(404);

        Browser rival = new Browser(port).signIn(given.account(Asker.Kind.COORDINATOR), Given.PASSWORD);
        assertThat(rival.text(path)).doesNotContain("Named " + mark);
        given.inJob(() -> jdbc.sql("UPDATE names_grant SET granted_at = granted_at - interval '25 hours',"
                        + " expires_at = expires_at - interval '25 hours'")
                .update());
        assertThat(coordinator.text(path)).doesNotContain("Named " + mark + " 0");
    }
}
