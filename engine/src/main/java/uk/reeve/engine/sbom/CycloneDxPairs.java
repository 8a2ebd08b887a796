package uk.reeve.engine.sbom;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A small map that keeps its order and cannot change: a third of what a [java.util.LinkedHashMap] takes, which counts
/// with 300,000 components.
final class CycloneDxPairs extends AbstractMap<String, String> {

    private final String[] pairs;

    private CycloneDxPairs(String[] pairs) {
        this.pairs = pairs;
    }

    static Map<String, String> of(Map<String, String> map) {
        if (map.isEmpty()) {
            return Map.of();
        }
        String[] pairs = new String[2 * map.size()];
        int at = 0;
        for (Map.Entry<String, String> entry : map.entrySet()) {
            pairs[at++] = entry.getKey();
            pairs[at++] = entry.getValue();
        }
        return new CycloneDxPairs(pairs);
    }

    @Override
    public @Nullable String get(@Nullable Object key) {
        for (int i = 0; i < pairs.length; i += 2) {
            if (pairs[i].equals(key)) {
                return pairs[i + 1];
            }
        }
        return null;
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
        return get(key) != null;
    }

    @Override
    public int size() {
        return pairs.length / 2;
    }

    @Override
    public Set<Map.Entry<String, String>> entrySet() {
        return new Entries(pairs);
    }

    private static final class Entries extends AbstractSet<Map.Entry<String, String>> {

        private final String[] pairs;

        Entries(String[] pairs) {
            this.pairs = pairs;
        }

        @Override
        public int size() {
            return pairs.length / 2;
        }

        @Override
        public Iterator<Map.Entry<String, String>> iterator() {
            return new Each(pairs);
        }
    }

    private static final class Each implements Iterator<Map.Entry<String, String>> {

        private final String[] pairs;
        private int at;

        Each(String[] pairs) {
            this.pairs = pairs;
        }

        @Override
        public boolean hasNext() {
            return at < pairs.length;
        }

        @Override
        public Map.Entry<String, String> next() {
            if (at >= pairs.length) {
                throw new NoSuchElementException();
            }
            at += 2;
            return Map.entry(pairs[at - 2], pairs[at - 1]);
        }
    }
}
