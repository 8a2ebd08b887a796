package uk.reeve.register.exposure;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
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
    private final Verdicts verdicts;

    Exposures(JdbcClient jdbc, Verdicts verdicts) {
        this.jdbc = jdbc;
        this.verdicts = verdicts;
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

        private After place() {
            return new After(affected == 0, Verdicts.rank(days), score == null ? 0 : -score, name);
        }

        /// Where the list goes on behind it: [After].
        public Cursor cursor() {
            After place = place();
            return Cursor.at(place.possible(), place.rank(), place.score(), place.name());
        }
    }

    /// What a vulnerability is sorted by in the list.
    ///
    /// @param score below nought, so that the highest comes first
    public record After(boolean possible, int rank, double score, String name) implements Comparable<After> {

        private static final Comparator<After> ORDER = Comparator.comparing(After::possible)
                .thenComparing(After::rank)
                .thenComparing(After::score)
                .thenComparing(After::name);

        @Override
        public int compareTo(After other) {
            return ORDER.compare(this, other);
        }

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

    /// Of all exposures, how many of each class have an affected system, and how many have possible ones only.
    ///
    /// @param undecided how many wait for a decision on a system
    public record Totals(int actNow, int in14, int in60, int nextUpgrade, int possible, int undecided) {

        static Totals of(List<Open> all) {
            Map<Integer, Integer> byDays = new HashMap<>();
            int possible = 0;
            int undecided = 0;
            for (Open open : all) {
                if (open.affected() > 0) {
                    byDays.merge(open.days(), 1, Integer::sum);
                } else {
                    possible++;
                }
                undecided += open.undecided() > 0 ? 1 : 0;
            }
            return new Totals(
                    byDays.getOrDefault(Urgency.ACT_NOW.days(), 0),
                    byDays.getOrDefault(Urgency.IN_14_DAYS.days(), 0),
                    byDays.getOrDefault(Urgency.IN_60_DAYS.days(), 0),
                    byDays.getOrDefault(Urgency.NEXT_UPGRADE.days(), 0),
                    possible,
                    undecided);
        }

        public int known() {
            return actNow + in14 + in60 + nextUpgrade;
        }
    }

    /// A stretch of the council's exposures, the most urgent first and those without any affected system last; and all
    /// of them in numbers.
    public record Listed(List<Open> open, Totals totals) {}

    /// What is gathered of one flaw.
    private static final class Gathered {
        private final KnownFlaws.Flaw flaw;
        private int rank = Integer.MAX_VALUE; // of affected systems
        private int possibleRank = Integer.MAX_VALUE;
        private int affected;
        private int possible;
        private int undecided;

        private Gathered(KnownFlaws.Flaw flaw) {
            this.flaw = flaw;
        }

        private void add(Verdicts.Verdict verdict) {
            if (verdict.affected()) {
                affected++;
                rank = Math.min(rank, verdict.rank());
                undecided += verdict.decided() ? 0 : 1;
            } else {
                possible++;
                possibleRank = Math.min(possibleRank, verdict.rank());
            }
        }

        private Open open() {
            int days = ((affected > 0 ? rank : possibleRank) + 1) % 1_000;
            return new Open(
                    flaw.id(),
                    flaw.name(),
                    flaw.title(),
                    flaw.severity(),
                    flaw.score(),
                    days,
                    affected,
                    possible,
                    undecided);
        }
    }

    /// @param after from the start where null
    @Transactional(readOnly = true)
    public Listed listed(@Nullable After after, int limit) {
        Map<Integer, Gathered> gathered = new HashMap<>();
        for (Verdicts.Verdict verdict : verdicts.all()) {
            if (verdict.affected() || verdict.possible()) {
                gathered.computeIfAbsent(verdict.flaw().number(), _ -> new Gathered(verdict.flaw()))
                        .add(verdict);
            }
        }
        List<Open> all = gathered.values().stream().map(Gathered::open).toList();
        List<Open> page = all.stream()
                .filter(open -> after == null || open.place().compareTo(after) > 0)
                .sorted(Comparator.comparing(Open::place))
                .limit(limit)
                .toList();
        return new Listed(page, Totals.of(all));
    }

    /// A system that is affected, its most urgent class, and by how many vulnerabilities.
    public record Worst(UUID system, int days, int flaws) {}

    @Transactional(readOnly = true)
    public List<Worst> worst() {
        Map<UUID, Worst> worst = new HashMap<>();
        for (Verdicts.Verdict verdict : verdicts.all()) {
            if (verdict.affected()) {
                worst.merge(
                        verdict.runs().system(),
                        new Worst(verdict.runs().system(), verdict.days(), 1),
                        (one, other) -> new Worst(
                                one.system(), moreUrgent(one.days(), other.days()), one.flaws() + other.flaws()));
            }
        }
        return List.copyOf(worst.values());
    }

    private static int moreUrgent(int days, int others) {
        return Verdicts.rank(days) <= Verdicts.rank(others) ? days : others;
    }

    /// How many vulnerabilities affect any of these systems, by days within which to act.
    @Transactional(readOnly = true)
    public Map<Integer, Integer> affecting(Collection<UUID> systems) {
        Map<Integer, Integer> days = new HashMap<>();
        for (Verdicts.Verdict verdict : verdicts.of(Set.copyOf(systems))) {
            if (verdict.affected()) {
                days.merge(verdict.flaw().number(), verdict.days(), Exposures::moreUrgent);
            }
        }
        Map<Integer, Integer> counts = new HashMap<>();
        days.values().forEach(some -> counts.merge(some, 1, Integer::sum));
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

    private static final List<String> TOUCHING = List.of("affected", "possible", "not-affected", "fixed");

    /// The most urgent first, possible ones last.
    @Transactional(readOnly = true)
    public List<Touching> touching(UUID system, int limit) {
        return verdicts.of(Set.of(system)).stream()
                .filter(verdict -> verdict.affected()
                        || verdict.possible()
                        || verdict.decision() != null
                                && verdict.decision().kind().equals("not-us"))
                .sorted(Comparator.comparing((Verdicts.Verdict verdict) -> TOUCHING.indexOf(verdict.verdict()))
                        .thenComparing(Verdicts.Verdict::rank)
                        .thenComparing(verdict -> verdict.flaw().score() == null
                                ? 0
                                : -verdict.flaw().score())
                        .thenComparing(verdict -> verdict.flaw().name()))
                .limit(limit)
                .map(verdict -> new Touching(
                        verdict.flaw().name(),
                        verdict.flaw().title(),
                        verdict.verdict(),
                        verdict.days(),
                        verdict.decision() == null ? null : verdict.decision().kind(),
                        verdict.decision() == null ? null : verdict.decision().until()))
                .toList();
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
        List<Verdicts.Verdict> touched = verdicts.of(vulnerability);
        return jdbc.sql("""
                WITH verdicts AS MATERIALIZED (
                    SELECT * FROM unnest(:systems::uuid[], :verdicts::text[], :days::integer[], :decided::boolean[],
                                         :statements::uuid[], :fixed::uuid[], :decisions::uuid[])
                                  AS v (system_id, verdict, days, decided, statement_id, fixed_release_id, decision_id)),
                finding AS MATERIALIZED (
                    SELECT component_id, exact, fixed_in, found_at FROM component_finding
                     WHERE vulnerability_id = :vulnerability AND withdrawn_at IS NULL),
                how AS MATERIALIZED ( -- once a release, however many systems run it
                    SELECT DISTINCT ON (g.release_id) g.release_id, f.fixed_in[1] AS fixed_in, f.found_at,
                           array(SELECT c2.name || ' ' || c2.version
                                   FROM unnest(g.path) WITH ORDINALITY AS step (id, nth)
                                   JOIN component c2 ON c2.id = step.id ORDER BY step.nth) AS path
                      FROM (SELECT doc.release_id, bool_or(f.exact) AS exact,
                                   path_to(coalesce(array_agg(f.component_id) FILTER (WHERE f.exact),
                                                    array_agg(f.component_id)), doc.graph_id) AS path
                              FROM sbom_document doc
                              JOIN set_component sc ON sc.component_set_id = doc.component_set_id
                              JOIN finding f ON f.component_id = sc.component_id
                             WHERE doc.release_id = ANY (:releases) AND doc.state = 'current'
                             GROUP BY doc.id) AS g
                      JOIN finding f ON f.component_id = g.path[cardinality(g.path)]
                     ORDER BY g.release_id, g.exact DESC, cardinality(g.path), f.component_id)
                SELECT s.id AS system, s.ref, s.name, sv.name AS service, sv.criticality, s.exposure,
                       p.name AS product, p.slug AS product_slug, r.version, o.name AS supplier,
                       v.verdict, v.days, coalesce(how.path, '{}') AS path, how.fixed_in,
                       coalesce(fr.version, later.version) AS move_to,
                       st.status, st.action, coalesce(st.justification, st.impact) AS justification,
                       d.kind AS decision, d.until, d.owner AS decided_owner, v.decided, o.security_mailbox AS contact,
                       greatest(s.added_at, coalesce(how.found_at, st.said_at, s.added_at),
                           CASE WHEN v.days IN (3, 14) THEN k.kev_added END) AS since
                  FROM verdicts v
                  JOIN vulnerability k ON k.id = :vulnerability
                  JOIN system s ON s.id = v.system_id
                  JOIN release r ON r.id = s.release_id
                  JOIN product p ON p.id = r.product_id
                  LEFT JOIN organisation o ON o.id = p.supplier_id
                  LEFT JOIN service sv ON sv.id = s.service_id
                  LEFT JOIN statement st ON st.id = v.statement_id
                  LEFT JOIN release fr ON fr.id = v.fixed_release_id
                  LEFT JOIN decision d ON d.id = v.decision_id
                  LEFT JOIN how ON how.release_id = r.id
                  LEFT JOIN next_without(:vulnerability, :releases::uuid[]) later ON later.release_id = r.id
                 ORDER BY array_position(ARRAY['affected', 'possible', 'fixed', 'not-affected'], v.verdict),
                          (v.days + 999) % 1000, coalesce(sv.criticality, 3), s.name, s.id
                 LIMIT 1000
                """)
                .param("vulnerability", vulnerability)
                .param(
                        "systems",
                        touched.stream().map(verdict -> verdict.runs().system()).toArray(UUID[]::new))
                .param(
                        "releases",
                        touched.stream()
                                .map(verdict -> verdict.runs().release())
                                .toArray(UUID[]::new))
                .param(
                        "verdicts",
                        touched.stream().map(Verdicts.Verdict::verdict).toArray(String[]::new))
                .param("days", touched.stream().map(Verdicts.Verdict::days).toArray(Integer[]::new))
                .param(
                        "decided",
                        touched.stream().map(Verdicts.Verdict::decided).toArray(Boolean[]::new))
                .param(
                        "statements",
                        touched.stream().map(Verdicts.Verdict::statement).toArray(UUID[]::new))
                .param(
                        "fixed",
                        touched.stream().map(Verdicts.Verdict::fixedRelease).toArray(UUID[]::new))
                .param(
                        "decisions",
                        touched.stream().map(Verdicts.Verdict::decisionId).toArray(UUID[]::new))
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
