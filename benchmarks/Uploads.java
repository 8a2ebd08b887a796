import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;

/// Sends SBOMs to a running demo as a supplier's build does, each for a release of its own that five councils run, and
/// tells how long it took until everything was known: what was sent is stored, each component is held against the
/// advisories, each set of components reckoned, and no cause of an alert waits.
///
/// Usage: `Uploads http://localhost:PORT DATA-FOLDER CLIENTS SBOM...`. With one client it prints for each file the time
/// from the first byte sent to the page of findings that shows them; with more, SBOMs a minute of the whole.
public final class Uploads {

    private static final int COUNCILS = 5;

    private record Job(Path file, String path) {}

    public static void main(String[] args) throws Exception {
        String address = args[0];
        int clients = Integer.parseInt(args[2]);
        List<Path> files = Arrays.stream(args).skip(3).map(Path::of).toList();
        try (Connection db = Sector.connect(Path.of(args[1]))) {
            String mark = UUID.randomUUID().toString().substring(0, 8);
            String key = "reeve_" + mark + "-of-a-benchmark-and-of-nothing-else-at-all";
            String slug = prepare(db, mark, key, files.size());
            List<Job> jobs = new ArrayList<>();
            for (int i = 0; i < files.size(); i++) {
                jobs.add(new Job(files.get(i), "/products/" + slug + "/releases/" + i));
            }
            if (clients == 1) {
                oneByOne(address, key, jobs);
            } else {
                together(db, address, key, clients, jobs);
            }
            answered(db, slug, files.size());
        }
    }

    private static void oneByOne(String address, String key, List<Job> jobs) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            for (Job job : jobs) {
                long start = System.nanoTime();
                send(client, address, key, job);
                String findings = client.send(
                                HttpRequest.newBuilder(URI.create(address + "/api/v1" + job.path() + "/findings"))
                                        .header("Authorization", "Bearer " + key)
                                        .build(),
                                BodyHandlers.ofString())
                        .body();
                double ms = (System.nanoTime() - start) / 1e6;
                if (!findings.contains("\"findings\":[{")) {
                    throw new IllegalStateException(job.file() + ": no findings are shown: " + findings.substring(0, Math.min(200, findings.length())));
                }
                System.out.printf("%-40s %9.0f ms%n", job.file().getFileName(), ms);
            }
        }
    }

    private static void together(Connection db, String address, String key, int clients, List<Job> jobs) throws Exception {
        var left = new ConcurrentLinkedQueue<>(jobs);
        var failed = new ConcurrentLinkedQueue<Exception>();
        long start = System.nanoTime();
        List<Thread> threads = new ArrayList<>();
        for (int c = 0; c < clients; c++) {
            threads.add(Thread.ofPlatform().start(() -> {
                try (HttpClient client = HttpClient.newHttpClient()) {
                    for (Job job = left.poll(); job != null && failed.isEmpty(); job = left.poll()) {
                        send(client, address, key, job);
                    }
                } catch (Exception e) {
                    failed.add(e);
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        if (!failed.isEmpty()) {
            throw failed.peek();
        }
        double sent = (System.nanoTime() - start) / 1e9;
        untilKnown(db);
        double done = (System.nanoTime() - start) / 1e9;
        System.out.printf("%d SBOMs by %d clients: sent in %.1f s, all known and told after %.1f s: %.0f a minute%n",
                jobs.size(), clients, sent, done, jobs.size() * 60 / done);
    }

    /// Until each component is evaluated, each set reckoned, and no cause of an alert waits.
    static void untilKnown(Connection db) throws Exception {
        while (Sector.number(db, """
                SELECT (SELECT count(*) FROM component WHERE evaluated_with IS NULL)
                     + (SELECT count(*) FROM component_set c WHERE NOT EXISTS (SELECT FROM set_finding f WHERE f.component_set_id = c.id))
                     + (SELECT count(*) FROM outbox WHERE done_at IS NULL AND due_at <= now())
                """) > 0) {
            Thread.sleep(20);
        }
    }

    private static void send(HttpClient client, String address, String key, Job job) throws Exception {
        var answer = client.send(
                HttpRequest.newBuilder(URI.create(address + "/api/v1" + job.path() + "/sboms?audience=verified&accept-name=true"))
                        .header("Authorization", "Bearer " + key)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofFile(job.file()))
                        .build(),
                BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
            throw new IllegalStateException(job.file() + ": " + answer.statusCode() + " " + answer.body());
        }
    }

    /// A product of the demo's first supplier, published releases, systems of councils on each, a key.
    static String prepare(Connection db, String mark, String key, int releases) throws Exception {
        String slug = "bench-upload-" + mark;
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(key.getBytes());
        try (var statement = db.prepareStatement("""
                WITH maker AS (SELECT o.id, m.person_id FROM organisation o JOIN membership m ON m.organisation_id = o.id
                                WHERE o.kind = 'supplier' AND m.role = 'editor' ORDER BY o.slug LIMIT 1),
                given AS (INSERT INTO api_key (organisation_id, made_by, name, scope, hash, expires_at)
                          SELECT id, person_id, 'benchmark', 'publish', ?, now() + interval '1 day' FROM maker),
                p AS (INSERT INTO product (supplier_id, slug, name, name_key, published_at)
                      SELECT id, ?, ?, ?, now() FROM maker RETURNING id),
                r AS (INSERT INTO release (product_id, version, version_key, published_at)
                      SELECT p.id, n::text, n::text, now() FROM p, generate_series(0, ? - 1) AS n RETURNING id, product_id),
                c AS (SELECT id FROM organisation WHERE kind = 'council' ORDER BY md5(id::text) LIMIT ?)
                INSERT INTO system (organisation_id, name, product_id, release_id, hosting, exposure)
                SELECT c.id, 'Benchmark', r.product_id, r.id, 'own', 'network' FROM r, c
                """)) {
            statement.setBytes(1, hash);
            statement.setString(2, slug);
            statement.setString(3, "Uploads " + mark + " (invented)");
            statement.setString(4, "uploads" + mark);
            statement.setInt(5, releases);
            statement.setInt(6, COUNCILS);
            statement.executeUpdate();
        }
        return slug;
    }

    /// Each release has its SBOM, and flaws were found in nearly all.
    private static void answered(Connection db, String slug, int files) throws Exception {
        try (var statement = db.prepareStatement("""
                SELECT count(*), count(*) FILTER (WHERE EXISTS (
                       SELECT FROM set_finding f WHERE f.component_set_id = d.component_set_id AND cardinality(f.exact) > 0))
                  FROM sbom_document d JOIN release r ON r.id = d.release_id JOIN product p ON p.id = r.product_id WHERE p.slug = ?
                """)) {
            statement.setString(1, slug);
            try (var row = statement.executeQuery()) {
                row.next();
                System.out.printf("%d SBOMs stored, %d with flaws%n", row.getInt(1), row.getInt(2));
                if (row.getInt(1) != files || row.getInt(2) * 10 < files * 9) {
                    throw new IllegalStateException("not what was sent");
                }
            }
        }
    }
}
