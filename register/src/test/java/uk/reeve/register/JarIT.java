package uk.reeve.register;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// The jar as people start it, with nothing on its path but what is in it.
@ExtendWith(PostgresHere.class)
class JarIT {

    @TempDir
    Path folder;

    @Test
    @Timeout(180)
    void the_demo_is_ready_answers_and_leaves_no_process_behind() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Path data = folder.resolve("demo");
        Process demo = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-jar",
                        "target/reeve-register.jar",
                        "demo",
                        "--port",
                        Integer.toString(port),
                        "--data",
                        data.toString())
                .redirectErrorStream(true)
                .start();
        try {
            String ready = "Reeve is ready: http://localhost:" + port + "/";
            List<String> said = new ArrayList<>();
            BufferedReader out =
                    new BufferedReader(new InputStreamReader(demo.getInputStream(), StandardCharsets.UTF_8));
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                said.add(line);
                if (line.equals(ready)) {
                    break;
                }
            }
            assertThat(said).contains(ready);
            for (String path : List.of("/", "/demo", "/products", "/api/v1/openapi", "/sign-in")) {
                assertThat(status(port, path)).as(path).isEqualTo(200);
            }
        } finally {
            demo.destroy(); // as Ctrl-C does: an orderly end
            assertThat(demo.waitFor(60, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(ProcessHandle.allProcesses()
                        .filter(process ->
                                process.info().commandLine().orElse("").contains(data.toString()))
                        .toList())
                .isEmpty();
        assertThat(Files.exists(data.resolve("reeve.log"))).isTrue();
    }

    private static int status(int port, String path) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }
}
