import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The slowest statements behind a few pages of a running demo and behind one advisory, each with what PostgreSQL did, as
/// Markdown: `EXPLAIN (ANALYZE, BUFFERS)` of what the register's own roles ask, row security on, by PostgreSQL's auto_explain.
///
/// Usage: `Plans http://localhost:PORT DATA-FOLDER`.
public final class Plans {

    private static final int LONGEST_LINE = 300; // a condition may name thousands of ids
    private static final int OF_A_PAGE = 2;

    // whatever follows a line that begins with a time is that line's
    private static final Pattern PLAN = Pattern.compile("duration: ([0-9.]+) ms  plan:\n(.*?)(?=\n\\d{4}-\\d\\d-\\d\\d \\d\\d:|\\z)", Pattern.DOTALL);

    private record Plan(double ms, String text) {}

    private interface Work {
        void done() throws Exception;
    }

    private final Connection db;
    private final Path log;

    private Plans(Connection db, Path log) {
        this.db = db;
        this.log = log;
    }

    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[1]);
        try (Connection db = Sector.connect(folder)) {
            Plans plans = new Plans(db, folder.resolve("postgresql.log"));
            List<Served.Kind> kinds = Served.kinds(folder);
            plans.explain(true);
            try {
                for (String wanted : List.of("who is exposed, by CVE", "who is exposed, by package", "exposures", "systems", "sector")) {
                    Served.Kind kind = kinds.stream().filter(one -> one.name().equals(wanted)).findFirst().orElseThrow();
                    HttpClient client = Served.signedIn(args[0], kind.as());
                    String path = kind.paths().getFirst();
                    plans.ask(client, args[0] + path, kind.says()); // until it is in memory, as it is for most who ask
                    plans.show(wanted + ": `" + path + "`", () -> plans.ask(client, args[0] + path, kind.says()));
                }
                plans.show("an advisory of a package that most releases hold, to the last alert", () -> Advised.main(new String[] {args[0], args[1], "1"}));
            } finally {
                plans.explain(false);
            }
        }
    }

    private void ask(HttpClient client, String address, String says) throws Exception {
        var answer = client.send(HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.ofString());
        if (answer.statusCode() != 200 || !answer.body().contains(says)) {
            throw new IllegalStateException(address + ": " + answer.statusCode() + ", and it does not say \"" + says + "\"");
        }
    }

    private void show(String title, Work work) throws Exception {
        long from = Files.size(log);
        work.done();
        byte[] all = Files.readAllBytes(log);
        Matcher found = PLAN.matcher(new String(all, (int) from, (int) (all.length - from), StandardCharsets.UTF_8));
        List<Plan> plans = new ArrayList<>();
        while (found.find()) {
            plans.add(new Plan(Double.parseDouble(found.group(1)), found.group(2).strip()));
        }
        if (plans.isEmpty()) {
            System.out.printf("### %s%n%nNo statement of it was written down.%n%n", title);
            return;
        }
        plans.sort(Comparator.comparing(Plan::ms).reversed());
        System.out.printf(Locale.ROOT, "### %s%n%n%d statements, %.0f ms together; the slowest:%n", title, plans.size(), plans.stream().mapToDouble(Plan::ms).sum());
        Set<String> shown = new HashSet<>();
        for (Plan plan : plans) {
            if (shown.size() == OF_A_PAGE || !shown.add(plan.text().split("\n\t?Query Parameters|\n\t\\S+ .*\\(cost=", 2)[0])) {
                continue; // the same with other parameters
            }
            System.out.printf(Locale.ROOT, "%n%.1f ms%n%n```%n%s%n```%n", plan.ms(), plan.text().lines()
                    .map(line -> line.length() > LONGEST_LINE ? line.substring(0, LONGEST_LINE) + " ..." : line).collect(Collectors.joining("\n")));
        }
        System.out.println();
    }

    /// From now on, for new connections of those roles; those there are, are ended, and the register makes others.
    private void explain(boolean on) throws Exception {
        try (Statement s = db.createStatement()) {
            for (String role : List.of("reeve_web", "reeve_jobs")) {
                for (String setting : List.of("session_preload_libraries = 'auto_explain'", "auto_explain.log_min_duration = 0",
                        "auto_explain.log_analyze = on", "auto_explain.log_buffers = on", "auto_explain.log_timing = on",
                        "auto_explain.log_nested_statements = off", "auto_explain.log_parameter_max_length = 100")) {
                    s.execute("ALTER ROLE " + role + (on ? " SET " + setting : " RESET " + setting.replaceFirst(" =.*", "")));
                }
            }
            s.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename IN ('reeve_web', 'reeve_jobs') AND state = 'idle'");
        }
        Thread.sleep(2_000);
    }
}
