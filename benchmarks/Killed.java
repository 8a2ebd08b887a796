import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/// Kills a demo's Java process again and again while SBOMs, systems and advisories come in, and counts what it had
/// said it took and does not have, what it has twice, and what it has by half.
///
/// Usage: `Killed FOLDER PORT ROUNDS SEED JAVA-AND-JAR...`. The folder must not be there yet. One kill in five falls into the
/// start, and so into migrations and the filling of the demo on the first.
public final class Killed {

    private record Sent(String kind, String name, String detail) {}

    private final Path folder;
    private final String address;
    private final List<String> command;
    private final Random random;
    private final Queue<Sent> taken = new ConcurrentLinkedQueue<>();
    private final Queue<String> refused = new ConcurrentLinkedQueue<>();
    private final List<Long> starts = new ArrayList<>();
    private volatile boolean alive;
    private String key = "";
    private int number;

    private Killed(String[] args) {
        this.folder = Path.of(args[0]);
        this.address = "http://localhost:" + args[1];
        this.random = new Random(Long.parseLong(args[3]));
        this.command = new ArrayList<>(Arrays.asList(args).subList(4, args.length));
        command.addAll(List.of("demo", "--port", args[1], "--data", folder.toString()));
    }

    public static void main(String[] args) throws Exception {
        if (Files.exists(Path.of(args[0]))) {
            throw new IllegalArgumentException(args[0] + " is there already");
        }
        Killed killed = new Killed(args);
        int rounds = Integer.parseInt(args[2]);
        int atStart = 0;
        for (int i = 0; i < rounds; i++) {
            Process register = killed.start();
            if (killed.random.nextInt(5) == 0) {
                atStart++;
                Thread.sleep(500 + killed.random.nextInt(6_000));
                kill(register);
                continue;
            }
            killed.ready(register);
            List<Thread> work = killed.work(i);
            Thread.sleep(300 + killed.random.nextInt(3_000));
            kill(register);
            killed.alive = false;
            for (Thread thread : work) {
                thread.join();
            }
            System.out.printf("kill %d: %d things were taken so far%n", i + 1, killed.taken.size());
        }
        Process register = killed.start();
        killed.ready(register);
        int wrong = killed.count() + killed.refused.size();
        killed.refused.forEach(System.out::println);
        if (killed.taken.isEmpty()) {
            throw new IllegalStateException("nothing was taken");
        }
        register.destroy();
        register.waitFor();
        System.out.printf("%d kills, %d of them in a start; start to ready: %d s at most; wrong: %d%n", rounds, atStart,
                killed.starts.stream().mapToLong(Long::longValue).max().orElse(0), wrong);
        System.exit(wrong == 0 ? 0 : 1);
    }

