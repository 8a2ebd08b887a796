package uk.reeve.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `reeve advisories update`, `export` and `import` of what was exported, against a bucket on loopback.
class AdvisoriesTest {

    @TempDir
    Path folder;

    private final Map<String, String> files = new ConcurrentHashMap<>();
    private final Map<String, String> times = new TreeMap<>();
    private HttpServer server;
    private String db = "db";
    private String out = "";
    private String err = "";

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        files.put("/osv/ecosystems.txt", "npm\n");
        Files.writeString(folder.resolve("first.json"), json("GHSA-aaaa-0000-0001", "2030-01-01T00:00:00Z"));
        assertThat(run("advisories", "import", "first.json")).isZero();
        put("GHSA-aaaa-0000-0001", "2030-01-01T00:00:00Z");
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String body = files.get(path);
        boolean zip = path.equals("/osv/npm/all.zip");
        if (body == null && !zip) {
            exchange.sendResponseHeaders(404, -1);
        } else {
            byte[] bytes = zip ? zip() : String.valueOf(body).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }

    private byte[] zip() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, String> e : times.entrySet()) {
                zip.putNextEntry(new ZipEntry(e.getKey() + ".json"));
                zip.write(json(e.getKey(), e.getValue()).getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toByteArray();
    }

    private static String json(String id, String modified) {
        return """
                {"id": "%s", "modified": "%s", "affected": [{"package": {"ecosystem": "npm", "name": "teapot"},
                  "ranges": [{"type": "SEMVER", "events": [{"introduced": "0"}, {"fixed": "1.2.0"}]}]}]}
                """.formatted(id, modified);
    }

    private void put(String id, String modified) {
        times.put(id, modified);
        files.put("/osv/npm/" + id + ".json", json(id, modified));
        list();
    }

    private void list() {
        StringBuilder list = new StringBuilder();
        times.forEach(
                (id, modified) -> list.append(modified).append(',').append(id).append('\n'));
        files.put("/osv/npm/modified_id.csv", list.toString());
    }

    private int run(String... args) {
        ByteArrayOutputStream report = new ByteArrayOutputStream();
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        Environment environment = new Environment(
                InputStream.nullInputStream(),
                report,
                said,
                Map.of("REEVE_DB", folder.resolve(db).toString()),
                folder,
                null,
                false,
                false,
                true,
                100,
                Instant.parse("2030-01-12T00:00:00Z"),
                true);
        int status = Reeve.run(args, environment);
        out = report.toString(StandardCharsets.UTF_8);
        err = said.toString(StandardCharsets.UTF_8);
        return status;
    }

    private int update() {
        String base = "http://127.0.0.1:" + server.getAddress().getPort() + "/osv";
        return run("advisories", "update", "--from", base, "--kev", "none", "--epss", "none", "--ecosystem", "npm");
    }

    @Test
    void an_update_says_what_came_changed_and_went() {
        put("GHSA-aaaa-0000-0002", "2030-01-02T00:00:00Z");
        assertThat(update()).as(err).isZero();
        assertThat(out).isEqualTo("1 new, 0 changed, 0 gone.\n");
        assertThat(err).isEmpty();
        times.remove("GHSA-aaaa-0000-0001");
        put("GHSA-aaaa-0000-0002", "2030-01-03T00:00:00Z");
        assertThat(update()).isZero();
        assertThat(out).isEqualTo("0 new, 1 changed, 1 gone.\n");
        assertThat(update()).isZero();
        assertThat(out).isEqualTo("Nothing is new.\n");
    }

    @Test
    void what_cannot_be_fetched_stays_as_it_was() {
        put("GHSA-aaaa-0000-0002", "2030-01-02T00:00:00Z");
        files.remove("/osv/npm/modified_id.csv");
        assertThat(update()).isEqualTo(3);
        assertThat(err).contains("modified_id.csv", "404").doesNotContain("Exception");
        assertThat(err).endsWith("nothing could be fetched\n").doesNotContain("stay");
        assertThat(out)
                .isEqualTo("Nothing is new.\nWhat could not be fetched stays as it was before. Run it again; it goes on"
                        + " from here.\n");
        assertThat(run("advisories", "show", "GHSA-aaaa-0000-0001")).isZero();
    }

    @Test
    void a_bundle_takes_the_advisories_to_another_machine() throws IOException {
        assertThat(run("advisories", "export", "all.reeve")).as(err).isZero();
        assertThat(out).startsWith("Wrote all.reeve, ").contains("bytes, not signed.\nSHA-256 ");
        db = "other";
        assertThat(run("advisories", "import", "all.reeve")).as(err).isZero();
        assertThat(out).isEqualTo("1 record read: 1 new, 0 changed, 0 gone.\n");
        assertThat(run("advisories", "show", "GHSA-aaaa-0000-0001")).isZero();
    }

    @Test
    void a_bundle_is_taken_only_when_the_trusted_key_signed_it() throws Exception {
        KeyPair ours = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        KeyPair theirs = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        pem("private.pem", "PRIVATE KEY", ours.getPrivate().getEncoded());
        pem("public.pem", "PUBLIC KEY", ours.getPublic().getEncoded());
        pem("theirs.pem", "PUBLIC KEY", theirs.getPublic().getEncoded());
        assertThat(run("advisories", "export", "all.reeve", "--key", "private.pem"))
                .as(err)
                .isZero();
        assertThat(out).contains("bytes, signed.");
        db = "other";
        assertThat(run("advisories", "import", "all.reeve", "--trust", "theirs.pem"))
                .isEqualTo(3);
        assertThat(err).contains("is not signed with the key of").hasLineCount(1);
        assertThat(run("advisories", "import", "all.reeve", "--trust", "public.pem"))
                .as(err)
                .isZero();
        assertThat(run("advisories", "import", "all.reeve")).isZero();
        assertThat(err).startsWith("Note: ");
    }

    @Test
    void a_malformed_key_is_told_in_one_line() throws IOException {
        assertThat(run("advisories", "export", "all.reeve")).isZero();
        pem("short.pem", "PUBLIC KEY", new byte[] {1, 2, 3});
        Files.writeString(folder.resolve("odd.pem"), "-----BEGIN PUBLIC KEY-----\nA\n-----END PUBLIC KEY-----\n");
        Files.writeString(folder.resolve("empty.pem"), "");
        for (String key : List.of("short.pem", "odd.pem", "empty.pem")) {
            assertThat(run("advisories", "import", "all.reeve", "--trust", key))
                    .as(key)
                    .isEqualTo(Exit.USAGE);
            assertThat(err)
                    .startsWith("reeve: --trust ")
                    .contains(key + ": ")
                    .doesNotContain("Exception")
                    .hasLineCount(1);
        }
    }

    private void pem(String name, String label, byte[] bytes) throws IOException {
        Files.writeString(
                folder.resolve(name),
                "-----BEGIN " + label + "-----\n" + Base64.getMimeEncoder().encodeToString(bytes) + "\n-----END "
                        + label + "-----\n");
    }

    @Test
    void the_starter_snapshot_can_be_made_anew() {
        assertThat(run("advisories", "export", "--starter", "starter.snapshot"))
                .as(err)
                .isZero();
        assertThat(out).startsWith("Wrote starter.snapshot, ");
        assertThat(folder.resolve("starter.snapshot")).isNotEmptyFile();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "update --from nonsense|what --from was given is no address; write it as https://HOST/PATH",
                "update --proxy proxy.example:8080|what --proxy was given is no address; write it as http://HOST:PORT",
                "update --proxy https://proxy.example|only http://HOST:PORT is supported",
                "update --ca absent.pem|--ca absent.pem: there is no such file",
                "update --ecosystem ../x|is no ecosystem of OSV",
                "update npm|reeve advisories update --ecosystem npm",
                "export|export needs one file",
                "export a --key absent.pem|--key absent.pem: there is no such file",
                "import first.json --trust absent.pem|--trust absent.pem: there is no such file",
                "status --key a|--key is for reeve advisories export, not for status"
            })
    void a_wrong_command_is_told_in_one_line(String words, String message) {
        assertThat(run(("advisories " + words).split(" "))).isEqualTo(2);
        assertThat(err).contains(message).hasLineCount(1);
    }

    @Test
    void a_bad_certificate_file_changes_nothing() throws IOException {
        Files.writeString(folder.resolve("ca.pem"), "no certificate");
        assertThat(run("advisories", "update", "--ca", "ca.pem")).isEqualTo(3);
        assertThat(err)
                .contains("holds no certificate", "what was there is kept")
                .hasLineCount(1);
    }

    @Test
    void progress_tells_source_size_and_records() {
        assertThat(AdvisoriesUpdate.line("npm", 12_300_000, 44_100_000, 1234))
                .isEqualTo("npm: 12 of 45 MB, 1,234 records");
        assertThat(AdvisoriesUpdate.line("KEV", 1_000_000, -1, 0)).isEqualTo("KEV: 1 MB");
    }

    @Test
    void a_folder_may_hold_what_is_exploited_and_how_likely_beside_records() throws IOException {
        Path feeds = Files.createDirectories(folder.resolve("feeds/daily"));
        Files.writeString(feeds.resolve("exploited.json"), """
                {"title": "Catalogue", "catalogVersion": "2030.01.05", "dateReleased": "2030-01-05T00:00:00Z",
                 "vulnerabilities": [{"cveID": "CVE-2030-0001", "dateAdded": "2030-01-02"}]}
                """);
        try (OutputStream gzip =
                new GZIPOutputStream(Files.newOutputStream(feeds.resolve("epss_scores-2030-01-04.csv.gz")))) {
            gzip.write("#model_version:v1,score_date:2030-01-04T00:00:00Z\ncve,epss,percentile\nCVE-2030-0001,0.5,0.9\n"
                    .getBytes(StandardCharsets.UTF_8));
        }
        Files.writeString(feeds.resolve("modified_id.csv"), "2030-01-01T00:00:00Z,GHSA-aaaa-0000-0002\n");
        Files.writeString(feeds.resolve("record.json"), json("GHSA-aaaa-0000-0002", "2030-01-01T00:00:00Z"));
        assertThat(run("advisories", "import", "feeds")).isZero();
        assertThat(out).isEqualTo("1 record read: 1 new, 0 changed, 0 gone.\n");
        assertThat(err.lines())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("Note: ").endsWith("csv.gz: EPSS was read"),
                        line -> assertThat(line).startsWith("Note: ").endsWith("exploited.json: KEV was read"));
        run("advisories", "status");
        assertThat(out).contains("KEV as of 5 January 2030: 1 known", "EPSS scores as of 4 January 2030.");
    }
}
