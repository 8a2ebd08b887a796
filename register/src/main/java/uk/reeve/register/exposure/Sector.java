package uk.reeve.register.exposure;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import uk.reeve.register.advisory.Heading;

/// The sector's picture for the coordinator: counts, never names. A count below five is told as that; the counting
/// functions run as a role of their own, and withhold before they answer.
@Service
public class Sector {

    private final JdbcClient jdbc;

    Sector(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// @param councils that run an affected release
    /// @param suppliers whose releases it touches
    /// @param answered of those suppliers, how many have said something that decides
    public record Row(
            UUID vulnerability,
            String name,
            @Nullable String title,
            String severity,
            @Nullable String kevAdded,
            int councils,
            int suppliers,
            int answered) {

        public String heading() {
            return Heading.of(name, title);
        }
    }

    /// One product that a vulnerability touches.
    ///
    /// @param councils that run an affected release of it; -1 where there are one to four
    /// @param status the supplier's word on the newest affected release; null: none
    public record Touched(
            String product,
            String slug,
            @Nullable String supplier,
            int councils,
            @Nullable String status) {}

    /// @param at when the oldest of the numbers was counted; null where nothing was counted yet
    public record Counted(List<Row> worst, @Nullable Instant at) {}

    /// What touches most councils first.
    @Transactional(readOnly = true)
    public Counted worst(int limit) {
        List<Row> worst = jdbc.sql("""
                SELECT c.vulnerability_id AS vulnerability, k.name, k.title, k.severity, k.kev_added::text AS kev_added,
                       c.councils, c.suppliers, c.answered
                  FROM sector_count c JOIN vulnerability k ON k.id = c.vulnerability_id AND k.merged_into IS NULL
                 WHERE c.councils > 0
                 ORDER BY k.kev_added IS NULL, c.councils DESC, coalesce(k.score, 0) DESC, k.name LIMIT :limit
                """).param("limit", limit).query(Row.class).list();
        Instant at = jdbc.sql("SELECT min(counted_at) FROM sector_count")
                .query((row, _) -> row.getTimestamp(1))
                .optional()
                .map(Timestamp::toInstant)
                .orElse(null);
        return new Counted(worst, at);
    }

    /// The same of one; empty where it touches nothing here.
    @Transactional(readOnly = true)
    public List<Touched> products(UUID vulnerability) {
        return jdbc.sql("""
                SELECT product, slug, supplier, councils, status FROM sector_products(:vulnerability)
                 ORDER BY status IS NOT NULL, councils DESC, product LIMIT 500
                """)
                .param("vulnerability", vulnerability)
                .query(Touched.class)
                .list();
    }

    /// How many councils run an affected release.
    @Transactional(readOnly = true)
    public long councils(UUID vulnerability) {
        return jdbc.sql("SELECT councils_affected(:vulnerability)")
                .param("vulnerability", vulnerability)
                .query(Long.class)
                .single();
    }

    /// Councils by region; -1 where there are one to four, or where another could be had by subtraction.
    public record Region(String region, int councils) {}

    @Transactional(readOnly = true)
    public List<Region> regions(UUID vulnerability) {
        return jdbc.sql("SELECT region, councils FROM sector_regions(:vulnerability) ORDER BY region LIMIT 100")
                .param("vulnerability", vulnerability)
                .query(Region.class)
                .list();
    }

    /// What the affected councils decided; each number withheld as with [Region], all of them where none can be told.
    public record Decided(int all, int some, int none) {}

    @Transactional(readOnly = true)
    public Optional<Decided> decisions(UUID vulnerability) {
        return jdbc.sql("""
                SELECT d[1] AS all, d[2] AS some, d[3] AS none FROM sector_decisions(:vulnerability) AS d
                 WHERE d IS NOT NULL
                """)
                .param("vulnerability", vulnerability)
                .query(Decided.class)
                .optional();
    }
}
