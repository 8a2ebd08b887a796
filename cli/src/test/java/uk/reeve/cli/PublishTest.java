package uk.reeve.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Against a server that answers as a register does; the register's own tests hold its side.
class PublishTest {

    private static final String KEY = "reeve_0123456789abcdef0123456789abcdef";
    private static final String BOM = """
            {"bomFormat": "CycloneDX", "specVersion": "1.6", "components": [
              {"type": "library", "name": "teapot", "version": "1.0.0", "purl": "pkg:npm/teapot@1.0.0"}]}
            """;

    @TempDir
    Path folder;

    private final List<String> asked = new ArrayList<>();
    private HttpServer register;
    private int status = 201;
    private String answer = "{\"ref\": \"SB-2345678\", \"components\": 1430, \"known\": false}";
    private String said = "";
    private String problem = "";

    @BeforeEach
    void start() throws IOException {
        register = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        register.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("Authorization") + " " + body);
            byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        register.start();
        Files.writeString(folder.resolve("bom.json"), BOM);
    }

    @AfterEach
    void stop() {
        register.stop(0);
    }

    private String url() {
        return "http://127.0.0.1:" + register.getAddress().getPort();
    }

    @Test
    void a_file_arrives_as_it_is_and_its_pages_are_told() {
        assertThat(run(
                        Map.of("REEVE_KEY", KEY, "REEVE_URL", url() + "/"),
                        "publish",
                        "bom.json",
                        "larkfield-revenues/8.2 beta"))
                .isZero();
        assertThat(asked)
                .containsExactly(
                        "POST /api/v1/products/larkfield-revenues/releases/8.2%20beta/sboms Bearer " + KEY + " " + BOM);
        assertThat(said)
                .contains("bom.json: 1,430 components, received")
                .contains(url() + "/sboms/SB-2345678")
                .contains(url() + "/products/larkfield-revenues/releases/8.2%20beta");
    }

    @Test
    void what_a_scan_found_is_sent_as_an_sbom_and_the_report_is_still_printed() {
        String db = folder.resolve("db").toString();
        assertThat(run(
                        Map.of("REEVE_KEY", KEY),
                        "scan",
                        "bom.json",
                        "--db",
                        db,
                        "--publish",
                        "larkfield-revenues/8.2",
                        "--url",
                        url(),
                        "--audience",
                        "nobody"))
                .as(problem)
                .isZero();
        assertThat(asked.getFirst())
                .contains("audience=nobody", "accept-name=true") // a folder's name claims nothing
                .contains("\"specVersion\"")
                .contains("pkg:npm/teapot@1.0.0");
        assertThat(said).contains("what was found: 1,430 components, received");
    }

    @Test
    void a_refusal_is_told_in_the_registers_words_and_no_key_is_shown() {
        status = 422;
        answer = "{\"detail\": \"The file stops in the middle. Nothing was stored.\"}";
        assertThat(run(Map.of("REEVE_KEY", KEY), "publish", "bom.json", "a/1", "--url", url()))
                .isEqualTo(3);
        assertThat(problem)
                .isEqualTo(
                        "reeve: 127.0.0.1 did not take it (422): The file stops in the middle. Nothing was stored.\n");
        status = 404;
        answer = "<html>";
        assertThat(run(Map.of("REEVE_KEY", KEY), "publish", "bom.json", "a/1", "--url", url()))
                .isEqualTo(3);
        assertThat(problem).contains("there is no such product and release");
        register.stop(0);
        assertThat(run(Map.of("REEVE_KEY", KEY), "publish", "bom.json", "a/1", "--url", url()))
                .isEqualTo(3);
        assertThat(problem).contains("127.0.0.1 cannot be reached").doesNotContain(KEY);
    }

    @Test
    void what_is_missing_or_wrong_is_told_before_anything_is_sent() {
        wrong("publish needs a file and a release", "publish", "bom.json");
        wrong("there is no such file", "publish", "none.json", "a/1", "--url", url());
        wrong("write the release as PRODUCT/VERSION", "publish", "bom.json", "a", "--url", url());
        wrong("say which register", "publish", "bom.json", "a/1");
        wrong("must be an https address", "publish", "bom.json", "a/1", "--url", "http://register.example");
        wrong("--audience takes public", "publish", "bom.json", "a/1", "--url", url(), "--audience", "all");
        assertThat(run(Map.of(), "publish", "bom.json", "a/1", "--url", url())).isEqualTo(2);
        assertThat(problem).contains("no API key");
        assertThat(asked).isEmpty();
    }

    private void wrong(String sentence, String... words) {
        assertThat(run(Map.of("REEVE_KEY", KEY), words)).isEqualTo(2);
        assertThat(problem).contains(sentence).hasLineCount(1);
    }

    private int run(Map<String, String> variables, String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int ended = Reeve.run(
                words,
                new Environment(
                        new ByteArrayInputStream(new byte[0]),
                        out,
                        err,
                        variables,
                        folder,
                        null,
                        false,
                        false,
                        true,
                        80,
                        Instant.parse("2030-01-01T00:00:00Z"),
                        false));
        said = out.toString(StandardCharsets.UTF_8);
        problem = err.toString(StandardCharsets.UTF_8);
        return ended;
    }
}
