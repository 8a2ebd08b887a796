import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.MessageDigest;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// What comes in while something is wrong: releases with SBOMs, systems of two councils, and of each SBOM's own package an
/// advisory, which each council is to be told of once, by an alert and by a mail. Whoever sends sends again what was not
/// answered as taken, as scripts and people do, until it is; in the end each must be there once.
final class Incoming {

    static final String KEY = "reeve_of-a-benchmark-and-of-nothing-else-at-all-";
    private static final int COUNCILS = 2;
    /// How long it may take to be well again, in s.
    static final int WELL = 180;

    private record Sent(String kind, String name, String detail) {}

    private final List<Register> nodes;
    private final Sink sink;
    private final Queue<Sent> taken = new ConcurrentLinkedQueue<>();
    private final BlockingQueue<String> withoutAdvisory = new LinkedBlockingQueue<>();
    private final Map<String, AtomicInteger> answers = new ConcurrentHashMap<>();
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
    private final AtomicInteger numbers = new AtomicInteger();
    private final AtomicInteger turns = new AtomicInteger();
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicLong slowest = new AtomicLong();
    private volatile boolean on;

    /// @param nodes all that may be asked, in turn
    Incoming(List<Register> nodes, Sink sink) {
        this.nodes = nodes;
        this.sink = sink;
    }

    /// A supplier with a product, councils with an editor each, whom mail may tell everything, and their keys.
    void prepare(Connection db) throws Exception {
        try (var statement = db.createStatement()) {
            statement.execute("""
                    INSERT INTO organisation (kind, slug, name, nation, invented, verified_at)
                    SELECT 'supplier', 'faults-supplier', 'Faults Supplier (invented)', NULL, true, now() UNION ALL
                    SELECT 'council', 'faults-council-' || n, 'Faults Council ' || n || ' (invented)', 'England', true, now() FROM generate_series(1, %d) n;
                    INSERT INTO person (email, name) SELECT 'editor@' || slug || '.example', 'Editor of ' || slug FROM organisation WHERE slug LIKE 'faults-%%';
                    INSERT INTO membership (person_id, organisation_id, role)
                    SELECT p.id, o.id, 'editor' FROM organisation o JOIN person p ON p.email = 'editor@' || o.slug || '.example';
                    INSERT INTO organisation_domain (domain, organisation_id) SELECT slug || '.example', id FROM organisation WHERE slug LIKE 'faults-%%';
                    INSERT INTO password (person_id, hash) SELECT p.id, a.hash FROM person p, password a WHERE p.email LIKE 'editor@faults-%%';
                    INSERT INTO api_key (organisation_id, made_by, name, scope, hash, expires_at)
                    SELECT o.id, m.person_id, 'faults', 'publish', sha256(convert_to('%s' || o.slug, 'UTF8')), now() + interval '1 day'
                      FROM organisation o JOIN membership m ON m.organisation_id = o.id WHERE o.slug LIKE 'faults-%%';
                    INSERT INTO membership (person_id, organisation_id, role) -- who sends again what was given up
                    SELECT person_id, organisation_id, 'administrator' FROM membership m JOIN organisation o ON o.id = m.organisation_id WHERE o.slug LIKE 'faults-council-%%';
                    INSERT INTO product (supplier_id, slug, name, name_key, published_at)
                    SELECT id, 'faults', 'Faults (invented)', 'faultsinvented', now() FROM organisation WHERE slug = 'faults-supplier'
                    """.formatted(COUNCILS, KEY));
        }
    }

    void begin() {
        on = true;
        threads.add(Thread.ofPlatform().start(() -> during(() -> sbom(numbers.incrementAndGet()))));
        threads.add(Thread.ofPlatform().start(() -> during(() -> system("system " + numbers.incrementAndGet()))));
        threads.add(Thread.ofPlatform().start(() -> during(() -> {
            String of = withoutAdvisory.poll(200, TimeUnit.MILLISECONDS);
            if (of != null) {
                advisory(of);
            }
        })));
    }

    /// Nothing more begins; what has begun must still come to its end.
    void end() throws Exception {
        on = false;
        for (Thread thread : threads) {
            thread.join(Duration.ofSeconds(180));
            if (thread.isAlive()) {
                wrong.add("something was still not taken 3 minutes after all was well: " + answers());
                thread.interrupt();
            }
        }
        threads.clear();
    }

    int taken(String kind) {
        return (int) taken.stream().filter(sent -> sent.kind().equals(kind)).count();
    }

    int all() {
        return taken.size();
    }

