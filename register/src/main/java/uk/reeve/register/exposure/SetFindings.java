package uk.reeve.register.exposure;

import java.util.Collection;
import java.util.Objects;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import uk.reeve.register.audience.Asker;
import uk.reeve.register.audience.Asking;

/// Which vulnerabilities are in each set of components, kept beside the findings of its components: a row is dropped
/// in the transaction that changes any of these, and reckoned again afterwards. Without a row the database reckons
/// when it is asked, so what is told is always right.
@Component
class SetFindings {

    private static final Asker JOB = new Asker.Job();
    private static final int BATCH = 200;

    // Who drops shares it, who reckons has it alone: what is reckoned knows of every change that dropped nothing.
    private static final long LOCK = 0x5e7f_11d1_0f5eL;

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;

    SetFindings(JdbcClient jdbc, TransactionTemplate transactions) {
        this.jdbc = jdbc;
        this.transactions = transactions;
    }

    /// In the transaction that changed findings of these components.
    void drop(Collection<Long> components) {
        if (components.isEmpty()) {
            return;
        }
        lock("pg_advisory_xact_lock_shared");
        jdbc.sql("""
                WITH held AS MATERIALIZED ( -- in one order, so that two at once only wait
                    SELECT component_set_id FROM set_finding
                     WHERE component_set_id IN (SELECT component_set_id FROM set_component WHERE component_id = ANY (:components))
                     ORDER BY component_set_id FOR UPDATE)
                DELETE FROM set_finding f USING held WHERE f.component_set_id = held.component_set_id
                """).param("components", components.toArray(Long[]::new)).update();
    }

    /// In the transaction that makes these vulnerabilities another's.
    void drop(UUID[] vulnerabilities) {
        lock("pg_advisory_xact_lock_shared");
        jdbc.sql("""
                WITH held AS MATERIALIZED (
                    SELECT component_set_id FROM set_finding WHERE exact && :gone OR possible && :gone
                     ORDER BY component_set_id FOR UPDATE)
                DELETE FROM set_finding f USING held WHERE f.component_set_id = held.component_set_id
                """).param("gone", vulnerabilities).update();
    }

    /// Reckons every set that has no row, so many at a time that each transaction is short.
    void reckon() {
        int reckoned;
        do {
            reckoned = Asking.as(JOB, () -> Objects.requireNonNull(transactions.execute(_ -> batch())));
        } while (reckoned == BATCH);
    }

    private int batch() {
        lock("pg_advisory_xact_lock");
        return jdbc.sql("""
                WITH missing AS (
                    SELECT id FROM component_set c
                     WHERE NOT EXISTS (SELECT FROM set_finding f WHERE f.component_set_id = c.id)
                     ORDER BY id LIMIT :batch),
                found AS (
                    SELECT s.component_set_id, f.vulnerability_id, bool_or(f.exact) AS exact
                      FROM missing m
                      JOIN set_component s ON s.component_set_id = m.id
                      JOIN component_finding f ON f.component_id = s.component_id AND f.withdrawn_at IS NULL
                     GROUP BY s.component_set_id, f.vulnerability_id)
                INSERT INTO set_finding (component_set_id, exact, possible)
                SELECT m.id, coalesce(array_agg(f.vulnerability_id) FILTER (WHERE f.exact), '{}'),
                       coalesce(array_agg(f.vulnerability_id) FILTER (WHERE NOT f.exact), '{}')
                  FROM missing m LEFT JOIN found f ON f.component_set_id = m.id
                 GROUP BY m.id
                """).param("batch", BATCH).update();
    }

    private void lock(String how) {
        jdbc.sql("SELECT " + how + "(:lock)")
                .param("lock", LOCK)
                .query((_, _) -> true)
                .list();
    }
}
