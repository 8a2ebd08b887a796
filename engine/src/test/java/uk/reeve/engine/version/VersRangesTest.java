package uk.reeve.engine.version;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import uk.reeve.engine.Shared;

/// Native ranges, translated and asked: does the answer agree with the ecosystem's own tests?
class VersRangesTest {

    private record Subject(String file, String scheme, int known) {}

    @TestFactory
    Stream<DynamicTest> a_translated_range_holds_what_its_own_tool_says() {
        return Stream.of(
                        // 13: npm leaves pre-releases out where the bound has none, which no vers can say; two ask
                        // for texts that are no versions.
                        new Subject("npm", "npm", 15),
                        new Subject("nuget", "nuget", 0),
                        // `==2` holds 2+local, `>2` does not hold 2.post1 or 2+local, `<2` does not hold 2rc1: rules
                        // of the sign, which no vers can say.
                        new Subject("pypi", "pypi", 25))
                .map(s -> DynamicTest.dynamicTest(s.file, () -> judge(s)));
    }

    private static void judge(Subject subject) {
        List<String> different = new ArrayList<>();
        int tried = 0;
        for (String[] row : Shared.tsv("conformance/ranges/" + subject.file + ".tsv")) {
            if (row.length > 4 && !row[3].isEmpty()) {
                continue; // npm's loose mode and its choice to include pre-releases
            }
            tried++;
            String said = answer(subject.scheme, row[0], row[1]);
            if (!said.equals(row[2])) {
                different.add(String.join(" | ", row) + ", said " + said);
            }
        }
        System.out.printf(
                "ranges/%s: tried %d, equal %d, known different %d%n",
                subject.file, tried, tried - different.size(), different.size());
        assertThat(different).hasSize(subject.known);
    }

    private static String answer(String scheme, String range, String version) {
        try {
            return switch (Vers.fromNative(scheme, range).contains(version)) {
                case YES -> "true";
                case NO -> "false";
                case UNKNOWN -> "unknown";
            };
        } catch (BadRange e) {
            return e.getMessage().endsWith("holds no version") ? "false" : "refused: " + e.getMessage();
        }
    }
}
