package uk.reeve.engine.quality;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.reeve.engine.sbom.SbomReader;

class ScoreTest {

    private static final Instant NOW = Instant.parse("2030-02-01T00:00:00Z");

    private static Score score(String metadata, String components, String rest) throws Exception {
        String text = """
                {"bomFormat": "CycloneDX", "specVersion": "1.6", "metadata": {%s
                  "component": {"type": "application", "bom-ref": "app", "name": "app"}},
                 "components": [%s]%s}
                """.formatted(metadata, components, rest);
        return Score.of(SbomReader.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))), NOW);
    }

    private static String component(String ref, String more) {
        return "{\"type\": \"library\", \"bom-ref\": \"" + ref + "\", \"name\": \"" + ref + "\", \"version\": \"1\""
                + more + "}";
    }

    private static List<Integer> points(Score score) {
        return score.parts().stream().map(Score.Part::points).toList();
    }

    @Test
    void what_has_all_has_a_hundred() throws Exception {
        Score score = score("""
                "timestamp": "2030-01-20T00:00:00Z", "authors": [{"name": "Example"}], "tools": [{"name": "t"}],
                "lifecycles": [{"phase": "build"}],""", component("a", """
                        , "purl": "pkg:npm/a@1", "licenses": [{"license": {"id": "MIT"}}],
                        "hashes": [{"alg": "SHA-1", "content": "e6b1000b94e835ffd37f4c6dcbdad43f4b48a02a"}]"""), """
                , "dependencies": [{"ref": "app", "dependsOn": ["a"]}], "compositions": [{"aggregate": "complete"}]""");

        assertThat(points(score)).containsExactly(40, 15, 5, 15, 10, 10, 5);
        assertThat(score.points()).isEqualTo(100);
        assertThat(score.usable()).isTrue();
    }

    @Test
    void what_has_nothing_has_none_and_cannot_be_used() throws Exception {
        Score score = score("", component("a", ""), "");

        assertThat(score.points()).isZero();
        assertThat(score.usable()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"1, 4, 10, false", "2, 5, 16, true", "3, 4, 30, true"})
    void identity_is_a_share_and_decides_whether_it_can_be_used(int with, int all, int points, boolean usable)
            throws Exception {
        StringBuilder components = new StringBuilder();
        for (int i = 0; i < all; i++) {
            String ref = "c" + i;
            components
                    .append(i == 0 ? "" : ", ")
                    .append(component(ref, i < with ? ", \"purl\": \"pkg:npm/" + ref + "@1\"" : ""));
        }
        Score score = score("", components.toString(), "");

        assertThat(points(score).getFirst()).isEqualTo(points);
        assertThat(score.usable()).isEqualTo(usable);
    }

    @Test
    void relations_count_as_far_as_they_lead_from_the_root_also_into_what_lies_inside() throws Exception {
        String components = component("a", ", \"components\": [" + component("in", "") + "]") + ", "
                + component("b", "") + ", " + component("c", "");
        Score score = score("", components, """
                , "dependencies": [{"ref": "app", "dependsOn": ["a"]}, {"ref": "a", "dependsOn": ["b"]},
                  {"ref": "b", "dependsOn": ["a"]}]""");

        assertThat(score.parts().get(1).points()).isEqualTo(11); // a, what is in it, and b: 3 of 4
        assertThat(score.parts().get(1).seen()).isEqualTo("3 of 4");
    }

    @ParameterizedTest
    @CsvSource({
        "2030-01-02T00:00:00Z, 15, 30 days ago",
        "2030-01-01T00:00:00Z, 0, 31 days ago",
        "2030-02-09T00:00:00Z, 0, its time lies ahead",
        "yesterday, 0, what is told is no time"
    })
    void an_sbom_is_fresh_for_thirty_days(String time, int points, String seen) throws Exception {
        Score.Part part = score("\"timestamp\": \"" + time + "\",", component("a", ""), "")
                .parts()
                .get(3);

        assertThat(part.points()).isEqualTo(points);
        assertThat(part.seen()).isEqualTo(seen);
    }
}
