package uk.reeve.register.alert;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;
import uk.reeve.register.audience.Asker;
import uk.reeve.register.audience.Asking;
import uk.reeve.register.exposure.Urgency;

/// From a cause to the councils that it concerns: one alert per council and vulnerability, then one delivery per person
/// and way. A job's work; each cause is a transaction of its own, so that it is told wholly or not yet.
@Service
public class FanOut {

    private static final Asker JOB = new Asker.Job();

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final JsonMapper json;
    private final Clock clock;

    FanOut(JdbcClient jdbc, TransactionTemplate transactions, JsonMapper json, Clock clock) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.json = json;
        this.clock = clock;
    }

    private record Cause(long id, UUID vulnerability, Instant causedAt) {}

    /// One affected system of one council.
    ///
    /// @param decided whether the council said that it does not affect it, and that still holds: it is told nothing
    private record Hit(
            UUID council,
            boolean decided,
            int days,
            String ref,
            String name,
            @Nullable String service,
            String release,
            @Nullable String moveTo,
            String exposure,
            boolean malicious,
            @Nullable String kevAdded,
            boolean kevRansomware,
            @Nullable Boolean automatable,
            @Nullable Boolean totalImpact) {}

    private record Told(UUID alert, int days, String kind) {}

    /// Works off what waits, to the last cause.
    ///
    /// @return how many alerts were raised
    public int catchUp() {
        int raised = 0;
        while (true) {
            Integer more = Asking.as(JOB, () -> transactions.execute(_ -> next()));
            if (more == null || more < 0) {
                return raised;
            }
            raised += more;
        }
    }

    /// @return alerts raised by the oldest cause; -1 where none waits
    private int next() {
        Cause cause = jdbc.sql("""
                SELECT id, vulnerability_id AS vulnerability, caused_at FROM outbox
                 WHERE done_at IS NULL ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED
                """)
                .query((row, _) -> new Cause(
                        row.getLong(1),
                        row.getObject(2, UUID.class),
                        row.getTimestamp(3).toInstant()))
                .optional()
                .orElse(null);
        if (cause == null) {
            return -1;
        }
        int raised = tell(cause);
        jdbc.sql("UPDATE outbox SET done_at = now(), tries = tries + 1 WHERE id = :id")
                .param("id", cause.id())
                .update();
        return raised;
    }

    private int tell(Cause cause) {
        Map<UUID, List<Hit>> byCouncil = new LinkedHashMap<>();
        Set<UUID> matched = new HashSet<>();
        for (Hit hit : hits(cause.vulnerability())) {
            matched.add(hit.council());
            if (!hit.decided()) {
                byCouncil.computeIfAbsent(hit.council(), _ -> new ArrayList<>()).add(hit);
            }
        }
        Map<UUID, Told> before = told(cause.vulnerability());
        int raised = 0;
        for (Map.Entry<UUID, List<Hit>> council : byCouncil.entrySet()) {
            int days = council.getValue().getFirst().days(); // the most urgent stands first
            Told told = before.get(council.getKey());
            boolean news = told == null || told.kind().equals("retracted") || rank(days) < rank(told.days());
            if (news) {
                raise(cause, council.getKey(), "exposed", days, council.getValue());
                raised++;
            }
        }
        for (Map.Entry<UUID, Told> told : before.entrySet()) {
            if (!matched.contains(told.getKey()) && told.getValue().kind().equals("exposed")) {
                raise(cause, told.getKey(), "retracted", told.getValue().days(), List.of());
                raised++;
            }
        }
        return raised;
    }

    private static int rank(int days) {
        return days == 0 ? Integer.MAX_VALUE : days;
    }

    private List<Hit> hits(UUID vulnerability) {
        return jdbc.sql("""
                SELECT v.organisation_id AS council, v.verdict <> 'affected' AS decided, v.days::int AS days, s.ref, s.name, sv.name AS service,
                       p.name || ' ' || r.version AS release, fr.version AS move_to, s.exposure,
                       k.malicious, k.kev_added::text AS kev_added, k.kev_ransomware, k.automatable, k.total_impact
                  FROM system_verdict v
                  JOIN system s ON s.id = v.system_id
                  JOIN release r ON r.id = s.release_id
                  JOIN product p ON p.id = r.product_id
                  JOIN vulnerability k ON k.id = v.vulnerability_id
                  LEFT JOIN service sv ON sv.id = s.service_id
                  LEFT JOIN release fr ON fr.id = v.fixed_release_id
                 WHERE v.vulnerability_id = :vulnerability AND v.facts = 'affected'
                 ORDER BY v.organisation_id, (v.days + 999) % 1000, coalesce(sv.criticality, 3), s.name
                """)
                .param("vulnerability", vulnerability)
                .query(Hit.class)
                .list();
    }

    private Map<UUID, Told> told(UUID vulnerability) {
        Map<UUID, Told> told = new LinkedHashMap<>();
        jdbc.sql("""
                SELECT organisation_id, id, days, kind FROM alert
                 WHERE vulnerability_id = :vulnerability AND superseded_at IS NULL FOR UPDATE
                """)
                .param("vulnerability", vulnerability)
                .query((row, _) -> told.put(
                        row.getObject(1, UUID.class),
                        new Told(row.getObject(2, UUID.class), row.getInt(3), row.getString(4))))
                .list();
        return told;
    }

    private void raise(Cause cause, UUID council, String kind, int days, List<Hit> hits) {
        jdbc.sql("""
                UPDATE alert SET superseded_at = now()
                 WHERE organisation_id = :council AND vulnerability_id = :vulnerability AND superseded_at IS NULL
                """)
                .param("council", council)
                .param("vulnerability", cause.vulnerability())
                .update();
        List<Map<String, String>> systems = hits.stream()
                .limit(1_000)
                .map(hit -> {
                    Map<String, String> system = new LinkedHashMap<>();
                    system.put("ref", hit.ref());
                    system.put("name", hit.name());
                    system.put("service", hit.service() == null ? "" : hit.service());
                    system.put("release", hit.release());
                    system.put("moveTo", hit.moveTo() == null ? "" : hit.moveTo());
                    return system;
                })
                .toList();
        Hit first = hits.isEmpty() ? null : hits.getFirst();
        List<String> reasons = first == null
                ? List.of()
                : Urgency.reasons(
                        first.malicious(),
                        first.kevAdded(),
                        first.kevRansomware(),
                        first.automatable(),
                        first.totalImpact(),
                        first.exposure());
        UUID alert = UUID.randomUUID();
        jdbc.sql("""
                INSERT INTO alert (id, organisation_id, vulnerability_id, kind, days, reasons, systems, caused_at)
                VALUES (:id, :council, :vulnerability, :kind, :days, :reasons::jsonb, :systems::jsonb, :caused)
                """)
                .param("id", alert)
                .param("council", council)
                .param("vulnerability", cause.vulnerability())
                .param("kind", kind)
                .param("days", days)
                .param("reasons", json.writeValueAsString(reasons))
                .param("systems", json.writeValueAsString(systems))
                .param("caused", Timestamp.from(cause.causedAt()))
                .update();
        Instant due = days == 3 || kind.equals("retracted") ? clock.instant() : Slots.next(days, clock.instant());
        jdbc.sql("""
                INSERT INTO delivery (organisation_id, alert_id, person_id, channel, address, due_at)
                SELECT DISTINCT :council::uuid, :alert::uuid, p.id, 'email', p.email, :due::timestamptz
                  FROM membership m JOIN person p ON p.id = m.person_id
                 WHERE m.organisation_id = :council AND m.role = 'editor'
                """)
                .param("council", council)
                .param("alert", alert)
                .param("due", Timestamp.from(due))
                .update();
    }

    /// When what need not be told at once is told (DOMAIN 10): 4pm the same working day, 8am daily, Monday weekly.
    static final class Slots {

        private Slots() {}

        static Instant next(int days, Instant now) {
            var zone = java.time.ZoneId.of("Europe/London");
            var at = now.atZone(zone);
            LocalDate day = at.toLocalDate();
            var hour = java.time.LocalTime.of(days == 14 ? 16 : 8, 0);
            while (true) {
                var slot = day.atTime(hour).atZone(zone);
                boolean weekly = days == 60 || days == 0;
                boolean working =
                        switch (day.getDayOfWeek()) {
                            case SATURDAY, SUNDAY -> false;
                            default -> true;
                        };
                boolean fits = weekly ? day.getDayOfWeek() == java.time.DayOfWeek.MONDAY : working;
                if (fits && slot.isAfter(at)) {
                    return slot.toInstant();
                }
                day = day.plusDays(1);
            }
        }
    }
}
