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
import uk.reeve.register.audience.Asker;
import uk.reeve.register.audience.Asking;
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
        try (RandomSector sector = new RandomSector(access, 11, this::found)) {
            int seen = 0;
            int decided = 0;
            for (int round = 0; round < 60; round++) {
                sector.change();
                for (UUID flaw : sector.flaws()) {
                    Map<String, String> read = new TreeMap<>();
                    for (Hits.Hit hit : inJob(() -> hits.of(flaw, Instant.EPOCH))) {
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

    private void found(long component, UUID flaw, boolean exact, boolean gone) {
        inJob(() -> jdbc.sql("""
                INSERT INTO component_finding (component_id, vulnerability_id, exact, reasons, fixed_in, withdrawn_at)
                VALUES (:component, :flaw, :exact, '[]', '{}', CASE WHEN :gone THEN now() END)
                ON CONFLICT (component_id, vulnerability_id)
                DO UPDATE SET exact = excluded.exact, withdrawn_at = excluded.withdrawn_at
                """)
                .param("component", component)
                .param("flaw", flaw)
                .param("exact", exact)
                .param("gone", gone)
                .update());
    }

    private <T> T inJob(java.util.function.Supplier<T> work) {
        return Asking.as(new Asker.Job(), () -> transactions.execute(_ -> work.get()));
    }
}
