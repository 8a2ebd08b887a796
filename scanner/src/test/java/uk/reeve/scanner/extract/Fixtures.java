package uk.reeve.scanner.extract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import uk.reeve.engine.input.Unreadable;

/// Runs an extractor on each case folder below `fixtures/NAME`: the files of the case as a small tree, and beside them
/// `expected.txt` with what must be said, one line each, sorted. Where the extractor wants several of the files, the
/// first line of `expected.txt` is `file: path/inside/case`. `-Dfixtures.write=true` writes the rest anew.
///
/// Each file is also read cut short at twenty places: nothing but [Unreadable] may be thrown.
final class Fixtures {

    private static final String EXPECTED = "expected.txt";
    private static final String FILE = "file: ";

    private Fixtures() {}

    static Stream<DynamicTest> of(Extractor extractor, String name) {
        try (Stream<Path> cases = Files.list(root().resolve(name))) {
            List<Path> folders = cases.filter(Files::isDirectory).sorted().toList();
            assertThat(folders).as("cases below fixtures/" + name).isNotEmpty();
            return folders.stream()
                    .map(folder ->
                            DynamicTest.dynamicTest(name + "/" + folder.getFileName(), () -> check(extractor, folder)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What the extractor says about the file, an [Unreadable] as its last line.
    static FixtureSink said(Extractor extractor, ScanFile file, List<String> unreadable) throws IOException {
        FixtureSink sink = new FixtureSink();
        try {
            extractor.extract(file, sink);
        } catch (Unreadable e) {
            unreadable.add("unreadable " + e.line() + ": " + e.getMessage());
        }
        return sink;
    }

    private static void check(Extractor extractor, Path folder) throws IOException {
        Path expected = folder.resolve(EXPECTED);
        FixtureTree tree = FixtureTree.of(folder);
        List<String> wanted =
                Files.exists(expected) ? new ArrayList<>(Files.readAllLines(expected)) : new ArrayList<>();
        boolean named = !wanted.isEmpty() && wanted.getFirst().startsWith(FILE);
        String path = named ? wanted.getFirst().substring(FILE.length()).strip() : only(extractor, tree);
        assertThat(tree.paths()).contains(path);
        assertThat(extractor.wants(new ScanPath(path), tree.head(path)))
                .as(extractor.name() + " wants " + path)
                .isTrue();

        List<String> lines = new ArrayList<>();
        lines.addAll(said(extractor, tree.file(path), lines).lines());
        if (named) {
            lines.addFirst(FILE + path);
        }
        if (Boolean.getBoolean("fixtures.write")) {
            Files.write(expected, lines);
            return;
        }
        cutShort(extractor, tree, path);
        assertThat(lines).as(folder.toString()).containsExactlyElementsOf(wanted);
    }

    private static void cutShort(Extractor extractor, FixtureTree tree, String path) throws IOException {
        byte[] whole = tree.bytes(path);
        for (int i = 0; i < 20; i++) {
            int length = (int) ((long) whole.length * i / 20);
            byte[] part = Arrays.copyOf(whole, length);
            try {
                said(extractor, tree.file(path, part), new ArrayList<>());
            } catch (RuntimeException e) {
                String shown = new String(part, StandardCharsets.UTF_8);
                throw new AssertionError("cut after " + length + " bytes, …" + tail(shown), e);
            }
        }
    }

    private static String tail(String text) {
        return text.substring(Math.max(0, text.length() - 80));
    }

    private static String only(Extractor extractor, FixtureTree tree) throws IOException {
        List<String> found = new ArrayList<>();
        for (String path : tree.paths()) {
            if (!path.equals(EXPECTED) && extractor.wants(new ScanPath(path), tree.head(path))) {
                found.add(path);
            }
        }
        assertThat(found)
                .as("the one file that " + extractor.name() + " wants; else begin expected.txt with \"file: …\"")
                .hasSize(1);
        return found.getFirst();
    }

    private static Path root() {
        for (String module : List.of("", "scanner/")) {
            Path found = Path.of(module + "src/test/resources/fixtures").toAbsolutePath();
            if (Files.isDirectory(found)) {
                return found;
            }
        }
        throw new IllegalStateException(
                "src/test/resources/fixtures is not below " + Path.of("").toAbsolutePath());
    }
}
