package uk.reeve.engine.index;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.version.BadVersion;
import uk.reeve.engine.version.VersionKey;
import uk.reeve.engine.version.VersionOrder;

/// Every version of the index once, by a number from 1; 0 is no bound.
final class VersionPool {

    /// @param key null where the order refuses the version
    record Version(
            VersionOrder order, String text, @Nullable VersionKey key) {}

    private final Map<VersionOrder, Map<String, Integer>> numbers = new IdentityHashMap<>();
    private final List<Version> versions = new ArrayList<>();

    int number(VersionOrder order, String text) {
        Map<String, Integer> ofOrder = numbers.computeIfAbsent(order, _ -> new HashMap<>());
        Integer known = ofOrder.get(text);
        if (known != null) {
            return known;
        }
        VersionKey key;
        try {
            key = order.key(order.bound(text));
        } catch (BadVersion _) {
            key = null;
        }
        versions.add(new Version(order, text, key));
        ofOrder.put(text, versions.size());
        return versions.size();
    }

    /// The number here of a version of another pool.
    int take(VersionPool other, int number) {
        if (number == 0) {
            return 0;
        }
        Version version = other.get(number);
        Map<String, Integer> ofOrder = numbers.computeIfAbsent(version.order, _ -> new HashMap<>());
        Integer known = ofOrder.get(version.text);
        if (known != null) {
            return known;
        }
        versions.add(version);
        ofOrder.put(version.text, versions.size());
        return versions.size();
    }

    Version get(int number) {
        return versions.get(number - 1);
    }

    List<Version> all() {
        return versions;
    }

    /// The order of two versions of one ecosystem.
    ///
    /// @throws BadVersion when the order refuses one of them
    int compare(int a, int b) throws BadVersion {
        Version left = get(a);
        Version right = get(b);
        if (left.key != null && right.key != null && left.key.exact() && right.key.exact()) {
            return VersionKey.compare(left.key, right.key);
        }
        return left.order.compare(left.order.bound(left.text), left.order.bound(right.text));
    }
}
