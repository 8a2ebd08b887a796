import java.net.CookieManager;
import java.net.InetAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/// Asks a running demo's pages as people do, alone and beside somebody who gives it no rest, in turn, and tells by how
/// much the latter slows the former down. Three hurt: a storm of sign-ins from one address and from many, a supplier's key
/// that floods uploads, and somebody signed in who follows every link. The quiet ones' answers are checked as
/// [Served] does; of the loud ones' each is either what it must be or a refusal.
///
/// Usage: `Hurt http://localhost:PORT DATA-FOLDER CLIENTS SECONDS REST TURNS SBOM...`. Prints a line for each: p95 quiet,
/// p95 beside, and their ratio; ends with 1 where an answer is wrong, not where a ratio is large.
public final class Hurt {

    private static final double GOAL = 2;
    private static final int LOUD = 8;

    private final String address;
    private final Connection db;
    private final List<Path> sboms;
    private final ConcurrentSkipListMap<String, AtomicInteger> answers = new ConcurrentSkipListMap<>();
    private final ConcurrentLinkedQueue<String> wrong = new ConcurrentLinkedQueue<>();
    private volatile boolean on;

    private Hurt(String address, Connection db, List<Path> sboms) {
        this.address = address;
        this.db = db;
        this.sboms = sboms;
    }

    private interface Loud {
        void once(int thread, int number) throws Exception;
    }

    public static void main(String[] args) throws Exception {
        try (Connection db = Sector.connect(Path.of(args[1]))) {
            Hurt hurt = new Hurt(args[0], db, Arrays.stream(args).skip(6).map(Path::of).toList());
            hurt.measure(Path.of(args[1]), Served.kinds(Path.of(args[1])), Integer.parseInt(args[2]), Integer.parseInt(args[3]), Integer.parseInt(args[4]), Integer.parseInt(args[5]));
        }
    }

    private void measure(Path folder, List<Served.Kind> kinds, int clients, int seconds, int rest, int turns) throws Exception {
        List<String> accounts = accounts();
        Served.asked(address, folder, kinds, clients, seconds, rest); // until what is asked is compiled
        for (String what : List.of("sign-in storm", "scraping", "flood of uploads")) {
            List<Served.Took> quiet = new ArrayList<>();
            List<Served.Took> beside = new ArrayList<>();
            answers.clear();
            for (int turn = 0; turn < turns; turn++) {
                Uploads.untilKnown(db);
                quiet.addAll(Served.asked(address, folder, kinds, clients, seconds, rest));
                Loud loud = switch (what) {
                    case "sign-in storm" -> storm(accounts);
                    case "flood of uploads" -> flood();
                    default -> scrape(accounts.getFirst());
                };
                beside.addAll(besides(loud, () -> Served.asked(address, folder, kinds, clients, seconds, rest)));
            }
            if (!wrong.isEmpty()) {
                throw new IllegalStateException(what + ": " + wrong.peek());
            }
            long[] alone = Served.sorted(quiet);
            long[] hurt = Served.sorted(beside);
            double ratio = Served.at(hurt, 0.95) / Served.at(alone, 0.95);
            System.out.printf("%-18s quiet: %5d answers, median %6.1f, p95 %7.1f; beside: %5d, %6.1f, %7.1f; p95 ratio %.1f (goal %.0f)%n", what,
                    alone.length, Served.at(alone, 0.5), Served.at(alone, 0.95), hurt.length, Served.at(hurt, 0.5), Served.at(hurt, 0.95), ratio, GOAL);
            System.out.println("    " + answers);
        }
    }

    private interface Work {
        List<Served.Took> done() throws Exception;
    }

