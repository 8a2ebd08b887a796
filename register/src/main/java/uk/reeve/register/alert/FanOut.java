package uk.reeve.register.alert;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;
import uk.reeve.register.alert.Hits.Hit;
import uk.reeve.register.audience.Asker;
import uk.reeve.register.audience.Asking;
import uk.reeve.register.exposure.Urgency;
import uk.reeve.register.web.Words;

/// From a cause to the councils that it concerns: one alert per council and vulnerability, then one delivery per person
/// and way. A job's work; each cause is a transaction of its own, so that it is told wholly or not yet.
@Service
public class FanOut {

    private static final Logger LOG = LoggerFactory.getLogger(FanOut.class);
    private static final Asker JOB = new Asker.Job();
    private static final Duration SLACK = Duration.ofDays(1);
    private static final int BATCH = 500;

    /// What makes news of a flaw for those who were not told of it.
    private static final Set<String> NEWS = Set.of("advisory", "raised", "malicious");

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final JsonMapper json;
    private final Clock clock;
    private final Hits hits;
    private final Malicious malicious;

    FanOut(
            JdbcClient jdbc,
            TransactionTemplate transactions,
            JsonMapper json,
            Clock clock,
            Hits hits,
            Malicious malicious) {
        this.jdbc = jdbc;
        this.hits = hits;
        this.malicious = malicious;
        this.transactions = transactions;
        this.json = json;
        this.clock = clock;
    }

    private record Cause(long id, String cause, UUID vulnerability, Instant causedAt) {}

    /// The alert in force.
    ///
    /// @param statements the suppliers' words that it knew of
    private record Told(
            String kind, String alertClass, int days, boolean fixable, Instant raisedAt, Set<UUID> statements) {

        /// A word that it did not know, and that is not old: it may have been given before, and have come in after; and
        /// clocks are set back.
        boolean lacks(Hits.@Nullable Statement word) {
            return word != null
                    && !statements.contains(word.id())
                    && word.saidAt().isAfter(raisedAt.minus(SLACK));
        }
    }

    /// What there is to tell one council.
    private record Tidings(
            String kind,
            String news,
            AlertClass alertClass,
            int days,
            boolean fixable,
            @Nullable LocalDate essentialDue,
            List<Hit> hits) {

        /// A supplier's word is told by the next day at the latest, and needs nobody out of bed.
        AlertClass how() {
            return news.equals("statement") ? AlertClass.DAILY : alertClass;
        }
    }

    /// Works off what waits, to the last cause.
    ///
    /// @return how many alerts were raised
    public int catchUp() {
        try {
            inJob(malicious::causes);
        } catch (RuntimeException e) {
            LOG.error("SBOMs that came in could not be asked for malicious packages; it is tried again", e);
        }
        int raised = 0;
        while (true) {
            Long cause = inJob(this::oldest);
            if (cause == null) {
                return raised;
            }
            try {
                Integer more = inJob(() -> workOff(cause));
                if (more == null) {
                    return raised; // another node has it
                }
                raised += more;
            } catch (RuntimeException e) {
                LOG.error("cause {} could not be worked off; the others go on, and it is tried again", cause, e);
                inJob(() -> putOff(cause, String.valueOf(e.getMessage())));
            }
        }
    }

    private <T> @Nullable T inJob(Supplier<@Nullable T> work) {
        return Asking.as(JOB, () -> transactions.execute(_ -> work.get()));
    }

