package uk.reeve.register.catalogue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import uk.reeve.engine.index.BadIndex;
import uk.reeve.engine.index.SupportDates;
import uk.reeve.engine.support.Cycle;
import uk.reeve.engine.support.Product;
import uk.reeve.register.advisory.AdvisoryLibrary;

/// Infrastructure that councils run and no supplier has brought here: products and releases with the dates of
/// endoflife.date, so that the first list on an empty register says something (RULINGS 33). Facts only;
/// nobody's products.
///
/// `catalogue/infrastructure.txt` names them: endoflife.date's operating systems, servers, databases, applications,
/// services and languages, without devices and frameworks.
@Component
public class StarterCatalogue {

    private final JdbcClient jdbc;
    private final JdbcTemplate rows;
    private final AdvisoryLibrary library;

    StarterCatalogue(JdbcClient jdbc, JdbcTemplate rows, AdvisoryLibrary library) {
        this.jdbc = jdbc;
        this.rows = rows;
        this.library = library;
    }

    /// Brings the catalogue up to the dates that are here; nothing is done where it is. A job's.
    ///
    /// @return how many products it took over; 0 where nothing was new
    @Transactional
    public int refresh() {
        SupportDates dates = library.support();
        if (dates.asOf().isEmpty()) {
            return 0;
        }
        LocalDate asOf = LocalDate.parse(dates.asOf());
        boolean known = jdbc.sql("SELECT EXISTS (SELECT FROM product WHERE source_as_of >= :day)")
                .param("day", asOf)
                .query(Boolean.class)
                .single();
        if (known) {
            return 0;
        }
        Set<String> wanted = infrastructure();
        List<Product> products;
        try {
            products = dates.all().stream()
                    .filter(product -> wanted.contains(product.name()))
                    .toList();
        } catch (BadIndex e) {
            throw new IllegalStateException("the dates of support are damaged: " + e.getMessage(), e);
        }
        products(products, asOf);
        releases(products);
        return products.size();
    }

    private record Named(String key, String title, String nameKey, String slug) {}

    private void products(List<Product> products, LocalDate asOf) {
        Set<String> taken = new HashSet<>(jdbc.sql("SELECT slug FROM product WHERE slug IS NOT NULL")
                .query(String.class)
                .list());
        List<Named> named = new ArrayList<>();
        for (Product product : products) {
            String slug = NameKey.slug(product.title());
            boolean free = !slug.isEmpty() && !slug.equals("new") && taken.add(slug);
            named.add(new Named(
                    product.name(),
                    product.title(),
                    NameKey.of(product.title()),
                    free ? slug : "endoflife-" + NameKey.slug(product.name())));
        }
        rows.execute((Connection connection) -> {
            try (var insert = connection.prepareStatement("""
                    INSERT INTO product (source_key, name, name_key, slug, published_at, source_as_of)
                    SELECT key, title, name_key, slug, now(), ?::date
                      FROM unnest(?::text[], ?::text[], ?::text[], ?::text[]) AS told (key, title, name_key, slug)
                    ON CONFLICT (source_key) DO UPDATE SET
                        name = excluded.name, name_key = excluded.name_key, source_as_of = excluded.source_as_of
                    """)) {
                insert.setObject(1, asOf);
                insert.setArray(2, texts(connection, named, Named::key));
                insert.setArray(3, texts(connection, named, Named::title));
                insert.setArray(4, texts(connection, named, Named::nameKey));
                insert.setArray(5, texts(connection, named, Named::slug));
                return insert.executeUpdate();
            }
        });
    }

    private record Told(String product, String version, String versionKey, Cycle cycle) {

        String key() {
            return product + "/" + versionKey;
        }
    }

    private void releases(List<Product> products) {
        List<Told> told = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (Product product : products) {
            for (Cycle cycle : product.cycles()) {
                Told one = new Told(product.name(), cycle.name(), NameKey.ofVersion(cycle.name()), cycle);
                if (cycle.name().length() <= 100 && seen.add(one.key())) {
                    told.add(one);
                }
            }
        }
        rows.execute((Connection connection) -> {
            Array[] columns = {
                texts(connection, told, Told::product),
                texts(connection, told, Told::version),
                texts(connection, told, Told::versionKey),
                texts(connection, told, Told::key),
                texts(connection, told, one -> orNull(one.cycle().releasedDate())),
                texts(connection, told, one -> orNull(one.cycle().endDate())),
                connection.createArrayOf(
                        "boolean",
                        told.stream()
                                .map(one -> one.cycle().over() && one.cycle().end() == 0)
                                .toArray())
            };
            // what was merged into a supplier's product is there already, and only its dates are renewed
            for (String sql : new String[] {"""
                    UPDATE release r SET released_on = told.released::date, support_ends_on = told.ends::date,
                           support_over = told.over
                      FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::boolean[])
                           AS told (product, version, version_key, key, released, ends, over)
                     WHERE r.source_key = told.key
                    """, """
                    INSERT INTO release (product_id, version, version_key, source_key, released_on, support_ends_on,
                           support_over, published_at)
                    SELECT p.id, told.version, told.version_key, told.key, told.released::date, told.ends::date,
                           told.over, now()
                      FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::boolean[])
                           AS told (product, version, version_key, key, released, ends, over)
                      JOIN product p ON p.source_key = told.product AND p.merged_into IS NULL
                    ON CONFLICT DO NOTHING
                    """}) {
                try (var statement = connection.prepareStatement(sql)) {
                    for (int i = 0; i < columns.length; i++) {
                        statement.setArray(i + 1, columns[i]);
                    }
                    statement.executeUpdate();
                }
            }
            return told.size();
        });
        jdbc.sql("""
                UPDATE release r SET support_ends_on = c.support_ends_on, support_over = c.support_over
                  FROM release c WHERE c.id = r.support_of
                """).update();
    }

    private static @org.jspecify.annotations.Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }

    private static <T> Array texts(Connection connection, List<T> of, Function<T, ?> text) throws SQLException {
        return connection.createArrayOf("text", of.stream().map(text).toArray());
    }

    private static Set<String> infrastructure() {
        try (InputStream in = Objects.requireNonNull(
                StarterCatalogue.class.getResourceAsStream("/catalogue/infrastructure.txt"), "infrastructure.txt")) {
            return new HashSet<>(new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
