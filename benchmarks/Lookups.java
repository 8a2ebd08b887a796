import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import uk.reeve.engine.index.AdvisoryIndex;
import uk.reeve.engine.index.Entry;
import uk.reeve.engine.index.PackageEntries;
import uk.reeve.engine.index.PackageEntries.Installed;
import uk.reeve.engine.index.PackageEntries.Verdict;
import uk.reeve.engine.version.BadVersion;
import uk.reeve.engine.version.Ecosystem;
import uk.reeve.engine.version.VersionKey;
import uk.reeve.engine.version.VersionOrder;

/// Warm look-ups in the index against SQLite, which holds the same ranges under the same binary keys, in one table in
/// the order of its primary key. One look-up: all that is known of one version of one package. Half of them name
/// packages that no record names, as most packages of an SBOM are. Each answer is the advisories' numbers, and all must
/// be equal before the clock runs. Packages with a version whose key is not exact are left out, since SQLite has no
/// comparer to fall back on.
///
/// Prints: ratio, look-ups a second here, look-ups a second in SQLite, number of look-ups, advisories found.
public final class Lookups {

    private static final int LOOKUPS = 20_000;

    private record Asked(Ecosystem ecosystem, String release, String key, Installed version, byte[] bytes) {}

    public static void main(String[] args) throws Exception {
        int repeats = Integer.parseInt(args[2]);
        AdvisoryIndex index = AdvisoryIndex.open(Path.of(args[0]));
        Path file = Path.of(args[1]);
        Files.deleteIfExists(file);
        List<Asked> asked = new ArrayList<>();
        try (Connection sqlite = DriverManager.getConnection("jdbc:sqlite:" + file)) {
            fill(index, sqlite, asked);
            try (PreparedStatement query = sqlite.prepareStatement("""
                    SELECT entry, advisory FROM span
                     WHERE ecosystem = ?1 AND release = ?2 AND package = ?3
                       AND (low IS NULL OR low <= ?4)
                       AND (high IS NULL OR high > ?4 OR (included AND high = ?4))""")) {
                measure(index, query, asked, repeats);
            }
        }
    }

    private static void measure(AdvisoryIndex index, PreparedStatement query, List<Asked> asked, int repeats)
            throws Exception {
        long found = 0;
        for (Asked one : asked) {
            int[] ours = ours(index, one);
            int[] theirs = theirs(query, one);
            if (!Arrays.equals(ours, theirs)) {
                throw new IllegalStateException(one + ": " + Arrays.toString(ours) + ", SQLite "
                        + Arrays.toString(theirs));
            }
            found += ours.length;
        }
        double[] ratios = new double[repeats];
        double[] oursTook = new double[repeats];
        double[] theirsTook = new double[repeats];
        for (int round = -5; round < repeats; round++) { // the first five warm up
            long begun = System.nanoTime();
            long a = 0;
            for (int again = 0; again < 10; again++) { // as it is so much quicker: else the clock sees little
                for (Asked one : asked) {
                    a += ours(index, one).length;
                }
            }
            long middle = System.nanoTime();
            long b = 0;
            for (Asked one : asked) {
                b += theirs(query, one).length;
            }
            long end = System.nanoTime();
            if (a != 10 * found || b != found) {
                throw new IllegalStateException("another answer than before");
            }
            if (round >= 0) {
                oursTook[round] = (middle - begun) / 10.0 / asked.size();
                theirsTook[round] = (end - middle) / (double) asked.size();
                ratios[round] = theirsTook[round] / oursTook[round];
            }
        }
        System.out.println(median(ratios) + " " + 1e9 / median(oursTook) + " " + 1e9 / median(theirsTook) + " "
                + asked.size() + " " + found);
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        int half = values.length / 2;
        return values.length % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
    }

    private static int[] ours(AdvisoryIndex index, Asked asked) throws Exception {
        PackageEntries entries = index.find(asked.ecosystem, asked.release, asked.key);
        int[] advisories = new int[8];
        int count = 0;
        for (int i = 0; entries != null && i < entries.size(); i++) {
            Entry entry = entries.entry(i);
            if (entries.test(entry, asked.version) == Verdict.AFFECTED) {
                advisories = count < advisories.length ? advisories : Arrays.copyOf(advisories, count * 2);
                advisories[count++] = entry.advisory();
            }
        }
        return Arrays.copyOf(advisories, count);
    }

