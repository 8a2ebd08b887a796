import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import uk.reeve.engine.index.AdvisoryIndex;
import uk.reeve.engine.index.BadIndex;
import uk.reeve.engine.index.Entry;
import uk.reeve.engine.index.PackageEntries;
import uk.reeve.engine.index.PackageEntries.Installed;
import uk.reeve.engine.index.PackageEntries.Verdict;
import uk.reeve.engine.index.SlowPath;
import uk.reeve.engine.version.BadVersion;
import uk.reeve.engine.version.VersionOrder;

/// Holds versions of every package of the index against every entry of that package twice: by the index, and by the
/// ecosystem's comparer on every range. The versions are bounds and listed versions of the package itself, at most so
/// many, drawn by chance: what lies on a bound is where keys go wrong.
///
/// A pair falls back when the version's key, or that of a bound or listed version of the entry, is not exact.
///
/// Prints: pairs, pairs that differ, pairs that fall back, packages; then up to ten differences and, by ecosystem,
/// pairs and fall-backs.
public final class Answers {

    private final AdvisoryIndex index;
    private final SlowPath slow;
    private final int most;
    private final Random random = new Random(1);
    private final Map<String, long[]> byEcosystem = new TreeMap<>();
    private final List<String> differences = new ArrayList<>();
    private final Map<Integer, Boolean> exact = new java.util.HashMap<>();
    private long pairs;
    private long differ;
    private long fallBacks;
    private long packages;

    private Answers(AdvisoryIndex index, int most) {
        this.index = index;
        this.slow = new SlowPath(index);
        this.most = most;
    }

    public static void main(String[] args) throws Exception {
        Answers answers = new Answers(AdvisoryIndex.open(Path.of(args[0])), Integer.parseInt(args[1]));
        answers.index.packages(answers::hold);
        System.out.println(
                answers.pairs + " " + answers.differ + " " + answers.fallBacks + " " + answers.packages);
        answers.differences.forEach(System.out::println);
        answers.byEcosystem.forEach((name, counts) ->
                System.out.println(name + ": " + counts[0] + " pairs, " + counts[1] + " fell back"));
    }

    private void hold(PackageEntries entries) throws BadIndex {
        packages++;
        long[] counts = byEcosystem.computeIfAbsent(entries.ecosystem().osvName(), _ -> new long[2]);
        VersionOrder order = entries.ecosystem().order();
        boolean[] entryExact = new boolean[entries.size()];
        for (int e = 0; e < entryExact.length; e++) {
            entryExact[e] = exact(entries, order, entries.entry(e));
        }
        for (int number : drawn(entries)) {
            Installed version;
            try {
                version = new Installed(order, order.bound(entries.text(number)));
            } catch (BadVersion _) {
                continue; // never held against anything: reported as unknown
            }
            boolean versionExact = exact(order, entries, number);
            for (int e = 0; e < entries.size(); e++) {
                Entry entry = entries.entry(e);
                Verdict fast = entries.test(entry, version);
                Verdict real = slow.test(entries, entry, version.text());
                pairs++;
                counts[0]++;
                if (!versionExact || !entryExact[e]) {
                    fallBacks++;
                    counts[1]++;
                }
                if (fast != real) {
                    differ++;
                    if (differences.size() < 10) {
                        differences.add(entries.ecosystem().osvName() + " " + entries.name() + " " + version.text()
                                + ": the index says " + fast + ", the comparer " + real);
                    }
                }
            }
        }
    }

    /// Up to `most` of the package's versions, by chance.
    private Set<Integer> drawn(PackageEntries entries) {
        List<Integer> all = new ArrayList<>();
        for (int e = 0; e < entries.size(); e++) {
            Entry entry = entries.entry(e);
            for (int[] numbers : List.of(entry.lows(), entry.highs(), entry.listed())) {
                for (int number : numbers) {
                    if (number != 0) {
                        all.add(number);
                    }
                }
            }
        }
        Set<Integer> drawn = new LinkedHashSet<>();
        for (int tries = 0; tries < 4 * most && drawn.size() < most && !all.isEmpty(); tries++) {
            drawn.add(all.get(random.nextInt(all.size())));
        }
        return drawn;
    }

    private boolean exact(PackageEntries entries, VersionOrder order, Entry entry) throws BadIndex {
        for (int[] numbers : List.of(entry.lows(), entry.highs(), entry.listed())) {
            for (int number : numbers) {
                if (number != 0 && !exact(order, entries, number)) {
                    return false;
                }
            }
        }
        return true;
    }

    private boolean exact(VersionOrder order, PackageEntries entries, int number) throws BadIndex {
        Boolean known = exact.get(number);
        if (known == null) {
            try {
                known = order.key(order.bound(entries.text(number))).exact();
            } catch (BadVersion _) {
                known = false;
            }
            exact.put(number, known);
        }
        return known;
    }
}
