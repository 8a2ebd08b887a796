package uk.reeve.cli.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import uk.reeve.engine.version.BadVersion;
import uk.reeve.engine.version.Ecosystem;

/// What came and went between two reports. Packages are paired by name, then by their set of versions; renames and
/// forks are not guessed. A flaw is the same where the package is and an id is shared.
///
/// @param opened findings of the newer one alone, most urgent first
/// @param closed findings of the older one alone, most urgent first
/// @param staying how many flaws are in both
/// @param lapsed releases that are out of support in the newer one alone
/// @param recovered releases that are out of support in the older one alone
/// @param changes of components, by name
public record Difference(
        SavedReport old,
        SavedReport now,
        List<SavedReport.Entry> opened,
        List<SavedReport.Entry> closed,
        int staying,
        List<SavedReport.Ended> lapsed,
        List<SavedReport.Ended> recovered,
        List<Change> changes) {

    /// What happened to a package.
    ///
    /// @param from its versions before; empty where it is new
    /// @param to its versions after; empty where it is gone
    /// @param downgraded whether its one version became a lower one
    public record Change(String packageName, String name, List<String> from, List<String> to, boolean downgraded) {}

    static final Comparator<SavedReport.Entry> ORDER = Comparator.comparing((SavedReport.Entry e) -> !e.malicious())
            .thenComparing(e -> !e.exploited())
            .thenComparing(e -> -e.score())
            .thenComparing(SavedReport.Entry::id)
            .thenComparing(SavedReport.Entry::packageName)
            .thenComparing(SavedReport.Entry::version);

    public static Difference of(SavedReport old, SavedReport now) {
        List<SavedReport.Entry> opened = without(now.findings(), old.findings());
        List<SavedReport.Entry> closed = without(old.findings(), now.findings());
        Set<String> stay = new HashSet<>();
        Set<SavedReport.Entry> fresh = new HashSet<>(opened);
        for (SavedReport.Entry entry : now.findings()) {
            if (!fresh.contains(entry)) {
                stay.add(entry.id());
            }
        }
        return new Difference(
                old,
                now,
                opened,
                closed,
                stay.size(),
                alone(now.ended(), old.ended()),
                alone(old.ended(), now.ended()),
                changes(old, now));
    }

    private static List<SavedReport.Ended> alone(List<SavedReport.Ended> these, List<SavedReport.Ended> others) {
        Set<String> known = new HashSet<>();
        for (SavedReport.Ended other : others) {
            known.add(other.id());
        }
        List<SavedReport.Ended> alone = new ArrayList<>();
        for (SavedReport.Ended ended : these) {
            if (known.add(ended.id())) {
                alone.add(ended);
            }
        }
        return alone;
    }

    // Of a flaw that several versions of a package have, one line.
    private static List<SavedReport.Entry> without(List<SavedReport.Entry> these, List<SavedReport.Entry> others) {
        Set<String> known = new HashSet<>();
        for (SavedReport.Entry other : others) {
            for (String id : other.ids()) {
                known.add(other.packageName() + "\n" + id);
            }
        }
        Map<String, SavedReport.Entry> alone = new LinkedHashMap<>();
        for (SavedReport.Entry entry : these) {
            boolean both = false;
            for (String id : entry.ids()) {
                both |= known.contains(entry.packageName() + "\n" + id);
            }
            if (!both) {
                alone.putIfAbsent(entry.packageName() + "\n" + entry.id(), entry);
            }
        }
        List<SavedReport.Entry> sorted = new ArrayList<>(alone.values());
        sorted.sort(ORDER);
        return sorted;
    }

    private static List<Change> changes(SavedReport old, SavedReport now) {
        Map<String, Set<String>> before = versions(old);
        Map<String, Set<String>> after = versions(now);
        Map<String, String> names = new HashMap<>();
        old.components().forEach(part -> names.put(part.packageName(), part.name()));
        now.components().forEach(part -> names.put(part.packageName(), part.name()));
        List<Change> changes = new ArrayList<>();
        for (String name : new TreeSet<>(names.keySet())) {
            List<String> from = List.copyOf(before.getOrDefault(name, Set.of()));
            List<String> to = List.copyOf(after.getOrDefault(name, Set.of()));
            if (!from.equals(to)) {
                changes.add(new Change(name, names.getOrDefault(name, name), from, to, downgraded(name, from, to)));
            }
        }
        return changes;
    }

    private static Map<String, Set<String>> versions(SavedReport report) {
        Map<String, Set<String>> versions = new HashMap<>();
        for (SavedReport.Part part : report.components()) {
            versions.computeIfAbsent(part.packageName(), n -> new TreeSet<>()).add(part.version());
        }
        return versions;
    }

    private static boolean downgraded(String name, List<String> from, List<String> to) {
        if (from.size() != 1 || to.size() != 1) {
            return false;
        }
        int slash = name.indexOf('/');
        List<Ecosystem> all = slash < 0 ? List.of() : Ecosystem.ofPurlType(name.substring(0, slash));
        try {
            return !all.isEmpty() && all.getFirst().order().compare(to.getFirst(), from.getFirst()) < 0;
        } catch (BadVersion e) {
            return false;
        }
    }

    /// The versions of that package after the change, `commons-text 1.9 -> 1.12.0`, or its one version where it stays.
    String move(SavedReport.Entry entry) {
        for (Change change : changes) {
            if (change.packageName().equals(entry.packageName())) {
                String from = change.from().isEmpty() ? "" : String.join(", ", change.from());
                String to = change.to().isEmpty() ? "gone" : String.join(", ", change.to());
                return from.isEmpty() ? to + " (new)" : from + " -> " + to;
            }
        }
        return entry.version();
    }
}
