package uk.reeve.register.estate;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import uk.reeve.register.audience.Asking;

/// The asking council's systems. Takes no council: row security shows each its own.
@Service
public class Systems {

    private final JdbcClient jdbc;

    Systems(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

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
            String hosting,
            String exposure,
            String personalData,
            @Nullable String owner,
            boolean checkable) {}

    private static final String SELECT = """
            SELECT s.id, s.ref, s.name, v.name AS service, v.criticality, s.product_id, p.name AS product,
                   p.slug AS product_slug, s.release_id, r.version, r.support_ends_on, s.hosting, s.exposure,
                   s.personal_data, s.owner,
                   EXISTS (SELECT FROM sbom_document d WHERE d.release_id = s.release_id AND d.state = 'current')
                       AS checkable
              FROM system s
              LEFT JOIN service v ON v.id = s.service_id
              LEFT JOIN product p ON p.id = s.product_id
              LEFT JOIN release r ON r.id = s.release_id
             WHERE s.retired_on IS NULL
            """;

    /// By name, after `after`.
    @Transactional(readOnly = true)
    public List<Row> list(@Nullable String after, int limit) {
        return jdbc.sql(SELECT + " AND s.name > :after ORDER BY s.name, s.id LIMIT :limit")
                .param("after", after == null ? "" : after)
                .param("limit", limit)
                .query(Row.class)
                .list();
    }

    @Transactional(readOnly = true)
    public Optional<Row> find(String ref) {
        return jdbc.sql(SELECT + " AND s.ref = :ref")
                .param("ref", ref)
                .query(Row.class)
                .optional();
    }

    /// How many the council runs.
    @Transactional(readOnly = true)
    public int count() {
        return jdbc.sql("SELECT count(*)::int FROM system WHERE retired_on IS NULL")
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
            @Nullable String owner) {}

    @Transactional
    public String add(New system) {
        UUID council = Asking.person().organisation();
        UUID service =
                system.service() == null || system.service().isBlank() ? null : service(council, system.service());
        return jdbc.sql("""
                INSERT INTO system (organisation_id, name, product_id, release_id, service_id, hosting, exposure, owner)
                VALUES (:council, :name, :product, :release, :service, :hosting, :exposure, :owner)
                RETURNING ref
                """)
                .param("council", council)
                .param("name", system.name())
                .param("product", system.product())
                .param("release", system.release())
                .param("service", service)
                .param("hosting", system.hosting())
                .param("exposure", system.exposure())
                .param("owner", system.owner())
                .query(String.class)
                .single();
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

    /// Records that a system now runs another release; what the old one was exposed to closes by itself.
    @Transactional
    public void upgrade(String ref, UUID release) {
        jdbc.sql("UPDATE system SET release_id = :release WHERE ref = :ref AND retired_on IS NULL")
                .param("ref", ref)
                .param("release", release)
                .update();
    }

    /// @param hosting `own`, `supplier`, `other`
    /// @param exposure `internet`, `network`, `isolated`, `unknown`
    @Transactional
    public void change(
            String ref, String name, String hosting, String exposure, String personalData, @Nullable String owner) {
        jdbc.sql("""
                UPDATE system SET name = :name, hosting = :hosting, exposure = :exposure, personal_data = :data,
                       owner = :owner
                 WHERE ref = :ref AND retired_on IS NULL
                """)
                .param("ref", ref)
                .param("name", name)
                .param("hosting", hosting)
                .param("exposure", exposure)
                .param("data", personalData)
                .param("owner", owner)
                .update();
    }

    @Transactional
    public void retire(String ref) {
        jdbc.sql("UPDATE system SET retired_on = current_date WHERE ref = :ref AND retired_on IS NULL")
                .param("ref", ref)
                .update();
    }
}
