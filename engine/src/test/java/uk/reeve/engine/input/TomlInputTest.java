package uk.reeve.engine.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlTable;
import uk.reeve.engine.Shared;

class TomlInputTest {

    private static Node read(String text) throws IOException, Unreadable {
        return TomlInput.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void tables_lists_and_values_keep_their_lines() throws Exception {
        Node root = read("""
                title = "a"

                [owner]
                name.first = 'Tom\\'
                born = 1979-05-27 07:32:00Z
                ports = [ 8_000,
                  8001, # two
                ]
                [[package]]
                name = "x"
                deps = {a = "1", b = {version = "2", optional = true}}
                [[package]]
                name = "y"
                [package.sub]
                z = -inf
                """);

        assertThat(root.text("title")).isEqualTo("a");
        Node owner = root.get("owner");
        assertThat(owner).isNotNull();
        assertThat(owner.line()).isEqualTo(3);
        assertThat(owner.fields("name").get("first").text()).isEqualTo("Tom\\");
        assertThat(owner.text("born")).isEqualTo("1979-05-27 07:32:00Z");
        assertThat(owner.items("ports")).containsExactly(new Node.Num("8_000", 6), new Node.Num("8001", 7));
        List<Node> packages = root.items("package");
        assertThat(packages).extracting(Node::line).containsExactly(9, 12);
        assertThat(packages.getFirst().fields("deps").get("b").isTrue("optional"))
                .isTrue();
        assertThat(packages.getLast().fields("sub").get("z").text()).isEqualTo("-inf");
    }

    @Test
    void strings_of_several_lines_join_and_escape() throws Exception {
        Node root = read("a = \"\"\"\nx\\u00e9 \\\n    y\"\"\"\"\nb = '''\nraw\\n'''\nc = \"t\\tq\\\"\"\n");

        assertThat(root.text("a")).isEqualTo("xé y\"");
        assertThat(root.text("b")).isEqualTo("raw\\n");
        assertThat(root.text("c")).isEqualTo("t\tq\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "a =",
                "a = b",
                "= 1",
                "a = 1 b = 2",
                "a = 1\na = 2",
                "[a]\n[a]",
                "a = \"x",
                "a = \"\"\"x",
                "a = [1",
                "a = {b = 1",
                "a = \"\\q\"",
                "[a",
                "[[a]\n",
                "a.b = 1\n[a]",
                "a = 1\n[a.b]",
                "[a.b]\n[a]\nb.c = 1",
                "a = {}\na.b = 1",
                "a = []\n[[a]]",
                "a = \"x\ny\"",
                "a = 1 # fine\nb == 2"
            })
    void what_is_no_toml_is_refused_with_its_line(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(Unreadable.class);
    }

    @Test
    void a_message_says_what_and_where() {
        assertThatThrownBy(() -> read("[a]\nb = maybe\n"))
                .isInstanceOfSatisfying(Unreadable.class, e -> assertThat(e.at("x.toml"))
                        .isEqualTo("x.toml:2: is not valid TOML: \"maybe\" is no value; put quotes round a text"));
    }

    @Test
    void nesting_is_bounded() {
        for (String deep : List.of("[".repeat(100_000), "{a=".repeat(100_000), "a.".repeat(100_000) + "b=1")) {
            assertThatThrownBy(() -> read(deep.startsWith("a") ? deep : "a=" + deep))
                    .isInstanceOf(Unreadable.class);
        }
        String headers = "[" + "a.".repeat(499) + "b]\n";
        assertThatThrownBy(() -> read(headers + "c" + ".d".repeat(499) + " = 1"))
                .isInstanceOf(Unreadable.class);
    }

    @Test
    void real_files_read_as_by_another_reader() throws Exception {
        int files = 0;
        try (Stream<Path> zips = Files.list(Shared.path("data/lockfiles"))) {
            for (Path zip : zips.sorted().toList()) {
                for (byte[] bytes : tomlFiles(zip)) {
                    files++;
                    TomlParseResult other = Toml.parse(new ByteArrayInputStream(bytes));
                    assertThat(other.errors()).isEmpty();
                    assertThat(plain(TomlInput.read(new ByteArrayInputStream(bytes))))
                            .isEqualTo(plain(other));
                }
            }
        }
        assertThat(files).isGreaterThan(3);
    }

    private static List<byte[]> tomlFiles(Path zip) {
        List<byte[]> files = new ArrayList<>();
        try (InputStream bytes = Files.newInputStream(zip);
                ZipInputStream in = new ZipInputStream(bytes)) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                String name = entry.getName();
                if (name.endsWith(".toml")
                        || name.endsWith("poetry.lock")
                        || name.endsWith("uv.lock")
                        || name.endsWith("Pipfile")) {
                    files.add(in.readAllBytes());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }

    private static Object plain(Node node) {
        return switch (node) {
            case Node.Fields f -> {
                Map<String, Object> fields = new TreeMap<>();
                f.values().forEach((key, value) -> fields.put(key, plain(value)));
                yield fields;
            }
            case Node.Items i -> i.values().stream().map(TomlInputTest::plain).toList();
            case Node.Bool b -> b.value();
            case Node.Num n -> n.value();
            case Node.Text t -> t.value();
            case Node.Nothing _ -> "nothing";
        };
    }

    private static Object plain(@Nullable Object value) {
        return switch (value) {
            case TomlTable table -> {
                Map<String, Object> fields = new TreeMap<>();
                for (String key : table.keySet()) {
                    fields.put(key, plain(table.get(List.of(key))));
                }
                yield fields;
            }
            case TomlArray array ->
                array.toList().stream().map(TomlInputTest::plain).toList();
            case Boolean b -> b;
            case null -> "nothing";
            default -> value.toString();
        };
    }
}
