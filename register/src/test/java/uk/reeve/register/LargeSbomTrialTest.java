package uk.reeve.register;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedWriter;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import uk.reeve.register.audience.Asker;
import uk.reeve.register.audience.Asking;
import uk.reeve.register.catalogue.Products;
import uk.reeve.register.catalogue.Sboms;

/// The largest SBOM that is taken, by an API key, into a register with little memory. Run with
/// `mvn -pl register test -Dtrials=true -Dtest=LargeSbomTrialTest -Dtest.memory=512m`.
@EnabledIfSystemProperty(named = "trials", matches = "true")
@RegisterTest
class LargeSbomTrialTest {

    @Autowired
    Given given;

    @Autowired
    Products products;

    @LocalServerPort
    int port;

    @TempDir
    Path folder;

    @Test
    void the_largest_sbom_comes_in() throws Exception {
        Path file = folder.resolve("large.json");
        write(file, Sboms.MOST_COMPONENTS);
        Asker.Person maker = given.someoneOf(Asker.Kind.SUPPLIER, "Larkfield Systems");
        UUID product = Asking.as(maker, () -> {
            UUID id = products.add("Larkfield Largest", null, null);
            products.addRelease(id, "1.0", LocalDate.of(2026, 1, 1), null);
            products.publish(id);
            return id;
        });
        Browser browser = new Browser(port).signIn(given.account(maker), Given.PASSWORD);
        String keys = "/organisation/keys";
        Matcher key = Pattern.compile("<code>(reeve_[A-Za-z0-9_-]+)</code>")
                .matcher(browser.post(keys, browser.token(keys), "name", "A build", "scope", "publish")
                        .body());
        assertThat(key.find()).isTrue();
        long start = System.nanoTime();
        HttpResponse<String> answer;
        try (HttpClient http = HttpClient.newHttpClient()) {
            answer = http.send(
                    HttpRequest.newBuilder(URI.create(
                                    "http://localhost:" + port + "/api/v1/products/" + product + "/releases/1.0/sboms"))
                            .header("Authorization", "Bearer " + key.group(1))
                            .timeout(Duration.ofMinutes(15))
                            .POST(HttpRequest.BodyPublishers.ofFile(file))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        long peak = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == java.lang.management.MemoryType.HEAP)
                .mapToLong((MemoryPoolMXBean pool) -> pool.getPeakUsage().getUsed())
                .sum();
        System.out.printf(
                "Large SBOM: %d components, %d MB, status %d in %.1f s, heap of at most %d MB, peak of pools %d MB%n",
                Sboms.MOST_COMPONENTS,
                Files.size(file) >> 20,
                answer.statusCode(),
                took.toMillis() / 1000.0,
                Runtime.getRuntime().maxMemory() >> 20,
                peak >> 20);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        start = System.nanoTime();
        assertThat(browser.get("/products/" + product + "/releases/1.0/components")
                        .statusCode())
                .isEqualTo(200);
        System.out.printf("Its components' page: %d ms%n", (System.nanoTime() - start) / 1_000_000);
    }

    /// Each brings in two others, so that ways are long.
    private static void write(Path file, int components) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write("{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\",\"version\":1,\"components\":[");
            for (int i = 0; i < components; i++) {
                out.write((i == 0 ? "" : ",\n") + "{\"type\":\"library\",\"bom-ref\":\"c" + i
                        + "\",\"group\":\"@larkfield\","
                        + "\"name\":\"part-" + i + "\",\"version\":\"1." + i % 97
                        + "\",\"purl\":\"pkg:npm/%40larkfield/part-"
                        + i + "@1." + i % 97 + "\",\"licenses\":[{\"license\":{\"id\":\"MIT\"}}]}");
            }
            out.write("],\"dependencies\":[");
            for (int i = 0; i < components; i++) {
                int first = Math.min(components - 1, 2 * i + 1);
                out.write((i == 0 ? "" : ",\n") + "{\"ref\":\"c" + i + "\",\"dependsOn\":[\"c" + first + "\",\"c"
                        + Math.min(components - 1, first + 1) + "\"]}");
            }
            out.write("]}");
        }
    }
}
