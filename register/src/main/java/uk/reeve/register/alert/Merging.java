package uk.reeve.register.alert;

import java.util.UUID;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import uk.reeve.register.advisory.VulnerabilitiesMerged;

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
}
