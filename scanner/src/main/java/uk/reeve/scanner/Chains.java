package uk.reeve.scanner;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import uk.reeve.engine.sbom.Component;
import uk.reeve.scanner.FileFindings.Given;

/// By which way each component of one file comes in, from what the project itself asks for: breadth first, so the
/// shortest; among equal ones the first of the file. Where a file does not tell what is asked for, what nothing else
/// in it depends on must be.
final class Chains {

    private static final int NOT_REACHED = -2;
    private static final int START = -1;

    private final List<Given> components;
    private final int[] parent;
    private final int[] length;

    Chains(FileFindings file) {
        this.components = file.components();
        this.parent = new int[components.size()];
        this.length = new int[components.size()];
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
                queue[last++] = i;
            }
        }
        return last;
    }

    /// How many names the way has, this component's included; 0 where no way is known.
    int length(int component) {
        return length[component];
    }

    /// The names, from the project's own dependency to this component.
    List<String> names(int component) {
        List<String> names = new ArrayList<>(length[component]);
        for (int i = component; length[component] > 0 && i >= 0; i = parent[i]) {
            names.add(name(components.get(i)));
        }
        Collections.reverse(names);
        return names;
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