    /// How often each kind of answer came that was not "taken", and the longest time that one took.
    String answers() {
        return new TreeMap<>(answers) + ", the slowest after %.0f s".formatted(slowest.get() / 1e9);
    }

    void forgetAnswers() {
        answers.clear();
        slowest.set(0);
    }

    private interface Step {
        void go() throws Exception;
    }

    private void during(Step step) {
        while (on) {
            try {
                step.go();
                Thread.sleep(100);
            } catch (InterruptedException e) {
                return;
            } catch (Exception e) {
                wrong.add(e.toString());
            }
        }
    }

    private interface Call {
        /// @return null where it was taken, else what was said
        String to(Register node) throws Exception;
    }

    private void until(Call call) throws InterruptedException {
        while (true) {
            String said;
            long start = System.nanoTime();
            try {
                said = call.to(nodes.get(turns.getAndIncrement() % nodes.size()));
            } catch (InterruptedException e) {
                throw e;
            } catch (IOException e) {
                said = "no answer";
            } catch (Exception e) {
                said = e.toString();
            }
            if (said == null) {
                return;
            }
            slowest.accumulateAndGet(System.nanoTime() - start, Math::max);
            answers.computeIfAbsent(said, _ -> new AtomicInteger()).incrementAndGet();
            Thread.sleep(300);
        }
    }

    private static HttpRequest.Builder to(Register node, String path) {
        return HttpRequest.newBuilder(URI.create(node.address + path)).timeout(Duration.ofSeconds(90));
    }

    private static HttpResponse<String> post(Register node, String path, String as, String body, boolean once) throws Exception {
        HttpRequest.Builder request = to(node, path).header("Authorization", "Bearer " + KEY + as)
                .header("Content-Type", "application/json").POST(BodyPublishers.ofString(body));
        if (once) {
            request.header("Idempotency-Key", path + body.hashCode());
        }
        try (HttpClient client = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build()) {
            return client.send(request.build(), BodyHandlers.ofString());
        }
    }

    private void call(String path, String as, String body, boolean once) throws InterruptedException {
        until(node -> {
            var answer = post(node, path, as, body, once);
            return answer.statusCode() / 100 == 2 ? null : said(answer);
        });
    }

    /// Status, and the sentence that whoever sent it reads.
    static String said(HttpResponse<String> answer) {
        String body = answer.body();
        int at = body.indexOf("\"detail\":\"");
        if (at >= 0) {
            return answer.statusCode() + " " + body.substring(at + 10, body.indexOf('"', at + 10));
        }
        at = body.indexOf("<h1");
        return answer.statusCode() + " " + (at < 0 ? body.strip().lines().findFirst().orElse("with nothing in it")
                : body.substring(at, body.indexOf("</h1>", at)).replaceAll("<[^>]*>", "").strip());
    }

