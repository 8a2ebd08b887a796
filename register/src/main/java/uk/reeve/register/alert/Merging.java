package uk.reeve.register.alert;

import java.util.UUID;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import uk.reeve.register.advisory.VulnerabilitiesMerged;
import uk.reeve.register.advisory.VulnerabilitySplit;

/// Two alerts of one vulnerability become one, the more urgent: nobody is told again what they were told under another
/// name. Synchronous on purpose: it stands or falls with its cause.
@Component("alertMerging")
class Merging {

    private final JdbcClient jdbc;

    Merging(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @EventListener
    void on(VulnerabilitiesMerged merged) {
        UUID[] others = merged.others().toArray(UUID[]::new);
        jdbc.sql("""
                WITH old AS (
                    UPDATE alert SET superseded_at = now() WHERE id IN (
                        SELECT id FROM (
                            SELECT id, row_number() OVER (PARTITION BY organisation_id
                                                          ORDER BY kind, (days + 999) % 1000, raised_at, id) AS nth
                              FROM alert
                             WHERE superseded_at IS NULL AND vulnerability_id = ANY (:others || :survivor::uuid)) AS ranked
                         WHERE nth > 1)
                    RETURNING id)
                DELETE FROM delivery WHERE alert_id IN (SELECT id FROM old) AND digest AND message IS NULL
                """)
                .param("survivor", merged.survivor())
                .param("others", others)
                .update();
        jdbc.sql("UPDATE alert SET vulnerability_id = :survivor WHERE vulnerability_id = ANY (:others)")
                .param("survivor", merged.survivor())
                .param("others", others)
                .update();
        jdbc.sql("UPDATE outbox SET vulnerability_id = :survivor WHERE vulnerability_id = ANY (:others)")
                .param("survivor", merged.survivor())
                .param("others", others)
                .update();
    }

    /// What a council was told before the split counts as told of either; it is told neither again, nor that the one of
    /// which it has nothing is gone.
    @EventListener
    void on(VulnerabilitySplit split) {
        jdbc.sql("""
                INSERT INTO alert (organisation_id, vulnerability_id, kind, news, class, days, fixable, ce_due, reasons,
                       systems, statements, raised_at, caused_at, acknowledged_at, acknowledged_by)
                SELECT a.organisation_id, :fresh, a.kind, a.news, a.class, a.days, a.fixable, a.ce_due, a.reasons,
                       a.systems, a.statements, a.raised_at, a.caused_at, a.acknowledged_at, a.acknowledged_by
                  FROM alert a JOIN vulnerability k ON k.id = :fresh
                 WHERE a.vulnerability_id = :old AND a.superseded_at IS NULL AND a.raised_at < k.known_at
                   AND EXISTS (SELECT FROM system_verdict v
                                WHERE v.organisation_id = a.organisation_id AND v.vulnerability_id = :fresh)
                   AND NOT EXISTS (SELECT FROM alert there
                                    WHERE there.organisation_id = a.organisation_id AND there.vulnerability_id = :fresh)
                """).param("old", split.old()).param("fresh", split.fresh()).update();
        jdbc.sql("""
                UPDATE alert a SET superseded_at = now()
                 WHERE a.vulnerability_id = :old AND a.superseded_at IS NULL
                   AND EXISTS (SELECT FROM alert there
                                WHERE there.organisation_id = a.organisation_id AND there.vulnerability_id = :fresh)
                   AND NOT EXISTS (SELECT FROM system_verdict v
                                    WHERE v.organisation_id = a.organisation_id AND v.vulnerability_id = :old)
                """).param("old", split.old()).param("fresh", split.fresh()).update();
    }
}
