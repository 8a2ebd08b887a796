package uk.reeve.register.catalogue;

import java.sql.Types;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import uk.reeve.register.audience.Asker;
import uk.reeve.register.audience.Asking;
import uk.reeve.register.audit.Act;
import uk.reeve.register.audit.AuditLog;
import uk.reeve.register.web.Cursor;
import uk.reeve.register.web.Problem;

/// Products and their releases, as the asking person may see them.
@Service
public class Products {

    private final JdbcClient jdbc;
    private final AuditLog audit;

    Products(JdbcClient jdbc, AuditLog audit) {
        this.jdbc = jdbc;
        this.audit = audit;
    }

    /// @param slug null while it is a draft, or only listed by a council
    /// @param listed a council added it, and neither its supplier nor a curator has confirmed it
    /// @param source the page of endoflife.date that its facts come from; null where somebody here gave them
    public record Product(
            UUID id,
            String name,
            @Nullable String slug,
            @Nullable String supplier,
            @Nullable UUID supplierId,
            @Nullable String serviceArea,
            @Nullable String description,
            boolean published,
            boolean listed,
            @Nullable String source) {

        /// Where a list by name goes on behind it.
        public Cursor cursor() {
            return Cursor.at(name, id);
        }

        /// The last part of its address.
        public String address() {
            return slug == null ? id.toString() : slug;
        }

        public String path() {
            return "/products/" + address();
        }
    }

    /// @param supportOver support is over, and no day is told
    /// @param supportSource whose word on support it is; null: of who made it
    /// @param document its current SBOM that the reader may see, declared before observed; null where there is none
    /// @param declared audience of its supplier's SBOM, whoever may read that; null where it has declared none
    public record Release(
            UUID id,
            String version,
            @Nullable LocalDate releasedOn,
            @Nullable LocalDate supportEndsOn,
            boolean supportOver,
            @Nullable String supportSource,
            boolean published,
            boolean listed,
            @Nullable String document,
            int components,
            int checkable,
            @Nullable String declared) {

        private static final Pattern PLAIN = Pattern.compile("(?!new$)[A-Za-z0-9][A-Za-z0-9._+~-]*");

        /// The last part of its address: the version, where it can be spelt there.
        public String address() {
            return address(version, id);
        }

        public static String address(String version, UUID id) {
            return PLAIN.matcher(version).matches() ? version : id.toString();
        }
    }

    /// By name; `q` narrows by a part of the product's or its supplier's name.
    @Transactional(readOnly = true)
    public List<Product> list(String q, String area, @Nullable Cursor after, int limit) {
        UUID id = after == null ? null : id(after.values().getLast());
        return jdbc.sql(SELECT + """
                 WHERE p.merged_into IS NULL
                   AND (:area = '' OR p.service_area = :area)
                   AND (:key = '' OR p.name_key LIKE '%' || :key || '%' OR replace(lower(o.name), ' ', '') LIKE '%' || :key || '%')
                   AND (:id::uuid IS NULL OR (p.name, p.id) > (:name, :id::uuid))
                 ORDER BY p.name, p.id LIMIT :limit
                """)
                .param("id", id, Types.OTHER)
                .param("name", after == null ? "" : after.values().getFirst())
                .param("area", area)
                .param("key", NameKey.of(q))
                .param("limit", limit)
                .query(Product.class)
                .list();
    }

    private static final String SELECT = """
            SELECT p.id, p.name, p.slug, o.name AS supplier, p.supplier_id, a.name AS service_area, p.description,
                   p.published_at IS NOT NULL AS published,
                   p.listed_by IS NOT NULL AND p.published_at IS NULL AS listed,
                   'https://endoflife.date/' || p.source_key AS source
              FROM product p
              LEFT JOIN organisation o ON o.id = p.supplier_id
              LEFT JOIN service_area a ON a.key = p.service_area
            """;

    /// By slug or id; one that was merged into another leads to that.
    @Transactional(readOnly = true)
    public Optional<Product> find(String address) {
        return jdbc.sql(SELECT + """
                 WHERE p.id = (SELECT coalesce(m.merged_into, m.id) FROM product m WHERE m.slug = :address OR m.id = :id::uuid)
                """)
                .param("address", address)
                .param("id", id(address), Types.OTHER)
                .query(Product.class)
                .optional();
    }

