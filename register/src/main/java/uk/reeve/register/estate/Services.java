package uk.reeve.register.estate;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import uk.reeve.register.audit.Act;
import uk.reeve.register.audit.AuditLog;

/// What residents lose when a system fails: the asking council's services.
@Service
public class Services {

    private final JdbcClient jdbc;
    private final AuditLog audit;

    Services(JdbcClient jdbc, AuditLog audit) {
        this.jdbc = jdbc;
        this.audit = audit;
    }

    /// @param criticality 1, the gravest, to 4
    public record Row(UUID id, String name, int criticality, int systems) {}

    /// The gravest first.
    @Transactional(readOnly = true)
    public List<Row> list() {
        return jdbc.sql("""
                SELECT v.id, v.name, v.criticality::int AS criticality, count(s.id)::int AS systems
                  FROM service v LEFT JOIN system s ON s.service_id = v.id AND s.retired_on IS NULL
                 GROUP BY v.id ORDER BY v.criticality, v.name, v.id LIMIT 500
                """).query(Row.class).list();
    }

    /// Ranks services anew, all or none.
    ///
    /// @param ranks 1 to 4 by service
    /// @return how many changed
    @Transactional
    public int rank(Map<UUID, Integer> ranks) {
        List<String> changed = jdbc.sql("""
                UPDATE service v SET criticality = told.rank
                  FROM unnest(:ids::uuid[], :ranks::int[]) AS told (id, rank)
                 WHERE v.id = told.id AND v.criticality <> told.rank RETURNING v.name
                """)
                .param("ids", ranks.keySet().toArray(UUID[]::new))
                .param("ranks", ranks.values().toArray(Integer[]::new))
                .query(String.class)
                .list();
        changed.forEach(name -> audit.record(Act.SERVICE_RANKED, name, null));
        return changed.size();
    }
}
