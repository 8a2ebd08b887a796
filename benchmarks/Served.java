import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Pattern;

/// Asks a running demo's pages as people do, and tells how long each kind of page took. Each answer must be 200 and hold
/// what that page must say; one that does not ends the run.
///
/// Usage: `Served http://localhost:PORT DATA-FOLDER CLIENTS SECONDS REST [KINDS]`: each client rests so many ms after an
/// answer; KINDS is a pattern of kinds of pages. Prints one line a kind: asked, median, p95, p99, worst, in ms.
public final class Served {

    private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

    private static final int WARM = 30;

    // of a person of the benchmark's, in a demonstration that answers this machine only
    static final String PASSWORD = "of a benchmark, and of nothing else";
    static final String HASH = "$argon2id$v=19$m=16384,t=2,p=1$Fjltt/sc+W6rmGZ5GcvJ7A$gmSwDXst5keThtOPQSWuAv9mjFO8anOtCu6l+ijDQzE";

    record Kind(String name, String as, List<String> paths, String says) {}

    record Took(Kind kind, long nanos) {}

    public static void main(String[] args) throws Exception {
        List<Kind> kinds = kinds(Path.of(args[1])).stream().filter(kind -> args.length < 6 || kind.name().matches(args[5])).toList();
        int clients = Integer.parseInt(args[2]);
        int rest = Integer.parseInt(args[4]);
        asked(args[0], Path.of(args[1]), kinds, 4, WARM, 0); // until what is asked is compiled
        List<Took> took = asked(args[0], Path.of(args[1]), kinds, clients, Integer.parseInt(args[3]), rest);
        for (Kind kind : kinds) {
            long[] of = sorted(took.stream().filter(t -> t.kind() == kind).toList());
            System.out.printf("%-28s %6d  %7.1f %7.1f %7.1f %7.1f%n", kind.name(), of.length, at(of, 0.5), at(of, 0.95), at(of, 0.99), at(of, 1));
        }
        System.out.printf("%d clients, %d answers%n", clients, took.size());
    }

