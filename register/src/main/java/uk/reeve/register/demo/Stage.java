package uk.reeve.register.demo;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;
import uk.reeve.register.audience.Asker;
import uk.reeve.register.audience.Asking;
import uk.reeve.register.exposure.Evaluation;

/// What is still held back, and who was told since. Sees the whole sector, as only a demonstration may.
@Service
@OnlyInDemo
public class Stage {

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final Evaluation evaluation;

    Stage(JdbcClient jdbc, TransactionTemplate transactions, Evaluation evaluation) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.evaluation = evaluation;
    }

    /// @param after seconds from the publication to this alert
    public record Told(String council, String vulnerability, int systems, Instant at, double after) {

        public String seconds() {
            return String.format(java.util.Locale.ROOT, "%.1f seconds", after);
        }
    }

    /// @param heldBack how many advisories wait for the button
    /// @param waiting causes that jobs have not worked off yet
    public record State(int heldBack, int waiting, int councils, List<Told> told) {

        /// What the button says; null where nothing is held back any more.
        public @Nullable String button() {
            return switch (heldBack) {
                case 0 -> null;
                case 3 -> "Publish the three that followed";
                default -> "Start the morning";
            };
        }

        public String answer() {
            if (heldBack > 3) {
                return "It is the evening before Log4Shell: four real advisories are held back, and " + councils
                        + " invented councils know nothing of them.";
            }
            long told = this.told.stream().map(Told::council).distinct().count();
            return (waiting > 0 ? "The morning is under way: " : "") + told + " of " + councils
                    + " councils have been told: those that run an affected release, and no other.";
        }
    }

    State state() {
        return inJob(() -> new State(
                number("SELECT count(*)::int FROM held_back"),
                number("SELECT count(*)::int FROM outbox WHERE done_at IS NULL AND vulnerability_id IS NOT NULL"),
                number("SELECT count(*)::int FROM organisation WHERE kind = 'council'"),
                jdbc.sql("""
                        SELECT o.name AS council, k.name AS vulnerability, jsonb_array_length(a.systems) AS systems,
                               a.raised_at AS at, extract(epoch FROM a.raised_at - a.caused_at)::float8 AS after
                          FROM alert a
                          JOIN organisation o ON o.id = a.organisation_id
                          JOIN vulnerability k ON k.id = a.vulnerability_id
                         WHERE a.kind = 'exposed' AND k.name = ANY (:names)
                         ORDER BY a.raised_at DESC, o.name LIMIT 200
                        """)
                        .param(
                                "names",
                                Stream.concat(Stream.of(DemoData.FIRST), DemoData.LATER.stream())
                                        .toArray(String[]::new))
                        .query(Told.class)
                        .list()));
    }

    /// Publishes what comes next; jobs do the rest, as on any morning.
    ///
    /// @return what was published, in a sentence
    synchronized String press() {
        List<String> held = inJob(
                () -> jdbc.sql("SELECT name FROM held_back").query(String.class).list());
        if (held.isEmpty()) {
            return "All four advisories are out already. Reset the demo to begin again";
        }
        boolean first = held.contains(DemoData.FIRST);
        evaluation.publish(first ? Set.of(DemoData.FIRST) : DemoData.LATER);
        return first
                ? "Log4Shell (CVE-2021-44228) has been published"
                : "The three flaws that followed Log4Shell have been published";
    }

    private int number(String query) {
        return jdbc.sql(query).query(Integer.class).single();
    }

    private <T> T inJob(Supplier<T> work) {
        return Asking.as(new Asker.Job(), () -> Objects.requireNonNull(transactions.execute(_ -> work.get())));
    }
}
