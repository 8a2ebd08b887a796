package uk.reeve.scanner.extract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import uk.reeve.engine.Shared;
import uk.reeve.engine.input.JsonInput;
import uk.reeve.engine.input.Node;
import uk.reeve.engine.input.Unreadable;

/// What is found in scripts, and that `web-libraries.tsv` is what its source says.
class WebLibrariesTest {

    private static final String KEPT = "src/main/resources/uk/reeve/scanner/extract/web-libraries.tsv";

    /// Of retire.js, and no package of npm.
    private static final Set<String> ELSEWHERE = Set.of(
            "retire-example",
            "dont check",
            "sessvars",
            "swfobject",
            "prototypejs",
            "jquery.prettyPhoto",
            "easyXDM",
            "DWR",
            "ExtJS",
            "flowplayer",
            "pendo");

    /// Of its patterns, those that other scripts may well match: a list of what a project depends on, any `version`
    /// beside a `build`.
    private static final Set<String> LOOSE =
            Set.of("[^a-z.]jquery:[ ]?\"(§§version§§)\"", "const version = ['\"](§§version§§)['\"];\\s*const build =");

    @TestFactory
    Stream<DynamicTest> fixtures() {
        return Fixtures.of(new WebLibrary(), "web-library");
    }

    @Test
    void what_lies_in_node_modules_is_left_to_its_packages() throws IOException {
        WebLibrary library = new WebLibrary();
        assertThat(library.wants(new ScanPath("node_modules/jquery/dist/jquery.js"), Head.NONE))
                .isFalse();
        assertThat(library.wants(new ScanPath("static/jquery.JS"), Head.NONE)).isTrue();
    }

    @Test
    void a_file_with_a_known_digest_is_that_version() {
        assertThat(WebLibraries.KNOWN.byDigest("61c9d49ae64331402c3bde766c9dc504ed2ca509"))
                .isEqualTo(Map.of("jquery-deparam", "0.5.3"));
    }

    /// `-Dderived.write=true` writes the file anew.
    @Test
    void the_file_is_derived_from_its_source() throws IOException, Unreadable {
        List<String> lines = new ArrayList<>(
                List.of(
                        "# By what front-end libraries are known, see WebLibraries. Derived by WebLibrariesTest from RetireJS/retire.js,",
                        "# repository/jsrepository-v6.json, commit fd8df0d6f1da46d4bc0446321395fcf708619e07 (22 August 2026), Apache-2.0."));
        try (ZipFile zip = new ZipFile(Shared.path("data/advisories-other/retirejs-repository.zip")
                        .toFile());
                var in = zip.getInputStream(zip.getEntry("repository/jsrepository-v6.json"))) {
            lines.addAll(derived(JsonInput.read(in)));
        }
        Path kept = Path.of(Files.isDirectory(Path.of("scanner")) ? "scanner/" + KEPT : KEPT);
        if (Boolean.getBoolean("derived.write")) {
            Files.createDirectories(kept.getParent());
            Files.write(kept, lines);
        }
        assertThat(Files.readAllLines(kept, StandardCharsets.UTF_8)).isEqualTo(lines);
    }

    private static TreeSet<String> derived(Node root) {
        TreeSet<String> lines = new TreeSet<>();
        root.fields().forEach((key, library) -> {
            Node signs = library.get("extractors");
            String npm = library.text("npmname");
            String name = npm == null ? key : npm;
            if (signs == null || ELSEWHERE.contains(key)) {
                return;
            }
            for (Node sign : signs.items("filename")) {
                lines.add(name + "\tname\t" + version(String.valueOf(sign.text())));
            }
            for (Node sign : signs.items("filecontent")) {
                String pattern = String.valueOf(sign.text());
                String part = literal(pattern);
                if (isPlain(pattern) && part.length() >= 5) {
                    lines.add(name + "\tcontent\t" + part + "\t" + version(pattern));
                }
            }
            signs.fields("hashes")
                    .forEach((digest, version) -> lines.add(name + "\tsha1\t" + digest + "\t" + version.text()));
        });
        return lines;
    }

    private static String version(String pattern) {
        return pattern.replace("(§§version§§)", "§")
                .replace("\n", "\\n")
                .replace("\r", "\\r")
                .replace("\t", "\\t");
    }

    // What goes by the inside of a packed script, over hundreds of characters, is left out: it is slow, and seldom
    // alone.
    private static boolean isPlain(String pattern) {
        return !LOOSE.contains(pattern)
                && pattern.indexOf("(§§version§§)") == pattern.lastIndexOf("(§§version§§)")
                && pattern.contains("(§§version§§)")
                && !pattern.contains("[\\s\\S]")
                && !pattern.contains(".*")
                && !pattern.contains("(?<")
                && !pattern.contains("(?=")
                && !pattern.contains("(?!")
                && !pattern.startsWith("/*")
                && !pattern.matches("(?s).*(\\\\[1-9]|\\{\\d+,\\d{3,}\\}|\\{1,10\\}|\\|\\.\\)).*");
    }

    /// The longest text that stands in every match.
    private static String literal(String pattern) {
        String longest = "";
        StringBuilder run = new StringBuilder();
        int depth = 0;
        for (int i = 0; i <= pattern.length(); i++) {
            char c = i < pattern.length() ? pattern.charAt(i) : '|';
            boolean escaped =
                    c == '\\' && i + 1 < pattern.length() && !Character.isLetterOrDigit(pattern.charAt(i + 1));
            char plain = escaped ? pattern.charAt(++i) : c;
            char next = i + 1 < pattern.length() ? pattern.charAt(i + 1) : ' ';
            boolean isLiteral = depth == 0 && (escaped || "\\^$.|?*+()[]{}\n\r\t".indexOf(c) < 0);
            if (isLiteral && "?*{+".indexOf(next) < 0) {
                run.append(plain);
                continue;
            }
            longest = run.length() > longest.length() ? run.toString() : longest;
            run.setLength(0);
            if (!escaped && c == '[') {
                i = pattern.indexOf(']', i + 2);
            } else if (!escaped && c == '{' && depth == 0) {
                i = pattern.indexOf('}', i);
            } else if (!escaped && c == '(') {
                depth++;
            } else if (!escaped && c == ')') {
                depth--;
            } else if (!escaped && c == '\\') {
                i++;
            }
        }
        return longest;
    }
}
