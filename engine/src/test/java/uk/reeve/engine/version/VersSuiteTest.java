package uk.reeve.engine.version;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import uk.reeve.engine.Shared;
import uk.reeve.engine.input.JsonInput;
import uk.reeve.engine.input.Node;
import uk.reeve.engine.input.Unreadable;

/// The tests of the VERS specification itself.
class VersSuiteTest {

    private static final Map<String, Integer> KNOWN = Map.of(
            // An empty range: Conan takes it for every version, and `vers:conan/` would break the specification.
            "conan_range_from_native_test.json", 1,
            // Three pairs, twice each, as Maven before 3.9 had them: 2-1 and 2.0.a, 2-1 and 2.0.0.a, 2.0.a and 2.0.0.a.
            "maven_version_cmp_test.json", 6,
            // The order is the same; the tests print some versions in lower case, and we as they were given.
            "nuget_version_cmp_test.json", 4,
            // Parts of versions (`<= 1.0`, `2.1 || 2.6`, `>= 1.x`), conditions that must both hold, and `~0.8.0-pre`:
            // as
            // npm itself reads them, which leaves nothing of `1.1.2 1.2.2`.
            "npm_range_from_native_test.json", 8);

    @TestFactory
    Stream<DynamicTest> answers_as_the_specification_s_tests_do() throws IOException {
        try (Stream<Path> files = Files.list(Shared.path("conformance/vers/tests"))) {
            List<Path> sorted = files.sorted().toList();
            return sorted.stream()
                    .map(f -> DynamicTest.dynamicTest(f.getFileName().toString(), () -> judge(f)));
        }
    }

    private static void judge(Path file) throws IOException, Unreadable {
        List<String> different = new ArrayList<>();
        List<Node> tests;
        try (InputStream in = Files.newInputStream(file)) {
            tests = JsonInput.read(in).items("tests");
        }
        for (Node test : tests) {
            String expected = "true".equals(test.text("expected_failure"))
                    ? "refused: " + test.text("expected_message").replace("non-canonical VERS: ", "")
                    : plain(test.get("expected_output"));
            String said = answer(test.text("test_type"), test.get("input"));
            if (!said.equals(expected)) {
                different.add(plain(test.get("input")) + ": expected " + expected + ", said " + said);
            }
        }
        System.out.printf(
                "vers/%s: tried %d, equal %d, known different %d%n",
                file.getFileName(), tests.size(), tests.size() - different.size(), different.size());
        assertThat(different).hasSize(KNOWN.getOrDefault(file.getFileName().toString(), 0));
    }

    private static String answer(String type, Node input) {
        try {
            return switch (type) {
                case "parse" -> {
                    Vers vers = Vers.parse(input.text());
                    List<List<String>> constraints = new ArrayList<>();
                    for (Constraint c : vers.constraints()) {
                        constraints.add(List.of(
                                c.comparator() == Constraint.Comparator.EQUAL
                                        ? "="
                                        : c.comparator().sign(),
                                c.version()));
                    }
                    yield vers.scheme() + constraints;
                }
                case "validate" -> Vers.read(input.text()).toString();
                case "containment" ->
                    switch (Vers.read(input.text("vers")).contains(input.text("version"))) {
                        case YES -> "true";
                        case NO -> "false";
                        case UNKNOWN -> "unknown";
                    };
                case "from_native" ->
                    Vers.fromNative(input.text("scheme"), input.text("native_range"))
                            .toString();
                case "comparison" ->
                    sorted(input.text("input_scheme"), texts(input.items("versions")))
                            .toString();
                case "equality" ->
                    Boolean.toString(compare(input.text("input_scheme"), texts(input.items("versions"))) == 0);
                default -> "no such test type";
            };
        } catch (BadRange e) {
            return "refused: " + e.getMessage().substring(e.getMessage().lastIndexOf(": ") + 2);
        } catch (BadVersion e) {
            return "refused: " + e.getMessage();
        }
    }

    private static int compare(String scheme, List<String> versions) throws BadVersion {
        return VersSchemes.order(scheme).compare(versions.get(0), versions.get(1));
    }

    private static List<String> sorted(String scheme, List<String> versions) throws BadVersion {
        VersionOrder order = VersSchemes.order(scheme);
        List<String> sorted = new ArrayList<>();
        for (String version : versions) {
            int at = sorted.size();
            while (at > 0 && order.compare(sorted.get(at - 1), version) > 0) {
                at--;
            }
            sorted.add(at, version);
        }
        return sorted;
    }

    private static List<String> texts(List<Node> nodes) {
        return nodes.stream().map(VersSuiteTest::plain).toList();
    }

    private static String plain(Node node) {
        return switch (node) {
            case Node.Items items -> texts(items.values()).toString();
            case Node.Fields fields ->
                fields.get("version_constraints") != null
                        ? fields.text("scheme") + plain(fields.get("version_constraints"))
                        : texts(List.copyOf(fields.values().values())).toString();
            default -> String.valueOf(node.text());
        };
    }
}
