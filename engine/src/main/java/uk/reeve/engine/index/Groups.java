package uk.reeve.engine.index;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import uk.reeve.engine.advisory.OsvRecord;

/// Joins the records that alias each other. Only `aliases` unite; a distribution's notice is attached to each CVE that
/// it names in `upstream`, else in `related`, and unites nothing.
final class Groups {

    private record Member(int advisory, String id, List<String> speaksOf) {}

    private final Map<String, String> parent = new HashMap<>();
    private final List<Member> members = new ArrayList<>();
    private final Map<String, Integer> numberOfRoot = new HashMap<>();
    private final List<Group> groups = new ArrayList<>();
    private final Map<Integer, int[]> spoken = new HashMap<>();

    void add(int advisory, OsvRecord record, boolean notice) {
        if (record.withdrawn() != null) {
            return;
        }
        String id = record.id();
        root(id);
        List<String> named = notice ? named(record) : List.of();
        for (String cve : named) {
            root(cve);
        }
        if (!notice) {
            for (String alias : record.aliases()) {
                union(id, alias);
            }
        }
        members.add(new Member(advisory, id, named));
    }

    void settle() {
        Map<String, Set<String>> ids = new TreeMap<>();
        for (String id : parent.keySet()) {
            ids.computeIfAbsent(root(id), _ -> new TreeSet<>(BY_NAME)).add(id);
        }
        Map<String, List<Integer>> advisories = new HashMap<>();
        for (Member member : members) {
            if (member.speaksOf.isEmpty()) {
                advisories
                        .computeIfAbsent(root(member.id), _ -> new ArrayList<>())
                        .add(member.advisory);
            }
        }
        Set<String> wanted = new LinkedHashSet<>(advisories.keySet());
        for (Member member : members) {
            for (String cve : member.speaksOf) {
                wanted.add(root(cve));
            }
        }
        for (Map.Entry<String, Set<String>> e : ids.entrySet()) {
            if (wanted.contains(e.getKey())) {
                numberOfRoot.put(e.getKey(), groups.size());
                groups.add(new Group(
                        groups.size(), List.copyOf(e.getValue()), advisories.getOrDefault(e.getKey(), List.of())));
            }
        }
        for (Member member : members) {
            Set<Integer> numbers = new LinkedHashSet<>();
            for (String cve : member.speaksOf) {
                numbers.add(groupOf(cve));
            }
            if (numbers.isEmpty()) {
                numbers.add(groupOf(member.id));
            }
            spoken.put(
                    member.advisory,
                    numbers.stream().mapToInt(Integer::intValue).toArray());
        }
    }

    List<Group> list() {
        return groups;
    }

    /// Groups that a record speaks of; none where it is withdrawn.
    int[] spokenOf(int advisory) {
        return spoken.getOrDefault(advisory, new int[0]);
    }

    private int groupOf(String id) {
        Integer number = numberOfRoot.get(root(id));
        return number == null ? 0 : number;
    }

    /// The CVEs that a notice names.
    private static List<String> named(OsvRecord record) {
        List<String> cves = cves(record.upstream());
        if (cves.isEmpty()) {
            cves = cves(record.related());
        }
        return cves.isEmpty() ? cves(record.aliases()) : cves;
    }

    /// `UBUNTU-CVE-2021-44228` names the CVE that it ends in.
    private static List<String> cves(List<String> ids) {
        Map<String, Boolean> found = new LinkedHashMap<>();
        for (String id : ids) {
            int at = id.indexOf("CVE-");
            if (at >= 0) {
                found.put(id.substring(at), true);
            }
        }
        return List.copyOf(found.keySet());
    }

    private String root(String id) {
        String at = id;
        String up = parent.computeIfAbsent(at, same -> same);
        while (!up.equals(at)) {
            String over = parent.getOrDefault(up, up);
            parent.put(at, over);
            at = up;
            up = over;
        }
        return at;
    }

    private void union(String a, String b) {
        String rootA = root(a);
        String rootB = root(b);
        if (!rootA.equals(rootB)) {
            parent.put(
                    BY_NAME.compare(rootA, rootB) < 0 ? rootB : rootA,
                    BY_NAME.compare(rootA, rootB) < 0 ? rootA : rootB);
        }
    }

    /// CVE first, then GHSA, then the source's own; malicious-package ids before all others of a source.
    static final Comparator<String> BY_NAME =
            Comparator.comparingInt(Groups::rank).thenComparing(Comparator.naturalOrder());

    private static int rank(String id) {
        return id.startsWith("CVE-") ? 0 : id.startsWith("GHSA-") ? 1 : id.startsWith("MAL-") ? 2 : 3;
    }
}
