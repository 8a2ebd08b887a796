package uk.reeve.register.catalogue;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/// A shortest way to each component of an SBOM, as the database's `path_to` walks it; read once for all that are
/// asked for, since a large SBOM's relations are megabytes.
final class Ways {

    private static final int MOST_STEPS = 50;

    private final Integer[] components;
    private final Integer[] via;
    private final Map<Integer, Integer> entries = new HashMap<>();

    private Ways(Integer[] components, Integer[] via) {
        this.components = components;
        this.via = via;
        for (int i = 0; i < components.length; i++) {
            entries.putIfAbsent(components[i], i + 1);
        }
    }

    static Ways of(JdbcClient jdbc, UUID document) {
        return jdbc.sql("""
                SELECT g.components, g.via FROM sbom_document d JOIN component_graph g ON g.id = d.graph_id WHERE d.id = :id
                """)
                .param("id", document)
                .query((row, _) -> new Ways((Integer[]) row.getArray(1).getArray(), (Integer[])
                        row.getArray(2).getArray()))
                .single();
    }

    /// The way to each of these, a direct component first, itself last: names with versions.
    static Map<Integer, List<String>> to(JdbcClient jdbc, UUID document, Collection<Integer> wanted) {
        if (wanted.isEmpty()) {
            return Map.of();
        }
        Ways ways = of(jdbc, document);
        Map<Integer, List<Integer>> steps = new HashMap<>();
        Set<Integer> all = new HashSet<>();
        for (Integer component : wanted) {
            all.addAll(steps.computeIfAbsent(component, ways::to));
        }
        Map<Integer, String> names = new HashMap<>();
        jdbc.sql("SELECT id, trim(name || ' ' || version) FROM component WHERE id = ANY (:ids)")
                .param("ids", all.toArray(Integer[]::new))
                .query(row -> {
                    names.put(row.getInt(1), row.getString(2));
                });
        Map<Integer, List<String>> named = new HashMap<>();
        steps.forEach((component, way) -> named.put(
                component,
                way.stream().map(step -> names.getOrDefault(step, "")).toList()));
        return named;
    }

    private List<Integer> to(Integer component) {
        List<Integer> way = new ArrayList<>();
        int entry = entries.getOrDefault(component, 0);
        while (entry > 0 && way.size() < MOST_STEPS) {
            way.addFirst(components[entry - 1]);
            entry = via[entry - 1];
        }
        return way;
    }
}
