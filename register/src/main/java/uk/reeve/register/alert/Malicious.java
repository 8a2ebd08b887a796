package uk.reeve.register.alert;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// What a new SBOM holds that a published record calls malicious. Other flaws that are known when an SBOM comes in
/// are no news (RULINGS 17); this is told at once (decision 0012).
@Component
class Malicious {

    private final JdbcClient jdbc;

    Malicious(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// Makes a cause of each that is in SBOMs which came in and whose components have been looked at since. Within a
    /// job's transaction.
    ///
    /// @return how many causes
    int causes() {
        return jdbc.sql("""
                WITH ready AS (
                    UPDATE outbox o SET done_at = now()
                      FROM release m
                     WHERE o.cause = 'sbom' AND o.done_at IS NULL AND m.id = o.release_id
                       AND NOT EXISTS (
                           SELECT FROM sbom_document d
                             JOIN component_set s ON s.id = d.component_set_id
                            WHERE d.release_id = coalesce(m.merged_into, m.id) AND d.state = 'current'
                              AND (NOT EXISTS (SELECT FROM set_finding f WHERE f.component_set_id = s.id)
                                   OR EXISTS (SELECT FROM component c
                                               WHERE c.evaluated_with IS NULL AND c.id = ANY (s.components))))
                    RETURNING coalesce(m.merged_into, m.id) AS release_id)
                INSERT INTO outbox (cause, vulnerability_id)
                SELECT DISTINCT 'malicious', k.id
                  FROM ready r
                  JOIN sbom_document d ON d.release_id = r.release_id AND d.state = 'current'
                  JOIN set_finding f ON f.component_set_id = d.component_set_id
                  JOIN vulnerability k ON k.number = ANY (f.exact) AND k.malicious
                """).update();
    }
}