    private List<Served.Took> besides(Loud loud, Work work) throws Exception {
        on = true;
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < LOUD; t++) {
            int thread = t;
            threads.add(Thread.ofPlatform().start(() -> {
                try {
                    for (int i = 0; on; i++) {
                        loud.once(thread, i);
                    }
                } catch (Exception e) {
                    wrong.add(e.toString());
                }
            }));
        }
        try {
            return work.done();
        } finally {
            on = false;
            for (Thread thread : threads) {
                thread.join();
            }
        }
    }

    private void answered(String what) {
        answers.computeIfAbsent(what, _ -> new AtomicInteger()).incrementAndGet();
    }

    /// Half of the threads from one address, half from a new one of this machine's after every twenty tries; of four tries
    /// two have a wrong password, one a name that nobody has, one is right.
    private Loud storm(List<String> accounts) {
        Map<Integer, String> from = new ConcurrentHashMap<>();
        AtomicInteger next = new AtomicInteger(2);
        Random random = new Random(1);
        return (thread, i) -> {
            if (thread % 2 == 0 || i % 20 == 0) {
                int n = thread % 2 == 0 ? 1 : next.getAndIncrement();
                from.put(thread, "127.1." + n / 250 + "." + (1 + n % 250));
            }
            try (HttpClient client = HttpClient.newBuilder().cookieHandler(new CookieManager()).localAddress(InetAddress.ofLiteral(from.get(thread))).build()) {
                String email = i % 4 == 2 ? "nobody-" + random.nextInt() + "@westmere.example" : accounts.get(random.nextInt(accounts.size()));
                var answer = signIn(client, email, i % 4 == 3 ? Served.PASSWORD : "wrong " + i);
                answered(answer.statusCode() == 303 && i % 4 == 3 ? "let in"
                        : answer.statusCode() == 200 && answer.body().contains("One of them is not right") && i % 4 != 3 ? "not right"
                        : answer.statusCode() == 429 || answer.statusCode() == 200 && answer.body().contains("too many tries") ? "later"
                        : wrong("sign-in " + i % 4 + " was answered by " + answer.statusCode()));
            }
        };
    }

    private HttpResponse<String> signIn(HttpClient client, String email, String password) throws Exception {
        String token = Served.token(client, address + "/sign-in");
        return client.send(HttpRequest.newBuilder(URI.create(address + "/sign-in"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(form("_csrf", token, "email", email, "password", password)).build(), BodyHandlers.ofString());
    }

    private static BodyPublisher form(String... of) {
        StringBuilder form = new StringBuilder();
        for (int i = 0; i < of.length; i += 2) {
            form.append(i == 0 ? "" : "&").append(of[i]).append('=').append(URLEncoder.encode(of[i + 1], StandardCharsets.UTF_8));
        }
        return BodyPublishers.ofString(form.toString());
    }

    /// Each SBOM has a component of its own, so that none is known already.
    private Loud flood() throws Exception {
        String mark = UUID.randomUUID().toString().substring(0, 8);
        String key = "reeve_" + mark + "-of-a-benchmark-and-of-nothing-else-at-all";
        int releases = 50;
        String slug = Uploads.prepare(db, mark, key, releases);
        HttpClient client = HttpClient.newHttpClient();
        AtomicInteger next = new AtomicInteger();
        return (_, _) -> {
            int n = next.getAndIncrement();
            String part = "{\"type\":\"library\",\"name\":\"flood-%1$s-%2$d\",\"version\":\"1\",\"purl\":\"pkg:npm/flood-%1$s-%2$d@1\"},".formatted(mark, n);
            String sbom = Files.readString(sboms.get(n % sboms.size())).replaceFirst("\"components\": *\\[", "$0" + part);
            var answer = client.send(HttpRequest.newBuilder(URI.create(address + "/api/v1/products/" + slug + "/releases/" + n % releases + "/sboms?audience=verified&accept-name=true"))
                    .header("Authorization", "Bearer " + key).header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(sbom)).build(), BodyHandlers.ofString());
            answered(answer.statusCode() == 201 && answer.body().contains("\"known\":false") ? "stored"
                    : answer.statusCode() == 429 ? "later" : wrong("an SBOM was answered by " + answer.statusCode() + " " + answer.body()));
        };
    }

    /// Somebody of a council follows every link there is, and the API's lists from page to page.
    private Loud scrape(String email) throws Exception {
        HttpClient client = HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
        if (signIn(client, email, Served.PASSWORD).statusCode() != 303) {
            throw new IllegalStateException(email + " was not let in");
        }
        List<String> first = List.of("/today", "/systems", "/exposures", "/products", "/advisories", "/alerts",
                "/api/v1/products", "/api/v1/systems", "/api/v1/exposures", "/api/v1/alerts");
        Pattern link = Pattern.compile("href=\"(/[^\"#]*)|\"path\":\"(/[^\"]+)|\"next\":\"?([^\",}]+)");
        Set<String> seen = ConcurrentHashMap.newKeySet();
        BlockingQueue<String> left = new LinkedBlockingQueue<>(first);
        return (_, _) -> {
            String path = left.poll();
            if (path == null) {
                seen.clear(); // from the beginning
                left.addAll(first);
                return;
            }
            var answer = client.send(HttpRequest.newBuilder(URI.create(address + path)).build(), BodyHandlers.ofString());
            answered(answer.statusCode() == 429 ? "later" : answer.statusCode() < 500 ? "read" : wrong(path + " was answered by " + answer.statusCode()));
            var links = link.matcher(answer.body());
            while (links.find() && left.size() < 10_000) {
                String to = links.group(1) != null ? links.group(1).replace("&amp;", "&")
                        : links.group(2) != null ? "/api/v1" + links.group(2)
                        : path.replaceFirst("\\?.*", "") + "?after=" + URLEncoder.encode(links.group(3), StandardCharsets.UTF_8);
                if (!to.startsWith("/assets/") && !links.group().contains("null") && seen.add(to)) {
                    left.add(to);
                }
            }
        };
    }

    private String wrong(String what) {
        wrong.add(what);
        on = false;
        return "wrong";
    }

    /// Editors of twenty councils, with a password from now on.
    private List<String> accounts() throws Exception {
        try (var statement = db.prepareStatement("""
                WITH chosen AS (SELECT p.id, p.email FROM person p JOIN membership m ON m.person_id = p.id JOIN organisation o ON o.id = m.organisation_id
                               WHERE o.kind = 'council' AND p.email LIKE 'security@%' ORDER BY p.email LIMIT 20),
                given AS (INSERT INTO password (person_id, hash) SELECT id, ? FROM chosen
                          ON CONFLICT (person_id) DO UPDATE SET hash = excluded.hash)
                SELECT email FROM chosen ORDER BY email
                """)) {
            statement.setString(1, Served.HASH);
            try (var rows = statement.executeQuery()) {
                List<String> emails = new ArrayList<>();
                while (rows.next()) {
                    emails.add(rows.getString(1));
                }
                return emails;
            }
        }
    }
}
