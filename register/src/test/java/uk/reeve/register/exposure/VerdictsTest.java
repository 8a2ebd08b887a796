package uk.reeve.register.exposure;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import uk.reeve.register.RandomSector;
import uk.reeve.register.RegisterTest;
import uk.reeve.register.audience.Asker;
import uk.reeve.register.audience.Asking;
import uk.reeve.register.database.DatabaseAccess;
import uk.reeve.register.exposure.SetFindings.Of;

/// What a council reads of its own, and what is counted of all, is what `system_verdict` says; and a set's row is
/// what its components make of it: through many changes of everything that these rest on.
@RegisterTest
class VerdictsTest {

    private static final int ROUNDS = 120;

    @Autowired
    Verdicts verdicts;

    @Autowired
    SectorTally tally;

    @Autowired
    SetFindings setFindings;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transactions;

    @Autowired
    DatabaseAccess access;

    @Test
    void every_reader_comes_to_the_same_verdict() throws SQLException {
        try (RandomSector sector = new RandomSector(
                access,
                jdbc,
                transactions,
                7,
                (component, flaw) -> setFindings.change(List.of(new Of(component, flaw))))) {
            setFindings.reckon();
            int seen = 0;
            for (int round = 0; round < ROUNDS; round++) {
                sector.change();
                for (int i = 0; i < sector.councils().size(); i++) {
                    UUID council = sector.councils().get(i);
                    Map<String, String> read = read(sector.person(i), council);
                    assertThat(read).as("round %d", round).isEqualTo(sector.told("""
                            SELECT v.system_id || ' ' || k.number, v.verdict || ' ' || v.days
                              FROM system_verdict v
                              JOIN vulnerability k ON k.id = v.vulnerability_id AND k.merged_into IS NULL
                             WHERE v.organisation_id = ?
                            """, council));
                    seen += read.size();
                }
                if (round % 10 == 9) {
                    everybodyIsCounted(sector);
                }
            }
            assertThat(seen).isGreaterThan(10_000);
            for (int set : sector.sets()) {
                assertThat(row(sector, set)).isEqualTo(reckoned(sector, set)).isNotEmpty();
            }
            setFindings.reckon(); // what other tests left
            assertThat(sector.inJob(tally::isWhole)).isTrue();
            sector.inJob(() -> jdbc.sql("DELETE FROM set_finding WHERE component_set_id = :set")
                    .param("set", sector.sets().getFirst())
                    .update());
            assertThat(sector.inJob(tally::isWhole)).isFalse();
            setFindings.reckon();
            assertThat(sector.inJob(tally::isWhole)).isTrue();
        }
    }

    private void everybodyIsCounted(RandomSector sector) throws SQLException {
        Map<UUID, SectorTally.Counted> counted = sector.inJob(tally::counted);
        int councils = 0;
        for (UUID flaw : sector.flaws()) {
            SectorTally.Counted one = counted.getOrDefault(flaw, new SectorTally.Counted(0, 0, 0));
            councils += one.councils();
            assertThat(Map.of("all", one.councils() + " " + one.suppliers() + " " + one.answered()))
                    .isEqualTo(sector.told("""
                            SELECT 'all', count(DISTINCT v.organisation_id) || ' ' || count(DISTINCT p.supplier_id) || ' '
                                   || count(DISTINCT p.supplier_id)
                                          FILTER (WHERE st.status IN ('affected', 'not_affected', 'fixed'))
                              FROM system_verdict v
                              JOIN release r ON r.id = v.release_id
                              JOIN product p ON p.id = r.product_id
                              LEFT JOIN statement st ON st.id = v.statement_id
                             WHERE v.verdict = 'affected' AND v.vulnerability_id = ?
                            """, flaw));
        }
        assertThat(councils).isPositive();
    }

    private Map<String, String> read(UUID person, UUID council) {
        Map<String, String> read = new TreeMap<>();
        Asking.as(
                        new Asker.Person(person, council, Asker.Kind.COUNCIL, Set.of(Asker.Role.READER)),
                        () -> transactions.execute(_ -> verdicts.all()))
                .forEach(one ->
                        read.put(one.runs().system() + " " + one.flaw().number(), one.verdict() + " " + one.days()));
        return read;
    }

    private static Map<String, String> row(RandomSector sector, int set) throws SQLException {
        return sector.told("""
                SELECT n, CASE WHEN n = ANY (exact) THEN 'exact' ELSE 'possible' END
                  FROM set_finding, unnest(exact || possible) AS n
                 WHERE component_set_id = ?
                """, set);
    }

    private static Map<String, String> reckoned(RandomSector sector, int set) throws SQLException {
        return sector.told("""
                SELECT k.number, CASE WHEN bool_or(c.exact) THEN 'exact' ELSE 'possible' END
                  FROM component_finding c
                  JOIN set_component s USING (component_id)
                  JOIN vulnerability k ON k.id = c.vulnerability_id
                 WHERE s.component_set_id = ? AND c.withdrawn_at IS NULL
                 GROUP BY k.number
                """, set);
    }
}
