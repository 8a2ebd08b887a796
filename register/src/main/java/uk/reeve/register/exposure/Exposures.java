package uk.reeve.register.exposure;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.DataClassRowMapper;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import uk.reeve.register.advisory.Heading;
import uk.reeve.register.web.Cursor;

/// What the asking council is exposed to: read by query, never stored. Takes no council: row security shows each
/// transaction its own systems, and none when nobody asks.
@Service
public class Exposures {

    static final ZoneId UK = ZoneId.of("Europe/London");

    private final JdbcClient jdbc;
    private final Clock clock;

    Exposures(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
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

        /// "2 affected, 1 possibly affected".
        public String words() {
            return possible == 0
                    ? affected + " affected"
                    : (affected == 0 ? "" : affected + " affected, ") + possible + " possibly affected";
        }

        public String heading() {
            return Heading.of(name, title);
        }

        /// Where the list goes on behind it: [After].
        public Cursor cursor() {
            return Cursor.at(affected == 0, (days + 999) % 1000, score == null ? 0 : -score, name);
        }
    }

    /// What a vulnerability is sorted by in the list.
    public record After(boolean possible, int rank, double score, String name) {

        /// Null: the list begins at its start.
        public static @Nullable After read(String sent) {
            Cursor cursor = Cursor.read(sent, 4);
            try {
                return cursor == null
                        ? null
                        : new After(
                                cursor.values().getFirst().equals("true"),
                                Integer.parseInt(cursor.values().get(1)),
                                Double.parseDouble(cursor.values().get(2)),
                                cursor.values().getLast());
            } catch (NumberFormatException e) {
                return null;
            }
        }
    }

