package uk.reeve.scanner.extract;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.purl.Purl;
import uk.reeve.engine.sbom.Scope;

/// Writes down what an extractor says, one line each.
final class FixtureSink implements Sink {

    /// A component that was given.
    record Given(String kind, int line, Purl purl, Scope scope) {}

    final List<Given> components = new ArrayList<>();
    private final Map<String, Integer> numbers = new HashMap<>();
    private final Set<Integer> direct = new HashSet<>();
    private final TreeSet<String> other = new TreeSet<>();

    @Override
    public int component(int line, Purl purl, Scope scope) {
        return add("component", line, purl, scope);
    }

    @Override
    public int minimum(int line, Purl purl, Scope scope) {
        return add("minimum", line, purl, scope);
    }

    private int add(String kind, int line, Purl purl, Scope scope) {
        Integer number = numbers.putIfAbsent(kind + " " + purl, components.size());
        if (number == null) {
            components.add(new Given(kind, line, purl, scope));
            return components.size() - 1;
        }
        Given given = components.get(number);
        Scope more = scope.compareTo(given.scope) < 0 ? scope : given.scope;
        components.set(number, new Given(kind, given.line, purl, more));
        return number;
    }

    @Override
    public void unlocked(int line, String ecosystem, String name, String wanted, Scope scope) {
        other.add("unlocked " + line + " " + ecosystem + " " + name + " " + wanted + " " + scope);
    }

    @Override
    public void notCovered(int line, String name, @Nullable String version, String why) {
        other.add("not-covered " + line + " " + name + (version == null ? "" : " " + version) + ": " + why);
    }

    @Override
    public void direct(int component) {
        direct.add(component);
    }

    @Override
    public void edge(int from, int to) {
        other.add("edge " + components.get(from).purl + " -> " + components.get(to).purl);
    }

    @Override
    public void tell(int component, Map<String, String> facts) {
        facts.forEach((key, value) -> other.add("tell " + components.get(component).purl + " " + key + "=" + value));
    }

    @Override
    public void problem(int line, String message) {
        other.add("problem " + line + ": " + message);
    }

    /// All that was said, sorted.
    List<String> lines() {
        List<String> lines = new ArrayList<>(other);
        for (int i = 0; i < components.size(); i++) {
            Given given = components.get(i);
            lines.add(given.kind + " " + given.line + " " + given.purl + " " + given.scope
                    + (direct.contains(i) ? " direct" : ""));
        }
        Collections.sort(lines);
        return lines;
    }
}