    private void sbom(int n) throws Exception {
        String name = "faults-" + n;
        call("/api/v1/products/faults/releases", "faults-supplier", "{\"version\": \"" + n + "\"}", true);
        call("/api/v1/products/faults/releases/" + n + "/publication", "faults-supplier", "", true);
        for (int council = 1; council <= COUNCILS; council++) {
            call("/api/v1/systems", "faults-council-" + council, "{\"name\": \"runs " + name + "\", \"product\": \"faults\", \"version\": \"" + n + "\"}", true);
            taken.add(new Sent("system", "runs " + name, "faults-council-" + council));
        }
        StringBuilder parts = new StringBuilder();
        for (int i = 0; i < 100; i++) {
            parts.append(",{\"type\":\"library\",\"name\":\"part\",\"version\":\"%1$d.0.0\",\"purl\":\"pkg:npm/faults-part-%2$d@%1$d.0.0\"}".formatted(i, n));
        }
        String body = "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.5\",\"version\":1,\"components\":[{\"type\":\"library\",\"name\":\"%1$s\",\"version\":\"1.0.0\",\"purl\":\"pkg:npm/%1$s@1.0.0\"}%2$s]}"
                .formatted(name, parts);
        // without a key: the same bytes again are the same document
        call("/api/v1/products/faults/releases/" + n + "/sboms?audience=verified&accept-name=true", "faults-supplier", body, false);
        taken.add(new Sent("sbom", name, HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body.getBytes()))));
        withoutAdvisory.add(name);
    }

    private void system(String name) throws Exception {
        call("/api/v1/systems", "faults-council-1", "{\"name\": \"" + name + "\"}", true);
        taken.add(new Sent("system", name, "faults-council-1"));
    }

    /// By the page, as an administrator brings one: of a malicious package, of which people are told at once.
    private void advisory(String of) throws Exception {
        String id = "MAL-2026-" + of;
        String record = """
                {"schema_version": "1.7.0", "id": "%s", "modified": "2026-01-28T09:00:00Z",
                 "affected": [{"package": {"ecosystem": "npm", "name": "%s"}, "versions": ["1.0.0"]}]}
                """.formatted(id, of);
        until(node -> {
            HttpClient administrator = node.administrator();
            var page = node.get(administrator, "/admin/sources");
            if (page.statusCode() != 200) {
                return said(page);
            }
            String token = Register.token(page);
            var answer = administrator.send(to(node, "/admin/sources").header("Content-Type", "multipart/form-data; boundary=part")
                    .POST(BodyPublishers.ofString("--part\r\nContent-Disposition: form-data; name=\"_csrf\"\r\n\r\n" + token
                            + "\r\n--part\r\nContent-Disposition: form-data; name=\"file\"; filename=\"it.json\"\r\n\r\n" + record + "\r\n--part--\r\n"))
                    .build(), BodyHandlers.ofString());
            return answer.body().contains(id + " is on record") || answer.body().contains(id + " was on record already") ? null : said(answer);
        });
        taken.add(new Sent("advisory", of, id));
    }

    /// What was in hand: to be asked while nothing is at work.
    static String inHand(Connection db) throws Exception {
        return "%d components not evaluated, %d causes not told, %d mails not sent, %d of them under way".formatted(
                Sector.number(db, "SELECT count(*) FROM component WHERE evaluated_with IS NULL"),
                Sector.number(db, "SELECT count(*) FROM outbox WHERE done_at IS NULL AND vulnerability_id IS NOT NULL"),
                Sector.number(db, "SELECT count(*) FROM delivery WHERE state = 'waiting'"),
                Sector.number(db, "SELECT count(*) FROM delivery WHERE state = 'waiting' AND leased_until IS NOT NULL"));
    }

    /// Waits until everything is known and told.
    ///
    /// @return seconds
    double settle(Connection db) throws Exception {
        long start = System.nanoTime();
        // what was under way when something died is tried again after ten minutes, and what failed after up to an hour
        try (var statement = db.createStatement()) {
            statement.execute("UPDATE delivery SET leased_until = NULL, due_at = now() WHERE state = 'waiting'");
        }
        long done = start;
        while (System.nanoTime() - start < 180e9 && System.nanoTime() - done < 75e9) {
            if (Sector.number(db, """
                    SELECT (SELECT count(*) FROM outbox WHERE done_at IS NULL AND vulnerability_id IS NOT NULL)
                         + (SELECT count(*) FROM component WHERE evaluated_with IS NULL)
                         + (SELECT count(*) FROM delivery WHERE state = 'waiting' AND alert_id IS NOT NULL AND NOT digest)
                    """) > 0) {
                done = System.nanoTime();
            } else if (untold(db) == 0) {
                break;
            }
            Thread.sleep(100);
        }
        return (System.nanoTime() - start) / 1e9;
    }

    /// Advisories that were taken and of which not every council was told.
    private long untold(Connection db) throws Exception {
        return taken("advisory") * COUNCILS - Sector.number(db, """
                SELECT count(*) FROM alert a JOIN vulnerability k ON k.id = a.vulnerability_id WHERE k.name LIKE 'MAL-2026-faults-%' AND a.kind = 'exposed'
                """);
    }

    /// @return how much is not as it was said to be
    int count(Connection db) throws Exception {
        int bad = wrong.size();
        wrong.forEach(System.out::println);
        Map<String, Integer> kinds = new TreeMap<>(Map.of("sbom", 0, "system", 0, "advisory", 0));
        for (Sent sent : taken) {
            kinds.merge(sent.kind(), 1, Integer::sum);
            long there = Sector.number(db, switch (sent.kind()) {
                case "sbom" -> "SELECT count(*) FROM sbom_document d JOIN document_bytes b USING (sha256) WHERE d.state = 'current' AND d.sha256 = '\\x" + sent.detail() + "'";
                case "system" -> "SELECT count(*) FROM system s JOIN organisation o ON o.id = s.organisation_id WHERE s.name = '" + sent.name() + "' AND o.slug = '" + sent.detail() + "'";
                // each council that runs it has one alert, and of it one mail that went
                default -> """
                        SELECT CASE WHEN (SELECT count(*) FROM advisory WHERE id = '%1$s') = 1 AND count(*) = %2$d AND count(DISTINCT a.organisation_id) = %2$d
                                     AND count(d.id) = %2$d THEN 1 ELSE 1000 * count(DISTINCT a.id) + count(d.id) END
                          FROM vulnerability k JOIN alert a ON a.vulnerability_id = k.id
                          LEFT JOIN delivery d ON d.alert_id = a.id AND d.channel = 'email' AND d.state = 'sent' WHERE k.name = '%1$s'
                        """.formatted(sent.detail(), COUNCILS);
            });
            if (there != 1) {
                bad++;
                System.out.printf("%s %s of %s: %d%n", sent.kind(), sent.name(), sent.detail(), there);
            }
        }
        for (var kind : kinds.entrySet()) {
            if (kind.getValue() == 0) {
                bad++;
                System.out.println("nothing was tried: no " + kind.getKey() + " was taken");
            }
        }
        for (String[] half : new String[][] {
            {"SBOMs without their bytes", "SELECT count(*) FROM sbom_document d WHERE NOT EXISTS (SELECT FROM document_bytes b WHERE b.sha256 = d.sha256)"},
            {"sets of components that are not whole", "SELECT count(*) FROM component_set c WHERE size <> (SELECT count(*) FROM set_component s WHERE s.component_set_id = c.id)"},
            {"SBOMs that are there twice", "SELECT count(*) FROM (SELECT 1 FROM sbom_document GROUP BY release_id, sha256 HAVING count(*) > 1) x"},
            {"releases that are there twice", "SELECT count(*) FROM (SELECT 1 FROM release GROUP BY product_id, version HAVING count(*) > 1) x"},
            {"systems that are there twice", "SELECT count(*) FROM (SELECT 1 FROM system GROUP BY organisation_id, name HAVING count(*) > 1) x"},
            {"flaws of which a council has two alerts", "SELECT count(*) FROM (SELECT 1 FROM alert GROUP BY organisation_id, vulnerability_id HAVING count(*) > 1) x"},
            {"mails of one alert to one person that are there twice", "SELECT count(*) FROM (SELECT 1 FROM delivery WHERE alert_id IS NOT NULL AND channel = 'email' GROUP BY alert_id, address HAVING count(*) > 1) x"},
            {"causes that nobody has told", "SELECT count(*) FROM outbox WHERE done_at IS NULL AND vulnerability_id IS NOT NULL"}}) {
            long there = Sector.number(db, half[1]);
            if (there != 0) {
                System.out.printf("%s: %d%n", half[0], there);
                bad += (int) there;
            }
        }
        System.out.printf("taken: %s; alerts: %d; wrong: %d%n", kinds, Sector.number(db, "SELECT count(*) FROM alert"), bad + mails(db));
        return bad + mails(db);
    }

    /// What the mail server has and what the register says it sent. The same Message-ID again is one mail (RULINGS 18).
    private int mails(Connection db) throws Exception {
        int bad = 0;
        int ids = 0;
        try (var statement = db.createStatement(); var rows = statement.executeQuery(
                "SELECT DISTINCT message::text FROM delivery WHERE channel = 'email' AND state = 'sent'")) {
            while (rows.next()) {
                ids++;
                if (!sink.taken.containsKey(rows.getString(1))) {
                    bad++;
                    System.out.println("said to be sent, and the mail server never had it: " + rows.getString(1));
                }
            }
        }
        if (sink.taken.size() != ids) {
            bad++;
            System.out.printf("the mail server has %d mails, the register sent %d%n", sink.taken.size(), ids);
        }
        return bad;
    }

    /// Mails that came again, with the Message-ID that they had.
    int repeated() {
        return sink.taken.values().stream().mapToInt(times -> times - 1).sum();
    }

    /// From now until an SBOM that is sent now, and an advisory on it, have told every council.
    ///
    /// @return seconds
    double well(Connection db) throws Exception {
        long start = System.nanoTime();
        int n = numbers.incrementAndGet();
        sbom(n);
        String of = "faults-" + n;
        if (withoutAdvisory.remove(of)) { // before those that wait
            advisory(of);
        }
        while (Sector.number(db, "SELECT count(*) FROM alert a JOIN vulnerability k ON k.id = a.vulnerability_id WHERE k.name = 'MAL-2026-" + of + "'") < COUNCILS) {
            if (System.nanoTime() - start > WELL * 1e9) {
                throw new IllegalStateException("not well again after " + WELL + " s: " + answers());
            }
            Thread.sleep(50);
        }
        return (System.nanoTime() - start) / 1e9;
    }
}
