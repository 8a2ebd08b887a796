package uk.reeve.register.estate;

import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.SimplePropertyRowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import uk.reeve.register.audience.Asking;
import uk.reeve.register.audit.Act;
import uk.reeve.register.audit.AuditLog;
import uk.reeve.register.web.Cursor;

/// The asking council's systems. Takes no council: row security shows each its own.
@Service
public class Systems {

    private final JdbcClient jdbc;
    private final AuditLog audit;

    Systems(JdbcClient jdbc, AuditLog audit) {
        this.jdbc = jdbc;
        this.audit = audit;
    }

    /// @param supportOver support is over, and no day is told
    /// @param supportSource whose word on support it is; null: of the release's maker
    /// @param hosting `own`, `supplier`, `other`
    /// @param exposure `internet`, `network`, `isolated`, `unknown`
    public record Row(
            UUID id,
            String ref,
            String name,
            @Nullable String service,
            @Nullable Integer criticality,
            @Nullable UUID productId,
            @Nullable String product,
            @Nullable String productSlug,
            @Nullable UUID releaseId,
            @Nullable String version,
            @Nullable LocalDate supportEndsOn,
            boolean supportOver,
            @Nullable String supportSource,
            String hosting,
            String exposure,
            String personalData,
            @Nullable String owner,
            boolean checkable) {

        /// "Larkfield Revenues 8.2"; what is not known is said to be.
        public String release() {
            return product == null
                    ? "Product not known"
                    : product + (version == null ? ", version not known" : " " + version);
        }
    }

    private static final String SELECT = """
            SELECT s.id, s.ref, s.name, v.name AS service, v.criticality, s.product_id, p.name AS product,
                   p.slug AS product_slug, s.release_id, r.version, r.support_ends_on,
                   coalesce(r.support_over, false) AS support_over,
                   support_source(r) AS support_source,
                   s.hosting, s.exposure, s.personal_data, s.owner, s.release_id IS NOT NULL AND checkable(s.release_id) AS checkable
            """;
    private static final String FROM = """
              FROM system s
              LEFT JOIN service v ON v.id = s.service_id
              LEFT JOIN product p ON p.id = s.product_id
              LEFT JOIN release r ON r.id = s.release_id
            """;

    /// What a list is sorted by; what is not known stands last.
    public enum Order {
        NAME("lower(s.name)"),
        SERVICE("coalesce(v.criticality || lower(v.name), '~')"),
        RELEASE("coalesce(lower(p.name || ' ' || coalesce(r.version, '')), '~')"),
        SUPPORT("CASE WHEN r.support_over THEN '' ELSE coalesce(r.support_ends_on::text, '~') END"),
        URGENCY("coalesce(to_char(w.rank, 'FM0000'), '~')"),
        OWNER("coalesce(nullif(lower(s.owner), ''), '~')");

        private final String key;

        Order(String key) {
            this.key = key;
        }
    }

    /// A page of a list.
    ///
    /// @param earlier before what the rows before these lie; null where there are none
    /// @param later behind what the rows behind them lie; null where there are none
    public record Slice(
            List<Row> rows,
            @Nullable Cursor earlier,
            @Nullable Cursor later) {}

    /// Where a page begins: behind a cursor of the list in this order, or before one.
    ///
    /// @param at null: at the start
    public record From(@Nullable Cursor at, boolean backwards) {

        /// @param sent as a [Slice] gave it
        static From read(@Nullable String sent, boolean backwards) {
            Cursor at = Cursor.read(sent, 2);
            return new From(at, backwards && at != null);
        }
    }

    private record Keyed(Row row, String key) {

        Cursor cursor() {
            return Cursor.at(key, row.ref());
        }
    }

