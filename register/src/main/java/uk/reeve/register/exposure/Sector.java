package uk.reeve.register.exposure;

import java.sql.Array;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.DataClassRowMapper;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;
import uk.reeve.register.advisory.Heading;

/// The sector's picture for the coordinator: counts, never names. A count below five is told as that; the counting
/// functions run as a role of their own, and withhold before they answer.
@Service
public class Sector {

    private final JdbcClient jdbc;
    private final JsonMapper json;

    Sector(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
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

    /// @param at when the oldest of these numbers was counted; null where there are none
    public record Counted(List<Row> worst, @Nullable Instant at) {}

    private static final String ROW = """
            SELECT c.vulnerability_id AS vulnerability, k.name, k.title, k.severity, k.kev_added::text AS kev_added,
                   c.councils, c.suppliers, c.answered, k.score, c.counted_at
              FROM sector_count c JOIN vulnerability k ON k.id = c.vulnerability_id AND k.merged_into IS NULL
             WHERE c.councils > 0 AND k.kev_added IS %s
             ORDER BY c.councils DESC, coalesce(k.score, 0) DESC, k.name LIMIT :limit
            """;

    /// What is known to be exploited first, then what touches most councils.
    @Transactional(readOnly = true)
    public Counted worst(int limit) {
        Instant[] oldest = new Instant[1];
        List<Row> worst = jdbc.sql("""
                SELECT * FROM ((%s) UNION ALL (%s)) AS each
                 ORDER BY kev_added IS NULL, councils DESC, coalesce(score, 0) DESC, name LIMIT :limit
                """.formatted(ROW.formatted("NOT NULL"), ROW.formatted("NULL")))
                .param("limit", limit)
                .query((row, number) -> {
                    Instant at = row.getTimestamp("counted_at").toInstant();
                    oldest[0] = oldest[0] == null || at.isBefore(oldest[0]) ? at : oldest[0];
                    return Objects.requireNonNull(ROWS.mapRow(row, number));
                })
                .list();
        return new Counted(worst, oldest[0]);
    }

    private static final RowMapper<Row> ROWS = new DataClassRowMapper<>(Row.class);

    /// Councils by region; -1 where there are one to four, or where another could be had by subtraction.
    public record Region(String region, int councils) {}

    /// What the affected councils decided; each number withheld as with [Region].
    public record Decided(int all, int some, int none) {}

    /// What one vulnerability is to the sector.
    ///
    /// @param councils that run an affected release
    /// @param decided null where none of its numbers can be told
    /// @param regions empty where none can be told
    public record Picture(int councils, @Nullable Decided decided, List<Region> regions, List<Touched> products) {}

    @Transactional(readOnly = true)
    public Picture of(UUID vulnerability) {
        return jdbc.sql("SELECT councils, decided, regions, in_regions, products FROM sector_of(:vulnerability)")
                .param("vulnerability", vulnerability)
                .query((row, _) -> new Picture(
                        row.getInt("councils"),
                        decided(row.getArray("decided")),
                        regions(row.getArray("regions"), row.getArray("in_regions")),
                        List.of(json.readValue(row.getString("products"), Touched[].class))))
                .single();
    }

    private static @Nullable Decided decided(@Nullable Array counts) throws SQLException {
        if (counts == null) {
            return null;
        }
        Integer[] each = (Integer[]) counts.getArray();
        return new Decided(each[0], each[1], each[2]);
    }

    private static List<Region> regions(@Nullable Array names, @Nullable Array counts) throws SQLException {
        List<Region> regions = new ArrayList<>();
        if (names != null && counts != null) {
            String[] called = (String[]) names.getArray();
            Integer[] councils = (Integer[]) counts.getArray();
            for (int i = 0; i < called.length; i++) {
                regions.add(new Region(called[i], councils[i]));
            }
        }
        return regions;
    }
}
