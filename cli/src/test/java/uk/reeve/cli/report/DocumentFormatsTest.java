package uk.reeve.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import uk.reeve.engine.match.Move;

class DocumentFormatsTest {

    private static final String PURL =
            "pkg:npm/%3Cimg%20src=x%20onerror=alert(1)%3E%7C%5Bx%5D(http://evil.example)@1.0.0";

    private static Report hostile() {
        return new Given()
                .item(PURL, new Move("2.0.0", null, true), Given.finding(PURL, "CVE-2024-1", 9.8, "2.0.0"))
                .report();
    }

    @Test
    void html_stands_alone_and_runs_nothing() {
        String page = Given.written(Given.everything().report(), "html", Look.PLAIN);
        assertThat(page)
                .startsWith("<!DOCTYPE html>")
                .contains("<html lang=\"en-GB\">", "<h1>web</h1>", "scope=\"col\"", "scope=\"row\"", "<caption>")
                .doesNotContain("<script", "src=", "@import", "url(", "<link");
    }

    @Test
    void html_is_well_formed_whatever_a_package_is_called() throws Exception {
        String page = Given.written(hostile(), "html", Look.PLAIN);
        assertThat(page).doesNotContain("<img").contains("&lt;img");
        String xml = page.replace("<!DOCTYPE html>", "").replaceAll("<meta ([^>]*)>", "<meta $1/>");
        assertThat(DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8))))
                .isNotNull();
    }

    @Test
    void markdown_keeps_the_table_whatever_a_package_is_called() {
        String text = Given.written(hostile(), "markdown", Look.PLAIN);
        assertThat(text).doesNotContain("<img", "[x](");
        assertThat(text.lines().filter(line -> line.startsWith("|"))).allSatisfy(line -> assertThat(
                        line.replace("\\|", "").chars().filter(c -> c == '|').count())
                .isEqualTo(6));
    }

    @Test
    void csv_has_a_row_a_finding_and_a_row_for_each_thing_that_was_not_looked_at() {
        List<String> rows = Given.written(Given.everything().report(), "csv", Look.PLAIN)
                .lines()
                .toList();
        assertThat(rows).hasSize(1 + 7 + 4);
        assertThat(rows.getFirst()).endsWith(",place,comes in,hidden,reason,support,not looked at");
        assertThat(rows.get(9))
                .isEqualTo(",,,,,,,,,,,,,,,,web/package.json:4,,,,,unlocked: express has no locked version");
        assertThat(rows.getLast()).startsWith(",,pkg:generic/thing@1,").contains(",a.lock,");
    }
}
