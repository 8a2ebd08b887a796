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
import org.junit.jupiter.api.io.TempDir;
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
