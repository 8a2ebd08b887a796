package uk.reeve.scanner.extract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uk.reeve.engine.Shared;
import uk.reeve.engine.input.Node;
import uk.reeve.engine.input.Unreadable;
import uk.reeve.engine.input.YamlInput;

class BlockYamlTest {

    private static List<Node> read(String text) {
        BlockYaml yaml = new BlockYaml();
        int number = 0;
        for (String line : text.split("\n", -1)) {
            yaml.line(++number, line);
        }
        return yaml.documents();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a: 1\nb:\n  c: 'it''s'\n  'd:e': \"x\"\nf: {g: h, i: 'j k'}\nk: {}\n",
                "a:\n\n  b@https://example.org/x:\n    c: d # why\n# all\ne: f\n",
                "a:\n    b:\n      c: 1\n    d: 2\ne: 3\n",
                "a: null\nb: ~\n"
            })
    void reads_as_the_real_reader_does(String text) throws Exception {
        Node real = YamlInput.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));

        assertThat(read(text)).singleElement().satisfies(node -> assertThat(plain(node))
                .isEqualTo(plain(real)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a: &x 1\n",
                "a: *x\n",
                "a: !!str 1\n",
                "? a\n: b\n",
                "a: [1,\n 2]\n",
                "a: \"x\\ny\"\n",
                "a: 'x\n y'\n",
                "a: x\n  y\n",
                "a: x\n  y: z\n",
                "a:\n    b: 1\n  c: 2\n",
                "a\n",
                "a: {b: {c: d}}\n",
                "\ta: b\n",
                "--- a: b\n",
                "'a' b: c\n"
            })
    void what_it_does_not_know_is_given_up(String text) {
        assertThat(read(text)).isEmpty();
    }

    @Test
    void texts_of_several_lines_and_lists_are_passed_over() {
        List<Node> documents = read("a: |-\n  x: y\n\n  z\nb:\n- c: d\n  e: f\ng:\n  - h\ni: [1, 2]\nj: k\n");

        assertThat(documents).hasSize(1);
        assertThat(documents.getFirst().text("j")).isEqualTo("k");
        assertThat(documents.getFirst().fields("b")).isEmpty();
        assertThat(documents.getFirst().get("a")).isNull();
    }

    @Test
    void each_document_stands_for_itself() {
        assertThat(read("---\na: 1\n---\nb: 2\n")).hasSize(2);
    }

    @Test
    void nesting_is_bounded() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 1_000; i++) {
            text.append(" ".repeat(i)).append("a:\n");
        }
        assertThat(read(text.toString())).isEmpty();
    }

    @Test
    void real_lock_files_read_as_by_the_real_reader() throws Exception {
        int files = 0;
        try (Stream<Path> zips = Files.list(Shared.path("data/lockfiles"))) {
            for (Path zip : zips.sorted().toList()) {
                FixtureTree tree = FixtureTree.ofZip(zip);
                for (String path : tree.paths()) {
                    if (path.endsWith("pnpm-lock.yaml")) {
                        files++;
                        same(tree.file(path));
                    }
                }
            }
        }
        assertThat(files).isPositive();
    }

    private static void same(ScanFile file) throws IOException, Unreadable {
        BlockYaml yaml = new BlockYaml();
        file.lines(yaml);
        Node real = file.yaml();
        assertThat(yaml.documents()).hasSize(1);
        for (String part : List.of("importers", "packages", "snapshots", "lockfileVersion")) {
            assertThat(plain(yaml.documents().getFirst().get(part))).isEqualTo(plain(real.get(part)));
        }
    }

    // Lists and texts of several lines aside, an absent value and none are the same.
    private static Object plain(Node node) {
        if (node == null || node instanceof Node.Nothing || node instanceof Node.Items) {
            return Map.of();
        }
        if (node instanceof Node.Fields fields) {
            Map<String, Object> plain = new LinkedHashMap<>();
            fields.values().forEach((key, value) -> {
                String text = value.text();
                boolean several = text != null && text.contains("\n");
                if (!several && !plain(value).equals(Map.of())) {
                    plain.put(key, plain(value));
                }
            });
            return plain;
        }
        String text = String.valueOf(node.text());
        return text.equals("null") || text.equals("~") ? Map.of() : text;
    }
}