    private static int[] theirs(PreparedStatement query, Asked asked) throws SQLException {
        query.setInt(1, asked.ecosystem.ordinal());
        query.setString(2, asked.release);
        query.setString(3, asked.key);
        query.setBytes(4, asked.bytes);
        int[] advisories = new int[8];
        int count = 0;
        int last = -1;
        try (ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                int entry = rows.getInt(1);
                if (entry != last) { // one entry may hold a version in two ranges
                    last = entry;
                    advisories = count < advisories.length ? advisories : Arrays.copyOf(advisories, count * 2);
                    advisories[count++] = rows.getInt(2);
                }
            }
        }
        return Arrays.copyOf(advisories, count);
    }

    private static void fill(AdvisoryIndex index, Connection sqlite, List<Asked> asked) throws Exception {
        List<PackageEntries> exact = new ArrayList<>();
        try (Statement plain = sqlite.createStatement()) {
            plain.execute("PRAGMA mmap_size = 2000000000");
            plain.execute("PRAGMA cache_size = -200000");
            plain.execute("""
                    CREATE TABLE span (ecosystem INT, release TEXT, package TEXT, entry INT, span INT, advisory INT,
                     low BLOB, high BLOB, included INT, PRIMARY KEY (ecosystem, release, package, entry, span))
                     WITHOUT ROWID""");
        }
        sqlite.setAutoCommit(false);
        try (PreparedStatement insert = sqlite.prepareStatement("INSERT INTO span VALUES (?,?,?,?,?,?,?,?,?)")) {
            index.packages(entries -> {
                try {
                    if (insert(entries, insert)) {
                        exact.add(entries);
                    }
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            });
        }
        try (Statement plain = sqlite.createStatement()) {
            plain.execute("ANALYZE");
        }
        sqlite.commit(); // what follows is one reading transaction: no locks are taken for each look-up
        Random random = new Random(1);
        while (asked.size() < LOOKUPS) {
            PackageEntries entries = exact.get(random.nextInt(exact.size()));
            Entry entry = entries.entry(random.nextInt(entries.size()));
            int[] of = entry.highs().length > 0 ? entry.highs() : entry.listed();
            int number = of[random.nextInt(of.length)];
            if (number == 0) {
                continue;
            }
            VersionOrder order = entries.ecosystem().order();
            String text = order.bound(entries.text(number));
            String key = entries.ecosystem().matchKey(entries.name());
            asked.add(new Asked(entries.ecosystem(), entries.release(), asked.size() % 2 == 0 ? key : key + "-none",
                    new Installed(order, text), order.key(text).bytes()));
        }
    }

    /// Adds the rows of a package; false, and none, where one of its keys is not exact.
    private static boolean insert(PackageEntries entries, PreparedStatement insert) throws SQLException {
        record Row(int entry, int span, int advisory, byte[] low, byte[] high, boolean included) {}
        List<Row> rows = new ArrayList<>();
        try {
            for (int e = 0; e < entries.size(); e++) {
                Entry entry = entries.entry(e);
                int at = 0;
                for (int s = 0; s < entry.lows().length; s++) {
                    rows.add(new Row(e, at++, entry.advisory(), bytes(entries, entry.lows()[s]),
                            bytes(entries, entry.highs()[s]), entry.includes()[s]));
                }
                for (int number : entry.listed()) {
                    byte[] key = bytes(entries, number);
                    rows.add(new Row(e, at++, entry.advisory(), key, key, true));
                }
            }
        } catch (BadVersion _) {
            return false;
        } catch (java.io.IOException e) {
            throw new IllegalStateException(e);
        }
        for (Row row : rows) {
            insert.setInt(1, entries.ecosystem().ordinal());
            insert.setString(2, entries.release());
            insert.setString(3, entries.ecosystem().matchKey(entries.name()));
            insert.setInt(4, row.entry);
            insert.setInt(5, row.span);
            insert.setInt(6, row.advisory);
            insert.setBytes(7, row.low);
            insert.setBytes(8, row.high);
            insert.setBoolean(9, row.included);
            insert.executeUpdate();
        }
        return true;
    }

    private static byte[] bytes(PackageEntries entries, int number) throws BadVersion, java.io.IOException {
        if (number == 0) {
            return null;
        }
        VersionOrder order = entries.ecosystem().order();
        String text = order.bound(entries.text(number));
        VersionKey key = order.key(text);
        if (!key.exact()) {
            throw new BadVersion(text, "has no exact key");
        }
        return key.bytes();
    }
}
