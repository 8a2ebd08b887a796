package uk.reeve.scanner;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.sbom.Component;
import uk.reeve.scanner.FileFindings.Given;

/// By which way each component of one file comes in, from what the project itself asks for: breadth first, so the
/// shortest; among equal ones the first of the file. Where a file does not tell what is asked for, what nothing else
/// in it depends on must be.
///
/// A way of more than [#MOST] names is folded, or those of a chain of 100,000 would need the square of that.
final class Chains {

    private static final int NOT_REACHED = -2;
    private static final int START = -1;

    /// What a way has at most, the mark for what is left out included.
    static final int MOST = 20;

    private static final int FIRST = MOST / 2;

    private final List<Given> components;
    private final int[] parent;
    private final int[] length;
    /// The last of the first [#FIRST] components of the way.
    private final int[] head;

    private final @Nullable String[] names;

    Chains(FileFindings file) {
        this.components = file.components();
        this.parent = new int[components.size()];
        this.length = new int[components.size()];
        this.head = new int[components.size()];
        this.names = new String[components.size()];
        Arrays.fill(parent, NOT_REACHED);
        int[] queue = new int[components.size()];
        int last = start(file, queue);
        for (int first = 0; first < last; first++) {
            int from = queue[first];
            IntList dependsOn = components.get(from).dependsOn;
            for (int i = 0; i < dependsOn.size(); i++) {
                int to = dependsOn.get(i);
                if (parent[to] == NOT_REACHED && !components.get(to).subject) {
                    parent[to] = from;
                    length[to] = length[from] + 1;
                    head[to] = length[to] <= FIRST ? to : head[from];
                    queue[last++] = to;
                }
            }
        }
    }

    private int start(FileFindings file, int[] queue) {
        boolean[] needed = new boolean[queue.length];
        if (!file.tellsDirect()) {
            for (Given given : components) {
                for (int i = 0; i < given.dependsOn.size(); i++) {
                    needed[given.dependsOn.get(i)] = true;
                }
            }
        }
        int last = 0;
        for (int i = 0; i < queue.length; i++) {
            boolean starts = file.tellsDirect()
                    ? file.isDirect(i)
                    : !needed[i] && components.get(i).dependsOn.size() > 0;
            if (starts && !components.get(i).subject) {
                parent[i] = START;
                length[i] = 1;
                head[i] = i;
                queue[last++] = i;
            }
        }
        return last;
    }

    /// How many names the way has, this component's included; 0 where no way is known.
    int length(int component) {
        return length[component];
    }

    /// The names, from the project's own dependency to this component; of a long way the first ten, then `… 80 more …`,
    /// then the last nine.
    List<String> names(int component) {
        int all = length[component];
        boolean folded = all > MOST;
        List<String> way = new ArrayList<>(Math.min(all, MOST));
        add(way, component, folded ? MOST - 1 - FIRST : all);
        if (folded) {
            way.add("… " + (all - MOST + 1) + " more …");
            add(way, head[component], FIRST);
        }
        Collections.reverse(way);
        return way;
    }

    // From the component upwards.
    private void add(List<String> way, int component, int count) {
        for (int i = 0, at = component; i < count; i++, at = parent[at]) {
            String name = names[at];
            way.add(name == null ? names[at] = name(components.get(at)) : name);
        }
    }

    private static String name(Given given) {
        Component told = given.told;
        String group = told != null && told.group() != null
                ? told.group()
                : given.purl == null ? null : given.purl.namespace();
        String name = told != null ? told.name() : given.purl == null ? given.key : given.purl.name();
        return group == null ? name : group + "/" + name;
    }
}
