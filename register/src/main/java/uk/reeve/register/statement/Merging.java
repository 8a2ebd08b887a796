package uk.reeve.register.statement;

import java.util.UUID;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import uk.reeve.register.advisory.VulnerabilitiesMerged;

/// Moves statements to the vulnerability that survives a merge, in the transaction of that merge. Where one
/// organisation spoke of both, its last word stands.
@Component("mergingOfStatements")
class Merging {

    private final JdbcClient jdbc;

    Merging(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @EventListener
    void on(VulnerabilitiesMerged merged) {
        UUID[] others = merged.others().toArray(UUID[]::new);
        for (String step : new String[] {
            """
            UPDATE statement SET superseded_at = now() WHERE id IN (
                SELECT id FROM (
                    SELECT id, row_number() OVER (PARTITION BY organisation_id, release_id
                                                  ORDER BY said_at DESC, id) AS nth
                      FROM statement
                     WHERE superseded_at IS NULL AND withdrawn_at IS NULL
                       AND vulnerability_id = ANY (:others || :survivor::uuid)) AS ranked
                 WHERE nth > 1)
            """, "UPDATE statement SET vulnerability_id = :survivor WHERE vulnerability_id = ANY (:others)"
        }) {
            jdbc.sql(step)
                    .param("survivor", merged.survivor())
                    .param("others", others)
                    .update();
        }
    }
}
