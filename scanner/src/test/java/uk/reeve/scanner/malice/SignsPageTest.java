package uk.reeve.scanner.malice;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import uk.reeve.scanner.malice.sign.Sign;
import uk.reeve.scanner.malice.sign.Signs;

/// `docs/reference/signs.md` tells every sign and combination as it is. `-Dgolden.write=true` writes it.
class SignsPageTest {

    private static final String BEGIN = "<!-- written by SignsPageTest -->\n";
    private static final String END = "<!-- end -->";

    @Test
    void the_page_has_the_signs_and_combinations_that_there_are() throws IOException {
        Path page = Path.of("..", "docs", "reference", "signs.md");
        String text = Files.readString(page);
        int from = text.indexOf(BEGIN) + BEGIN.length();
        int to = text.indexOf(END);
        if (Boolean.getBoolean("golden.write")) {
            Files.writeString(page, text.substring(0, from) + tables() + text.substring(to));
            return;
        }
        assertThat(text.substring(from, to)).isEqualTo(tables());
    }

    private static String tables() {
        StringBuilder out =
                new StringBuilder("| Sign | The package … | Weighs | Because | Technique |\n|---|---|---|---|---|\n");
        List<Sign> heaviest = Signs.ALL.stream()
                .sorted(Comparator.comparing(Sign::weight).reversed().thenComparing(Sign::name))
                .toList();
        for (Sign sign : heaviest) {
            out.append("| `%s` | %s | %d | %s | %s |\n"
                    .formatted(
                            sign.name(),
                            sign.title(),
                            sign.weight(),
                            sign.reason(),
                            String.join(", ", sign.techniques())));
        }
        out.append("\n| Together | Add | Because |\n|---|---|---|\n");
        for (Combination each : Combination.ALL) {
            List<String> parts = each.parts().stream()
                    .map(part -> part.size() == 1
                            ? part.iterator().next()
                            : "one of " + String.join(", ", new TreeSet<>(part)))
                    .toList();
            out.append("| %s | %d | %s |\n".formatted(String.join(" + ", parts), each.extra(), each.reason()));
        }
        return out.toString();
    }
}
