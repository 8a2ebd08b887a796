package uk.reeve.register.exposure;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// What is known of flaws and of sets of components, kept in memory: no council's own. Each look reads what was written
/// since the last one, so what it gives is never older than the asking statement.
@Component
class KnownFlaws {

    /// How many numbers of flaws are kept in memory: some 64 MB.
    private static final long MOST = 16_000_000;

    private final JdbcClient jdbc;
    private Flaws flaws = new Flaws(new Flaw[0]);
    private String seen = NOTHING;

    private final Cache<Integer, Inside> sets = Caffeine.newBuilder()
            .maximumWeight(MOST)
            .weigher((Integer _, Inside inside) -> 20 + inside.exact().length + inside.possible().length)
            .build();

    KnownFlaws(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// A vulnerability as lists need it.
    ///
    /// @param facing days within which to act where the system faces the internet; 0: next upgrade
    /// @param inside the same where it does not
    /// @param merged whether another goes by its names now
    record Flaw(
            int number,
            UUID id,
            String name,
            @Nullable String title,
            String severity,
            @Nullable Double score,
            int facing,
            int inside,
            boolean merged) {}

    /// What was known at one moment.
    static final class Flaws {

        private final @Nullable Flaw[] byNumber;

        private Flaws(@Nullable Flaw[] byNumber) {
            this.byNumber = byNumber;
        }

        /// Numbers are below this.
        int size() {
            return byNumber.length;
        }

        /// Null where another goes by its names now.
        @Nullable
        Flaw get(int number) {
            Flaw flaw = number < byNumber.length ? byNumber[number] : null;
            return flaw == null || flaw.merged() ? null : flaw;
        }

        private Flaws with(List<Flaw> fresh) {
            int size = fresh.stream().mapToInt(Flaw::number).max().orElse(0) + 1;
            @Nullable Flaw[] all = Arrays.copyOf(byNumber, Math.max(byNumber.length, size));
            fresh.forEach(flaw -> all[flaw.number()] = flaw);
            return new Flaws(all);
        }
    }

    /// What is in a set of components, by number of the flaw.
    ///
    /// @param changed by what it was written last
    /// @param possible those of which only a weak match is known
    record Inside(String changed, int[] exact, int[] possible) {}

    /// A set of components that counts for a release.
    ///
    /// @param changed by what its findings were written last; null where nothing was reckoned yet
    record Contents(
            boolean declared,
            boolean own,
            int set,
            @Nullable String changed) {}

    /// All flaws. Within the transaction that asks. One at a time, so that what an earlier statement saw
    /// never overwrites what a later one did. What has not ended when this looks is read again by the next.
    synchronized Flaws flaws() {
        String[] now = {seen};
        List<Flaw> fresh = new ArrayList<>();
        jdbc.sql("""
                SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS seen, k.number, k.id, k.name, k.title, k.severity, k.score,
                       urgency_days(k.malicious, k.kev_added IS NOT NULL, true, k.automatable, k.total_impact) AS facing,
                       urgency_days(k.malicious, k.kev_added IS NOT NULL, false, k.automatable, k.total_impact) AS inside,
                       k.merged_into IS NOT NULL AS merged
                  FROM (SELECT) AS one LEFT JOIN vulnerability k ON k.changed >= :seen::xid8
                """ + (seen.equals(NOTHING) ? "" : RESTORED))
                .param("seen", seen)
                .query(row -> {
                    now[0] = row.getString("seen");
                    if (row.getObject("id") != null) {
                        fresh.add(flaw(row));
                    }
                });
        flaws = fresh.isEmpty() ? flaws : flaws.with(fresh);
        seen = now[0];
        return flaws;
    }

    private static final String NOTHING = "0";

    /// A row of a backup may bear a number that this database has yet to come to: it is read once, not each time.
    private static final String RESTORED = " AND k.changed < pg_snapshot_xmax(pg_current_snapshot())";

    private static Flaw flaw(ResultSet row) throws SQLException {
        return new Flaw(
                row.getInt("number"),
                row.getObject("id", UUID.class),
                row.getString("name"),
                row.getString("title"),
                row.getString("severity"),
                row.getObject("score") == null ? null : row.getDouble("score"),
                row.getInt("facing"),
                row.getInt("inside"),
                row.getBoolean("merged"));
    }

    /// What is in each of these sets: contents of releases that the asking council runs.
    Map<Integer, Inside> in(Collection<Contents> all) {
        Map<Integer, Inside> inside = new HashMap<>();
        List<Integer> missing = new ArrayList<>();
        for (Contents contents : all) {
            Inside known = contents.changed() == null ? null : sets.getIfPresent(contents.set());
            if (known != null && known.changed().equals(contents.changed())) {
                inside.put(contents.set(), known);
            } else {
                missing.add(contents.set());
            }
        }
        if (!missing.isEmpty()) {
            inside.putAll(read(missing));
        }
        return inside;
    }

    private Map<Integer, Inside> read(List<Integer> missing) {
        Map<Integer, Inside> read = new HashMap<>();
        jdbc.sql("SELECT component_set_id, exact, possible, changed FROM estate_findings(:sets)")
                .param("sets", missing.toArray(Integer[]::new))
                .query(row -> {
                    int set = row.getInt("component_set_id");
                    String changed = row.getString("changed");
                    Inside inside =
                            new Inside(changed == null ? "" : changed, numbers(row, "exact"), numbers(row, "possible"));
                    read.put(set, inside);
                    if (changed != null) {
                        sets.put(set, inside);
                    }
                });
        return read;
    }

    private static int[] numbers(ResultSet row, String column) throws SQLException {
        Integer[] boxed = (Integer[]) row.getArray(column).getArray();
        int[] numbers = new int[boxed.length];
        for (int i = 0; i < boxed.length; i++) {
            numbers[i] = boxed[i];
        }
        return numbers;
    }
}