    /// What the clients were answered in so many seconds; each asks the same in the same order, run by run.
    ///
    /// @throws IllegalStateException when an answer was not what it must be
    static List<Took> asked(String address, Path folder, List<Kind> kinds, int clients, int seconds, int rest) throws Exception {
        var took = new ConcurrentLinkedQueue<Took>();
        var failed = new ConcurrentLinkedQueue<String>();
        List<Thread> threads = new ArrayList<>();
        List<Map<String, HttpClient>> all = new ArrayList<>();
        for (int c = 0; c < clients; c++) {
            Map<String, HttpClient> people = new LinkedHashMap<>();
            for (String who : List.of("priya", "una", "kit")) {
                people.put(who, colleague(address, folder, who, c));
            }
            all.add(people);
        }
        long until = System.nanoTime() + seconds * 1_000_000_000L;
        for (int c = 0; c < clients; c++) {
            int number = c;
            Map<String, HttpClient> people = all.get(c);
            threads.add(Thread.ofPlatform().start(() -> {
                try {
                    Random random = new Random(number);
                    while (System.nanoTime() < until && failed.isEmpty()) {
                        Kind kind = kinds.get(random.nextInt(kinds.size()));
                        String path = kind.paths().get(random.nextInt(kind.paths().size()));
                        long start = System.nanoTime();
                        var answer = people.get(kind.as()).send(HttpRequest.newBuilder(URI.create(address + path)).build(), BodyHandlers.ofString());
                        took.add(new Took(kind, System.nanoTime() - start));
                        Thread.sleep(rest);
                        if (answer.statusCode() != 200 || !answer.body().contains(kind.says())) {
                            failed.add(path + " as " + kind.as() + ": " + answer.statusCode() + ", and it does not say \"" + kind.says() + "\"");
                        }
                    }
                } catch (Exception e) {
                    failed.add(e.toString());
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        if (!failed.isEmpty()) {
            throw new IllegalStateException(failed.peek());
        }
        return List.copyOf(took);
    }

    static long[] sorted(List<Took> took) {
        return took.stream().mapToLong(Took::nanos).sorted().toArray();
    }

    static double at(long[] sorted, double share) {
        return sorted.length == 0 ? Double.NaN : sorted[(int) Math.min(sorted.length - 1, Math.floor(share * sorted.length))] / 1e6;
    }

    /// The token of the page's forms.
    static String token(HttpClient client, String page) throws Exception {
        var token = TOKEN.matcher(client.send(HttpRequest.newBuilder(URI.create(page)).build(), BodyHandlers.ofString()).body());
        return token.find() ? token.group(1) : "";
    }

    /// Somebody else of the organisation of one of the demonstration's people, in the same roles: each client is a person of
    /// its own, since one person's requests wait for each other.
    private static HttpClient colleague(String address, Path folder, String who, int number) throws Exception {
        String email = who + "-" + number + "@benchmark.example";
        try (var db = Sector.connect(folder); var statement = db.prepareStatement("""
                WITH fresh AS (
                    INSERT INTO person (email, name) SELECT ?, 'Somebody (invented)'
                     WHERE NOT EXISTS (SELECT FROM person WHERE email = ?) RETURNING id),
                given AS (INSERT INTO password (person_id, hash) SELECT id, ? FROM fresh)
                INSERT INTO membership (person_id, organisation_id, role)
                SELECT fresh.id, m.organisation_id, m.role FROM fresh, membership m JOIN person p ON p.id = m.person_id
                 WHERE p.email LIKE ?
                """)) {
            statement.setString(1, email);
            statement.setString(2, email);
            statement.setString(3, HASH);
            statement.setString(4, who + ".%@%");
            statement.executeUpdate();
        }
        HttpClient client = HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
        var answer = client.send(HttpRequest.newBuilder(URI.create(address + "/sign-in")).header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("_csrf=" + encode(token(client, address + "/sign-in")) + "&email=" + encode(email) + "&password=" + encode(PASSWORD)))
                .build(), BodyHandlers.ofString());
        if (answer.statusCode() != 303) {
            throw new IllegalStateException(email + " was not let in: " + answer.statusCode());
        }
        return client;
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    static HttpClient signedIn(String address, String who) throws Exception {
        HttpClient client = HttpClient.newBuilder().cookieHandler(new CookieManager()).followRedirects(HttpClient.Redirect.NORMAL).build();
        String form = "_csrf=" + URLEncoder.encode(token(client, address + "/demo"), StandardCharsets.UTF_8);
        var answer = client.send(HttpRequest.newBuilder(URI.create(address + "/demo/be/" + who)).header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form)).build(), BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IllegalStateException("nobody can be " + who + ": " + answer.statusCode());
        }
        return client;
    }

    /// What people look at, with addresses taken from the database.
    static List<Kind> kinds(Path folder) throws Exception {
        try (var db = Sector.connect(folder)) {
            Asked ask = new Asked(db);
            List<String> releases = ask.list("SELECT '/products/' || p.slug || '/releases/' || r.version FROM release r JOIN product p ON p.id = r.product_id WHERE p.slug LIKE 'bench-%' ORDER BY md5(r.id::text) LIMIT 200");
            List<String> systems = ask.list("SELECT '/systems/' || s.ref FROM system s JOIN organisation o ON o.id = s.organisation_id WHERE o.slug = 'westmere' AND s.retired_on IS NULL ORDER BY s.ref LIMIT 100");
            List<String> flaws = ask.list("SELECT k.name FROM component_finding f JOIN vulnerability k ON k.id = f.vulnerability_id WHERE f.withdrawn_at IS NULL AND k.merged_into IS NULL GROUP BY k.name ORDER BY count(*) DESC LIMIT 100");
            List<String> packages = ask.list("SELECT CASE type WHEN 'npm' THEN 'pkg:npm/' || CASE WHEN namespace = '' THEN '' ELSE replace(namespace, '@', '%40') || '/' END || name ELSE name END FROM component WHERE type IN ('npm', 'maven') GROUP BY 1 ORDER BY count(*) DESC LIMIT 100");
            return List.of(
                    new Kind("today, council", "priya", List.of("/today"), "govuk-"),
                    new Kind("today, coordinator", "kit", List.of("/today"), "govuk-"),
                    new Kind("exposures", "priya", List.of("/exposures"), "govuk-table"),
                    new Kind("exposure", "priya", prefixed("/exposures/", flaws), "govuk-"),
                    new Kind("systems", "priya", List.of("/systems"), "govuk-table"),
                    new Kind("system", "priya", systems, "govuk-summary-list"),
                    new Kind("products", "una", List.of("/products", "/products?q=product+7", "/products?q=invented"), "govuk-"),
                    new Kind("release", "una", releases, "(invented)"),
                    new Kind("release's components", "una", suffixed(releases, "/components"), "(invented)"),
                    new Kind("release's findings", "una", suffixed(releases, "/findings"), "(invented)"),
                    new Kind("who is exposed, by CVE", "una", prefixed("/who-is-exposed?q=", flaws), "exposed"),
                    new Kind("who is exposed, by package", "una", encoded("/who-is-exposed?q=", packages), "exposed"),
                    new Kind("vulnerability", "una", prefixed("/vulnerabilities/", flaws), "govuk-"),
                    new Kind("advisories", "una", List.of("/advisories"), "govuk-"),
                    new Kind("alerts", "priya", List.of("/alerts"), "govuk-"),
                    new Kind("sector", "kit", List.of("/sector"), "govuk-table"),
                    new Kind("sector, one vulnerability", "kit", prefixed("/sector/vulnerabilities/", flaws), "govuk-"));
        }
    }

    private record Asked(java.sql.Connection db) {

        List<String> list(String sql) throws Exception {
            try (var statement = db.createStatement(); var rows = statement.executeQuery(sql)) {
                List<String> list = new ArrayList<>();
                while (rows.next()) {
                    list.add(rows.getString(1));
                }
                return list;
            }
        }
    }

    private static List<String> prefixed(String prefix, List<String> of) {
        return of.stream().map(one -> prefix + one).toList();
    }

    private static List<String> suffixed(List<String> of, String suffix) {
        return of.stream().map(one -> one + suffix).toList();
    }

    private static List<String> encoded(String prefix, List<String> of) {
        return of.stream().map(one -> prefix + encode(one)).toList();
    }
}
