import java.io.OutputStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import org.postgresql.PGConnection;

/// How long a running demo takes to hold all components against its advisories once more, beside copying the same
/// components out of the database; and how many bytes what it knows takes.
///
/// Usage: `Held DATA-FOLDER again`, `Held DATA-FOLDER bytes`, or `Held DATA-FOLDER beside OTHER-FOLDER TURNS`.
public final class Held {

    /// What a release's contents take: everything but who runs what.
    private static final String CONTENTS = "'component', 'component_set', 'component_graph', 'component_finding', 'set_finding', 'sbom_document', 'document_bytes'";

    private static final String ESTATES = "'system', 'service', 'decision', 'organisation'";

    public static void main(String[] args) throws Exception {
        try (Connection db = Sector.connect(Path.of(args[0])); Statement s = db.createStatement()) {
            switch (args[1]) {
                case "again" -> again(db);
                case "bytes" -> bytes(db, s);
                case "beside" -> beside(db, Path.of(args[2]), Integer.parseInt(args[3]));
                default -> throw new IllegalArgumentException(args[1]);
            }
        }
    }

    /// Both in turn; the other has more councils, the same components, and nearly the same findings.
    private static void beside(Connection db, Path folder, int turns) throws Exception {
        try (Connection other = Sector.connect(folder)) {
            long[] sizes = new long[4];
            String same = "SELECT count(*) FROM component";
            String councils = "SELECT count(*) FROM organisation WHERE kind = 'council'";
            sizes[0] = Sector.number(db, same);
            sizes[1] = Sector.number(other, same);
            sizes[2] = Sector.number(db, councils);
            sizes[3] = Sector.number(other, councils);
            if (sizes[0] != sizes[1] || Math.abs(findings(db) - findings(other)) > findings(db) / 20) {
                throw new IllegalStateException("not the same components and findings: %d and %d, %d and %d".formatted(sizes[0], sizes[1], findings(db), findings(other)));
            }
            double[] ratios = new double[turns];
            for (int i = 0; i < turns; i++) {
                double one = held(db);
                double more = held(other);
                ratios[i] = more / one;
                System.out.printf("%d councils %.2f s, %d councils %.2f s: %.2f%n", sizes[2], one, sizes[3], more, ratios[i]);
            }
            java.util.Arrays.sort(ratios);
            System.out.printf("%d components held again with %.1f times the councils: %.2f times as long, the median of %d%n",
                    sizes[0], (double) sizes[3] / sizes[2], ratios[turns / 2], turns);
        }
    }

    private static void again(Connection db) throws Exception {
        double seconds = held(db);
        double[] copies = new double[5];
        for (int i = 0; i < copies.length; i++) {
            long from = System.nanoTime();
            db.unwrap(PGConnection.class).getCopyAPI().copyOut(
                    "COPY (SELECT id, type, namespace, name, version FROM component) TO STDOUT", OutputStream.nullOutputStream());
            copies[i] = (System.nanoTime() - from) / 1e9;
        }
        java.util.Arrays.sort(copies);
        System.out.printf("%d components held against all advisories in %.2f s, copied out in %.2f s: %.1f; %d findings, the same as before%n",
                Sector.number(db, "SELECT count(*) FROM component"), seconds, copies[2], seconds / copies[2], findings(db));
    }

    /// @return seconds, of all
    private static double held(Connection db) throws Exception {
        long findings = findings(db);
        try (Statement s = db.createStatement()) {
            s.execute("UPDATE held_through SET component_id = 0, stamp = 'another'"); // as if another edition had come
        }
        long all = left(db);
        long now = all;
        while (now == all) {
            Thread.sleep(5);
            now = left(db);
        }
        long start = System.nanoTime();
        long first = now;
        while (now > 0) {
            Thread.sleep(20);
            now = left(db);
        }
        if (findings(db) != findings) {
            throw new IllegalStateException("there were " + findings + " findings, and are " + findings(db));
        }
        return (System.nanoTime() - start) / 1e9 * all / first; // the first batch was done before it was seen
    }

    private static void bytes(Connection db, Statement s) throws Exception {
        s.execute("VACUUM ANALYZE");
        long occurrences = Sector.number(db, "SELECT sum(c.size) FROM sbom_document d JOIN component_set c ON c.id = d.component_set_id");
        long run = Sector.number(db, """
                SELECT sum(c.size) FROM system y JOIN sbom_document d ON d.release_id = y.release_id
                  JOIN component_set c ON c.id = d.component_set_id WHERE y.retired_on IS NULL
                """);
        long contents = size(db, CONTENTS);
        long all = contents + size(db, ESTATES);
        s.execute("CREATE UNLOGGED TABLE slim (system integer, component integer)");
        s.execute("INSERT INTO slim SELECT i, i FROM generate_series(1, 1000000) AS i");
        double slim = Sector.number(db, "SELECT pg_table_size('slim')") / 1e6;
        s.execute("DROP TABLE slim");
        System.out.printf("%d components of releases take %d MB: %.0f bytes each%n", occurrences, contents >> 20, (double) contents / occurrences);
        System.out.printf("%d components of systems take %d MB: %.1f bytes each; a slim row without any index takes %.1f: 1/%.1f%n",
                run, all >> 20, (double) all / run, slim, slim / ((double) all / run));
        try (var rows = s.executeQuery("SELECT relname, pg_table_size(oid), pg_indexes_size(oid) FROM pg_class WHERE relname IN (" + CONTENTS + ", " + ESTATES
                + ") AND relkind = 'r' ORDER BY pg_total_relation_size(oid) DESC")) {
            while (rows.next()) {
                System.out.printf("  %-20s %6.1f bytes an occurrence of a release, %5.1f of them indexes%n", rows.getString(1),
                        (double) (rows.getLong(2) + rows.getLong(3)) / occurrences, (double) rows.getLong(3) / occurrences);
            }
        }
    }

    private static long size(Connection db, String tables) throws Exception {
        return Sector.number(db, "SELECT sum(pg_total_relation_size(oid)) FROM pg_class WHERE relkind = 'r' AND relname IN (" + tables + ")");
    }

    private static long left(Connection db) throws Exception {
        return Sector.number(db, "SELECT count(*) FROM component WHERE id > (SELECT CASE stamp WHEN 'another' THEN 0 ELSE component_id END FROM held_through)");
    }

    private static long findings(Connection db) throws Exception {
        return Sector.number(db, "SELECT count(*) FROM component_finding WHERE withdrawn_at IS NULL");
    }
}
