package uk.reeve.engine.purl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import uk.reeve.engine.Shared;
import uk.reeve.engine.input.JsonInput;
import uk.reeve.engine.input.Node;
import uk.reeve.engine.input.Unreadable;

/// The purl specification's own tests: *required* is the standard and asked of the strict reader, *recommended* is the
/// repair of bad input and asked of the lenient one.
class PurlConformanceTest {

    private final Map<String, int[]> counts = new TreeMap<>();
    private final List<String> different = new ArrayList<>();

    @Test
    void every_required_and_every_recommended_test_passes() throws IOException, Unreadable {
        try (Stream<Path> files = Files.walk(Shared.path("conformance/purl/tests"))) {
            for (Path file :
                    files.filter(f -> f.toString().endsWith(".json")).sorted().toList()) {
                try (InputStream in = Files.newInputStream(file)) {
                    for (Node test : JsonInput.read(in).items("tests")) {
                        judge(file.getFileName().toString(), test);
                    }
                }
            }
        }
        int[] required = counts.getOrDefault("required", new int[2]);
        int[] recommended = counts.getOrDefault("recommended", new int[2]);
        System.out.printf(
                "purl: required %d of %d, recommended %d of %d%n",
                required[0], required[1], recommended[0], recommended[1]);
        assertThat(different).isEmpty();
        assertThat(required[1]).isEqualTo(521);
        assertThat(recommended[1]).isEqualTo(65);
    }

    private void judge(String file, Node test) {
        String group = String.valueOf(test.text("test_group"));
        boolean required = group.equals("required");
        String expected = test.isTrue("expected_failure") ? "refused" : shown(test.get("expected_output"));
        String answer;
        try {
            Node input = test.get("input");
            Purl purl = input instanceof Node.Fields
                    ? Purl.of(
                            part(input, "type"),
                            input.text("namespace"),
                            part(input, "name"),
                            input.text("version"),
                            texts(input.get("qualifiers")),
                            input.text("subpath"))
                    : required ? Purl.parse(part(test, "input")) : Purl.lenient(part(test, "input"), _ -> {});
            answer = "parse".equals(test.text("test_type")) ? shown(purl) : purl.toString();
        } catch (BadPurl _) {
            answer = "refused";
        }
        int[] count = counts.computeIfAbsent(group, _ -> new int[2]);
        count[1]++;
        if (answer.equals(expected)) {
            count[0]++;
        } else {
            different.add(file + " " + group + " " + test.text("description") + " " + test.get("input") + ": "
                    + expected + ", not " + answer);
        }
    }

    private static String part(Node input, String name) {
        String text = input.text(name);
        return text == null ? "" : text;
    }

    private static Map<String, String> texts(@Nullable Node qualifiers) {
        Map<String, String> texts = new TreeMap<>();
        if (qualifiers != null) {
            qualifiers.fields().forEach((key, value) -> texts.put(key, String.valueOf(value.text())));
        }
        return texts;
    }

    private static String shown(@Nullable Node expected) {
        if (!(expected instanceof Node.Fields)) {
            return expected == null ? "" : String.valueOf(expected.text());
        }
        return expected.text("type") + " " + expected.text("namespace") + " " + expected.text("name") + " "
                + expected.text("version") + " " + texts(expected.get("qualifiers")) + " " + expected.text("subpath");
    }

    private static String shown(Purl p) {
        return p.type() + " " + p.namespace() + " " + p.name() + " " + p.version() + " " + p.qualifiers() + " "
                + p.subpath();
    }
}
