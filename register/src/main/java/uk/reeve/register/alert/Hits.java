package uk.reeve.register.alert;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Every system of every council that one vulnerability affects. The flaw first, then the releases that have it,
/// then the systems on these: joined here, since one flaw may be in thousands of releases and tens of thousands of
/// systems. The same verdict as the database's view `system_verdict`, by the same functions.
@Component
class Hits {

    private final JdbcClient jdbc;

    Hits(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// @param facing days within which to act where a system faces the internet; 0: next upgrade
    /// @param inside the same where it does not
    record Flaw(
            int facing,
            int inside,
            boolean malicious,
            @Nullable String kevAdded,
            boolean kevRansomware,
            @Nullable Boolean automatable,
            @Nullable Boolean totalImpact,
            @Nullable Double epss,
            String severity,
            @Nullable Double score) {}

    /// A supplier's word, and when it came.
    record Statement(UUID id, Instant saidAt) {}

    /// A release that has it, and what its supplier says.
    ///
    /// @param observers councils whose own copy showed it, where nothing else does
    /// @param affected by whether it was found, and whether the supplier hosts the system: found, not found, found
    /// and hosted, not found and hosted
    /// @param moveTo the version that mends it, since `fixedOn`; null where there is none yet (RULINGS 10: the
    /// release that the supplier names, else its next published one without the flaw)
    /// @param statement what the supplier said that is in force, and when; null where it has said nothing
    /// @param takenBack whether this cause took the supplier's "not affected" or "fixed" back
    /// @param fresh whether that, or the statement, is of this cause
    private record Held(
            boolean found,
            Set<UUID> observers,
            boolean[] affected,
            String name,
            @Nullable String moveTo,
            @Nullable LocalDate fixedOn,
            @Nullable Statement statement,
            boolean takenBack,
            boolean fresh) {

        boolean affects(UUID council, boolean hosted) {
            return affected[(hosted ? 2 : 0) + (found || observers.contains(council) ? 0 : 1)];
        }
    }

    /// One affected system of one council.
    ///
    /// @param decided whether the council said that it does not affect it, and that still holds: it is told nothing
    /// @param days within which to act
    record Hit(
            UUID council,
            boolean decided,
            int days,
            String ref,
            String name,
            @Nullable String service,
            int criticality,
            String exposure,
            Flaw flaw,
            Held held) {

        String release() {
            return held.name();
        }

        @Nullable
        String moveTo() {
            return held.moveTo();
        }

        @Nullable
        Statement statement() {
            return held.statement();
        }

        boolean takenBack() {
            return held.takenBack();
        }

        boolean fresh() {
            return held.fresh();
        }

        @Nullable
        LocalDate essentialDue() {
            return AlertClass.essentialDue(flaw.severity(), flaw.score(), held.fixedOn());
        }

        AlertClass.Facts facts() {
            return new AlertClass.Facts(
                    days,
                    flaw.malicious(),
                    flaw.kevAdded() != null,
                    flaw.kevRansomware(),
                    criticality,
                    faces(exposure),
                    held.takenBack(),
                    flaw.epss(),
                    essentialDue());
        }

        private int rank() {
            return days == 0 ? Integer.MAX_VALUE : days;
        }
    }

    private static boolean faces(String exposure) {
        return exposure.equals("internet") || exposure.equals("unknown");
    }

    /// By council, the most urgent first.
    ///
    /// @param caused when what is told of came about
    List<Hit> of(UUID vulnerability, Instant caused) {
        Flaw flaw = jdbc.sql("""
                SELECT urgency_days(malicious, kev_added IS NOT NULL, true, automatable, total_impact) AS facing,
                       urgency_days(malicious, kev_added IS NOT NULL, false, automatable, total_impact) AS inside,
                       malicious, kev_added::text AS kev_added, kev_ransomware, automatable, total_impact,
                       epss::float8 AS epss, severity, score
                  FROM vulnerability WHERE id = :id
                """).param("id", vulnerability).query(Flaw.class).single();
        Map<UUID, Held> held = held(vulnerability, caused);
        Set<UUID> notUs = notUs(vulnerability);
        List<Hit> hits = new ArrayList<>();
        jdbc.sql("""
                SELECT s.id, s.organisation_id, s.release_id, s.ref, s.name, s.exposure, s.hosting = 'supplier', sv.name,
                       coalesce(sv.criticality, 3)
                  FROM system s LEFT JOIN service sv ON sv.id = s.service_id
                 WHERE s.release_id = ANY (:releases) AND s.retired_on IS NULL
                """).param("releases", held.keySet().toArray(UUID[]::new)).query(row -> {
            UUID council = row.getObject(2, UUID.class);
            Held on = held.get(row.getObject(3, UUID.class));
            if (on != null && on.affects(council, row.getBoolean(7))) {
                String exposure = row.getString(6);
                hits.add(new Hit(
                        council,
                        notUs.contains(row.getObject(1, UUID.class)),
                        faces(exposure) ? flaw.facing() : flaw.inside(),
                        row.getString(4),
                        row.getString(5),
                        row.getString(8),
                        row.getInt(9),
                        exposure,
                        flaw,
                        on));
            }
        });
        hits.sort(Comparator.comparing(Hit::council)
                .thenComparing(Hit::rank)
                .thenComparing(Hit::criticality)
                .thenComparing(Hit::name));
        return hits;
    }

    private Map<UUID, Held> held(UUID vulnerability, Instant caused) {
        UUID[] releases = jdbc.sql("SELECT release_id FROM release_fact WHERE vulnerability_id = :id")
                .param("id", vulnerability)
                .query(UUID.class)
                .list()
                .toArray(UUID[]::new);
        Map<UUID, Held> held = new HashMap<>();
        jdbc.sql("""
                WITH fact AS MATERIALIZED (SELECT * FROM release_fact WHERE vulnerability_id = :id)
                SELECT r.id, coalesce(f.declared_exact OR cardinality(f.observers) >= 2, false) AS found, f.observers,
                       verdict(true, st.status, st.reach, 'own') AS found_own,
                       verdict(false, st.status, st.reach, 'own') AS unfound_own,
                       verdict(true, st.status, st.reach, 'supplier') AS found_hosted,
                       verdict(false, st.status, st.reach, 'supplier') AS unfound_hosted,
                       p.name || ' ' || r.version AS name, coalesce(fr.version, later.version) AS move_to,
                       CASE WHEN fr.id IS NULL THEN later.released_on
                            ELSE coalesce(fr.released_on, st.said_at::date) END AS fixed_on,
                       f.statement_id, st.received_at AS said_at, back.release_id IS NOT NULL AS taken_back
                  FROM fact f
                  JOIN release r ON r.id = f.release_id
                  JOIN product p ON p.id = r.product_id
                  LEFT JOIN statement st ON st.id = f.statement_id
                  LEFT JOIN release fr ON fr.id = st.fixed_release_id
                  LEFT JOIN next_without(:id, :releases) later ON later.release_id = r.id
                  LEFT JOIN (
                      SELECT DISTINCT w.release_id, w.organisation_id FROM statement w
                       WHERE w.vulnerability_id = :id AND w.status IN ('not_affected', 'fixed')
                         AND coalesce(w.withdrawn_at, w.superseded_at) >= :caused) AS back
                       ON back.release_id = r.id AND back.organisation_id = p.supplier_id
                """)
                .param("id", vulnerability)
                .param("releases", releases)
                .param("caused", Timestamp.from(caused))
                .query(row -> {
                    held.put(row.getObject("id", UUID.class), held(row, caused));
                });
        return held;
    }

    private static Held held(ResultSet row, Instant caused) throws SQLException {
        java.sql.Array observers = row.getArray("observers");
        boolean[] affected = new boolean[4];
        for (int i = 0; i < affected.length; i++) {
            affected[i] = row.getString(4 + i).equals("affected");
        }
        Timestamp said = row.getTimestamp("said_at");
        boolean takenBack = row.getBoolean("taken_back");
        return new Held(
                row.getBoolean("found"),
                observers == null ? Set.of() : new HashSet<>(Arrays.asList((UUID[]) observers.getArray())),
                affected,
                row.getString("name"),
                row.getString("move_to"),
                row.getObject("fixed_on", LocalDate.class),
                said == null ? null : new Statement(row.getObject("statement_id", UUID.class), said.toInstant()),
                takenBack,
                takenBack || said != null && !said.toInstant().isBefore(caused));
    }

    /// Systems of which their council said that it does not affect them, as long as that holds.
    private Set<UUID> notUs(UUID vulnerability) {
        return new HashSet<>(
                jdbc.sql("""
                SELECT d.system_id
                  FROM decision d
                  JOIN system s ON s.id = d.system_id
                  JOIN vulnerability k ON k.id = d.vulnerability_id
                 WHERE d.vulnerability_id = :id AND d.superseded_at IS NULL AND d.kind = 'not-us'
                   AND not_us(d.kind, d.urgency_days, urgency_days(k.malicious, k.kev_added IS NOT NULL,
                           s.exposure IN ('internet', 'unknown'), k.automatable, k.total_impact))
                """).param("id", vulnerability).query(UUID.class).list());
    }
}
