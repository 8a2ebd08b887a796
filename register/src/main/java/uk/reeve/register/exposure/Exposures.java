package uk.reeve.register.exposure;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/// What the asking council is exposed to: read by query, never stored. Takes no council: row security shows each
/// transaction its own systems, and none when nobody asks.
@Service
public class Exposures {

    private final JdbcClient jdbc;

    Exposures(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// A vulnerability that touches what the council runs: a row of its list.
    ///
    /// @param days 3, 14, 60 or 0, of the system that hurries most
    /// @param undecided affected systems without a decision
    public record Open(
            UUID vulnerability,
            String name,
            @Nullable String title,
            String severity,
            @Nullable Double score,
            int days,
            int affected,
            int possible,
            int undecided) {

        public Urgency urgency() {
            return Urgency.of(days);
        }

        public String heading() {
            int end = title == null ? -1 : title.indexOf(':');
            return title == null || end < 0 ? name : title.substring(0, end) + " (" + name + ")";
        }
    }

    /// A system and what is known of it and one vulnerability.
    ///
    /// @param verdict `affected`, `possible`, `not-affected`, `fixed`, `not-checkable`
    /// @param path names and versions from a direct component down to the one at fault; empty where a statement
    // alone
    ///     says so, or its list is not for this reader
    /// @param moveTo version of the release to move to; null where there is none yet
    /// @param fixedIn version of the component that mends it; null where none is known
    /// @param status the supplier's word; null where it has said nothing
    public record SystemExposure(
            UUID system,
            String ref,
            String name,
            @Nullable String service,
            @Nullable Integer criticality,
            String exposure,
            String product,
            @Nullable String productSlug,
            String version,
            @Nullable String supplier,
            String verdict,
            int days,
            List<String> path,
            @Nullable String moveTo,
            @Nullable String fixedIn,
            @Nullable String status,
            @Nullable String action,
            @Nullable String justification,
            @Nullable String decision,
            @Nullable String decidedUntil) {

        public Urgency urgency() {
            return Urgency.of(days);
        }
    }

    private static final String VERDICTS = """
            WITH verdicts AS MATERIALIZED (
                SELECT s.id AS system_id, s.release_id, f.vulnerability_id, f.statement_id, f.fixed_release_id,
                       verdict(f.found, f.status, f.reach, s.hosting) AS verdict,
                       urgency_days(k.malicious, k.kev_added IS NOT NULL, s.exposure IN ('internet', 'unknown'),
                           k.automatable, k.total_impact)::int AS days
                  FROM release_facts(:vulnerability) f
                  JOIN system s ON s.release_id = f.release_id AND s.retired_on IS NULL
                  JOIN vulnerability k ON k.id = f.vulnerability_id AND k.merged_into IS NULL)
            """;

    /// The most urgent first; those without any affected system last.
    @Transactional(readOnly = true)
    public List<Open> open(int limit) {
        return jdbc.sql(VERDICTS + """
                SELECT k.id AS vulnerability, k.name, k.title, k.severity, k.score,
                       (array_agg(v.days ORDER BY v.verdict <> 'affected', (v.days + 999) % 1000))[1] AS days,
                       count(*) FILTER (WHERE v.verdict = 'affected')::int AS affected,
                       count(*) FILTER (WHERE v.verdict = 'possible')::int AS possible,
                       count(*) FILTER (WHERE v.verdict = 'affected' AND d.id IS NULL)::int AS undecided
                  FROM verdicts v
                  JOIN vulnerability k ON k.id = v.vulnerability_id
                  LEFT JOIN decision d ON d.system_id = v.system_id AND d.vulnerability_id = v.vulnerability_id
                       AND d.superseded_at IS NULL
                 WHERE v.verdict IN ('affected', 'possible')
                 GROUP BY k.id
                 ORDER BY count(*) FILTER (WHERE v.verdict = 'affected') = 0,
                          (array_agg((v.days + 999) % 1000 ORDER BY v.verdict <> 'affected', (v.days + 999) % 1000))[1],
                          coalesce(k.score, 0) DESC, k.name
                 LIMIT :limit
                """)
                .param("vulnerability", null, java.sql.Types.OTHER)
                .param("limit", limit)
                .query(Open.class)
                .list();
    }

    /// The council's systems that the vulnerability may touch, affected ones first, the most urgent first.
    @Transactional(readOnly = true)
    public List<SystemExposure> of(UUID vulnerability) {
        return jdbc.sql(VERDICTS + """
                SELECT s.id AS system, s.ref, s.name, sv.name AS service, sv.criticality, s.exposure,
                       p.name AS product, p.slug AS product_slug, r.version, o.name AS supplier,
                       v.verdict, v.days, coalesce(how.path, '{}') AS path, how.fixed_in,
                       coalesce(fr.version, later.version) AS move_to,
                       st.status, st.action, coalesce(st.justification, st.impact) AS justification,
                       d.kind AS decision, d.until::text AS decided_until
                  FROM verdicts v
                  JOIN system s ON s.id = v.system_id
                  JOIN release r ON r.id = v.release_id
                  JOIN product p ON p.id = r.product_id
                  LEFT JOIN organisation o ON o.id = p.supplier_id
                  LEFT JOIN service sv ON sv.id = s.service_id
                  LEFT JOIN statement st ON st.id = v.statement_id
                  LEFT JOIN release fr ON fr.id = v.fixed_release_id
                  LEFT JOIN decision d ON d.system_id = s.id AND d.vulnerability_id = v.vulnerability_id
                       AND d.superseded_at IS NULL
                  LEFT JOIN LATERAL (
                      SELECT array(SELECT c2.name || ' ' || c2.version
                                     FROM unnest(g.path) WITH ORDINALITY AS step (id, nth)
                                     JOIN component c2 ON c2.id = step.id ORDER BY step.nth) AS path,
                             f.fixed_in[1] AS fixed_in
                        FROM sbom_document doc
                        JOIN set_component sc ON sc.component_set_id = doc.component_set_id
                        JOIN component_finding f ON f.component_id = sc.component_id
                             AND f.vulnerability_id = v.vulnerability_id AND f.withdrawn_at IS NULL
                        JOIN graph_path g ON g.graph_id = doc.graph_id AND g.component_id = sc.component_id
                       WHERE doc.release_id = v.release_id AND doc.state = 'current'
                       ORDER BY f.exact DESC, cardinality(g.path) LIMIT 1) how ON true
                  LEFT JOIN LATERAL (
                      SELECT r2.version
                        FROM release r2
                       WHERE r2.product_id = r.product_id AND r2.published_at IS NOT NULL
                         AND r2.released_on > coalesce(r.released_on, '-infinity')
                         AND EXISTS (SELECT FROM sbom_document d2
                                      WHERE d2.release_id = r2.id AND d2.state = 'current' AND d2.origin = 'declared')
                         AND NOT EXISTS (SELECT FROM release_facts(v.vulnerability_id) f2
                                          WHERE f2.release_id = r2.id AND f2.matched)
                       ORDER BY r2.released_on LIMIT 1) later ON true
                 ORDER BY array_position(ARRAY['affected', 'possible', 'fixed', 'not-affected'], v.verdict),
                          (v.days + 999) % 1000, coalesce(sv.criticality, 3), s.name, s.id
                 LIMIT 1000
                """)
                .param("vulnerability", vulnerability)
                .query((row, _) -> new SystemExposure(
                        row.getObject("system", UUID.class),
                        row.getString("ref"),
                        row.getString("name"),
                        row.getString("service"),
                        (Integer) row.getObject("criticality", Integer.class),
                        row.getString("exposure"),
                        row.getString("product"),
                        row.getString("product_slug"),
                        row.getString("version"),
                        row.getString("supplier"),
                        row.getString("verdict"),
                        row.getInt("days"),
                        List.of((String[]) row.getArray("path").getArray()),
                        row.getString("move_to"),
                        row.getString("fixed_in"),
                        row.getString("status"),
                        row.getString("action"),
                        row.getString("justification"),
                        row.getString("decision"),
                        row.getString("decided_until")))
                .list();
    }

    /// How many of the council's systems run a release without any SBOM, so that nothing can be said of them.
    @Transactional(readOnly = true)
    public int notCheckable() {
        return jdbc.sql("""
                SELECT count(*)::int FROM system s
                 WHERE s.retired_on IS NULL
                   AND (s.release_id IS NULL OR NOT EXISTS (
                       SELECT FROM sbom_document d WHERE d.release_id = s.release_id AND d.state = 'current'))
                """).query(Integer.class).single();
    }
}
