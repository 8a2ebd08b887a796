package uk.reeve.scanner.extract;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.purl.BadPurl;
import uk.reeve.engine.purl.Purl;
import uk.reeve.engine.sbom.Scope;

/// The components of one file under the keys by which the file itself calls them, so that its lists of dependencies
/// become edges whatever their order.
final class Parts {

    /// The number of a part that is no component.
    static final int NONE = -1;

    private record Need(int from, String key) {}

    private final Sink out;
    private final String type;
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<Need> needs = new ArrayList<>();

    /// @param type of every purl
    Parts(Sink out, String type) {
        this.out = out;
        this.type = type;
    }

    /// Gives a component to the sink, or says what is wrong with it.
    ///
    /// @return its number, or [#NONE]
    int add(
            String key,
            int line,
            @Nullable String namespace,
            @Nullable String name,
            @Nullable String version,
            Scope scope) {
        return add(key, line, namespace, name, version, Map.of(), scope);
    }

    /// The same with a purl's qualifiers.
    int add(
            String key,
            int line,
            @Nullable String namespace,
            @Nullable String name,
            @Nullable String version,
            Map<String, String> qualifiers,
            Scope scope) {
        Purl purl = purl(out, line, type, namespace, name, version, qualifiers);
        if (purl == null) {
            return NONE;
        }
        int number = out.component(line, purl, scope);
        numbers.put(key, number);
        return number;
    }

    /// A second key for the same component; the first component that has a key keeps it.
    void alias(String key, int number) {
        if (number != NONE) {
            numbers.putIfAbsent(key, number);
        }
    }

    /// Remembers that `from` depends on what has this key; a key that stays unknown is left out.
    void needs(int from, String key) {
        if (from != NONE) {
            needs.add(new Need(from, key));
        }
    }

    /// Says that the project itself depends on what has this key.
    void direct(String key) {
        Integer number = numbers.get(key);
        if (number != null) {
            out.direct(number);
        }
    }

    /// A key that something needs and that is neither a component's nor among `others`; null where there is none.
    @Nullable
    String missing(Set<String> others) {
        for (Need need : needs) {
            if (!numbers.containsKey(need.key) && !others.contains(need.key)) {
                return need.key;
            }
        }
        return null;
    }

    /// Gives the edges to the sink: once, when every component has been added.
    void link() {
        for (Need need : needs) {
            Integer to = numbers.get(need.key);
            if (to != null && to != need.from) {
                out.edge(need.from, to);
            }
        }
    }

    /// The purl of a locked component; null, with a problem said, where its name or version is missing or broken.
    static @Nullable Purl purl(
            Sink out,
            int line,
            String type,
            @Nullable String namespace,
            @Nullable String name,
            @Nullable String version,
            Map<String, String> qualifiers) {
        if (name == null || name.isBlank()) {
            out.problem(line, "a package without a name; it was left out");
            return null;
        }
        if (version == null || version.isBlank()) {
            out.problem(line, "\"" + shown(name) + "\" has no version; it was left out, lock the versions again");
            return null;
        }
        try {
            return Purl.of(type, namespace, name, version, qualifiers, null);
        } catch (BadPurl e) {
            out.problem(line, e.getMessage() + "; it was left out");
            return null;
        }
    }

    /// A value as a message quotes it.
    static String shown(String value) {
        return value.length() > 100 ? value.substring(0, 100) + "…" : value;
    }
}