    /// The council's systems whose name, product, version, service or owner contains `q`.
    ///
    /// @param ranks for [Order#URGENCY]: the smaller, the sooner
    @Transactional(readOnly = true)
    public Slice list(Order order, String q, From from, Map<UUID, Integer> ranks, int limit) {
        String direction = from.backwards() ? "DESC" : "ASC";
        RowMapper<Row> row = new SimplePropertyRowMapper<>(Row.class);
        Cursor at = from.at();
        List<Keyed> rows = jdbc.sql("WITH listed AS MATERIALIZED (" + SELECT + ", " + order.key
                        + " COLLATE \"C\" AS key"
                        + FROM
                        + """
                  LEFT JOIN unnest(:ids::uuid[], :ranks::int[]) AS w (id, rank) ON w.id = s.id
                 WHERE s.retired_on IS NULL
                   AND (:q = '' OR strpos(lower(concat_ws(' ', s.name, p.name, r.version, v.name, s.owner)), :q) > 0))
                SELECT * FROM listed
                 WHERE :ref = '' OR (key, ref) OPERATOR (:key, :ref)
                 ORDER BY key DIRECTION, ref DIRECTION LIMIT :limit
                """.replace("OPERATOR", from.backwards() ? "<" : ">").replace("DIRECTION", direction))
                .param("ids", ranks.keySet().toArray(UUID[]::new))
                .param("ranks", ranks.values().toArray(Integer[]::new))
                .param("q", q.toLowerCase(Locale.ROOT))
                .param("key", at == null ? "" : at.values().getFirst())
                .param("ref", at == null ? "" : at.values().getLast())
                .param("limit", limit + 1)
                .query((result, n) -> new Keyed(row.mapRow(result, n), result.getString("key")))
                .list();
        boolean more = rows.size() > limit;
        List<Keyed> near = more ? rows.subList(0, limit) : rows;
        List<Keyed> shown = from.backwards() ? near.reversed() : near;
        boolean earlier = !shown.isEmpty() && (from.backwards() ? more : at != null);
        boolean later = !shown.isEmpty() && (from.backwards() ? at != null : more);
        return new Slice(
                shown.stream().map(Keyed::row).toList(),
                earlier ? shown.getFirst().cursor() : null,
                later ? shown.getLast().cursor() : null);
    }

    @Transactional(readOnly = true)
    public Optional<Row> find(String ref) {
        return jdbc.sql(SELECT + FROM + " WHERE s.retired_on IS NULL AND s.ref = :ref")
                .param("ref", ref)
                .query(Row.class)
                .optional();
    }

    /// Those of these references that the council runs.
    @Transactional(readOnly = true)
    public List<Row> these(Collection<String> refs) {
        return jdbc.sql(SELECT + FROM + " WHERE s.retired_on IS NULL AND s.ref = ANY (:refs) ORDER BY s.name, s.id")
                .param("refs", refs.toArray(String[]::new))
                .query(Row.class)
                .list();
    }

    /// How many the council runs.
    @Transactional(readOnly = true)
    public int count() {
        return jdbc.sql("SELECT count(*)::int FROM system WHERE retired_on IS NULL")
                .query(Integer.class)
                .single();
    }

    /// How many run a release whose support had ended by that day.
    @Transactional(readOnly = true)
    public int unsupported(LocalDate day) {
        return jdbc.sql("""
                SELECT count(*)::int FROM system s JOIN release r ON r.id = s.release_id
                 WHERE s.retired_on IS NULL AND (r.support_ends_on < :day OR r.support_over)
                """).param("day", day).query(Integer.class).single();
    }

    /// How many run a release whose support ends from the one day on and before the other.
    @Transactional(readOnly = true)
    public int ending(LocalDate from, LocalDate before) {
        return jdbc.sql("""
                SELECT count(*)::int FROM system s JOIN release r ON r.id = s.release_id
                 WHERE s.retired_on IS NULL AND r.support_ends_on >= :from AND r.support_ends_on < :before
                """)
                .param("from", from)
                .param("before", before)
                .query(Integer.class)
                .single();
    }

