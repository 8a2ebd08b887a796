package uk.reeve.register.exposure;

import java.sql.Types;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import uk.reeve.register.audience.Asker;
import uk.reeve.register.audience.Asking;

/// Which vulnerabilities are in each set of components, kept beside the findings of its components: whoever changes
/// any of these changes the set's row in the same transaction. A new set's row is reckoned from its components;
/// until then the database does so when it is asked, so what is told is always right.
@Component
class SetFindings {

    private static final Asker JOB = new Asker.Job();
    private static final int BATCH = 200;

    // Who changes shares it, who reckons has it alone: what is reckoned knows of every change that found no row.
    private static final long LOCK = 0x5e7f_11d1_0f5eL;

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;

    SetFindings(JdbcClient jdbc, TransactionTemplate transactions) {
        this.jdbc = jdbc;
        this.transactions = transactions;
    }

    /// A finding: of which component, and which vulnerability.
    record Of(long component, UUID vulnerability) {}

    /// In the transaction in which these findings came, went, or became exact or possible.
    void change(Collection<Of> changes) {
        if (changes.isEmpty()) {
            return;
        }
        lock("pg_advisory_xact_lock_shared");
        Long[] components = changes.stream().map(Of::component).toArray(Long[]::new);
        UUID[] vulnerabilities = changes.stream().map(Of::vulnerability).toArray(UUID[]::new);
        // In one order, so that two at once only wait. What the other one did, the next statement sees.
        List<Integer> sets = jdbc.sql("""
                SELECT component_set_id FROM set_finding
                 WHERE component_set_id IN (
                       SELECT s.id FROM unnest(:components::integer[]) AS c (id) JOIN component_set s ON s.components @> ARRAY[c.id])
                 ORDER BY component_set_id FOR UPDATE
                """)
                .param("components", components)
                .query(Integer.class)
                .list();
        if (sets.isEmpty()) {
            return;
        }
        jdbc.sql("""
                WITH changed AS MATERIALIZED (
                    SELECT DISTINCT s.id AS component_set_id, c.vulnerability
                      FROM unnest(:components::integer[], :vulnerabilities::uuid[]) AS c (component, vulnerability)
                      JOIN component_set s ON s.components @> ARRAY[c.component]),
                now AS MATERIALIZED (
                    SELECT s.id AS component_set_id, f.vulnerability_id, bool_or(f.exact) AS exact
                      FROM component_finding f JOIN component_set s ON s.components @> ARRAY[f.component_id]
                     WHERE f.vulnerability_id = ANY (:vulnerabilities) AND f.withdrawn_at IS NULL
                     GROUP BY s.id, f.vulnerability_id),
                told AS (
                    SELECT c.component_set_id, array_agg(k.number) AS touched,
                           coalesce(array_agg(k.number) FILTER (WHERE n.exact), '{}') AS exact,
                           coalesce(array_agg(k.number) FILTER (WHERE NOT n.exact), '{}') AS possible
                      FROM changed c
                      JOIN vulnerability k ON k.id = c.vulnerability
                      LEFT JOIN now n ON n.component_set_id = c.component_set_id AND n.vulnerability_id = c.vulnerability
                     GROUP BY c.component_set_id)
                UPDATE set_finding f
                   SET exact = CASE WHEN f.exact && told.touched
                                    THEN array(SELECT n FROM unnest(f.exact) AS n WHERE n <> ALL (told.touched))
                                    ELSE f.exact END || told.exact,
                       possible = CASE WHEN f.possible && told.touched
                                       THEN array(SELECT n FROM unnest(f.possible) AS n WHERE n <> ALL (told.touched))
                                       ELSE f.possible END || told.possible,
                       changed = pg_current_xact_id()
                  FROM told WHERE f.component_set_id = told.component_set_id
                """)
                .param("components", components)
                .param("vulnerabilities", vulnerabilities)
                .update();
    }

    /// In the transaction that makes these vulnerabilities another's.
    void drop(UUID[] vulnerabilities) {
        lock("pg_advisory_xact_lock_shared");
        jdbc.sql("""
                WITH held AS MATERIALIZED (
                    SELECT f.component_set_id
                      FROM set_finding f,
                           (SELECT array_agg(number) AS numbers FROM vulnerability WHERE id = ANY (:gone)) AS gone
                     WHERE f.exact && gone.numbers OR f.possible && gone.numbers
                     ORDER BY f.component_set_id FOR UPDATE OF f)
                DELETE FROM set_finding f USING held WHERE f.component_set_id = held.component_set_id
                """).param("gone", vulnerabilities).update();
    }

    /// Reckons every set that has no row, so many at a time that each transaction is short.
    void reckon() {
        int reckoned;
        do {
            reckoned = reckon("true", null);
        } while (reckoned == BATCH);
    }

    /// Reckons the set of this SBOM, if it has no row.
    void reckon(UUID document) {
        reckon("id = (SELECT component_set_id FROM sbom_document WHERE id = :document)", document);
    }

    private int reckon(String which, @Nullable UUID document) {
        return Asking.as(
                JOB,
                () -> Objects.requireNonNull(transactions.execute(_ -> {
                    lock("pg_advisory_xact_lock");
                    return jdbc.sql("""
                    WITH missing AS (
                        SELECT id FROM component_set c
                         WHERE (WHICH) AND NOT EXISTS (SELECT FROM set_finding f WHERE f.component_set_id = c.id)
                         ORDER BY id LIMIT :batch),
                    found AS (
                        SELECT s.component_set_id, k.number, bool_or(f.exact) AS exact
                          FROM missing m
                          JOIN set_component s ON s.component_set_id = m.id
                          JOIN component_finding f ON f.component_id = s.component_id AND f.withdrawn_at IS NULL
                          JOIN vulnerability k ON k.id = f.vulnerability_id
                         GROUP BY s.component_set_id, k.number)
                    INSERT INTO set_finding (component_set_id, exact, possible)
                    SELECT m.id, coalesce(array_agg(f.number) FILTER (WHERE f.exact), '{}'),
                           coalesce(array_agg(f.number) FILTER (WHERE NOT f.exact), '{}')
                      FROM missing m LEFT JOIN found f ON f.component_set_id = m.id
                     GROUP BY m.id
                    """.replace("WHICH", which))
                            .param("batch", BATCH)
                            .param("document", document, Types.OTHER)
                            .update();
                })));
    }

    private void lock(String how) {
        jdbc.sql("SELECT " + how + "(:lock)")
                .param("lock", LOCK)
                .query((_, _) -> true)
                .list();
    }
}
