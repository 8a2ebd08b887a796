package uk.reeve.register.alert;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;
import uk.reeve.register.audience.Asker;
import uk.reeve.register.audience.Asking;
import uk.reeve.register.estate.Outlook;
import uk.reeve.register.today.TodayItem;
import uk.reeve.register.web.Words;

/// What a council is told in one sentence a cause, on `/today` and in summaries, never at once (RULINGS 17): what
/// came of new systems, a release's first SBOM and a merge; and that support ends (DOMAIN 10).
@Service
public class Notices implements TodayItem.Source {

    /// What was added within this time is one list.
    static final Duration TOGETHER = Duration.ofMinutes(15);

    private static final Logger LOG = LoggerFactory.getLogger(Notices.class);
    private static final Asker JOB = new Asker.Job();
    private static final int RANK = 500; // behind what needs somebody
    private static final int SHOWN = 3;
    private static final UUID NOBODY = new UUID(0, 0);

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final Outlook outlook;
    private final Clock clock;

    Notices(JdbcClient jdbc, TransactionTemplate transactions, Outlook outlook, Clock clock) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.outlook = outlook;
        this.clock = clock;
    }

    /// What one council runs of one cause.
    private record Touched(UUID council, UUID[] systems) {}

    /// Sums up what waits, to the last.
    public void catchUp() {
        newSystems();
        releases();
    }

    private void newSystems() {
        List<Touched> lists = inJob(() -> jdbc.sql("""
                SELECT organisation_id AS council, array_agg(id ORDER BY ref) AS systems FROM system
                 WHERE summed_up_at IS NULL AND retired_on IS NULL
                 GROUP BY organisation_id HAVING max(added_at) < :before
                """)
                .param("before", Timestamp.from(clock.instant().minus(TOGETHER)))
                .query(Notices::touched)
                .list());
        for (Touched list : lists) {
            alone("the new systems of " + list.council(), () -> sumUp(list));
        }
    }

    private void sumUp(Touched list) {
        String text = Words.count(list.systems().length, "system") + " added: " + found(list);
        inJob(() -> {
            int fresh = jdbc.sql(
                            "UPDATE system SET summed_up_at = now() WHERE id = ANY (:systems) AND summed_up_at IS NULL")
                    .param("systems", list.systems())
                    .update();
            return fresh > 0 && tell(list.council(), AlertClass.DAILY, "new " + list.systems()[0], text, "/systems");
        });
    }

    /// What cannot be summed up is tried again, and lets the others go on.
    private static void alone(String what, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.error("{} could not be summed up", what, e);
        }
    }

    private record Cause(long id, String cause, UUID release, String name, String path) {}

    private void releases() {
        List<Cause> causes = inJob(() -> jdbc.sql("""
                SELECT o.id, o.cause, r.id AS release, p.name || ' ' || r.version AS name,
                       '/products/' || coalesce(p.slug, p.id::text) || '/releases/' || r.id AS path
                  FROM outbox o
                  JOIN release m ON m.id = o.release_id
                  JOIN release r ON r.id = coalesce(m.merged_into, m.id)
                  JOIN product p ON p.id = r.product_id
                 WHERE o.done_at IS NULL AND o.due_at <= now() AND o.cause <> 'sbom' ORDER BY o.id LIMIT 1000
                """).query(Cause.class).list());
        for (Cause cause : causes) {
            alone("what came of " + cause.name(), () -> sumUp(cause));
        }
    }

    private void sumUp(Cause cause) {
        List<Touched> councils = inJob(() -> jdbc.sql("""
                SELECT organisation_id AS council, array_agg(id ORDER BY ref) AS systems FROM system
                 WHERE release_id = :release AND retired_on IS NULL GROUP BY organisation_id
                """)
                .param("release", cause.release())
                .query(Notices::touched)
                .list());
        String what = cause.cause().equals("merge")
                ? "%s was there twice, and is one release now: "
                : "%s has its first SBOM: ";
        List<String> texts = councils.stream()
                .map(council -> what.formatted(cause.name()) + found(council))
                .toList();
        inJob(() -> {
            int mine = jdbc.sql("UPDATE outbox SET done_at = now() WHERE id = :id AND done_at IS NULL")
                    .param("id", cause.id())
                    .update();
            for (int i = 0; mine > 0 && i < councils.size(); i++) {
                tell(councils.get(i).council(), AlertClass.DAILY, "cause " + cause.id(), texts.get(i), cause.path());
            }
            return mine;
        });
    }

    private static Touched touched(ResultSet row, int number) throws SQLException {
        return new Touched(row.getObject("council", UUID.class), (UUID[])
                row.getArray("systems").getArray());
    }

    /// Support that ends within 365, 180, 90 or 30 days: each said once.
    public void supportEnds() {
        record Ending(UUID council, UUID release, String name, String path, LocalDate on, int within, int systems) {}
        LocalDate today = LocalDate.ofInstant(clock.instant(), WorkingDays.UK);
        inJob(() -> {
            List<Ending> endings =
                    jdbc.sql("""
                    SELECT * FROM (
                    SELECT s.organisation_id AS council, r.id AS release, p.name || ' ' || r.version AS name,
                           '/products/' || coalesce(p.slug, p.id::text) || '/releases/' || r.id AS path,
                           r.support_ends_on AS on, count(*)::int AS systems,
                           (SELECT min(t) FROM unnest(ARRAY[30, 90, 180, 365]) AS t
                             WHERE r.support_ends_on <= :today::date + t)::int AS within
                      FROM system s JOIN release r ON r.id = s.release_id JOIN product p ON p.id = r.product_id
                     WHERE s.retired_on IS NULL AND r.support_ends_on BETWEEN :today::date AND :today::date + 365
                     GROUP BY s.organisation_id, r.id, p.id) AS e
                     WHERE NOT EXISTS (SELECT FROM notice n WHERE n.organisation_id = e.council
                               AND n.key = 'support ' || e.release || ' ' || e."on" || ' ' || e.within)
                    """).param("today", today).query(Ending.class).list();
            endings.forEach(ending -> tell(
                    ending.council(),
                    AlertClass.WEEKLY,
                    "support " + ending.release() + " " + ending.on() + " " + ending.within(),
                    "Support of %s ends on %s, within %d days: %s"
                            .formatted(
                                    ending.name(),
                                    Words.date(ending.on()),
                                    ending.within(),
                                    Words.count(ending.systems(), "system")),
                    ending.path()));
            return endings.size();
        });
    }

    /// "14 known flaws, 2 to act on now"; asked as the council would ask.
    private String found(Touched touched) {
        Asker council = new Asker.Person(NOBODY, touched.council(), Asker.Kind.COUNCIL, Set.of(Asker.Role.READER));
        Outlook.Found found = Asking.as(council, () -> outlook.found(List.of(touched.systems())));
        return found.flaws() == 0
                ? "no known flaw in what could be checked"
                : Words.count(found.flaws(), "known flaw")
                        + (found.actNow() == 0 ? ", none to act on now" : ", " + found.actNow() + " to act on now");
    }

    /// Writes a notice, and lets it join the next summary of each who wants that class.
    ///
    /// @param key what it is about: told once
    /// @return false where it was told
    private boolean tell(UUID council, AlertClass how, String key, String text, String path) {
        UUID notice = UUID.randomUUID();
        int made = jdbc.sql("""
                INSERT INTO notice (id, organisation_id, key, text, path) VALUES (:id, :council, :key, :text, :path)
                ON CONFLICT DO NOTHING
                """)
                .param("id", notice)
                .param("council", council)
                .param("key", key)
                .param("text", text)
                .param("path", path)
                .update();
        if (made == 0) {
            return false;
        }
        record Reader(
                UUID person,
                String email,
                int hour,
                @Nullable String nation) {}
        Instant now = clock.instant();
        List<Reader> readers = jdbc.sql("""
                SELECT p.id AS person, p.email, coalesce(f.digest_hour, 8)::int AS hour, o.nation
                  FROM membership m
                  JOIN person p ON p.id = m.person_id
                  JOIN organisation o ON o.id = m.organisation_id
                  LEFT JOIN alert_preference f ON f.person_id = p.id AND f.organisation_id = m.organisation_id
                 WHERE m.organisation_id = :council
                 GROUP BY p.id, f.person_id, f.organisation_id, o.id
                HAVING coalesce(CASE :how WHEN 'daily' THEN f.daily ELSE f.weekly END,
                                CASE WHEN bool_or(m.role = 'editor') THEN 'digest' ELSE 'none' END) <> 'none'
                """)
                .param("council", council)
                .param("how", how.key())
                .query(Reader.class)
                .list();
        for (Reader reader : readers) {
            jdbc.sql("""
                    INSERT INTO delivery (organisation_id, notice_id, person_id, channel, address, digest, first_due_at, due_at)
                    VALUES (:council, :notice, :person, 'email', :email, true, :due, :due)
                    """)
                    .param("council", council)
                    .param("notice", notice)
                    .param("person", reader.person())
                    .param("email", reader.email())
                    .param("due", Timestamp.from(WorkingDays.next(how, reader.hour(), reader.nation(), now)))
                    .update();
        }
        return true;
    }

    @Override
    public List<TodayItem> today() {
        if (!(Asking.now() instanceof Asker.Person person) || person.kind() != Asker.Kind.COUNCIL) {
            return List.of();
        }
        record Told(String text, String path) {}
        return Objects.requireNonNull(transactions.execute(_ -> jdbc.sql("""
                        SELECT text, path FROM notice WHERE raised_at > :since ORDER BY raised_at DESC, id LIMIT :most
                        """)
                        .param("since", Timestamp.from(clock.instant().minus(Duration.ofDays(7))))
                        .param("most", SHOWN)
                        .query(Told.class)
                        .list()))
                .stream()
                .map(told -> new TodayItem(RANK, false, told.text(), told.path()))
                .toList();
    }

    private <T> T inJob(Supplier<T> work) {
        return Asking.as(JOB, () -> Objects.requireNonNull(transactions.execute(_ -> work.get())));
    }
}