    /// Looks again at alerts whose last day by Cyber Essentials is near: each once.
    public void whatFallsDue() {
        Asking.as(
                JOB,
                () -> transactions.execute(_ -> jdbc.sql("""
                        WITH due AS (
                            UPDATE alert SET ce_due = NULL
                             WHERE superseded_at IS NULL AND kind = 'exposed' AND class IN ('daily', 'weekly')
                               AND ce_due <= :last
                            RETURNING vulnerability_id)
                        INSERT INTO outbox (cause, vulnerability_id) SELECT DISTINCT 'due', vulnerability_id FROM due
                        """)
                        .param("last", today().plusDays(AlertClass.LAST_DAYS))
                        .update()));
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), WorkingDays.UK);
    }

    private @Nullable Long oldest() {
        return jdbc.sql("""
                        SELECT id FROM outbox
                         WHERE done_at IS NULL AND (due_at <= now() OR caused_at > now()) AND vulnerability_id IS NOT NULL
                         ORDER BY id LIMIT 1
                        """) // of a time to come: the clock was set back
                .query(Long.class)
                .optional()
                .orElse(null);
    }

    /// Causes that were told long ago; what came of them stays in the alerts. A job's work.
    void forget() {
        inJob(() -> jdbc.sql("DELETE FROM outbox WHERE done_at < now() - interval '30 days'")
                .update());
    }

    /// Ten seconds later, then twenty, at most an hour.
    private int putOff(long cause, String error) {
        return jdbc.sql("""
                UPDATE outbox SET tries = tries + 1, last_error = left(:error, 500),
                                  due_at = now() + least(interval '1 hour', interval '10 seconds' * power(2, least(tries, 9)))
                 WHERE id = :id
                """).param("id", cause).param("error", error).update();
    }

    /// @return alerts raised; null where another works it off, or has
    private @Nullable Integer workOff(long id) {
        Cause cause =
                jdbc.sql("""
                SELECT id, cause, vulnerability_id AS vulnerability, caused_at FROM outbox
                 WHERE id = :id AND done_at IS NULL FOR UPDATE SKIP LOCKED
                """).param("id", id).query(Cause.class).optional().orElse(null);
        if (cause == null) {
            return null;
        }
        List<Cause> same = jdbc.sql(
                        """
                SELECT id, cause, vulnerability_id AS vulnerability, caused_at FROM outbox
                 WHERE vulnerability_id = :vulnerability AND done_at IS NULL ORDER BY caused_at FOR UPDATE SKIP LOCKED
                """) // all that waits of one is told by one look: many uploads of a morning may have brought it
                .param("vulnerability", cause.vulnerability())
                .query(Cause.class)
                .list();
        int raised = tell(same);
        jdbc.sql("UPDATE outbox SET done_at = now(), tries = tries + 1 WHERE id = ANY (:ids)")
                .param("ids", same.stream().map(Cause::id).toArray(Long[]::new))
                .update();
        return raised;
    }

    /// @param causes of one flaw, the earliest first
    private int tell(List<Cause> causes) {
        Cause cause = causes.getFirst();
        boolean news = causes.stream().anyMatch(one -> NEWS.contains(one.cause()));
        Map<UUID, List<Hit>> byCouncil = new LinkedHashMap<>();
        Set<UUID> matched = new HashSet<>();
        for (Hit hit : hits.of(cause.vulnerability(), cause.causedAt())) {
            matched.add(hit.council());
            if (!hit.decided()) {
                byCouncil.computeIfAbsent(hit.council(), _ -> new ArrayList<>()).add(hit);
            }
        }
        Map<UUID, Told> before = told(cause.vulnerability());
        List<Raised> raised = new ArrayList<>();
        for (Map.Entry<UUID, List<Hit>> council : byCouncil.entrySet()) {
            Tidings tidings = tidings(council.getValue(), before.get(council.getKey()), news);
            if (tidings != null) {
                raised.add(new Raised(UUID.randomUUID(), council.getKey(), tidings));
            }
        }
        for (Map.Entry<UUID, Told> told : before.entrySet()) {
            Told last = told.getValue();
            if (!matched.contains(told.getKey()) && last.kind().equals("exposed")) {
                AlertClass was = AlertClass.of(last.alertClass());
                raised.add(new Raised(
                        UUID.randomUUID(),
                        told.getKey(),
                        new Tidings("retracted", "retracted", was, last.days(), false, null, List.of())));
            }
        }
        for (int from = 0; from < raised.size(); from += BATCH) {
            raise(cause, raised.subList(from, Math.min(raised.size(), from + BATCH)));
        }
        return raised.size();
    }

    /// Again only on a higher class, a fix, the supplier's word or a due time (DOMAIN 10).
    ///
    /// @param isNews whether the flaw itself is news, or what is known of it
    /// @return null where there is nothing that the council was not told
    private @Nullable Tidings tidings(List<Hit> hits, @Nullable Told told, boolean isNews) {
        if ((told == null || told.kind().equals("retracted"))
                && !isNews
                && hits.stream().noneMatch(Hit::fresh)) {
            return null; // it was known when the council's list came in (RULINGS 17), and another's list changed
        }
        int days = hits.getFirst().days(); // the most urgent stands first
        AlertClass now = hits.stream()
                .map(hit -> AlertClass.of(hit.facts(), today()))
                .min(Comparator.naturalOrder())
                .orElseThrow();
        boolean fixable = hits.stream().anyMatch(hit -> hit.moveTo() != null);
        LocalDate essential = hits.stream()
                .map(Hit::essentialDue)
                .filter(Objects::nonNull)
                .min(Comparator.naturalOrder())
                .orElse(null);
        String news = news(hits, told, now, days, fixable, essential);
        return news == null ? null : new Tidings("exposed", news, now, days, fixable, essential, hits);
    }

    private @Nullable String news(
            List<Hit> hits,
            @Nullable Told told,
            AlertClass now,
            int days,
            boolean fixable,
            @Nullable LocalDate essential) {
        if (told == null || told.kind().equals("retracted")) {
            return "exposed";
        }
        if (rank(days) < rank(told.days())) {
            return "rise";
        }
        if (now.compareTo(AlertClass.of(told.alertClass())) < 0) {
            boolean due = now == AlertClass.SAME_DAY
                    && essential != null
                    && !essential.isAfter(today().plusDays(AlertClass.LAST_DAYS));
            return due ? "due" : "rise";
        }
        if (fixable && !told.fixable()) {
            return "fix";
        }
        return hits.stream().anyMatch(hit -> told.lacks(hit.statement())) ? "statement" : null;
    }

    private static int rank(int days) {
        return days == 0 ? Integer.MAX_VALUE : days;
    }

    private Map<UUID, Told> told(UUID vulnerability) {
        Map<UUID, Told> told = new LinkedHashMap<>();
        jdbc.sql("""
                SELECT organisation_id, kind, class, days, fixable, raised_at, statements FROM alert
                 WHERE vulnerability_id = :vulnerability AND superseded_at IS NULL FOR UPDATE
                """)
                .param("vulnerability", vulnerability)
                .query((row, _) -> told.put(
                        row.getObject(1, UUID.class),
                        new Told(
                                row.getString(2),
                                row.getString(3),
                                row.getInt(4),
                                row.getBoolean(5),
                                row.getTimestamp(6).toInstant(),
                                Set.of((UUID[]) row.getArray(7).getArray()))))
                .list();
        return told;
    }

    /// One alert that a council gets.
    private record Raised(UUID alert, UUID council, Tidings tidings) {}

    private void raise(Cause cause, List<Raised> raised) {
        jdbc.sql("""
                WITH old AS (
                    UPDATE alert SET superseded_at = now()
                     WHERE organisation_id = ANY (:councils) AND vulnerability_id = :vulnerability AND superseded_at IS NULL
                    RETURNING id)
                DELETE FROM delivery WHERE alert_id IN (SELECT id FROM old) AND digest AND message IS NULL
                """) // what waits for its hour is overtaken
                .param("councils", raised.stream().map(Raised::council).toArray(UUID[]::new))
                .param("vulnerability", cause.vulnerability())
                .update();
        jdbc.sql("""
                INSERT INTO alert (id, organisation_id, vulnerability_id, kind, news, class, days, fixable, ce_due, reasons,
                       systems, statements, caused_at)
                SELECT id, council, :vulnerability, kind, news, class, days, fixable, essential, reasons::jsonb, systems::jsonb,
                       statements::uuid[], :caused
                  FROM unnest(:ids::uuid[], :councils::uuid[], :kinds::text[], :news::text[], :classes::text[], :days::smallint[],
                              :fixables::boolean[], :essentials::date[], :reasons::text[], :systems::text[], :statements::text[])
                              AS a (id, council, kind, news, class, days, fixable, essential, reasons, systems, statements)
                """)
                .param("vulnerability", cause.vulnerability())
                .param("caused", Timestamp.from(cause.causedAt()))
                .param("ids", raised.stream().map(Raised::alert).toArray(UUID[]::new))
                .param("councils", raised.stream().map(Raised::council).toArray(UUID[]::new))
                .param("kinds", texts(raised, Tidings::kind))
                .param("news", texts(raised, Tidings::news))
                .param("classes", texts(raised, tidings -> tidings.alertClass().key()))
                .param("days", raised.stream().map(one -> one.tidings().days()).toArray(Integer[]::new))
                .param(
                        "fixables",
                        raised.stream().map(one -> one.tidings().fixable()).toArray(Boolean[]::new))
                .param(
                        "essentials",
                        texts(
                                raised,
                                tidings -> tidings.essentialDue() == null
                                        ? null
                                        : tidings.essentialDue().toString()))
                .param("reasons", texts(raised, tidings -> json.writeValueAsString(reasons(tidings))))
                .param("systems", texts(raised, tidings -> json.writeValueAsString(systems(tidings.hits()))))
                .param("statements", texts(raised, tidings -> statements(tidings.hits()).stream()
                        .map(UUID::toString)
                        .collect(Collectors.joining(",", "{", "}"))))
                .update();
        deliver(cause.vulnerability(), raised);
    }

    private static Set<UUID> statements(List<Hit> hits) {
        Set<UUID> statements = new HashSet<>();
        for (Hit hit : hits) {
            if (hit.statement() != null) {
                statements.add(hit.statement().id());
            }
        }
        return statements;
    }

    private static @Nullable String[] texts(List<Raised> raised, Function<Tidings, @Nullable String> of) {
        return raised.stream().map(one -> of.apply(one.tidings())).toArray(String[]::new);
    }

    private static List<Map<String, String>> systems(List<Hit> hits) {
        return hits.stream()
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
    }

    private List<String> reasons(Tidings tidings) {
        if (tidings.hits().isEmpty()) {
            return List.of();
        }
        Hit first = tidings.hits().getFirst();
        Hits.Flaw flaw = first.flaw();
        List<String> reasons = new ArrayList<>(Urgency.reasons(
                flaw.malicious(),
                flaw.kevAdded(),
                flaw.kevRansomware(),
                flaw.automatable(),
                flaw.totalImpact(),
                first.exposure()));
        if (flaw.epss() != null && flaw.epss() >= AlertClass.LIKELY) {
            reasons.add("attacks within 30 days are likely (EPSS %d%%)".formatted(Math.round(flaw.epss() * 100)));
        }
        if (first.takenBack()) {
            reasons.add("its supplier took back that it is not affected");
        }
        LocalDate essential = tidings.essentialDue();
        if (essential != null) {
            reasons.add(
                    essential.isBefore(today())
                            ? "Cyber Essentials asked for the fix by " + Words.date(essential)
                            : "Cyber Essentials asks for the fix by " + Words.date(essential));
        }
        return reasons;
    }

    /// @param how `now` or `digest`
    /// @param of class of the alert, by which a digest finds its day
    private record Reader(
            UUID alert,
            UUID council,
            UUID person,
            String email,
            String how,
            String of,
            int hour,
            @Nullable String nation) {

        Instant due(Instant now) {
            return how.equals("digest") ? WorkingDays.next(AlertClass.of(of), hour, nation, now) : now;
        }
    }

    /// One delivery to each who is to know: those who keep the systems, unless they said otherwise, and whoever
    /// asked to be told. What is told at once reaches somebody: where nobody wants it, all who keep the
    /// systems.
    private void deliver(UUID vulnerability, List<Raised> raised) {
        UUID[] alerts = raised.stream().map(Raised::alert).toArray(UUID[]::new);
        UUID[] councils = raised.stream().map(Raised::council).toArray(UUID[]::new);
        List<Reader> readers = jdbc.sql("""
                WITH told AS (
                    SELECT * FROM unnest(:alerts::uuid[], :councils::uuid[], :classes::text[], :backs::boolean[])
                                  AS t (alert, council, class, back)),
                reader AS (
                    SELECT t.alert, t.council, t.class, t.back, p.id AS person, p.email, bool_or(m.role = 'editor') AS keeps,
                           coalesce(CASE t.class WHEN 'instant' THEN f.instant WHEN 'same-day' THEN f.same_day
                                                 WHEN 'daily' THEN f.daily ELSE f.weekly END,
                                    CASE WHEN NOT bool_or(m.role = 'editor') THEN 'none'
                                         WHEN t.class = 'instant' THEN 'now' ELSE 'digest' END) AS how,
                           coalesce(f.digest_hour, 8)::int AS hour, o.nation
                      FROM told t
                      JOIN membership m ON m.organisation_id = t.council
                      JOIN person p ON p.id = m.person_id
                      JOIN organisation o ON o.id = m.organisation_id
                      LEFT JOIN alert_preference f ON f.person_id = p.id AND f.organisation_id = m.organisation_id
                     GROUP BY t.alert, t.council, t.class, t.back, p.id, f.person_id, f.organisation_id, o.id),
                heard AS (SELECT *, bool_or(how <> 'none') OVER (PARTITION BY alert) AS by_somebody FROM reader)
                SELECT alert, council, person, email, CASE WHEN how = 'none' THEN 'now' ELSE how END AS how, class AS of, hour,
                       nation
                  FROM heard
                 WHERE (how <> 'none' OR class = 'instant' AND keeps AND NOT by_somebody)
                   AND (NOT back OR EXISTS (
                       SELECT FROM delivery d JOIN alert a ON a.id = d.alert_id
                        WHERE a.organisation_id = heard.council AND a.vulnerability_id = :vulnerability
                          AND d.channel = 'email' AND d.person_id = heard.person))
                """)
                .param("alerts", alerts)
                .param("councils", councils)
                .param(
                        "classes",
                        raised.stream().map(one -> one.tidings().how().key()).toArray(String[]::new))
                .param(
                        "backs",
                        raised.stream()
                                .map(one -> one.tidings().kind().equals("retracted"))
                                .toArray(Boolean[]::new))
                .param("vulnerability", vulnerability)
                .query(Reader.class)
                .list();
        Instant now = clock.instant();
        jdbc.sql("""
                INSERT INTO delivery (organisation_id, alert_id, person_id, channel, address, digest, first_due_at, due_at)
                SELECT council, alert, person, 'email', email, digest, due, due
                  FROM unnest(:councils::uuid[], :alerts::uuid[], :people::uuid[], :emails::text[], :digests::boolean[],
                              :dues::timestamptz[]) AS d (council, alert, person, email, digest, due)
                """)
                .param("councils", readers.stream().map(Reader::council).toArray(UUID[]::new))
                .param("alerts", readers.stream().map(Reader::alert).toArray(UUID[]::new))
                .param("people", readers.stream().map(Reader::person).toArray(UUID[]::new))
                .param("emails", readers.stream().map(Reader::email).toArray(String[]::new))
                .param(
                        "digests",
                        readers.stream()
                                .map(reader -> reader.how().equals("digest"))
                                .toArray(Boolean[]::new))
                .param(
                        "dues",
                        readers.stream()
                                .map(reader -> reader.due(now).toString())
                                .toArray(String[]::new))
                .update();
        jdbc.sql("""
                INSERT INTO delivery (organisation_id, alert_id, webhook_id, channel, address, first_due_at, due_at)
                SELECT w.organisation_id, t.alert, w.id, 'webhook', w.url, :now, :now
                  FROM unnest(:alerts::uuid[], :councils::uuid[]) AS t (alert, council)
                  JOIN webhook w ON w.organisation_id = t.council
                """)
                .param("alerts", alerts)
                .param("councils", councils)
                .param("now", Timestamp.from(now))
                .update();
    }
}
