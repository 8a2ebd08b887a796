package uk.reeve.engine.index;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Words that many entries share, by a number from 1; 0 is none.
final class StringPool {

    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<String> strings = new ArrayList<>();

    int number(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return 0;
        }
        Integer known = numbers.get(text);
        if (known != null) {
            return known;
        }
        strings.add(text);
        numbers.put(text, strings.size());
        return strings.size();
    }

    /// Empty for 0.
    String get(int number) {
        return number == 0 ? "" : strings.get(number - 1);
    }

    List<String> all() {
        return strings;
    }
}
