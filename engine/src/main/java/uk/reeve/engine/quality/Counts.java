package uk.reeve.engine.quality;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import uk.reeve.engine.sbom.Component;
import uk.reeve.engine.sbom.Sbom;

/// How many components of an SBOM say what. What the document describes (its root) is not counted, unless it is
/// all there is.
///
/// @param all components
/// @param identified with a package URL that has a version
/// @param named not by a reader's makeshift
/// @param identifiers with a package URL or a CPE
/// @param reached from the root, by relations and by lying inside
record Counts(
        int all,
        int identified,
        int named,
        int versions,
        int suppliers,
        int identifiers,
        int hashes,
        int sha512,
        int licences,
        int reached) {

    static Counts of(Sbom sbom) {
        List<Component> counted = new ArrayList<>(sbom.components());
        if (counted.size() > 1) {
            counted.removeIf(component -> component.ref().equals(sbom.root()));
        }
        Set<String> reached = reached(sbom);
        int[] n = new int[9];
        for (Component component : counted) {
            n[0] += component.purl() != null && component.purl().version() != null ? 1 : 0;
            n[1] += component.name().equals("(no name)") ? 0 : 1;
            n[2] += component.version() == null ? 0 : 1;
            n[3] += component.supplier() == null ? 0 : 1;
            n[4] += component.purl() == null && component.cpes().isEmpty() ? 0 : 1;
            n[5] += component.hashes().isEmpty() ? 0 : 1;
            n[6] += component.hashes().containsKey("SHA-512") ? 1 : 0;
            n[7] += component.licences().isEmpty() ? 0 : 1;
            n[8] += reached.contains(component.ref()) ? 1 : 0;
        }
        return new Counts(counted.size(), n[0], n[1], n[2], n[3], n[4], n[5], n[6], n[7], n[8]);
    }

    private static Set<String> reached(Sbom sbom) {
        Set<String> reached = new HashSet<>();
        if (sbom.root() == null) {
            return reached;
        }
        Map<String, List<String>> inside = new HashMap<>();
        for (Component component : sbom.components()) {
            if (component.parent() != null) {
                inside.computeIfAbsent(component.parent(), parent -> new ArrayList<>(4))
                        .add(component.ref());
            }
        }
        Deque<String> next = new ArrayDeque<>(List.of(sbom.root()));
        reached.add(sbom.root());
        while (!next.isEmpty()) {
            String at = next.pop();
            for (Map<String, List<String>> ways : List.of(sbom.dependencies(), inside)) {
                for (String ref : ways.getOrDefault(at, List.of())) {
                    if (reached.add(ref)) {
                        next.push(ref);
                    }
                }
            }
        }
        return reached;
    }
}
