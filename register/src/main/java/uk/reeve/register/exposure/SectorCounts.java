package uk.reeve.register.exposure;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.IntSupplier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;
import uk.reeve.register.audience.Asker;
import uk.reeve.register.audience.Asking;

/// Counts how many councils each vulnerability affects. A job's work: what somebody was told of is counted again at
/// once, the whole sector as often as its cost allows.
@Service
public class SectorCounts {

    private static final Asker JOB = new Asker.Job();
    private static final int MOST_CAUSES = 200;

    /// After a count of the whole sector that took a second, the next one waits for a hundred.
    private static final int REST = 100;

    /// One that failed is tried again.
    private static final Duration AGAIN = Duration.ofMinutes(10);

    /// Of one vulnerability; of all, [SectorTally].
    private static final String COUNT = """
            SELECT v.vulnerability_id, count(DISTINCT v.organisation_id)::int AS councils,
                   count(DISTINCT p.supplier_id)::int AS suppliers,
                   count(DISTINCT p.supplier_id)
                       FILTER (WHERE st.status IN ('affected', 'not_affected', 'fixed'))::int AS answered
              FROM system_verdict v
              JOIN release r ON r.id = v.release_id
              JOIN product p ON p.id = r.product_id
              LEFT JOIN statement st ON st.id = v.statement_id
             WHERE v.verdict = 'affected' AND v.vulnerability_id = k.id
             GROUP BY v.vulnerability_id ORDER BY v.vulnerability_id
            """;

    private static final String KEEP = """
            ON CONFLICT (vulnerability_id) DO UPDATE SET councils = excluded.councils, suppliers = excluded.suppliers,
                   answered = excluded.answered, counted_at = excluded.counted_at
             WHERE sector_count.counted_at <= excluded.counted_at -- else the other count began later
            """;

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final SectorTally tally;
    private Instant next = Instant.MIN;

    SectorCounts(JdbcClient jdbc, TransactionTemplate transactions, SectorTally tally) {
        this.jdbc = jdbc;
        this.tally = tally;
        this.transactions = transactions;
    }

    /// Counts what somebody was told of since it was counted last.
    void whatWasTold() {
        inJob(this::causes);
    }

    /// Counts the whole sector where it is time to.
    synchronized void catchUp() {
        Instant start = Instant.now();
        if (start.isBefore(next)) {
            return;
        }
        try {
            count();
        } catch (RuntimeException e) {
            next = Instant.now().plus(AGAIN);
            throw e;
        }
        Instant end = Instant.now();
        next = end.plus(Duration.between(start, end).multipliedBy(REST));
    }

    /// Counts the whole sector.
    public void count() {
        inJob(this::whole);
    }

    private void inJob(IntSupplier work) {
        Asking.as(JOB, () -> transactions.execute(_ -> work.getAsInt()));
    }

    private int whole() {
        if (!tally.isWhole()) { // where two flaws became one, or an SBOM has just come; soon again
            return 0;
        }
        Map<UUID, SectorTally.Counted> counted = tally.counted();
        List<Map.Entry<UUID, SectorTally.Counted>> all = List.copyOf(counted.entrySet());
        jdbc.sql("""
                INSERT INTO sector_count (vulnerability_id, councils, suppliers, answered)
                SELECT * FROM unnest(:ids::uuid[], :councils::integer[], :suppliers::integer[], :answered::integer[])
                 ORDER BY 1
                """ + KEEP)
                .param("ids", all.stream().map(Map.Entry::getKey).toArray(UUID[]::new))
                .param(
                        "councils",
                        all.stream().map(one -> one.getValue().councils()).toArray(Integer[]::new))
                .param(
                        "suppliers",
                        all.stream().map(one -> one.getValue().suppliers()).toArray(Integer[]::new))
                .param(
                        "answered",
                        all.stream().map(one -> one.getValue().answered()).toArray(Integer[]::new))
                .update();
        return jdbc.sql("DELETE FROM sector_count WHERE counted_at < now()").update();
    }

    private int causes() {
        List<UUID> told =
                jdbc.sql("""
                SELECT DISTINCT o.vulnerability_id
                  FROM outbox o LEFT JOIN sector_count c ON c.vulnerability_id = o.vulnerability_id
                 WHERE o.caused_at > now() - interval '1 day'
                   AND greatest(o.caused_at, o.done_at) > coalesce(c.counted_at, '-infinity')
                 LIMIT :most
                """).param("most", MOST_CAUSES).query(UUID.class).list();
        return jdbc.sql("""
                INSERT INTO sector_count (vulnerability_id, councils, suppliers, answered)
                SELECT k.id, coalesce(c.councils, 0), coalesce(c.suppliers, 0), coalesce(c.answered, 0)
                  FROM vulnerability k LEFT JOIN LATERAL (%s) c ON true
                 WHERE k.id = ANY (:told) ORDER BY k.id
                """.formatted(COUNT) + KEEP)
                .param("told", told.toArray(UUID[]::new))
                .update();
    }
}
