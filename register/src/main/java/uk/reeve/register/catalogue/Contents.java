package uk.reeve.register.catalogue;

import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.match.Matcher;
import uk.reeve.engine.purl.Purl;
import uk.reeve.engine.sbom.Component;
import uk.reeve.engine.sbom.Sbom;

/// What an SBOM holds, worked out before the database is asked: its distinct components and a shortest way to each.
///
/// @param components distinct, in the order of the document, without the described one
/// @param setDigest the same for equal sets of components, in whatever order
/// @param graphDigest the same for equal relations between them
record Contents(List<Entry> components, byte[] setDigest, byte[] graphDigest) {

    /// The release itself brings it in.
    static final int DIRECT = 0;

    /// Nothing in the document is said to bring it in.
    static final int UNKNOWN = -1;

    /// Names are indexed, and an entry of an index holds 2,704 bytes at most; no real name is as long as this.
    private static final int LONGEST_TEXT = 400;

    /// @param digest identifies the component for the whole sector
    /// @param via which entry, from 1, brings it in by a shortest way; [#DIRECT] or [#UNKNOWN]
    /// @param parents how many components bring it in
    record Entry(
            byte[] digest,
            @Nullable String purl,
            String type,
            String namespace,
            String name,
            String version,
            int via,
            int parents) {}

    static Contents of(Sbom sbom) {
        Map<String, Integer> byKey = new LinkedHashMap<>();
        Map<String, Integer> byRef = new HashMap<>();
        List<Component> distinct = new ArrayList<>();
        for (Component component : sbom.components()) {
            if (component.ref().equals(sbom.root()) && component.purl() == null) {
                continue; // the release itself; by its package URL there may be flaws of its own
            }
            Integer known = byKey.putIfAbsent(key(component), distinct.size());
            byRef.put(component.ref(), known == null ? distinct.size() : known);
            if (known == null) {
                distinct.add(component);
            }
        }
        int n = distinct.size();
        List<Set<Integer>> children = children(sbom, byRef, n);
        int[] parents = new int[n];
        for (Set<Integer> below : children.subList(0, n)) {
            for (int child : below) {
                parents[child]++;
            }
        }
        Set<Integer> direct = children.get(n);
        if (direct.isEmpty()) { // no root, or it names nothing: what nothing brings in is direct
            for (int i = 0; i < n; i++) {
                if (parents[i] == 0) {
                    direct.add(i);
                }
            }
        }
        int[] via = via(children, direct, n);
        byte[][] digests = new byte[n][];
        for (int i = 0; i < n; i++) {
            digests[i] = Digests.of(key(distinct.get(i)));
        }
        List<Entry> entries = new ArrayList<>(n);
        for (int i = 0; i < n; i++) {
            Component c = distinct.get(i);
            Purl purl = Matcher.purl(c);
            entries.add(new Entry(
                    digests[i],
                    purl == null ? null : purl.toString(),
                    text(purl == null ? "" : purl.type()),
                    text(purl == null ? c.group() : purl.namespace()),
                    text(purl == null ? c.name() : purl.name()),
                    text(purl == null ? c.version() : purl.version()),
                    via[i],
                    parents[i] + (direct.contains(i) ? 1 : 0)));
        }
        return new Contents(entries, setDigest(digests), graphDigest(digests, children));
    }

    private static String key(Component component) {
        Purl purl = Matcher.purl(component);
        return purl != null
                ? purl.toString()
                : "name:" + text(component.group()) + "/" + component.name() + "@" + text(component.version());
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : Plain.of(text.substring(0, Math.min(LONGEST_TEXT, text.length())));
    }

    /// What each brings in; the last entry is the root's.
    private static List<Set<Integer>> children(Sbom sbom, Map<String, Integer> byRef, int n) {
        List<Set<Integer>> children = new ArrayList<>(n + 1);
        for (int i = 0; i <= n; i++) {
            children.add(new LinkedHashSet<>(2));
        }
        sbom.dependencies().forEach((from, to) -> {
            Integer parent = from.equals(sbom.root()) ? Integer.valueOf(n) : byRef.get(from);
            for (String ref : to) {
                Integer child = byRef.get(ref);
                if (parent != null && child != null && !parent.equals(child)) {
                    children.get(parent).add(child);
                }
            }
        });
        for (Component component : sbom.components()) {
            Integer parent = component.parent() == null ? null : byRef.get(component.parent());
            Integer child = byRef.get(component.ref());
            if (parent != null && child != null && !parent.equals(child)) {
                children.get(parent).add(child);
            }
        }
        return children;
    }

    /// By which entry each comes in on a shortest way; [#DIRECT] or [#UNKNOWN].
    private static int[] via(List<Set<Integer>> children, Set<Integer> direct, int n) {
        int[] via = new int[n];
        Arrays.fill(via, UNKNOWN);
        ArrayDeque<Integer> waiting = new ArrayDeque<>();
        for (int i : direct) {
            via[i] = DIRECT;
            waiting.add(i);
        }
        for (Integer at = waiting.poll(); at != null; at = waiting.poll()) {
            for (int child : children.get(at)) {
                if (via[child] == UNKNOWN) {
                    via[child] = at + 1;
                    waiting.add(child);
                }
            }
        }
        return via;
    }

    private static byte[] setDigest(byte[][] digests) {
        byte[][] sorted = digests.clone();
        Arrays.sort(sorted, Arrays::compareUnsigned);
        MessageDigest sha = Digests.sha256();
        for (byte[] digest : sorted) {
            sha.update(digest);
        }
        return sha.digest();
    }

    /// Of the relations by the digests of both ends.
    private static byte[] graphDigest(byte[][] digests, List<Set<Integer>> children) {
        int n = digests.length;
        Integer[] order = new Integer[n];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> Arrays.compareUnsigned(digests[a], digests[b]));
        int[] rank = new int[n];
        for (int i = 0; i < n; i++) {
            rank[order[i]] = i;
        }
        MessageDigest sha = Digests.sha256();
        sha.update(setDigest(digests)); // a path is that of a document: without relations, too
        for (int i = -1; i < n; i++) {
            byte[] parent = i < 0 ? new byte[32] : digests[order[i]]; // the root is 32 zeros
            children.get(i < 0 ? n : order[i]).stream()
                    .mapToInt(child -> rank[child])
                    .sorted()
                    .forEach(child -> {
                        sha.update(parent);
                        sha.update(digests[order[child]]);
                    });
        }
        return sha.digest();
    }
}
