package uk.reeve.register.catalogue;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/// Products that a list of names may mean: two queries, however many names.
@Service
public class Matching {

    private final JdbcClient jdbc;

    Matching(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// @param exact whether the names are the same, as names are compared
    /// @param releases the five newest and those of a version that was asked for; the newest first
    public record Candidate(
            UUID product, String name, @Nullable String supplier, boolean exact, List<Known> releases) {}

    /// A release of a candidate.
    public record Known(UUID release, String version) {}

    private record Found(
            String key, UUID product, String name, @Nullable String supplier, boolean exact) {}

    private record Listed(UUID product, UUID release, String version) {}

    /// At most five for each name, the likeliest first; names without any are left out.
    ///
    /// @param names in any spelling; the answer's keys are these
    /// @param versions that any of them may be of
    @Transactional(readOnly = true)
    public Map<String, List<Candidate>> of(Collection<String> names, Collection<String> versions) {
        List<Found> found = jdbc.sql("""
                SELECT asked.key, c.* FROM unnest(:keys::text[]) AS asked (key)
                 CROSS JOIN LATERAL (
                     SELECT p.id AS product, p.name, o.name AS supplier, p.name_key = asked.key
                            OR replace(lower(coalesce(o.name, '')), ' ', '') || p.name_key = asked.key AS exact
                       FROM product p LEFT JOIN organisation o ON o.id = p.supplier_id
                      WHERE p.merged_into IS NULL
                        AND (p.name_key LIKE '%' || asked.key || '%'
                            OR (length(p.name_key) >= 4 AND asked.key LIKE '%' || p.name_key || '%'))
                      ORDER BY exact DESC, abs(length(p.name_key) - length(asked.key)), p.name, p.id LIMIT 5) c
                """)
                .param(
                        "keys",
                        names.stream()
                                .map(NameKey::of)
                                .filter(key -> key.length() >= 2)
                                .distinct()
                                .toArray(String[]::new))
                .query(Found.class)
                .list();
        Map<UUID, List<Known>> releases = jdbc
                .sql("""
                SELECT product, release, version FROM (
                    SELECT r.product_id AS product, r.id AS release, r.version, r.version_key,
                           row_number() OVER (PARTITION BY r.product_id
                               ORDER BY r.released_on DESC NULLS LAST, r.version DESC) AS nth
                      FROM release r WHERE r.product_id = ANY (:products) AND r.merged_into IS NULL) AS listed
                 WHERE nth <= 5 OR version_key = ANY (:versions)
                 ORDER BY product, nth
                """)
                .param("products", found.stream().map(Found::product).distinct().toArray(UUID[]::new))
                .param("versions", versions.stream().map(NameKey::ofVersion).toArray(String[]::new))
                .query(Listed.class)
                .list()
                .stream()
                .collect(Collectors.groupingBy(
                        Listed::product,
                        Collectors.mapping(one -> new Known(one.release(), one.version()), Collectors.toList())));
        Map<String, List<Candidate>> byKey = new LinkedHashMap<>();
        for (Found one : found) {
            byKey.computeIfAbsent(one.key(), _ -> new ArrayList<>())
                    .add(new Candidate(
                            one.product(),
                            one.name(),
                            one.supplier(),
                            one.exact(),
                            releases.getOrDefault(one.product(), List.of())));
        }
        Map<String, List<Candidate>> byName = new LinkedHashMap<>();
        for (String name : names) {
            List<Candidate> candidates = byKey.get(NameKey.of(name));
            if (candidates != null) {
                byName.put(name, candidates);
            }
        }
        return byName;
    }
}
