package uk.reeve.register.exposure;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import uk.reeve.register.exposure.KnownFlaws.Flaw;

/// Counts the whole sector: what is in each release read once, and every council's systems held against it here,
/// since their pairs are many millions. A job's, in its transaction. The same verdict as the database's view
/// `system_verdict`, by the same functions.
@Component
class SectorTally {

    private final JdbcClient jdbc;
    private final KnownFlaws known;

    SectorTally(JdbcClient jdbc, KnownFlaws known) {
        this.jdbc = jdbc;
        this.known = known;
    }

    /// @param councils that it affects
    /// @param suppliers of the releases that they run
    /// @param answered of those suppliers, how many have said something that decides
    record Counted(int councils, int suppliers, int answered) {}

    /// A supplier's word on a flaw: whether it leaves a system affected, by whether the flaw was found and who
    /// hosts it.
    private record Word(boolean found, boolean notFound, boolean foundHosted, boolean notFoundHosted, boolean decides) {

        boolean affects(boolean isFound, boolean hosted) {
            return hosted ? (isFound ? foundHosted : notFoundHosted) : (isFound ? found : notFound);
        }
    }

    /// What is known of a release.
    private static final class Release {
        private int supplier = -1; // none
        private final BitSet found = new BitSet();
        private final Map<Integer, Set<UUID>> observers = new HashMap<>(); // of what was not found otherwise
        private final Map<Integer, Word> words = new HashMap<>();

        /// A council's own copy counts for itself; for everybody, once two have one (RULINGS 5).
        private void observed(int flaw, UUID by) {
            Set<UUID> all = observers.computeIfAbsent(flaw, _ -> new HashSet<>());
            all.add(by);
            if (all.size() >= 2) {
                found.set(flaw);
            }
        }
    }

    /// What is gathered of one flaw.
    private static final class Gathered {
        private int councils;
        private @Nullable UUID last;
        private final BitSet suppliers = new BitSet();
        private final BitSet answered = new BitSet();

        private void add(UUID council, int supplier, boolean decided) {
            if (!council.equals(last)) {
                last = council;
                councils++;
            }
            if (supplier >= 0) {
                suppliers.set(supplier);
                if (decided) {
                    answered.set(supplier);
                }
            }
        }
    }

    /// By vulnerability; none that affects nobody.
    Map<UUID, Counted> counted() {
        Map<UUID, Release> releases = releases();
        Map<UUID, Set<Integer>> notUs = notUs();
        List<@Nullable Gathered> gathered = new ArrayList<>();
        jdbc.sql("""
                SELECT organisation_id, id, release_id, hosting = 'supplier' FROM system
                 WHERE retired_on IS NULL AND release_id IS NOT NULL ORDER BY organisation_id
                """).query(row -> {
            Release release = releases.get(row.getObject(3, UUID.class));
            if (release != null) {
                UUID council = row.getObject(1, UUID.class);
                Set<Integer> denied = notUs.getOrDefault(row.getObject(2, UUID.class), Set.of());
                add(gathered, release, council, denied, row.getBoolean(4));
            }
        });
        KnownFlaws.Flaws flaws = known.flaws();
        Map<UUID, Counted> counted = new HashMap<>();
        for (int number = 0; number < gathered.size(); number++) {
            Gathered one = gathered.get(number);
            Flaw flaw = flaws.get(number);
            if (one != null && flaw != null) {
                counted.put(
                        flaw.id(), new Counted(one.councils, one.suppliers.cardinality(), one.answered.cardinality()));
            }
        }
        return counted;
    }

    /// Whether what is in each release is reckoned, so that all of it counts.
    boolean isWhole() {
        return jdbc.sql("""
                SELECT NOT EXISTS (SELECT FROM release_contents c
                                    WHERE NOT EXISTS (SELECT FROM set_finding f WHERE f.component_set_id = c.component_set_id))
                """).query(Boolean.class).single();
    }

