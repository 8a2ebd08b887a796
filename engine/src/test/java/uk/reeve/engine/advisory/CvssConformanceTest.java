package uk.reeve.engine.advisory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.reeve.engine.Shared;

/// Scores on which independent calculators agree: every base vector of 3.0 and 3.1, every group of 4.0, and random
/// vectors with all kinds of metrics.
class CvssConformanceTest {

    @ParameterizedTest
    @CsvSource({
        "cvss-2.0.tsv, 753",
        "cvss-2.0-random.tsv.gz, 5506",
        "cvss-3.0.tsv, 2622",
        "cvss-3.0-random.tsv.gz, 5841",
        "cvss-3.1.tsv, 2592",
        "cvss-3.1-random.tsv.gz, 5826",
        "cvss-4.0.tsv, 1978",
        "cvss-4.0-random.tsv.gz, 5960"
    })
    void every_score_is_the_calculators(String file, int rows) throws BadCvss {
        List<String> different = new ArrayList<>();
        int count = 0;
        for (String[] row : Shared.tsv("conformance/cvss/" + file)) {
            Cvss cvss = Cvss.parse(row[0]);
            count++;
            if (cvss.version() == Cvss.Version.V4_0) {
                check(row, 1, cvss.score(), different);
                if (!row[2].isEmpty() && !cvss.band().name().equalsIgnoreCase(row[2])) {
                    different.add(row[0] + ": " + row[2] + ", not " + cvss.band());
                }
            } else {
                check(row, 1, cvss.baseScore(), different);
                check(row, 2, cvss.temporalScore(), different);
                check(row, 3, cvss.environmentalScore(), different);
            }
        }
        System.out.printf("cvss: %s %d of %d%n", file, count - different.size(), count);
        assertThat(different).isEmpty();
        assertThat(count).isEqualTo(rows);
    }

    private static void check(String[] row, int column, double answer, List<String> different) {
        String expected = column < row.length ? row[column] : "";
        if (!expected.isEmpty() && !expected.equals(Double.toString(answer))) {
            different.add(row[0] + " column " + column + ": " + expected + ", not " + answer);
        }
    }
}
