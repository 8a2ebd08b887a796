import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/// Tells a running demo of one new advisory after another, each of all versions of a package that very many run, and
/// measures how long it took until each council that runs one of them has its alert, and its mail is on its way. Whom it
/// concerns is counted beside, by a query that shares nothing with the register's own.
///
/// Usage: `Advised http://localhost:PORT DATA-FOLDER TIMES [http://localhost:PORT OTHER-FOLDER]`, two in turn. Prints a line an
/// advisory, then median, p95 and worst, and by how much the second is slower.
public final class Advised {

    private record Popular(String type, String namespace, String name, List<String> versions) {}

    private final String address;
    private final Connection db;
    private final HttpClient administrator;
    private final List<Popular> popular;
    private final String mark = UUID.randomUUID().toString().substring(0, 4);
    private final List<Double> queued = new ArrayList<>();

    private Advised(String address, Connection db, int times) throws Exception {
        this.address = address;
        this.db = db;
        this.administrator = Served.signedIn(address, "ada");
        this.popular = popular(db, times);
    }

    public static void main(String[] args) throws Exception {
        int times = Integer.parseInt(args[2]);
        boolean two = args.length > 3;
        try (Connection db = Sector.connect(Path.of(args[1])); Connection second = two ? Sector.connect(Path.of(args[4])) : null) {
            Advised one = new Advised(args[0], db, times);
            Advised other = second == null ? null : new Advised(args[3], second, times);
            List<Double> ratios = new ArrayList<>();
            for (int i = 0; i < one.popular.size(); i++) {
                double told = one.tell(i);
                if (other != null) {
                    ratios.add(other.tell(i) / told);
                }
            }
            one.sum();
            if (other != null) {
                other.sum();
                ratios.sort(null);
                System.out.printf("from the answer to the last alert, the second to the first: %.2f, the median of %d%n", ratios.get(ratios.size() / 2), ratios.size());
            }
        }
    }

    private void sum() {
        queued.sort(null);
        System.out.printf("%d advisories: median %.0f ms, p95 %.0f ms, worst %.0f ms%n", queued.size(),
                queued.get(queued.size() / 2), queued.get((int) (queued.size() * 0.95)), queued.getLast());
    }

    /// @return ms from the answer, by which the cause is committed, to the last alert that others can see
    private double tell(int i) throws Exception {
        Popular of = popular.get(i);
        int wanted = councils(db, of);
        String id = "GHSA-bnch-%s-%04d".formatted(mark, i);
        String record = record(id, of);
        String token = Served.token(administrator, address + "/admin/sources");
        long start = System.nanoTime();
        var answer = administrator.send(
                HttpRequest.newBuilder(URI.create(address + "/admin/sources"))
                        .header("Content-Type", "multipart/form-data; boundary=part")
                        .POST(BodyPublishers.ofString("--part\r\nContent-Disposition: form-data; name=\"_csrf\"\r\n\r\n" + token
                                + "\r\n--part\r\nContent-Disposition: form-data; name=\"file\"; filename=\"it.json\"\r\n\r\n" + record + "\r\n--part--\r\n"))
                        .build(),
                BodyHandlers.ofString());
        double answered = (System.nanoTime() - start) / 1e6;
        if (!answer.body().contains(id + " is on record")) {
            throw new IllegalStateException(id + " was not taken: " + answer.statusCode());
        }
        int told = 0;
        while (told < wanted && System.nanoTime() - start < 60e9) {
            Thread.sleep(2);
            told = (int) Sector.number(db, "SELECT count(*) FROM alert a JOIN vulnerability v ON v.id = a.vulnerability_id WHERE v.name = '" + id + "'");
        }
        double all = (System.nanoTime() - start) / 1e6;
        Thread.sleep(500); // who is told too much, is told now
        long mails = Sector.number(db, "SELECT count(*) FROM delivery d JOIN alert a ON a.id = d.alert_id JOIN vulnerability v ON v.id = a.vulnerability_id WHERE v.name = '" + id + "'");
        told = (int) Sector.number(db, "SELECT count(*) FROM alert a JOIN vulnerability v ON v.id = a.vulnerability_id WHERE v.name = '" + id + "'");
        if (told != wanted) {
            throw new IllegalStateException(id + ": " + told + " councils were told, " + wanted + " run " + of);
        }
        queued.add(all - answered);
        System.out.printf("%-44s %4d versions %4d councils %5d mails  answered %6.0f ms, all queued %6.0f ms, after the answer %6.0f ms%n",
                of.name(), of.versions().size(), told, mails, answered, all, all - answered);
        return all - answered;
    }

    /// Those that stand in most releases, whoever runs these.
    private static List<Popular> popular(Connection db, int times) throws Exception {
        List<Popular> popular = new ArrayList<>();
        try (var statement = db.createStatement(); var rows = statement.executeQuery("""
                SELECT c.type, c.namespace, c.name, array_agg(DISTINCT c.version)
                  FROM set_component s JOIN component c ON c.id = s.component_id
                 WHERE c.type IN ('npm', 'maven', 'pypi') GROUP BY 1, 2, 3 ORDER BY count(*) DESC LIMIT
                """ + times)) {
            while (rows.next()) {
                popular.add(new Popular(rows.getString(1), rows.getString(2), rows.getString(3), List.of((String[]) rows.getArray(4).getArray())));
            }
        }
        return popular;
    }

    private static int councils(Connection db, Popular of) throws Exception {
        try (var statement = db.prepareStatement("""
                SELECT count(DISTINCT s.organisation_id)
                  FROM component c JOIN component_set cs ON cs.components @> ARRAY[c.id] JOIN sbom_document d ON d.component_set_id = cs.id
                  JOIN system s ON s.release_id = d.release_id
                 WHERE c.type = ? AND c.namespace = ? AND c.name = ? AND s.retired_on IS NULL AND d.state = 'current'
                """)) {
            statement.setString(1, of.type());
            statement.setString(2, of.namespace());
            statement.setString(3, of.name());
            try (var row = statement.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }

    private static String record(String id, Popular of) {
        String ecosystem = switch (of.type()) {
            case "maven" -> "Maven";
            case "pypi" -> "PyPI";
            default -> "npm";
        };
        String name = of.namespace().isEmpty() ? of.name() : of.namespace() + (of.type().equals("maven") ? ":" : "/") + of.name();
        return """
                {"schema_version": "1.7.0", "id": "%s", "modified": "2026-11-28T09:00:00Z", "summary": "An invented flaw, to measure by",
                 "severity": [{"type": "CVSS_V3", "score": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"}],
                 "affected": [{"package": {"ecosystem": "%s", "name": "%s"}, "versions": [%s]}]}
                """.formatted(id, ecosystem, name, of.versions().stream().map(v -> '"' + v + '"').collect(Collectors.joining(", ")));
    }
}
