package uk.reeve.register.exposure;

import java.util.UUID;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import uk.reeve.register.advisory.VulnerabilitiesMerged;
import uk.reeve.register.advisory.VulnerabilitySplit;

/// Moves findings and decisions to the vulnerability that survives a merge. Synchronous on purpose: it
/// stands or falls with its cause. Where both had a decision in force, the one with the earlier day stands
/// (RULINGS 20).
@Component
class Merging {

    private final JdbcClient jdbc;
    private final SetFindings sets;

    Merging(JdbcClient jdbc, SetFindings sets) {
        this.jdbc = jdbc;
        this.sets = sets;
    }

    @EventListener
    void on(VulnerabilitiesMerged merged) {
        UUID[] others = merged.others().toArray(UUID[]::new);
        for (String step : new String[] {
            """
            INSERT INTO component_finding (component_id, vulnerability_id, exact, reasons, fixed_in, found_at, found_after,
                   withdrawn_at)
            SELECT DISTINCT ON (component_id) component_id, :survivor, exact, reasons, fixed_in, found_at, found_after,
                   withdrawn_at
              FROM component_finding
             WHERE vulnerability_id = ANY (:others)
             ORDER BY component_id, withdrawn_at IS NOT NULL, exact DESC
            ON CONFLICT (component_id, vulnerability_id) DO UPDATE
               SET exact = excluded.exact, reasons = excluded.reasons, fixed_in = excluded.fixed_in, withdrawn_at = NULL,
                   found_at = CASE WHEN component_finding.withdrawn_at IS NULL THEN component_finding.found_at
                                   ELSE excluded.found_at END,
                   found_after = greatest(component_finding.found_after, excluded.found_after)
             WHERE excluded.withdrawn_at IS NULL
               AND (component_finding.withdrawn_at IS NOT NULL OR excluded.exact AND NOT component_finding.exact)
            """,
            "DELETE FROM component_finding WHERE vulnerability_id = ANY (:others)",
            """
            UPDATE decision SET superseded_at = now() WHERE id IN (
                SELECT id FROM (
                    SELECT id, row_number() OVER (PARTITION BY organisation_id, system_id
                                                  ORDER BY until NULLS LAST, decided_at DESC, id) AS nth
                      FROM decision
                     WHERE superseded_at IS NULL AND vulnerability_id = ANY (:others || :survivor::uuid)) AS ranked
                 WHERE nth > 1)
            """,
            "UPDATE decision SET vulnerability_id = :survivor WHERE vulnerability_id = ANY (:others)"
        }) {
            jdbc.sql(step)
                    .param("survivor", merged.survivor())
                    .param("others", others)
                    .update();
        }
        sets.drop(others); // after the findings, as who evaluates changes them: two at once only wait
    }

    /// What a council decided before the split stands for what its systems have of either.
    @EventListener
    void on(VulnerabilitySplit split) {
        jdbc.sql("""
                INSERT INTO decision (organisation_id, system_id, vulnerability_id, kind, until, owner, reason,
                       justification, agreed_by, urgency_days, urgency_reasons, decided_by, decided_at)
                SELECT d.organisation_id, d.system_id, :fresh, d.kind, d.until, d.owner, d.reason,
                       d.justification, d.agreed_by, d.urgency_days, d.urgency_reasons, d.decided_by, d.decided_at
                  FROM decision d
                  JOIN system_verdict v ON v.system_id = d.system_id AND v.vulnerability_id = :fresh
                  JOIN vulnerability k ON k.id = :fresh
                 WHERE d.vulnerability_id = :old AND d.superseded_at IS NULL AND d.decided_at < k.known_at
                   AND NOT EXISTS (SELECT FROM decision there
                                    WHERE there.system_id = d.system_id AND there.vulnerability_id = :fresh)
                """).param("old", split.old()).param("fresh", split.fresh()).update();
        jdbc.sql("""
                UPDATE decision d SET superseded_at = now()
                 WHERE d.vulnerability_id = :old AND d.superseded_at IS NULL
                   AND EXISTS (SELECT FROM decision there
                                WHERE there.system_id = d.system_id AND there.vulnerability_id = :fresh)
                   AND NOT EXISTS (SELECT FROM system_verdict v
                                    WHERE v.system_id = d.system_id AND v.vulnerability_id = :old)
                """).param("old", split.old()).param("fresh", split.fresh()).update();
    }
}
