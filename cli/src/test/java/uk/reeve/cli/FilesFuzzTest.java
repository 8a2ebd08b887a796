package uk.reeve.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import uk.reeve.cli.report.Report;

/// Of the files that a person gives beside what is scanned, only [Refused] may come out. In the build the seeds are
/// read; with JAZZER_FUZZ=1 one test goes on by itself, see CONTRIBUTING.md.
class FilesFuzzTest {

    @TempDir
    static Path folder;

    @FuzzTest(maxDuration = "1m")
    void rules(byte[] data) throws IOException {
        Path file = Files.write(folder.resolve("reeve.yaml"), data);
        read(() -> RuleFile.read(file, "reeve.yaml", Report.Cause.RULE));
    }

    @FuzzTest(maxDuration = "1m")
    void baseline(byte[] data) throws IOException {
        Path file = Files.write(folder.resolve("baseline.json"), data);
        read(() -> Baseline.read(file, "baseline.json"));
    }

    private interface Reader {
        Object read() throws Refused;
    }

    private static void read(Reader reader) {
        try {
            assertThat(reader.read()).isNotNull();
        } catch (Refused e) {
            assertThat(e.getMessage().lines()).hasSize(1);
        }
    }
}
