package uk.reeve.register.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import uk.reeve.register.RandomSector;
import uk.reeve.register.RegisterTest;
import uk.reeve.register.database.DatabaseAccess;

/// Whom an alert reaches is whom `system_verdict` says is affected, through many changes of everything that it
/// rests on.
@RegisterTest
class HitsTest {

    @Autowired
    Hits hits;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transactions;

    @Autowired
    DatabaseAccess access;

    @Test
    void reaches_whom_the_verdict_says() throws SQLException {
        try (RandomSector sector = new RandomSector(access, jdbc, transactions, 11, (_, _) -> {})) {
            int seen = 0;
            int decided = 0;
            for (int round = 0; round < 60; round++) {
                sector.change();
                for (UUID flaw : sector.flaws()) {
                    Map<String, String> read = new TreeMap<>();
                    for (Hits.Hit hit : sector.inJob(() -> hits.of(flaw, Instant.EPOCH))) {
                        read.put(hit.ref(), hit.council() + " " + hit.decided() + " " + hit.days());
                        decided += hit.decided() ? 1 : 0;
                    }
                    seen += read.size();
                    assertThat(read).as("round %d", round).isEqualTo(sector.told("""
                            SELECT s.ref, v.organisation_id || ' ' || (v.verdict <> 'affected') || ' ' || v.days
                              FROM system_verdict v JOIN system s ON s.id = v.system_id
                             WHERE v.facts = 'affected' AND v.vulnerability_id = ?
                            """, flaw));
                }
            }
            assertThat(seen).isGreaterThan(1_000);
            assertThat(decided).isPositive();
        }
    }
}
