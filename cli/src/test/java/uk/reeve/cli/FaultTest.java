package uk.reeve.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uk.reeve.engine.index.AdvisoryStore;

/// A fault of ours is status 70 and one line; a damaged file is neither.
class FaultTest {

    private static final String LOCK = """
            {"name": "x", "lockfileVersion": 3, "packages": {
              "node_modules/teapot": {"version": "1.0.0"}}}
            """;

    @TempDir
    Path folder;

    private String err = "";

    /// Fails as only a mistake of the program would.
    private static final class Broken extends OutputStream {
        @Override
        public void write(int b) {
            throw new IllegalStateException("the kettle is empty");
        }

        @Override
        public void write(byte[] bytes, int from, int length) {
            write(0);
        }
    }

    @Test
    void a_fault_of_ours_is_status_70_and_one_line_without_a_trace() throws IOException {
        index();
        Path lock = Files.writeString(folder.resolve("package-lock.json"), LOCK);
        assertThat(run(new Broken(), "scan", lock.toString())).isEqualTo(70);
        assertThat(err.strip().lines()).hasSize(1);
        assertThat(err)
                .startsWith("reeve: failed by its own fault")
                .contains("the kettle is empty")
                .contains("--debug")
                .doesNotContain("\tat ");
    }

    @Test
    void debug_shows_where_a_fault_of_ours_is() throws IOException {
        index();
        Path lock = Files.writeString(folder.resolve("package-lock.json"), LOCK);
        assertThat(run(new Broken(), "scan", lock.toString(), "--debug")).isEqualTo(70);
        assertThat(err).contains("\tat uk.reeve.cli");
    }

    @Test
    void a_scan_with_a_damaged_index_says_so_and_is_no_fault_of_ours() throws IOException {
        Path lock = Files.writeString(folder.resolve("package-lock.json"), LOCK);
        Path index = index();
        byte[] good = Files.readAllBytes(index);
        int header = good.length - body(good);
        for (int from = header; from < good.length; from += 1 + good.length / 60) {
            byte[] bad = good.clone();
            Arrays.fill(bad, from, Math.min(bad.length, from + 12), (byte) 0xff);
            Files.write(index, bad);
            int status = run(new ByteArrayOutputStream(), "scan", lock.toString());
            assertThat(status).as("damaged at %d: %s", from, err).isNotEqualTo(70);
            assertThat(err).doesNotContain("Exception").doesNotContain("\tat ");
            assertThat(err.strip().lines().count()).isLessThanOrEqualTo(2);
        }
    }

    /// A disk without room.
    private static final class Full extends OutputStream {
        @Override
        public void write(int b) throws IOException {
            throw new IOException("No space left on device");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"json", "csv", "table", "cyclonedx", "sarif", "html"})
    void a_full_disk_under_standard_output_is_told_in_one_line(String format) throws IOException {
        index();
        Path lock = Files.writeString(folder.resolve("package-lock.json"), LOCK);
        assertThat(run(new StandardOutput(new Full()), "scan", lock.toString(), "--format", format))
                .isEqualTo(3);
        assertThat(err).isEqualTo("reeve: standard output: cannot be written (No space left on device)\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"json", "csv"})
    @EnabledOnOs(OS.LINUX)
    void a_full_disk_under_a_report_is_told_in_one_line(String format) throws IOException {
        index();
        Path lock = Files.writeString(folder.resolve("package-lock.json"), LOCK);
        assertThat(run(new Full(), "scan", lock.toString(), "--format", format, "--output", "/dev/full"))
                .isEqualTo(3);
        assertThat(err).isEqualTo("reeve: /dev/full: cannot be written (No space left on device)\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"json", "cyclonedx", "sarif", "csv", "table"})
    void no_report_holds_a_control_character_or_a_mark_of_direction(String format) throws IOException {
        index();
        Path lock = folder.resolve("package-lock.json");
        Files.writeString(
                lock,
                LOCK.replace("\"version\"", "\"resolved\": \"a\u009b\u202e\u2066\u200f\", \"version\"")
                        .replace("1.0.0", "1.0.0-\u009b\u202e\u2066\u200f\u007f"));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        run(out, "scan", lock.toString(), "--format", format);
        String text = out.toString(StandardCharsets.UTF_8);
        assertThat(text).contains("teapot").doesNotContain("\u009b", "\u202e", "\u2066", "\u200f", "\u007f");
    }

    // Where the first section begins: its offset is the first of the header's.
    private static int body(byte[] index) {
        int offset = 0;
        for (int i = 3; i >= 0; i--) {
            offset = offset << 8 | (index[24 + i] & 0xff);
        }
        return index.length - offset;
    }

    private Path index() throws IOException {
        Path records = Files.createDirectories(folder.resolve("records/npm"));
        Files.writeString(records.resolve("REEVE-1.json"), """
                {"id": "REEVE-1", "modified": "2030-01-01T00:00:00Z", "aliases": ["CVE-2030-0001"],
                 "affected": [{"package": {"ecosystem": "npm", "name": "teapot"},
                   "ranges": [{"type": "SEMVER", "events": [{"introduced": "0"}, {"fixed": "1.2.0"}]}]}]}
                """);
        try (AdvisoryStore store = AdvisoryStore.open(folder.resolve("db"))) {
            store.importFrom(List.of(folder.resolve("records")), LocalDate.parse("2030-01-10"));
        }
        try (Stream<Path> files = Files.list(folder.resolve("db"))) {
            return files.filter(file -> file.toString().endsWith(".idx"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private int run(OutputStream out, String... args) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        String[] all = Arrays.copyOf(args, args.length + 2);
        all[args.length] = "--db";
        all[args.length + 1] = folder.resolve("db").toString();
        int status = Reeve.run(
                all,
                new Environment(
                        InputStream.nullInputStream(),
                        out,
                        said,
                        Map.of(),
                        folder,
                        null,
                        false,
                        false,
                        true,
                        80,
                        Instant.EPOCH,
                        true));
        err = said.toString(StandardCharsets.UTF_8);
        return status;
    }
}
