package uk.reeve.register;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;
import uk.reeve.register.audience.Asker;
import uk.reeve.register.audience.Asking;
import uk.reeve.register.catalogue.StarterCatalogue;

/// An empty register with nothing but endoflife.date's facts: a register of its own, so that no other test meets them.
@RegisterTest
@TestPropertySource(properties = "reeve.test=starter")
class StarterCatalogueTest {

    private static final Pattern CHOSEN =
            Pattern.compile("name=\"(row-\\d+)\" type=\"radio\" value=\"([^\"]+)\" checked");

    @Autowired
    Given given;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    StarterCatalogue starter;

    @LocalServerPort
    int port;

    @Test
    void a_council_on_an_empty_register_learns_what_is_out_of_support() {
        long start = System.nanoTime();
        int products = refresh();
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        System.out.println("Starter catalogue: " + products + " products in " + took.toMillis() + " ms");
        assertThat(products).isGreaterThan(300);
        assertThat(took).isLessThan(Duration.ofSeconds(20)); // 2 s on a machine that does nothing else
        Map<String, Object> first = counts();
        assertThat(refresh()).isZero();
        given.inJob(
                () -> jdbc.sql("UPDATE product SET source_as_of = '2020-01-01'").update());
        assertThat(refresh()).isEqualTo(products); // a newer snapshot: renewed, nothing twice
        assertThat(counts()).isEqualTo(first);

        Map<String, Object> soon = given.inJob(() -> jdbc.sql("""
                SELECT p.name, r.version FROM release r JOIN product p ON p.id = r.product_id
                 WHERE r.support_ends_on BETWEEN current_date + 10 AND current_date + 150
                   AND p.name !~ '[,;0-9]' AND r.version ~ '^[0-9.]+$' AND NOT EXISTS (
                       SELECT FROM product o WHERE o.id <> p.id AND o.name_key LIKE '%' || p.name_key || '%')
                 ORDER BY p.name, r.version LIMIT 1
                """).query().singleRow());
        Browser council = new Browser(port).signIn(given.account(Asker.Kind.COUNCIL), Given.PASSWORD);
        String list = "PostgreSQL 9.6\nPostgreSQL 12.4\n" + soon.get("name") + " " + soon.get("version");
        String draft = location(council.post("/systems/new", council.token("/systems/new"), "list", list));
        String check = council.get(draft).body();
        List<String> fields = new java.util.ArrayList<>();
        Matcher chosen = CHOSEN.matcher(check);
        Matcher hidden = Pattern.compile("type=\"hidden\" name=\"(row-\\d+)\" value=\"([^\"]+)\"")
                .matcher(check);
        while (chosen.find()) {
            fields.addAll(List.of(chosen.group(1), chosen.group(2)));
        }
        while (hidden.find()) {
            fields.addAll(List.of(hidden.group(1), hidden.group(2)));
        }
        assertThat(fields).as(check).hasSize(6);
        location(council.post(draft, council.token(draft), fields.toArray(String[]::new)));

        assertThat(council.get("/today").body())
                .contains("Support has ended for 2 systems", "Support ends within 6 months for 1 system");
        String systems = council.get("/systems?sort=support").body();
        assertThat(systems).contains("Support ended on 11 November 2021", "Support ended on 21 November 2024");
        Matcher link = Pattern.compile("href=\"(/systems/S-[^\"]+)\"").matcher(systems);
        assertThat(link.find()).isTrue();
        assertThat(council.get(link.group(1)).body()).contains("Ended 11 November 2021, by endoflife.date");

        Browser stranger = new Browser(port);
        assertThat(stranger.get("/products/postgresql").body())
                .contains("From endoflife.date", "https://endoflife.date/postgresql", "Ended 11 November 2021")
                .doesNotContain("12.4"); // a council listed that
        assertThat(stranger.get("/products/postgresql/releases/9.6").body())
                .contains("Ended 11 November 2021, by endoflife.date");
        assertThat(stranger.get("/api/v1/products?q=postgresql&format=csv").body())
                .contains("PostgreSQL,,,/products/postgresql,true");
    }

    private int refresh() {
        return Asking.as(new Asker.Job(), starter::refresh);
    }

    private Map<String, Object> counts() {
        return given.inJob(() -> jdbc.sql("""
                SELECT (SELECT count(*) FROM product) AS products, (SELECT count(*) FROM release) AS releases
                """).query().singleRow());
    }

    private static String location(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
        return answer.headers().firstValue("Location").orElseThrow();
    }
}