    private static void add(
            List<@Nullable Gathered> gathered, Release release, UUID council, Set<Integer> denied, boolean hosted) {
        BitSet mine = release.found;
        if (!release.observers.isEmpty()) {
            mine = (BitSet) release.found.clone();
            for (Map.Entry<Integer, Set<UUID>> observed : release.observers.entrySet()) {
                if (observed.getValue().contains(council)) {
                    mine.set(observed.getKey());
                }
            }
        }
        for (int flaw = mine.nextSetBit(0); flaw >= 0; flaw = mine.nextSetBit(flaw + 1)) {
            Word word = release.words.get(flaw);
            if ((word == null || word.affects(true, hosted)) && !denied.contains(flaw)) {
                of(gathered, flaw).add(council, release.supplier, word != null && word.decides());
            }
        }
        for (Map.Entry<Integer, Word> said : release.words.entrySet()) {
            int flaw = said.getKey();
            if (!mine.get(flaw) && said.getValue().affects(false, hosted) && !denied.contains(flaw)) {
                of(gathered, flaw)
                        .add(council, release.supplier, said.getValue().decides());
            }
        }
    }

    private static Gathered of(List<@Nullable Gathered> gathered, int flaw) {
        while (gathered.size() <= flaw) {
            gathered.add(null);
        }
        Gathered one = gathered.get(flaw);
        if (one == null) {
            one = new Gathered();
            gathered.set(flaw, one);
        }
        return one;
    }

    private Map<UUID, Release> releases() {
        Map<UUID, Release> releases = new HashMap<>();
        jdbc.sql("""
                SELECT c.release_id, c.origin = 'declared', c.source_id, f.exact
                  FROM release_contents c JOIN set_finding f USING (component_set_id)
                """).query(row -> {
            Release release = releases.computeIfAbsent(row.getObject(1, UUID.class), _ -> new Release());
            UUID source = row.getObject(3, UUID.class);
            for (Integer flaw : (Integer[]) row.getArray(4).getArray()) {
                if (row.getBoolean(2)) {
                    release.found.set(flaw);
                } else {
                    release.observed(flaw, source);
                }
            }
        });
        jdbc.sql("""
                SELECT s.release_id, k.number, verdict(true, s.status, s.reach, 'own'), verdict(false, s.status, s.reach, 'own'),
                       verdict(true, s.status, s.reach, 'supplier'), verdict(false, s.status, s.reach, 'supplier'),
                       s.status IN ('affected', 'not_affected', 'fixed')
                  FROM supplier_statement s JOIN vulnerability k ON k.id = s.vulnerability_id
                """).query(row -> {
            releases.computeIfAbsent(row.getObject(1, UUID.class), _ -> new Release())
                    .words
                    .put(
                            row.getInt(2),
                            new Word(
                                    affected(row, 3),
                                    affected(row, 4),
                                    affected(row, 5),
                                    affected(row, 6),
                                    row.getBoolean(7)));
        });
        Map<UUID, Integer> suppliers = new HashMap<>();
        jdbc.sql(
                        "SELECT r.id, p.supplier_id FROM release r JOIN product p ON p.id = r.product_id WHERE p.supplier_id IS NOT NULL")
                .query(row -> {
                    Release release = releases.get(row.getObject(1, UUID.class));
                    if (release != null) {
                        release.supplier =
                                suppliers.computeIfAbsent(row.getObject(2, UUID.class), _ -> suppliers.size());
                    }
                });
        return releases;
    }

    private static boolean affected(ResultSet row, int column) throws SQLException {
        return row.getString(column).equals("affected");
    }

    /// Per system, the flaws of which its council said that they do not affect it, as long as that holds.
    private Map<UUID, Set<Integer>> notUs() {
        Map<UUID, Set<Integer>> notUs = new HashMap<>();
        jdbc.sql("""
                SELECT d.system_id, k.number
                  FROM decision d
                  JOIN system s ON s.id = d.system_id
                  JOIN vulnerability k ON k.id = d.vulnerability_id
                 WHERE d.superseded_at IS NULL AND d.kind = 'not-us'
                   AND not_us(d.kind, d.urgency_days, urgency_days(k.malicious, k.kev_added IS NOT NULL,
                           s.exposure IN ('internet', 'unknown'), k.automatable, k.total_impact))
                """).query(row -> {
            notUs.computeIfAbsent(row.getObject(1, UUID.class), _ -> new HashSet<>())
                    .add(row.getInt(2));
        });
        return notUs;
    }
}