    private Process start() throws IOException {
        return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log().toFile()).start();
    }

    private Path log() {
        return folder.resolveSibling(folder.getFileName() + ".log");
    }

    private void ready(Process register) throws Exception {
        long start = System.nanoTime();
        while (!Files.readString(log()).contains("Reeve is ready")) {
            if (!register.isAlive() || System.nanoTime() - start > 180e9) {
                throw new IllegalStateException("it does not start: " + Files.readString(log()));
            }
            Thread.sleep(100);
        }
        starts.add((System.nanoTime() - start) / 1_000_000_000);
    }

    private static void kill(Process register) throws Exception {
        register.destroyForcibly();
        register.waitFor(10, TimeUnit.SECONDS);
    }

    private List<Thread> work(int round) throws Exception {
        alive = true;
        HttpClient administrator = Served.signedIn(address, "ada");
        String form = Served.token(administrator, address + "/admin/sources");
        try (Connection db = Sector.connect(folder)) {
            prepare(db);
        }
        int from = number;
        number += 1_000;
        return List.of(
                Thread.ofPlatform().start(() -> untilItDies(i -> sbom(from + i))),
                Thread.ofPlatform().start(() -> untilItDies(i -> system("killed " + round + " " + i))),
                Thread.ofPlatform().start(() -> untilItDies(i -> {
                    Sent of = taken.stream().filter(sent -> sent.kind().equals("sbom")).skip(i).findFirst().orElse(null);
                    if (of != null) {
                        advisory(administrator, form, of.name());
                    }
                    Thread.sleep(100);
                })));
    }

    private interface Step {
        void at(int number) throws Exception;
    }

    private void untilItDies(Step step) {
        try {
            for (int i = 0; i < 1_000 && alive; i++) {
                step.at(i);
            }
        } catch (IOException | InterruptedException e) {
            // it was killed: what was not answered may be there or not
        } catch (Exception e) {
            refused.add(e.toString());
        }
    }

    /// A product of a supplier's with a key, once; systems of a council on each release are added with it.
    private void prepare(Connection db) throws Exception {
        if (key.isEmpty()) {
            String fresh = "reeve_killed-of-a-benchmark-and-of-nothing-else-at-all";
            for (String kind : List.of("supplier", "council")) {
                try (var statement = db.prepareStatement("""
                        INSERT INTO api_key (organisation_id, made_by, name, scope, hash, expires_at)
                        SELECT o.id, m.person_id, 'benchmark', 'publish', ?, now() + interval '1 day'
                          FROM organisation o JOIN membership m ON m.organisation_id = o.id
                         WHERE o.kind = ? AND m.role = 'editor' ORDER BY o.slug LIMIT 1
                        """)) {
                    statement.setBytes(1, MessageDigest.getInstance("SHA-256").digest((fresh + kind).getBytes()));
                    statement.setString(2, kind);
                    statement.executeUpdate();
                }
            }
            try (var statement = db.createStatement()) {
                statement.execute("""
                        INSERT INTO product (supplier_id, slug, name, name_key, published_at)
                        SELECT organisation_id, 'killed', 'Killed (invented)', 'killedinvented', now() FROM api_key k
                          JOIN organisation o ON o.id = k.organisation_id WHERE k.name = 'benchmark' AND o.kind = 'supplier'
                        """);
            }
            key = fresh;
        }
    }

    private HttpResponse<String> post(String path, String as, String body) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create(address + path)).header("Authorization", "Bearer " + key + as)
                            .header("Content-Type", "application/json").header("Idempotency-Key", path + body.hashCode())
                            .POST(BodyPublishers.ofString(body)).build(),
                    BodyHandlers.ofString());
        }
    }

    private void sbom(int n) throws Exception {
        String name = "killed-" + n;
        must(post("/api/v1/products/killed/releases", "supplier", "{\"version\": \"" + n + "\"}"));
        must(post("/api/v1/products/killed/releases/" + n + "/publication", "supplier", ""));
        must(post("/api/v1/systems", "council", "{\"name\": \"runs " + name + "\", \"product\": \"killed\", \"version\": \"" + n + "\"}"));
        StringBuilder parts = new StringBuilder();
        for (int i = 0; i < 100; i++) {
            parts.append(",{\"type\":\"library\",\"name\":\"part\",\"version\":\"%1$d.0.0\",\"purl\":\"pkg:npm/killed-part-%2$d@%1$d.0.0\"}".formatted(i, n));
        }
        String body = "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.5\",\"version\":1,\"components\":[{\"type\":\"library\",\"name\":\"%1$s\",\"version\":\"1.0.0\",\"purl\":\"pkg:npm/%1$s@1.0.0\"}%2$s]}"
                .formatted(name, parts);
        try (HttpClient client = HttpClient.newHttpClient()) {
            must(client.send(
                    HttpRequest.newBuilder(URI.create(address + "/api/v1/products/killed/releases/" + n + "/sboms?audience=verified&accept-name=true"))
                            .header("Authorization", "Bearer " + key + "supplier").header("Content-Type", "application/json")
                            .POST(BodyPublishers.ofString(body)).build(),
                    BodyHandlers.ofString()));
        }
        taken.add(new Sent("sbom", name, HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body.getBytes()))));
    }

    private void system(String name) throws Exception {
        must(post("/api/v1/systems", "council", "{\"name\": \"" + name + "\"}"));
        taken.add(new Sent("system", name, ""));
    }

    private void advisory(HttpClient administrator, String token, String of) throws Exception {
        String id = "TEST-" + of;
        String record = """
                {"schema_version": "1.7.0", "id": "%s", "modified": "2026-11-28T09:00:00Z",
                 "severity": [{"type": "CVSS_V3", "score": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"}],
                 "affected": [{"package": {"ecosystem": "npm", "name": "%s"}, "versions": ["1.0.0"]}]}
                """.formatted(id, of);
        var answer = administrator.send(
                HttpRequest.newBuilder(URI.create(address + "/admin/sources")).header("Content-Type", "multipart/form-data; boundary=part")
                        .POST(BodyPublishers.ofString("--part\r\nContent-Disposition: form-data; name=\"_csrf\"\r\n\r\n" + token
                                + "\r\n--part\r\nContent-Disposition: form-data; name=\"file\"; filename=\"it.json\"\r\n\r\n" + record + "\r\n--part--\r\n"))
                        .build(),
                BodyHandlers.ofString());
        if (answer.body().contains(id + " is on record")) {
            taken.add(new Sent("advisory", of, id));
        }
    }

    private static void must(HttpResponse<String> answer) {
        if (answer.statusCode() / 100 != 2) {
            throw new IllegalStateException(answer.uri() + ": " + answer.statusCode() + " " + answer.body());
        }
    }

    /// @return how much is not as it was said to be
    private int count() throws Exception {
        try (Connection db = Sector.connect(folder)) {
            long end = System.nanoTime() + 120_000_000_000L;
            while (Sector.number(db, "SELECT (SELECT count(*) FROM outbox WHERE done_at IS NULL AND vulnerability_id IS NOT NULL) + (SELECT count(*) FROM component WHERE evaluated_with IS NULL)") > 0
                    && System.nanoTime() < end) {
                Thread.sleep(200);
            }
            int wrong = 0;
            int[] kinds = new int[3];
            for (Sent sent : taken) {
                String query = switch (sent.kind()) {
                    case "sbom" -> "SELECT count(*) FROM sbom_document d JOIN document_bytes b USING (sha256) WHERE d.state = 'current' AND d.sha256 = '\\x" + sent.detail() + "'";
                    case "system" -> "SELECT count(*) FROM system WHERE name = '" + sent.name() + "'";
                    // the one council that runs it has one alert: not none, and no second one
                    default -> "SELECT count(*) FROM alert a JOIN vulnerability_name n ON n.vulnerability_id = a.vulnerability_id WHERE n.name = '" + sent.detail() + "'";
                };
                kinds[sent.kind().equals("sbom") ? 0 : sent.kind().equals("system") ? 1 : 2]++;
                long there = Sector.number(db, query);
                if (there != 1) {
                    wrong++;
                    System.out.printf("%s %s is there %d times%n", sent.kind(), sent.name(), there);
                }
            }
            System.out.printf("taken: %d SBOMs, %d systems, %d advisories%n", kinds[0], kinds[1], kinds[2]);
            for (String[] half : new String[][] {
                {"SBOMs without their bytes", "SELECT count(*) FROM sbom_document d WHERE NOT EXISTS (SELECT FROM document_bytes b WHERE b.sha256 = d.sha256)"},
                {"sets of components that are not whole", "SELECT count(*) FROM component_set c WHERE size <> (SELECT count(*) FROM set_component s WHERE s.component_set_id = c.id)"},
                {"systems that are there twice", "SELECT count(*) FROM (SELECT 1 FROM system WHERE name LIKE '%killed%' GROUP BY organisation_id, name HAVING count(*) > 1) x"},
                {"flaws of which a council has two alerts", "SELECT count(*) FROM (SELECT 1 FROM alert WHERE kind = 'exposed' AND news = 'exposed' GROUP BY organisation_id, vulnerability_id HAVING count(*) > 1) x"},
                {"mails of one alert to one person that are there twice", "SELECT count(*) FROM (SELECT 1 FROM delivery WHERE alert_id IS NOT NULL AND channel = 'email' GROUP BY alert_id, address HAVING count(*) > 1) x"},
                {"causes that nobody has told", "SELECT count(*) FROM outbox WHERE done_at IS NULL AND vulnerability_id IS NOT NULL"}}) {
                long there = Sector.number(db, half[1]);
                System.out.printf("%s: %d%n", half[0], there);
                wrong += (int) there;
            }
            return wrong;
        }
    }
}
