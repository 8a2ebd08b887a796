package uk.reeve.register.advisory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;
import uk.reeve.engine.index.BadIndex;
import uk.reeve.engine.index.SourceState;
import uk.reeve.register.audience.Asker;
import uk.reeve.register.audience.Asking;

/// Which of the nodes' copies of the advisories is in force: findings are held against that one alone, else two nodes
/// whose copies differ would take back what the other found.
///
/// A copy takes the place of the one in force where that is the same node's, or where no source of it is older and one
/// is newer, or none is older and the other node has not been heard of for five minutes. Any other waits until it has
/// been fetched anew: an older one would take back what a newer one found.
@Service
public class Editions {

    static final String KEV = "Known exploited (KEV)";
    static final String EPSS = "Exploit prediction (EPSS)";
    private static final Asker JOB = new Asker.Job();

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final AdvisoryLibrary library;
    private final Advisories advisories;

    Editions(JdbcClient jdbc, TransactionTemplate transactions, AdvisoryLibrary library, Advisories advisories) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.library = library;
        this.advisories = advisories;
    }

    /// A source of an edition.
    ///
    /// @param records null where they are not counted
    /// @param asOf day up to which it is known to be whole; null where nobody said
    record Held(
            String name,
            @Nullable Integer records,
            @Nullable LocalDate asOf) {}

    private record Force(UUID node, boolean silent) {}

    /// Puts this node's copy in force where it may be; single records are folded into it first.
    ///
    /// @return the copy; empty where another's is in force
    public Optional<AdvisoryLibrary.Edition> claim() {
        AdvisoryLibrary.Edition edition = library.current();
        if (heard(edition)) {
            return Optional.of(edition);
        }
        long since = since(); // what comes alone from here on may not be in it
        advisories.foldIn();
        AdvisoryLibrary.Edition whole = library.current();
        return heard(whole) || inJob(() -> take(whole, since, false)) ? Optional.of(whole) : Optional.empty();
    }

    /// Puts this node's copy in force, however old it is: somebody who answers for it says so.
    void insist() {
        long since = since();
        advisories.foldIn();
        inJob(() -> take(library.current(), since, true));
    }

    /// Not by a clock, which may be set back: what was found after that would be withdrawn.
    private long since() {
        return inJob(
                () -> jdbc.sql("SELECT nextval('came_first')").query(Long.class).single());
    }

    /// Whether it is in force, and stays so until this transaction ends. A job's.
    public boolean inForce(AdvisoryLibrary.Edition edition) {
        return jdbc.sql("SELECT stamp FROM edition WHERE stamp = :stamp FOR SHARE")
                .param("stamp", edition.stamp())
                .query(String.class)
                .optional()
                .isPresent();
    }

    /// Whether this node's copy is older than the one in force, so that nothing is held against it.
    boolean older() {
        AdvisoryLibrary.Edition edition = library.current();
        return inJob(() -> jdbc.sql("SELECT NOT EXISTS (SELECT FROM edition WHERE stamp = :stamp OR node = :node)")
                        .param("stamp", edition.stamp())
                        .param("node", node())
                        .query(Boolean.class)
                        .single()
                && compared(sources(edition), inForce()) < 0);
    }

    /// The sources of the edition in force; of this node's copy while none is.
    List<Held> sources() {
        List<Held> held = Objects.requireNonNull(transactions.execute(_ -> inForce()));
        return held.isEmpty() ? sources(library.current()) : held;
    }

    /// Lets the other nodes know that this one is at work. In no transaction.
    ///
    /// @return whether its copy is the one in force
    public boolean heard(AdvisoryLibrary.Edition edition) {
        // written seldom: it would wait for whoever holds components against it
        return inJob(() -> jdbc.sql("""
                WITH heard AS (
                    UPDATE edition SET seen_at = now() WHERE stamp = :stamp AND seen_at < now() - interval '1 minute')
                SELECT EXISTS (SELECT FROM edition WHERE stamp = :stamp)
                """)
                .param("stamp", edition.stamp())
                .query(Boolean.class)
                .single());
    }

    private boolean take(AdvisoryLibrary.Edition edition, long since, boolean insisted) {
        jdbc.sql("LOCK TABLE edition IN SHARE ROW EXCLUSIVE MODE").update(); // one node at a time
        List<Held> mine = sources(edition);
        Force force = jdbc.sql("SELECT node, seen_at < now() - interval '5 minutes' AS silent FROM edition")
                .query(Force.class)
                .optional()
                .orElse(null);
        UUID node = node();
        if (force != null && !insisted && !force.node().equals(node)) {
            int age = compared(mine, inForce());
            if (age < 0 || age == 0 && !force.silent()) {
                return false;
            }
        }
        jdbc.sql("""
                INSERT INTO edition (stamp, node, since) VALUES (:stamp, :node, :since)
                ON CONFLICT (one) DO UPDATE
                   SET stamp = excluded.stamp, node = excluded.node, since = excluded.since, seen_at = now()
                """)
                .param("stamp", edition.stamp())
                .param("node", node)
                .param("since", since)
                .update();
        jdbc.sql("DELETE FROM edition_source").update();
        for (Held source : mine) {
            jdbc.sql("INSERT INTO edition_source (name, records, as_of) VALUES (:name, :records, :asOf::date)")
                    .param("name", source.name())
                    .param("records", source.records(), java.sql.Types.INTEGER)
                    .param("asOf", source.asOf() == null ? null : source.asOf().toString(), java.sql.Types.VARCHAR)
                    .update();
        }
        return true;
    }

    private List<Held> inForce() {
        return jdbc.sql("SELECT name, records, as_of FROM edition_source ORDER BY name")
                .query(Held.class)
                .list();
    }

    /// Below nought where a source of the other is newer, or is not in this one; above where none is, and one of
    /// this is.
    private static int compared(List<Held> one, List<Held> other) {
        return newer(other, one) ? -1 : newer(one, other) ? 1 : 0;
    }

    private static boolean newer(List<Held> one, List<Held> other) {
        return one.stream()
                .filter(source -> source.asOf() != null && !source.name().equals(Advisories.INCOMING))
                .anyMatch(source -> other.stream()
                        .noneMatch(there -> there.name().equals(source.name())
                                && there.asOf() != null
                                && !there.asOf().isBefore(source.asOf())));
    }

    private static List<Held> sources(AdvisoryLibrary.Edition edition) {
        List<Held> sources = new ArrayList<>();
        try {
            for (SourceState source : edition.index().sources()) {
                sources.add(new Held(source.name(), source.records(), day(source.asOf())));
            }
        } catch (BadIndex e) {
            throw new IllegalStateException("The advisory index is damaged: " + e.getMessage(), e);
        }
        sources.add(
                new Held(KEV, edition.scores().kevCount(), day(edition.scores().kevAsOf())));
        sources.add(new Held(EPSS, null, day(edition.scores().epssAsOf())));
        return sources;
    }

    private static @Nullable LocalDate day(String iso) {
        return iso.matches("[0-9]{4}-[0-9]{2}-[0-9]{2}") ? LocalDate.parse(iso) : null;
    }

    private UUID node() {
        try {
            return library.node();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private <T> T inJob(Supplier<T> work) {
        return Asking.as(JOB, () -> Objects.requireNonNull(transactions.execute(_ -> work.get())));
    }
}
