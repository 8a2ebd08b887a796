package uk.reeve.scanner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tukaani.xz.XZInputStream;
import uk.reeve.engine.Shared;
import uk.reeve.engine.purl.BadPurl;
import uk.reeve.engine.purl.Purl;
import uk.reeve.engine.sbom.Place;
import uk.reeve.engine.sbom.Scope;
import uk.reeve.scanner.Inventory.FileRead;
import uk.reeve.scanner.Inventory.Item;
import uk.reeve.scanner.Inventory.LedgerLine;
import uk.reeve.scanner.Inventory.LedgerLine.Kind;

class ScanTest {

    private static final String LOCK = """
            {"lockfileVersion": 3, "packages": {
              "": {"dependencies": {"a": "1"}, "devDependencies": {"t": "1"}},
              "node_modules/a": {"version": "1.0.0", "dependencies": {"b": "1", "c": "1"}},
              "node_modules/b": {"version": "1.0.0", "dependencies": {"c": "1"}},
              "node_modules/c": {"version": "1.0.0"},
              "node_modules/t": {"version": "1.0.0", "dev": true, "dependencies": {"b": "1"}}}}
            """;

    @TempDir
    Path folder;

    private void file(String path, String text) {
        Path file = folder.resolve(path);
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Inventory scan() {
        return Scan.of(List.of(folder), Scan.Options.DEFAULT);
    }

    private Inventory scan(String name) {
        return Scan.of(List.of(folder.resolve(name)), Scan.Options.DEFAULT);
    }

    private static List<String> refs(Inventory inventory) {
        return inventory.items().stream().map(item -> item.component().ref()).toList();
    }

    private static Item item(Inventory inventory, String ref) {
        return inventory.items().stream()
                .filter(item -> item.component().ref().equals(ref))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> lines(Inventory inventory) {
        return inventory.ledger().stream()
                .map(line -> line.kind() + " " + line.file() + ":" + line.line() + " " + line.message())
                .toList();
    }

    @Test
    void a_folder_is_walked_and_each_file_counts() {
        file("web/package-lock.json", LOCK);
        file("api/requirements.txt", "flask==3.0.0\n");
        file("README.md", "not of interest");

        Inventory inventory = scan();

        assertThat(refs(inventory))
                .containsExactly(
                        "pkg:npm/a@1.0.0",
                        "pkg:npm/b@1.0.0",
                        "pkg:npm/c@1.0.0",
                        "pkg:npm/t@1.0.0",
                        "pkg:pypi/flask@3.0.0");
        assertThat(inventory.files())
                .containsExactly(
                        new FileRead("api/requirements.txt", "pypi/requirements", 1),
                        new FileRead("web/package-lock.json", "npm/package-lock", 4));
        assertThat(inventory.ledger()).isEmpty();
    }

    @Test
    void the_shortest_chain_is_told_and_the_other_ways_are_counted() {
        file("package-lock.json", LOCK);

        Inventory inventory = scan();

        Item c = item(inventory, "pkg:npm/c@1.0.0");
        assertThat(c.chain()).containsExactly("a", "c");
        assertThat(c.moreChains()).isEqualTo(1);
        assertThat(c.direct()).isFalse();
        Item a = item(inventory, "pkg:npm/a@1.0.0");
        assertThat(a.direct()).isTrue();
        assertThat(a.chain()).containsExactly("a");
        assertThat(a.dependsOn()).containsExactly("pkg:npm/b@1.0.0", "pkg:npm/c@1.0.0");
    }

    @Test
    void a_long_chain_is_folded_to_its_two_ends() {
        StringBuilder pods = new StringBuilder("PODS:\n");
        for (int i = 1; i < 30_000; i++) {
            pods.append("  - P" + i + " (1.0):\n    - P" + (i + 1) + "\n");
        }
        file("Podfile.lock", pods + "  - P30000 (1.0)\nDEPENDENCIES:\n  - P1\nCOCOAPODS: 1.11.0\n");

        Inventory inventory = scan();

        assertThat(item(inventory, "pkg:cocoapods/P30000@1.0").chain())
                .startsWith("P1", "P2", "P3", "P4", "P5", "P6", "P7", "P8", "P9", "P10", "… 29981 more …", "P29992")
                .endsWith("P29999", "P30000")
                .hasSize(20);
        assertThat(item(inventory, "pkg:cocoapods/P21@1.0").chain()).contains("P10", "… 2 more …", "P13");
        assertThat(item(inventory, "pkg:cocoapods/P20@1.0").chain()).hasSize(20).allMatch(name -> name.startsWith("P"));
    }

    @Test
    void a_file_for_which_memory_does_not_suffice_is_named_and_the_others_count() {
        FileFindings large = found("a/package-lock.json", 700);
        FileFindings small = found("b/package-lock.json", 300);

        Inventory inventory = new Merge(List.of(large, small), List.of(), new Memory(1_000_000)).inventory();

        assertThat(inventory.items()).hasSize(300);
        assertThat(inventory.files()).containsExactly(new FileRead("b/package-lock.json", "npm", 300));
        assertThat(lines(inventory))
                .singleElement()
                .asString()
                .startsWith(
                        "UNREADABLE a/package-lock.json:0 too large to read in 0 MB of memory: it has 700 components,"
                                + " and all files together may have 625; give more");
        assertThat(new Memory(490L << 20).components()).isGreaterThan(300_000);
    }

    private static FileFindings found(String file, int components) {
        FileFindings found = new FileFindings(file, "npm", false);
        for (int i = 0; i < components; i++) {
            try {
                found.component(1, Purl.of("npm", null, "p" + i, "1.0.0"), Scope.RUNTIME);
            } catch (BadPurl e) {
                throw new IllegalStateException(e);
            }
        }
        return found;
    }

    @Test
    void a_package_seen_twice_is_one_item_with_the_more_shipped_scope() {
        file("one/requirements-dev.txt", "flask==3.0.0\n");
        file("two/requirements.txt", "# first\nFlask==3.0.0\n");

        Inventory inventory = scan();

        assertThat(inventory.items()).hasSize(1);
        Item flask = inventory.items().getFirst();
        assertThat(flask.places())
                .containsExactly(new Place("one/requirements-dev.txt", 1), new Place("two/requirements.txt", 2));
        assertThat(flask.component().scope()).isEqualTo(Scope.RUNTIME);
    }

    @Test
    void what_is_installed_does_not_make_a_development_package_a_shipped_one() {
        file("package-lock.json", LOCK);
        file("node_modules/t/package.json", "{\"name\": \"t\", \"version\": \"1.0.0\"}");
        file("node_modules/x/package.json", "{\"name\": \"x\", \"version\": \"1.0.0\"}");

        Inventory inventory = scan();

        assertThat(item(inventory, "pkg:npm/t@1.0.0").component().scope()).isEqualTo(Scope.DEVELOPMENT);
        assertThat(item(inventory, "pkg:npm/x@1.0.0").component().scope()).isEqualTo(Scope.RUNTIME);
    }

    @Test
    void a_lock_file_beats_the_manifest_beside_it() {
        file("package-lock.json", LOCK);
        file("package.json", "{\"dependencies\": {\"a\": \"^1.0.0\", \"gone\": \"2.0.0\"}}");
        file("docs/package.json", "{\"dependencies\": {\"d\": \"^1.0.0\"}}");

        Inventory inventory = scan();

        assertThat(refs(inventory)).doesNotContain("pkg:npm/gone@2.0.0");
        assertThat(lines(inventory)).containsExactly("UNLOCKED docs/package.json:1 d ^1.0.0 has no locked version");
    }

    @Test
    void a_manifest_beside_a_lock_file_that_cannot_be_read_still_speaks() {
        file("package-lock.json", "{");
        file("package.json", "{\"dependencies\": {\"a\": \"^1.0.0\"}}");

        assertThat(lines(scan()))
                .containsExactly(
                        "UNREADABLE package-lock.json:1 stops in the middle; export or copy it again",
                        "UNLOCKED package.json:1 a ^1.0.0 has no locked version");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "node_modules/resolve/test/package-lock.json",
                "venv/lib/python3/site-packages/a/tests/requirements.txt",
                "vendor/bundle/ruby/gems/a/requirements.txt",
                "vendor/composer/a/requirements.txt",
                ".git/requirements.txt",
                "sub/.tox/requirements.txt",
                "__pycache__/requirements.txt"
            })
    void lock_files_where_packages_are_installed_or_kept_do_not_count(String path) {
        file(path, path.endsWith("json") ? LOCK : "flask==3.0.0\n");

        assertThat(scan()).isEqualTo(new Inventory(List.of(), List.of(), List.of(), Map.of()));
    }

    @Test
    void a_folder_called_vendor_is_like_any_other_until_something_is_installed_there() {
        file("vendor/lib/requirements.txt", "flask==3.0.0\n");
        assertThat(refs(scan())).containsExactly("pkg:pypi/flask@3.0.0");

        file("vendor/modules.txt", "# example.org/a v1.0.0\nexample.org/a\n");
        assertThat(refs(scan())).containsExactly("pkg:golang/example.org/a@v1.0.0");
    }

    @Test
    void node_modules_may_be_what_is_scanned() {
        file("node_modules/a/package.json", "{\"name\": \"a\", \"version\": \"1.0.0\"}");
        file("node_modules/a/package-lock.json", LOCK);

        Inventory inventory = scan("node_modules");

        assertThat(refs(inventory)).containsExactly("pkg:npm/a@1.0.0");
        assertThat(inventory.files().getFirst().file()).isEqualTo("a/package.json");
    }

    @ParameterizedTest
    @CsvSource({
        "docs, 1",
        "'**/docs/**', 1",
        "docs/, 1",
        "web/docs, 1",
        "./web/docs, 1",
        "web/docs/**, 1",
        "*.json, 0",
        "docs/x, 2",
        "web, 0"
    })
    void what_a_glob_excludes_is_not_read(String glob, int files) {
        file("web/package-lock.json", LOCK);
        file("web/docs/package-lock.json", LOCK);

        Inventory inventory = Scan.of(List.of(folder), new Scan.Options(List.of(glob), null));

        assertThat(inventory.files()).hasSize(files);
    }

    @Test
    void a_broken_glob_or_an_unknown_kind_is_refused_by_name() {
        assertThatThrownBy(() -> new Scan.Options(List.of("a["), null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("\"a[\" is not a glob: ");
        assertThatThrownBy(() -> new Scan.Options(List.of(), "npm/nothing"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("\"npm/nothing\" is no kind of file that is read");
    }

    @Test
    void a_named_file_is_known_by_its_content() {
        file("whatever.data", LOCK);
        file("other.data", "# yarn lockfile v1\n\na@^1.0.0:\n  version \"1.0.0\"\n");

        assertThat(scan("whatever.data").files()).containsExactly(new FileRead("whatever.data", "npm/package-lock", 4));
        assertThat(scan("other.data").files()).containsExactly(new FileRead("other.data", "npm/yarn-lock", 1));
        assertThat(scan().files()).isEmpty();
    }

    @Test
    void a_named_file_of_a_walked_folders_kind_is_read_in_its_place() {
        file("node_modules/a/package.json", "{\"name\": \"a\", \"version\": \"1.0.0\"}");

        assertThat(refs(scan("node_modules/a/package.json"))).containsExactly("pkg:npm/a@1.0.0");
    }

    @Test
    void what_nothing_recognises_is_told_only_where_it_was_named() {
        file("notes.data", "hello");

        assertThat(lines(scan("notes.data")))
                .containsExactly("UNREADABLE notes.data:0 is not a kind of file that is read; name its kind with --as,"
                        + " or scan the folder that it lies in");
        assertThat(scan().ledger()).isEmpty();
    }

    @Test
    void what_is_not_there_is_told() {
        assertThat(scan("nothing").ledger()).singleElement().satisfies(line -> {
            assertThat(line.kind()).isEqualTo(Kind.UNREADABLE);
            assertThat(line.message()).isEqualTo("does not exist; check the path");
        });
    }

    @Test
    void a_kind_may_be_forced() {
        file("deps.list", "flask==3.0.0\n");

        Inventory inventory =
                Scan.of(List.of(folder.resolve("deps.list")), new Scan.Options(List.of(), "pypi/requirements"));

        assertThat(refs(inventory)).containsExactly("pkg:pypi/flask@3.0.0");
    }

    @Test
    void a_hyphen_is_standard_input() {
        InputStream before = System.in;
        try {
            System.setIn(new ByteArrayInputStream(LOCK.getBytes(StandardCharsets.UTF_8)));
            Inventory inventory = Scan.of(List.of(Path.of("-")), Scan.Options.DEFAULT);
            assertThat(inventory.files()).containsExactly(new FileRead("-", "npm/package-lock", 4));
        } finally {
            System.setIn(before);
        }
    }

    @Test
    void a_file_that_calls_itself_an_sbom_and_is_none_cannot_be_read() {
        file("old/bom.json", "{\"bomFormat\": \"CycloneDX\", ");
        file("app.cdx.json", "{}");
        file("other.json", "{}");

        assertThat(scan().ledger())
                .extracting(LedgerLine::kind, LedgerLine::file)
                .containsExactly(tuple(Kind.UNREADABLE, "app.cdx.json"), tuple(Kind.UNREADABLE, "old/bom.json"));
    }

    @Test
    void a_document_gives_its_components_and_the_one_that_it_describes() {
        file("app.json", """
                {"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,
                 "metadata": {"component": {"type": "application", "bom-ref": "app", "name": "larkfield"}},
                 "components": [
                   {"type": "library", "bom-ref": "1", "name": "a", "version": "1.0.0", "purl": "pkg:npm/a@1.0.0"},
                   {"type": "library", "bom-ref": "2", "name": "b", "version": "1.0.0", "purl": "pkg:npm/b@1.0.0"},
                   {"type": "library", "bom-ref": "3", "name": "plain", "version": "2"}],
                 "dependencies": [{"ref": "app", "dependsOn": ["1"]}, {"ref": "1", "dependsOn": ["2", "3"]}]}
                """);

        Inventory inventory = scan();

        assertThat(refs(inventory)).containsExactly("pkg:npm/a@1.0.0", "pkg:npm/b@1.0.0", "larkfield", "plain@2");
        assertThat(item(inventory, "larkfield").subject()).isTrue();
        assertThat(item(inventory, "pkg:npm/a@1.0.0").direct()).isTrue();
        assertThat(item(inventory, "pkg:npm/b@1.0.0").chain()).containsExactly("a", "b");
        assertThat(item(inventory, "plain@2").chain()).containsExactly("a", "plain");
        assertThat(item(inventory, "plain@2").subject()).isFalse();
        assertThat(inventory.documents()).containsOnlyKeys("app.json");
        assertThat(inventory.files()).containsExactly(new FileRead("app.json", "sbom/cyclonedx", 4));
    }

    @Test
    void a_file_that_stops_in_the_middle_gives_what_stands_before() {
        file("package-lock.json", LOCK.substring(0, LOCK.indexOf("node_modules/c")));

        Inventory inventory = scan();

        assertThat(inventory.items()).hasSize(2);
        assertThat(inventory.ledger()).singleElement().satisfies(line -> {
            assertThat(line.kind()).isEqualTo(Kind.PARTLY_READ);
            assertThat(line.message()).endsWith("(2 components before that were read)");
        });
    }

    @Test
    void a_link_out_of_the_folder_is_named_and_not_followed() throws IOException {
        Path outside = Files.createDirectory(folder.resolve("outside"));
        Files.writeString(outside.resolve("requirements.txt"), "flask==3.0.0\n");
        Path inside = Files.createDirectory(folder.resolve("inside"));
        Files.createSymbolicLink(inside.resolve("more"), outside);
        Files.createSymbolicLink(inside.resolve("self"), inside);
        Files.createSymbolicLink(inside.resolve("nowhere"), inside.resolve("gone"));

        Inventory inventory = scan("inside");

        assertThat(inventory.items()).isEmpty();
        assertThat(inventory.ledger()).singleElement().satisfies(line -> {
            assertThat(line.kind()).isEqualTo(Kind.SKIPPED);
            assertThat(line.file()).isEqualTo("more");
        });
    }

    @Test
    void places_of_several_paths_are_shown_as_they_were_given() {
        file("web/package-lock.json", LOCK);
        file("api/requirements.txt", "flask==3.0.0\n");

        Inventory inventory =
                Scan.of(List.of(folder.resolve("web"), folder.resolve("api/requirements.txt")), Scan.Options.DEFAULT);

        assertThat(inventory.files())
                .extracting(FileRead::file)
                .containsExactly(
                        folder.toString().replace('\\', '/') + "/api/requirements.txt",
                        folder.toString().replace('\\', '/') + "/web/package-lock.json");
    }

    @Test
    void the_order_in_which_files_are_read_changes_nothing() {
        Random random = new Random(7);
        List<Path> paths = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            StringBuilder text = new StringBuilder();
            for (int j = 0; j < 20; j++) {
                text.append("package-")
                        .append(random.nextInt(100))
                        .append("==1.")
                        .append(random.nextInt(3))
                        .append('\n');
            }
            file("f" + i + "/requirements.txt", text.toString());
            paths.add(folder.resolve("f" + i));
        }
        Inventory first = scan();
        for (int i = 0; i < 10; i++) {
            assertThat(scan()).isEqualTo(first);
        }
        Inventory several = Scan.of(paths, Scan.Options.DEFAULT);
        Collections.shuffle(paths, random);
        assertThat(Scan.of(paths, Scan.Options.DEFAULT)).isEqualTo(several);
    }

    @Test
    void progress_tells_of_every_file() {
        file("a/notes", "x");
        file("b/requirements.txt", "flask==3.0.0\n");
        List<Integer> counts = new ArrayList<>();

        Scan.of(List.of(folder), new Scan.Options(List.of(), null, (files, path) -> counts.add(files)));

        assertThat(counts).containsExactly(1, 2);
    }

    @Test
    void a_lock_file_of_thirty_thousand_packages_is_read() throws IOException {
        Path packed = Shared.path("conformance/hostile/json/wide-30000.package-lock.json.xz");
        try (InputStream in = new XZInputStream(Files.newInputStream(packed))) {
            Files.copy(in, folder.resolve("package-lock.json"));
        }

        assertThat(scan().items()).hasSize(30_000);
    }
}