    /// What a council says of a system when it adds it.
    ///
    /// @param service null where it was not told
    public record New(
            String name,
            @Nullable UUID product,
            @Nullable UUID release,
            @Nullable String service,
            String hosting,
            String exposure,
            String personalData,
            @Nullable String owner) {

        /// Of which nobody said yet whether it holds personal data.
        public New(
                String name,
                @Nullable UUID product,
                @Nullable UUID release,
                @Nullable String service,
                String hosting,
                String exposure,
                @Nullable String owner) {
            this(name, product, release, service, hosting, exposure, "unknown", owner);
        }
    }

    @Transactional
    public String add(New system) {
        UUID council = Asking.person().organisation();
        UUID service =
                system.service() == null || system.service().isBlank() ? null : service(council, system.service());
        String ref = jdbc.sql("""
                INSERT INTO system (organisation_id, name, product_id, release_id, service_id, hosting, exposure, personal_data,
                       owner)
                VALUES (:council, :name, :product, :release, :service, :hosting, :exposure, :data, :owner)
                RETURNING ref
                """)
                .param("council", council)
                .param("name", system.name())
                .param("product", system.product())
                .param("release", system.release())
                .param("service", service)
                .param("hosting", system.hosting())
                .param("exposure", system.exposure())
                .param("data", system.personalData())
                .param("owner", system.owner())
                .query(String.class)
                .single();
        audit.record(Act.SYSTEM_ADDED, ref + ", " + system.name(), null);
        return ref;
    }

    private UUID service(UUID council, String name) {
        return jdbc.sql("""
                INSERT INTO service (organisation_id, name, area, criticality)
                SELECT :council, :name, a.key, coalesce(a.criticality, 3)
                  FROM (SELECT 1) AS one LEFT JOIN service_area a ON lower(a.name) = lower(:name) OR a.key = lower(:name)
                 LIMIT 1
                ON CONFLICT (organisation_id, name) DO UPDATE SET name = excluded.name
                RETURNING id
                """)
                .param("council", council)
                .param("name", name.strip())
                .query(UUID.class)
                .single();
    }

    /// Records that a system now runs another release of its product; what the old one was exposed to closes by itself.
    ///
    /// @return false where there is no such system, or the release is none of its product that the council may see
    @Transactional
    public boolean upgrade(String ref, UUID release) {
        boolean done = jdbc.sql("""
                UPDATE system s SET release_id = r.id FROM release r
                 WHERE s.ref = :ref AND s.retired_on IS NULL AND r.id = :release AND r.product_id = s.product_id
                """).param("ref", ref).param("release", release).update() == 1;
        if (done) {
            audit.record(Act.SYSTEM_UPGRADED, ref, null);
        }
        return done;
    }

    /// What a council may say differently of a system.
    ///
    /// @param service empty: none
    public record Changed(
            String name, String service, String hosting, String exposure, String personalData, String owner) {}

    @Transactional
    public void change(String ref, Changed to) {
        int changed = jdbc.sql("""
                UPDATE system SET name = :name, service_id = :service, hosting = :hosting, exposure = :exposure,
                       personal_data = :data, owner = nullif(:owner, '')
                 WHERE ref = :ref AND retired_on IS NULL
                """)
                .param("ref", ref)
                .param("name", to.name())
                .param(
                        "service",
                        to.service().isBlank() ? null : service(Asking.person().organisation(), to.service()))
                .param("hosting", to.hosting())
                .param("exposure", to.exposure())
                .param("data", to.personalData())
                .param("owner", to.owner())
                .update();
        if (changed == 1) {
            audit.record(Act.SYSTEM_CHANGED, ref, null);
        }
    }

    /// Its exposures close; what was decided stays on record.
    @Transactional
    public void retire(String ref) {
        int retired = jdbc.sql("UPDATE system SET retired_on = current_date WHERE ref = :ref AND retired_on IS NULL")
                .param("ref", ref)
                .update();
        if (retired == 1) {
            audit.record(Act.SYSTEM_RETIRED, ref, null);
        }
    }
}