    static @Nullable UUID id(String text) {
        try {
            return text.length() == 36 ? UUID.fromString(text) : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static final String RELEASES = """
            SELECT r.id, r.version, r.released_on, r.support_ends_on, r.support_over,
                   support_source(r) AS support_source,
                   r.published_at IS NOT NULL AS published,
                   r.listed_by IS NOT NULL AND r.published_at IS NULL AS listed,
                   d.ref AS document, coalesce(d.components, 0) AS components, coalesce(d.checkable, 0) AS checkable,
                   declared_audience(r.id) AS declared
              FROM release r
              LEFT JOIN LATERAL (
                  SELECT ref, components, checkable FROM sbom_document
                   WHERE release_id = r.id AND state = 'current' ORDER BY origin, received_at DESC LIMIT 1) d ON true
             WHERE r.product_id = :product AND r.merged_into IS NULL
            """;

    /// The newest first.
    @Transactional(readOnly = true)
    public List<Release> releases(UUID product) {
        return jdbc.sql(RELEASES + " ORDER BY r.released_on DESC NULLS LAST, r.version DESC LIMIT 500")
                .param("product", product)
                .query(Release.class)
                .list();
    }

    /// By version, however it is spelt, or by id; one that was merged into another leads to that. Where a
    /// council listed what its supplier published, the latter.
    @Transactional(readOnly = true)
    public Optional<Release> release(UUID product, String address) {
        return jdbc.sql(RELEASES + """
                 AND r.id IN (SELECT coalesce(m.merged_into, m.id) FROM release m
                               WHERE (m.product_id = :product AND m.version_key = :key) OR m.id = :id::uuid)
                 ORDER BY r.version_key <> :key, r.published_at IS NULL, r.listed_by IS NOT NULL, r.id LIMIT 1
                """)
                .param("product", product)
                .param("key", NameKey.ofVersion(address))
                .param("id", id(address), Types.OTHER)
                .query(Release.class)
                .optional();
    }

    /// A release by the two parts of its address.
    ///
    /// @throws org.springframework.web.ErrorResponseException the same where there is none and where it is not
    /// for who asks
    @Transactional(readOnly = true)
    public ReleaseHead head(String product, String release) {
        return find(product)
                .flatMap(found ->
                        release(found.id(), release).map(one -> new ReleaseHead(found, one, Standing.of(found))))
                .orElseThrow(() -> Problem.NOT_FOUND.because(""));
    }

    /// A release by its id.
    ///
    /// @throws org.springframework.web.ErrorResponseException the same where there is none and where it is not
    /// for who asks
    @Transactional(readOnly = true)
    public ReleaseHead head(UUID release) {
        UUID product = jdbc.sql("""
                SELECT r.product_id FROM release m JOIN release r ON r.id = coalesce(m.merged_into, m.id)
                 WHERE m.id = :release
                """)
                .param("release", release)
                .query(UUID.class)
                .optional()
                .orElseThrow(() -> Problem.NOT_FOUND.because(""));
        return head(product.toString(), release.toString());
    }

    /// An area of a council's work, as products are sorted by.
    public record Area(String key, String name) {}

    @Transactional(readOnly = true)
    public List<Area> areas() {
        return jdbc.sql("SELECT key, name FROM service_area ORDER BY name LIMIT 200")
                .query(Area.class)
                .list();
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
        audit.record(Act.PRODUCT_ADDED, name.strip(), null);
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
        audit.record(Act.PRODUCT_ADDED, name.strip(), null);
        return id;
    }

    /// A release of a product of the asking supplier, or one that the asking council misses. The same version again is
    /// the same release; the supplier's word confirms one that a council listed. A clash with what the asker
    /// may not see is not told: then there are two, until a curator merges them (RULINGS 3). Where
    /// endoflife.date tells how long a release is supported that this one is a part of, as 13.4 is of 13, that
    /// is taken.
    @Transactional
    public UUID addRelease(
            UUID product, String version, @Nullable LocalDate releasedOn, @Nullable LocalDate supportEndsOn) {
        String key = NameKey.ofVersion(version);
        boolean council = Asking.person().kind() == Asker.Kind.COUNCIL;
        UUID id = UUID.randomUUID();
        Optional<UUID> known = known(product, key);
        if (known.isPresent()) {
            int confirmed = council
                    ? 0
                    : jdbc.sql("""
                            UPDATE release SET listed_by = NULL, released_on = coalesce(:released, released_on),
                                   support_ends_on = coalesce(:ends, support_ends_on)
                             WHERE id = :id AND listed_by IS NOT NULL
                            """)
                            .param("id", known.get())
                            .param("released", releasedOn)
                            .param("ends", supportEndsOn)
                            .update();
            if (confirmed > 0) {
                audit.record(Act.RELEASE_ADDED, releaseName(product, known.get()), null);
            }
            return known.get();
        }
        jdbc.sql("""
                INSERT INTO release (id, product_id, version, version_key, released_on, support_ends_on, support_over,
                       support_of, listed_by)
                SELECT :id, :product, :version, :key, :released::date, coalesce(:ends::date, c.support_ends_on),
                       coalesce(c.support_over, false), c.id, :council::uuid
                  FROM (SELECT 1) AS one
                  LEFT JOIN LATERAL (
                      SELECT id, support_ends_on, support_over FROM release
                       WHERE product_id = :product AND source_key IS NOT NULL AND :ends::date IS NULL
                         AND starts_with(:key, version_key || '.')
                       ORDER BY length(version_key) DESC LIMIT 1) c ON true
                ON CONFLICT DO NOTHING
                """)
                .param("id", id)
                .param("product", product)
                .param("version", version.strip())
                .param("key", key)
                .param("released", releasedOn)
                .param("ends", supportEndsOn)
                .param("council", council ? Asking.person().organisation() : null)
                .update();
        UUID added = known(product, key).orElseThrow();
        if (added.equals(id)) {
            audit.record(Act.RELEASE_ADDED, releaseName(product, id), null);
        }
        return added;
    }

    private String releaseName(UUID product, UUID release) {
        return head(product.toString(), release.toString()).name();
    }

    /// What its supplier says of a release's life.
    ///
    /// @param supportOver support is over, and no day is told
    public record Dates(
            @Nullable LocalDate releasedOn, @Nullable LocalDate supportEndsOn, boolean supportOver) {}

    /// Says differently when a release of the asking supplier's product came and how long it is
    /// supported; from then on these dates are the supplier's word, and one that a council listed is
    /// confirmed.
    @Transactional
    public void changeDates(ReleaseHead head, Dates dates) {
        int changed = jdbc.sql("""
                UPDATE release r SET released_on = :released, support_ends_on = :ends, support_over = :over,
                       support_of = NULL, listed_by = NULL
                  FROM product p
                 WHERE r.id = :id AND p.id = r.product_id AND p.supplier_id = :supplier
                """)
                .param("id", head.release().id())
                .param("supplier", Asking.person().organisation())
                .param("released", dates.releasedOn())
                .param("ends", dates.supportEndsOn())
                .param("over", dates.supportOver())
                .update();
        if (changed == 1) {
            audit.record(Act.RELEASE_CHANGED, head.name(), null);
        }
    }

    private Optional<UUID> known(UUID product, String versionKey) {
        return jdbc.sql("""
                SELECT coalesce(merged_into, id) FROM release WHERE product_id = :product AND version_key = :key
                 ORDER BY merged_into IS NOT NULL, published_at IS NULL, listed_by IS NOT NULL, id LIMIT 1
                """)
                .param("product", product)
                .param("key", versionKey)
                .query(UUID.class)
                .optional();
    }

    /// Says differently what a product of the asking supplier is; its address stays.
    @Transactional
    public void change(UUID product, String name, @Nullable String serviceArea, @Nullable String description) {
        int changed = jdbc.sql("""
                UPDATE product SET name = :name, name_key = :key, service_area = :area, description = :description
                 WHERE id = :id AND supplier_id = :supplier
                """)
                .param("id", product)
                .param("supplier", Asking.person().organisation())
                .param("name", name.strip())
                .param("key", NameKey.of(name))
                .param("area", serviceArea)
                .param("description", description)
                .update();
        if (changed == 1) {
            audit.record(Act.PRODUCT_CHANGED, name.strip(), null);
        }
    }

    /// Makes one product of two that are one: a curator's act, on record with its reason. The old address leads
    /// to the new one, and systems follow. A supplier's product is not given to another.
    @Transactional
    public void merge(UUID gone, UUID stays, String reason) {
        String what = both("SELECT name FROM product WHERE id = :id", gone, stays);
        jdbc.sql("SELECT merge_product(:gone, :stays)::text")
                .param("gone", gone)
                .param("stays", stays)
                .query(String.class)
                .optional();
        audit.record(Act.PRODUCTS_MERGED, what, reason);
    }

    /// The same of two releases.
    @Transactional
    public void mergeRelease(UUID gone, UUID stays, String reason) {
        String what = both(
                "SELECT p.name || ' ' || r.version FROM release r JOIN product p ON p.id = r.product_id WHERE r.id = :id",
                gone,
                stays);
        jdbc.sql("SELECT merge_release(:gone, :stays)::text")
                .param("gone", gone)
                .param("stays", stays)
                .query(String.class)
                .optional();
        audit.record(Act.RELEASES_MERGED, what, reason);
    }

    private String both(String name, UUID gone, UUID stays) {
        return jdbc.sql(name).param("id", gone).query(String.class).single() + " (" + gone + ") into "
                + jdbc.sql(name).param("id", stays).query(String.class).single() + " (" + stays + ")";
    }

    /// Lets all see a product and its releases; its address is made now (RULINGS 3).
    @Transactional
    public void publish(UUID product) {
        int fresh = jdbc.sql("""
                UPDATE product SET published_at = now(), slug = coalesce(slug, :slug)
                 WHERE id = :product AND published_at IS NULL
                """)
                .param("product", product)
                .param("slug", slug(product))
                .update();
        int releases = jdbc.sql("""
                UPDATE release SET published_at = now()
                 WHERE product_id = :product AND published_at IS NULL AND listed_by IS NULL
                """).param("product", product).update();
        if (fresh + releases > 0) {
            audit.record(fresh > 0 ? Act.PRODUCT_PUBLISHED : Act.RELEASE_PUBLISHED, name(product), null);
        }
    }

    /// Lets all see a product that a council listed, and its releases that councils listed, of each
    /// version one: a curator's act, on record with its reason (RULINGS 2). What its supplier keeps as
    /// a draft stays one.
    @Transactional
    public void confirm(Product product, String reason) {
        jdbc.sql("""
                UPDATE product SET published_at = now(), slug = coalesce(slug, :slug)
                 WHERE id = :product AND listed_by IS NOT NULL AND published_at IS NULL
                """)
                .param("product", product.id())
                .param("slug", slug(product.id()))
                .update();
        jdbc.sql("""
                UPDATE release r SET published_at = now()
                 WHERE r.id IN (SELECT DISTINCT ON (version_key) id FROM release
                                 WHERE product_id = :product AND merged_into IS NULL
                                 ORDER BY version_key, published_at NULLS LAST, id)
                   AND r.published_at IS NULL AND r.listed_by IS NOT NULL
                """).param("product", product.id()).update();
        audit.record(Act.LISTING_CONFIRMED, product.name(), reason);
    }

    /// The address that a product gets when all see it.
    private String slug(UUID product) {
        String slug = NameKey.slug(name(product));
        boolean taken = slug.isEmpty()
                || slug.equals("new")
                || jdbc.sql("SELECT EXISTS (SELECT FROM product WHERE slug = :slug AND id <> :product)")
                        .param("slug", slug)
                        .param("product", product)
                        .query(Boolean.class)
                        .single();
        return taken ? (slug + "-" + product.toString().substring(0, 8)).replaceFirst("^-", "") : slug;
    }

    private String name(UUID product) {
        return jdbc.sql("SELECT name FROM product WHERE id = :product")
                .param("product", product)
                .query(String.class)
                .single();
    }

    /// Lets all see one release of a published product.
    @Transactional
    public void publishRelease(UUID release) {
        jdbc.sql("""
                UPDATE release r SET published_at = now(), listed_by = NULL FROM product p
                 WHERE r.id = :id AND r.published_at IS NULL AND p.id = r.product_id RETURNING p.name || ' ' || r.version
                """)
                .param("id", release)
                .query(String.class)
                .optional()
                .ifPresent(name -> audit.record(Act.RELEASE_PUBLISHED, name, null));
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
