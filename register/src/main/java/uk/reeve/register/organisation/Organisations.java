package uk.reeve.register.organisation;

import java.sql.Connection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/// Every kind of party, as the installation's administrator keeps them.
@Service
public class Organisations {

    private final JdbcClient jdbc;
    private final JdbcTemplate rows;

    Organisations(JdbcClient jdbc, JdbcTemplate rows) {
        this.jdbc = jdbc;
        this.rows = rows;
    }

    /// @param former whether it has ceased to be
    public record Organisation(
            UUID id,
            String kind,
            String slug,
            String name,
            @Nullable String nation,
            boolean former) {}

    /// @param q the beginning of a name; empty for all
    @Transactional(readOnly = true)
    public List<Organisation> list(String q, String after, int limit) {
        return jdbc.sql("""
                SELECT id, kind, slug, name, nation, exists_to IS NOT NULL AS former FROM organisation
                 WHERE name > :after AND strpos(lower(name), :q) > 0 ORDER BY name, id LIMIT :limit
                """)
                .param("after", after)
                .param("q", q.strip().toLowerCase(Locale.ROOT))
                .param("limit", limit)
                .query(Organisation.class)
                .list();
    }

    @Transactional(readOnly = true)
    public Optional<Organisation> find(String slug) {
        return jdbc.sql("""
                SELECT id, kind, slug, name, nation, exists_to IS NOT NULL AS former FROM organisation WHERE slug = :slug
                """).param("slug", slug).query(Organisation.class).optional();
    }

    /// How many councils there are that exist today.
    @Transactional(readOnly = true)
    public int councils() {
        return jdbc.sql("SELECT count(*)::int FROM organisation WHERE kind = 'council' AND exists_to IS NULL")
                .query(Integer.class)
                .single();
    }

    /// A supplier, coordinator or other party.
    ///
    /// @return its address
    @Transactional
    public String add(String kind, String name) {
        String slug =
                name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
        String base = slug.isEmpty() ? kind : slug.substring(0, Math.min(80, slug.length()));
        boolean taken = find(base).isPresent();
        String free = taken ? base + "-" + UUID.randomUUID().toString().substring(0, 4) : base;
        jdbc.sql("INSERT INTO organisation (kind, slug, name, verified_at) VALUES (:kind, :slug, :name, now())")
                .param("kind", kind)
                .param("slug", free)
                .param("name", name.strip())
                .update();
        return free;
    }

    /// Names of councils, without people; those that are there stay as they are. With the former ones come which became
    /// which.
    ///
    /// @param nation null for all four
    /// @return how many were added
    @Transactional
    public int importCouncils(@Nullable String nation) {
        List<CouncilList.Council> councils = CouncilList.read().stream()
                .filter(council -> nation == null || council.nation().equals(nation))
                .toList();
        Integer added = rows.execute((Connection connection) -> {
            try (var insert = connection.prepareStatement("""
                    INSERT INTO organisation (kind, slug, name, council_type, nation, region, gss_code, exists_from, exists_to)
                    SELECT 'council', * FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[],
                                                    ?::text[]::date[], ?::text[]::date[])
                    ON CONFLICT DO NOTHING
                    """)) {
                insert.setArray(1, array(connection, councils, CouncilList.Council::slug));
                insert.setArray(2, array(connection, councils, CouncilList.Council::name));
                insert.setArray(3, array(connection, councils, CouncilList.Council::type));
                insert.setArray(4, array(connection, councils, CouncilList.Council::nation));
                insert.setArray(5, array(connection, councils, CouncilList.Council::region));
                insert.setArray(6, array(connection, councils, CouncilList.Council::gssCode));
                insert.setArray(7, array(connection, councils, CouncilList.Council::from));
                insert.setArray(8, array(connection, councils, CouncilList.Council::to));
                return insert.executeUpdate();
            }
        });
        List<CouncilList.Council> ended = councils.stream()
                .filter(council -> council.to() != null && !council.replacedBy().isEmpty())
                .toList();
        rows.execute((Connection connection) -> {
            try (var insert = connection.prepareStatement("""
                    INSERT INTO organisation_successor (predecessor_id, successor_id, on_day)
                    SELECT p.id, s.id, w.day FROM unnest(?::text[], ?::text[], ?::text[]::date[]) AS w (was, is_now, day)
                      JOIN organisation p ON p.slug = w.was JOIN organisation s ON s.slug = w.is_now
                    ON CONFLICT DO NOTHING
                    """)) {
                insert.setArray(1, array(connection, ended, CouncilList.Council::slug));
                insert.setArray(2, array(connection, ended, council -> slugOf(councils, council.replacedBy())));
                insert.setArray(3, array(connection, ended, CouncilList.Council::to));
                return insert.executeUpdate();
            }
        });
        return added == null ? 0 : added;
    }

    private static @Nullable String slugOf(List<CouncilList.Council> councils, String code) {
        return councils.stream()
                .filter(council -> council.code().equals(code))
                .map(CouncilList.Council::slug)
                .findFirst()
                .orElse(null);
    }

    private static java.sql.Array array(
            Connection connection,
            List<CouncilList.Council> councils,
            java.util.function.Function<CouncilList.Council, @Nullable Object> of)
            throws java.sql.SQLException {
        Object[] values = new Object[councils.size()];
        for (int i = 0; i < values.length; i++) {
            Object value = of.apply(councils.get(i));
            values[i] = value instanceof java.time.LocalDate day ? day.toString() : value;
        }
        return connection.createArrayOf("text", values);
    }
}