    /// A system and what is known of it and one vulnerability.
    ///
    /// @param verdict `affected`, `possible`, `not-affected`, `fixed`, `not-checkable`
    /// @param path names and versions from a direct component down to the one at fault; empty where a statement
    /// alone
    ///     says so, or its list is not for this reader
    /// @param moveTo version of the release to move to; null where there is none yet
    /// @param fixedIn version of the component that mends it; null where none is known
    /// @param status the supplier's word; null where it has said nothing
    /// @param decision `fix`, `work-around`, `accept`, `not-us`; null where there is none
    /// @param decided whether it still holds: its day has not passed, nor has the flaw become more urgent than
    /// it was
    /// @param contact the supplier's security mailbox
    /// @param since when the council could first know of it on this system
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
            @Nullable LocalDate until,
            @Nullable String decidedOwner,
            boolean decided,
            @Nullable String contact,
            Instant since) {

        public Urgency urgency() {
            return Urgency.of(days);
        }
    }

    /// A decision in force is part of a system's verdict: what the council says does not affect it, does not
    /// (RULINGS 9), until the flaw becomes more urgent than it was then (`not_us`).
    private static final String VERDICTS = """
            WITH facts AS MATERIALIZED (SELECT * FROM release_facts(:vulnerability, :release)),
            verdicts AS MATERIALIZED (
                SELECT v.system_id, v.release_id, v.vulnerability_id, v.statement_id, v.fixed_release_id,
                       d.id AS decision_id,
                       coalesce(not_us(d.kind, d.urgency_days, v.days) OR d.until >= :today, false) AS decided,
                       CASE WHEN v.facts IN ('affected', 'possible') AND not_us(d.kind, d.urgency_days, v.days)
                            THEN 'not-affected' ELSE v.facts END AS verdict,
                       v.days::int AS days
                  FROM (SELECT s.id AS system_id, s.release_id, f.vulnerability_id, f.statement_id, f.fixed_release_id,
                               verdict(f.found, f.status, f.reach, s.hosting) AS facts,
                               urgency_days(k.malicious, k.kev_added IS NOT NULL, s.exposure IN ('internet', 'unknown'),
                                   k.automatable, k.total_impact) AS days
                          FROM facts f
                          JOIN system s ON s.release_id = f.release_id AND s.retired_on IS NULL
                          JOIN vulnerability k ON k.id = f.vulnerability_id AND k.merged_into IS NULL) AS v
                  LEFT JOIN decision d ON d.system_id = v.system_id AND d.vulnerability_id = v.vulnerability_id
                       AND d.superseded_at IS NULL)
            """;

    /// Of all that the council runs. The planner takes what row security leaves for a row or two, and would look up
    /// each of the thousands one by one.
    private JdbcClient.StatementSpec verdicts(String query) {
        jdbc.sql("SET LOCAL enable_nestloop = off").update();
        return verdicts(null, null, query);
    }

    private JdbcClient.StatementSpec verdicts(@Nullable UUID vulnerability, String query) {
        return verdicts(vulnerability, null, query);
    }

    private JdbcClient.StatementSpec verdicts(@Nullable UUID vulnerability, @Nullable UUID release, String query) {
        return jdbc.sql(VERDICTS + query)
                .param("vulnerability", vulnerability, java.sql.Types.OTHER)
                .param("release", release, java.sql.Types.OTHER)
                .param("today", LocalDate.ofInstant(clock.instant(), UK));
    }

    /// Of all exposures, how many of each class have an affected system, and how many have possible ones only.
    ///
    /// @param undecided how many wait for a decision on a system
    public record Totals(int actNow, int in14, int in60, int nextUpgrade, int possible, int undecided) {

        public int known() {
            return actNow + in14 + in60 + nextUpgrade;
        }
    }

    /// A stretch of the council's exposures, the most urgent first and those without any affected system last; and all
    /// of them in numbers.
    public record Listed(List<Open> open, Totals totals) {}

    /// @param after from the start where null
    @Transactional(readOnly = true)
    public Listed listed(@Nullable After after, int limit) {
        List<Open> open = new ArrayList<>();
        Totals[] totals = new Totals[1];
        verdicts("""
                , listed AS MATERIALIZED (
                    SELECT vulnerability_id,
                           min((days + 999) % 1000) FILTER (WHERE verdict = 'affected') AS rank,
                           min((days + 999) % 1000) AS possible_rank,
                           count(*) FILTER (WHERE verdict = 'affected')::int AS affected,
                           count(*) FILTER (WHERE verdict = 'possible')::int AS possible,
                           count(*) FILTER (WHERE verdict = 'affected' AND NOT decided)::int AS undecided
                      FROM verdicts
                     WHERE verdict IN ('affected', 'possible')
                     GROUP BY vulnerability_id),
                totals AS (
                    SELECT count(*) FILTER (WHERE rank = 2)::int AS act_now, count(*) FILTER (WHERE rank = 13)::int AS in14,
                           count(*) FILTER (WHERE rank = 59)::int AS in60,
                           count(*) FILTER (WHERE rank = 999)::int AS next_upgrade,
                           count(*) FILTER (WHERE rank IS NULL)::int AS possible_only,
                           count(*) FILTER (WHERE undecided > 0)::int AS to_decide
                      FROM listed),
                page AS (
                    SELECT k.id AS vulnerability, k.name, k.title, k.severity, k.score, l.rank IS NULL AS last,
                           coalesce(l.rank, l.possible_rank) AS rank, (coalesce(l.rank, l.possible_rank) + 1) % 1000 AS days,
                           l.affected, l.possible, l.undecided
                      FROM listed l JOIN vulnerability k ON k.id = l.vulnerability_id
                     WHERE :start OR (l.rank IS NULL, coalesce(l.rank, l.possible_rank), -coalesce(k.score, 0), k.name)
                                   > (:possible, :rank::int, :score::float8, :name)
                     ORDER BY last, rank, -coalesce(k.score, 0), k.name LIMIT :limit)
                SELECT * FROM totals LEFT JOIN page ON true ORDER BY last, rank, -coalesce(score, 0), name
                """)
                .param("start", after == null)
                .param("possible", after != null && after.possible())
                .param("rank", after == null ? 0 : after.rank())
                .param("score", after == null ? 0 : after.score())
                .param("name", after == null ? "" : after.name())
                .param("limit", limit)
                .query((row, number) -> {
                    if (number == 0) {
                        totals[0] = new Totals(
                                row.getInt("act_now"),
                                row.getInt("in14"),
                                row.getInt("in60"),
                                row.getInt("next_upgrade"),
                                row.getInt("possible_only"),
                                row.getInt("to_decide"));
                    }
                    return row.getString("name") == null || open.add(OPEN.mapRow(row, number));
                })
                .list();
        return new Listed(open, totals[0]);
    }

    private static final RowMapper<Open> OPEN = new DataClassRowMapper<>(Open.class);

    /// A system that is affected, its most urgent class, and by how many vulnerabilities.
    public record Worst(UUID system, int days, int flaws) {}

    @Transactional(readOnly = true)
    public List<Worst> worst() {
        return verdicts("""
                SELECT system_id AS system, (min((days + 999) % 1000) + 1) % 1000 AS days, count(*)::int AS flaws
                  FROM verdicts WHERE verdict = 'affected' GROUP BY system_id
                """).query(Worst.class).list();
    }

    /// How many vulnerabilities affect any of these systems, by days within which to act.
    @Transactional(readOnly = true)
    public Map<Integer, Integer> affecting(Collection<UUID> systems) {
        Map<Integer, Integer> counts = new HashMap<>();
        verdicts("""
                SELECT days, count(*)::int FROM (
                    SELECT (min((days + 999) % 1000) + 1) % 1000 AS days FROM verdicts
                     WHERE verdict = 'affected' AND system_id = ANY (:systems) GROUP BY vulnerability_id) AS one
                 GROUP BY days
                """)
                .param("systems", systems.toArray(UUID[]::new))
                .query((row, _) -> counts.put(row.getInt(1), row.getInt(2)))
                .list();
        return counts;
    }

    /// A vulnerability that touches one system.
    public record Touching(
            String name,
            @Nullable String title,
            String verdict,
            int days,
            @Nullable String decision,
            @Nullable LocalDate until) {

        public Urgency urgency() {
            return Urgency.of(days);
        }

        public String heading() {
            return Heading.of(name, title);
        }
    }

    /// The most urgent first, possible ones last.
    @Transactional(readOnly = true)
    public List<Touching> touching(UUID system, int limit) {
        UUID release = jdbc.sql("SELECT release_id FROM system WHERE id = :system AND release_id IS NOT NULL")
                .param("system", system)
                .query(UUID.class)
                .optional()
                .orElse(null);
        if (release == null) {
            return List.of();
        }
        return verdicts(null, release, """
                SELECT k.name, k.title, v.verdict, v.days, d.kind AS decision, d.until
                  FROM verdicts v
                  JOIN vulnerability k ON k.id = v.vulnerability_id
                  LEFT JOIN decision d ON d.id = v.decision_id
                 WHERE v.system_id = :system AND (v.verdict IN ('affected', 'possible') OR d.kind = 'not-us')
                 ORDER BY array_position(ARRAY['affected', 'possible', 'not-affected'], v.verdict), (v.days + 999) % 1000,
                          coalesce(k.score, 0) DESC, k.name
                 LIMIT :limit
                """)
                .param("system", system)
                .param("limit", limit)
                .query(Touching.class)
                .list();
    }

    /// What a look at the council's estate rests on.
    ///
    /// @param components of the releases that could be checked; what two of them hold counts twice
    /// @param withoutIdentity of these, how many have no package identity, so that nothing can be said of them
    /// @param types of their package URLs: `maven`, `deb`
    public record Checked(int systems, int checkable, int components, int withoutIdentity, Set<String> types) {

        public int notCheckable() {
            return systems - checkable;
        }
    }

    @Transactional(readOnly = true)
    public Checked checked() {
        return jdbc.sql("""
                WITH runs AS MATERIALIZED (
                    SELECT s.release_id, s.release_id IS NOT NULL AND checkable(s.release_id) AS checkable FROM system s
                     WHERE s.retired_on IS NULL),
                listed AS MATERIALIZED (
                    SELECT DISTINCT ON (release_id) components, checkable, component_set_id FROM sbom_document
                     WHERE state = 'current' AND release_id IN (SELECT release_id FROM runs)
                     ORDER BY release_id, components DESC)
                SELECT (SELECT count(*)::int FROM runs) AS systems,
                       (SELECT count(*)::int FROM runs WHERE checkable) AS checkable,
                       coalesce(sum(components), 0)::int AS components,
                       coalesce(sum(components - checkable), 0)::int AS without_identity,
                       array(SELECT DISTINCT unnest(c.types) FROM component_set c
                              WHERE c.id IN (SELECT component_set_id FROM listed)) AS types
                  FROM listed
                """)
                .query((row, _) ->
                        new Checked(row.getInt(1), row.getInt(2), row.getInt(3), row.getInt(4), Set.of((String[])
                                row.getArray(5).getArray())))
                .single();
    }

    /// Records that say so, with their sources: `GHSA-jfh8-c2jp-5v3q (Maven)`.
    @Transactional(readOnly = true)
    public List<String> sources(UUID vulnerability) {
        return jdbc.sql("""
                SELECT DISTINCT (r ->> 'record') || ' (' || (r ->> 'source') || ')'
                  FROM component_finding f, jsonb_array_elements(f.reasons) AS r
                 WHERE f.vulnerability_id = :vulnerability AND f.withdrawn_at IS NULL
                 ORDER BY 1 LIMIT 50
                """)
                .param("vulnerability", vulnerability)
                .query(String.class)
                .list();
    }

    /// The council's systems that the vulnerability may touch, affected ones first, the most urgent first.
    @Transactional(readOnly = true)
    public List<SystemExposure> of(UUID vulnerability) {
        return verdicts(vulnerability, """
                SELECT s.id AS system, s.ref, s.name, sv.name AS service, sv.criticality, s.exposure,
                       p.name AS product, p.slug AS product_slug, r.version, o.name AS supplier,
                       v.verdict, v.days, coalesce(how.path, '{}') AS path, how.fixed_in,
                       coalesce(fr.version, later.version) AS move_to,
                       st.status, st.action, coalesce(st.justification, st.impact) AS justification,
                       d.kind AS decision, d.until, d.owner AS decided_owner, v.decided, o.security_mailbox AS contact,
                       greatest(s.added_at, coalesce(how.found_at, st.said_at, s.added_at),
                           CASE WHEN v.days IN (3, 14) THEN k.kev_added END) AS since
                  FROM verdicts v
                  JOIN vulnerability k ON k.id = v.vulnerability_id
                  JOIN system s ON s.id = v.system_id
                  JOIN release r ON r.id = v.release_id
                  JOIN product p ON p.id = r.product_id
                  LEFT JOIN organisation o ON o.id = p.supplier_id
                  LEFT JOIN service sv ON sv.id = s.service_id
                  LEFT JOIN statement st ON st.id = v.statement_id
                  LEFT JOIN release fr ON fr.id = v.fixed_release_id
                  LEFT JOIN decision d ON d.id = v.decision_id
                  LEFT JOIN LATERAL (
                      SELECT array(SELECT c2.name || ' ' || c2.version
                                     FROM unnest(g.path) WITH ORDINALITY AS step (id, nth)
                                     JOIN component c2 ON c2.id = step.id ORDER BY step.nth) AS path,
                             f.fixed_in[1] AS fixed_in, f.found_at
                        FROM sbom_document doc
                        JOIN set_component sc ON sc.component_set_id = doc.component_set_id
                        JOIN component_finding f ON f.component_id = sc.component_id
                             AND f.vulnerability_id = v.vulnerability_id AND f.withdrawn_at IS NULL
                        CROSS JOIN LATERAL (SELECT path_to(sc.component_id, doc.graph_id) AS path) g
                       WHERE doc.release_id = v.release_id AND doc.state = 'current'
                       ORDER BY f.exact DESC, cardinality(g.path), sc.component_id LIMIT 1) how ON true
                  LEFT JOIN LATERAL (
                      SELECT r2.version
                        FROM release r2
                       WHERE r2.product_id = r.product_id AND r2.published_at IS NOT NULL
                         AND r2.released_on > coalesce(r.released_on, '-infinity')
                         AND EXISTS (SELECT FROM sbom_document d2
                                      WHERE d2.release_id = r2.id AND d2.state = 'current' AND d2.origin = 'declared')
                         AND NOT EXISTS (SELECT FROM facts f2
                                          WHERE f2.release_id = r2.id AND f2.matched)
                       ORDER BY r2.released_on LIMIT 1) later ON true
                 ORDER BY array_position(ARRAY['affected', 'possible', 'fixed', 'not-affected'], v.verdict),
                          (v.days + 999) % 1000, coalesce(sv.criticality, 3), s.name, s.id
                 LIMIT 1000
                """)
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
                        row.getObject("until", LocalDate.class),
                        row.getString("decided_owner"),
                        row.getBoolean("decided"),
                        row.getString("contact"),
                        row.getTimestamp("since").toInstant()))
                .list();
    }
}
