package uk.reeve.register.catalogue;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import uk.reeve.register.audience.Asking;

/// Products and their releases, as the asking person may see them.
@Service
public class Products {

    private final JdbcClient jdbc;

    Products(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// @param slug null while it is a draft, or only listed by a council
    public record Product(
            UUID id,
            String name,
            @Nullable String slug,
            @Nullable String supplier,
            @Nullable UUID supplierId,
            @Nullable String serviceArea,
            @Nullable String description,
            boolean published) {

        /// The last part of its address.
        public String address() {
            return slug == null ? id.toString() : slug;
        }
    }

    /// @param document its current SBOM that the reader may see, declared before observed; null where there is none
    public record Release(
            UUID id,
            String version,
            @Nullable LocalDate releasedOn,
            @Nullable LocalDate supportEndsOn,
            boolean published,
            @Nullable String document,
            int components) {}

    /// By name, after `after`; `q` narrows by the beginning of the name or of any word that it is compared by.
    @Transactional(readOnly = true)
    public List<Product> list(@Nullable String q, @Nullable String after, int limit) {
        return jdbc.sql(SELECT + """
                 WHERE p.merged_into IS NULL AND p.name > :after
                   AND (:key = '' OR p.name_key LIKE '%' || :key || '%' OR replace(lower(o.name), ' ', '') LIKE '%' || :key || '%')
                 ORDER BY p.name, p.id LIMIT :limit
                """)
                .param("after", after == null ? "" : after)
                .param("key", q == null ? "" : NameKey.of(q))
                .param("limit", limit)
                .query(Product.class)
                .list();
    }

    private static final String SELECT = """
            SELECT p.id, p.name, p.slug, o.name AS supplier, p.supplier_id, a.name AS service_area, p.description,
                   p.published_at IS NOT NULL AS published
              FROM product p
              LEFT JOIN organisation o ON o.id = p.supplier_id
              LEFT JOIN service_area a ON a.key = p.service_area
            """;

    /// By slug or id.
    @Transactional(readOnly = true)
    public Optional<Product> find(String address) {
        return jdbc.sql(SELECT + " WHERE p.slug = :address OR p.id::text = :address")
                .param("address", address)
                .query(Product.class)
                .optional();
    }

    /// The newest first.
    @Transactional(readOnly = true)
    public List<Release> releases(UUID product) {
        return jdbc.sql("""
                SELECT r.id, r.version, r.released_on, r.support_ends_on, r.published_at IS NOT NULL AS published,
                       d.ref AS document, coalesce(d.components, 0) AS components
                  FROM release r
                  LEFT JOIN LATERAL (
                      SELECT ref, components FROM sbom_document
                       WHERE release_id = r.id AND state = 'current' ORDER BY origin, received_at DESC LIMIT 1) d ON true
                 WHERE r.product_id = :product
                 ORDER BY r.released_on DESC NULLS LAST, r.version DESC LIMIT 500
                """).param("product", product).query(Release.class).list();
    }

    @Transactional(readOnly = true)
    public Optional<Release> release(UUID product, String version) {
        return releases(product).stream()
                .filter(release -> NameKey.ofVersion(release.version()).equals(NameKey.ofVersion(version)))
                .findFirst();
    }

    /// A product of the asking supplier; a draft until [#publish].
    @Transactional
    public UUID add(String name, @Nullable String serviceArea, @Nullable String description) {
        UUID id = UUID.randomUUID();
        jdbc.sql("""
                INSERT INTO product (id, supplier_id, name, name_key, service_area, description)
                VALUES (:id, :supplier, :name, :key, :area, :description)
                """)
                .param("id", id)
                .param("supplier", Asking.person().organisation())
                .param("name", name.strip())
                .param("key", NameKey.of(name))
                .param("area", serviceArea)
                .param("description", description)
                .update();
        return id;
    }

    /// What the asking council runs and the catalogue lacks (RULINGS 2); its name stays hidden.
    @Transactional
    public UUID listMissing(String name) {
        UUID id = UUID.randomUUID();
        jdbc.sql("""
                INSERT INTO product (id, listed_by, name, name_key) VALUES (:id, :council, :name, :key)
                """)
                .param("id", id)
                .param("council", Asking.person().organisation())
                .param("name", name.strip())
                .param("key", NameKey.of(name))
                .update();
        return id;
    }

    /// A release of a product of the asking supplier, or one that the asking council misses. The same version again is
    // the
    /// same release.
    @Transactional
    public UUID addRelease(
            UUID product, String version, @Nullable LocalDate releasedOn, @Nullable LocalDate supportEndsOn) {
        String key = NameKey.ofVersion(version);
        Optional<UUID> known = jdbc.sql("SELECT id FROM release WHERE product_id = :product AND version_key = :key")
                .param("product", product)
                .param("key", key)
                .query(UUID.class)
                .optional();
        if (known.isPresent()) {
            return known.get();
        }
        UUID id = UUID.randomUUID();
        boolean council = Asking.person().kind() == uk.reeve.register.audience.Asker.Kind.COUNCIL;
        jdbc.sql("""
                INSERT INTO release (id, product_id, version, version_key, released_on, support_ends_on, listed_by)
                VALUES (:id, :product, :version, :key, :released, :ends, :council)
                """)
                .param("id", id)
                .param("product", product)
                .param("version", version.strip())
                .param("key", key)
                .param("released", releasedOn)
                .param("ends", supportEndsOn)
                .param("council", council ? Asking.person().organisation() : null)
                .update();
        return id;
    }

    /// Lets all see a product and its releases; its address is made now (RULINGS 3).
    @Transactional
    public void publish(UUID product) {
        jdbc.sql("""
                UPDATE product SET published_at = coalesce(published_at, now()),
                       slug = coalesce(slug, trim(both '-' from left(
                           regexp_replace(lower(name), '[^a-z0-9]+', '-', 'g'), 80))
                           || CASE WHEN EXISTS (SELECT FROM product q WHERE q.id <> product.id AND q.slug = trim(both '-' from
                               left(regexp_replace(lower(product.name), '[^a-z0-9]+', '-', 'g'), 80)))
                              THEN '-' || left(id::text, 4) ELSE '' END)
                 WHERE id = :product
                """).param("product", product).update();
        jdbc.sql("UPDATE release SET published_at = now() WHERE product_id = :product AND published_at IS NULL")
                .param("product", product)
                .update();
    }

    /// Product and release that a line names, best first: for matching what a council pastes.
    ///
    /// @param exact whether the name is the same, by the way names are compared
    public record Match(UUID product, String name, @Nullable String supplier, boolean exact) {}

    /// Products whose name a line begins with, or that contain its first words; at most five.
    @Transactional(readOnly = true)
    public List<Match> matching(String name) {
        String key = NameKey.of(name);
        if (key.length() < 2) {
            return List.of();
        }
        return jdbc.sql("""
                SELECT p.id AS product, p.name, o.name AS supplier,
                       (p.name_key = :key OR replace(lower(coalesce(o.name, '')), ' ', '') || p.name_key = :key) AS exact
                  FROM product p LEFT JOIN organisation o ON o.id = p.supplier_id
                 WHERE p.merged_into IS NULL
                   AND (p.name_key LIKE '%' || :key || '%' OR (length(p.name_key) >= 4 AND :key LIKE '%' || p.name_key || '%'))
                 ORDER BY (p.name_key = :key) DESC, abs(length(p.name_key) - length(:key)), p.name LIMIT 5
                """).param("key", key).query(Match.class).list();
    }
}
