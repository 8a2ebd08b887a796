package uk.reeve.engine.match;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.index.BadIndex;
import uk.reeve.engine.index.Entry;
import uk.reeve.engine.index.PackageEntries;
import uk.reeve.engine.index.PackageEntries.Installed;
import uk.reeve.engine.index.PackageEntries.Verdict;
import uk.reeve.engine.version.BadVersion;
import uk.reeve.engine.version.Ecosystem;

/// Finds the version to move to: of all that any record of the package calls fixed, above the installed one, no
/// pre-release unless the installed one is, the lowest that no record affects; of a Maven package in flavours (`-jre`,
/// `-android`, `.jre11`) the lowest of the installed one's, if there is one. Nobody checks that it was published.
final class Moves {

    private static final int MOST_CANDIDATES = 2_000;

    private final List<PackageEntries> packages;
    private final Installed installed;

    Moves(List<PackageEntries> packages, Installed installed) {
        this.packages = packages;
        this.installed = installed;
    }

    /// @return null where there is nothing to move away from
    @Nullable
    Move of(List<Finding> findings) throws BadIndex {
        String last = null;
        boolean wanted = false;
        for (Finding finding : findings) {
            if (finding.confidence() == Confidence.EXACT) {
                wanted = true;
                last = finding.lastAffected() == null ? last : finding.lastAffected();
            }
        }
        if (!wanted) {
            return null;
        }
        Installed best = null;
        for (Installed candidate : candidates()) {
            boolean suits = suits(flavour(candidate.text()));
            if ((best == null || suits) && clean(candidate)) {
                best = candidate;
                if (suits) {
                    break;
                }
            }
        }
        return best == null
                ? new Move(null, last, false)
                : new Move(best.text(), null, !major(best.text()).equals(major(installed.text())));
    }

    /// `jre` of `31.1-jre`, `android`, `jre11`; empty where the version has none, or the package is not Maven's.
    private String flavour(String version) {
        String end = version.substring(1 + Math.max(version.lastIndexOf('-'), version.lastIndexOf('.')));
        boolean flavoured = end.equals("android") || end.startsWith("jre") || end.startsWith("jdk");
        return flavoured && packages.getFirst().ecosystem() == Ecosystem.MAVEN ? end : "";
    }

    private boolean suits(String flavour) {
        String own = flavour(installed.text());
        return own.isEmpty() ? !flavour.equals("android") : flavour.equals(own);
    }

    /// Guava comes out in both flavours under one number, and its records name the lower: `32.0.0-jre` for
    /// `32.0.0-android`.
    private @Nullable String twin(String version) {
        String own = flavour(installed.text());
        boolean other = flavour(version).equals("android") && (own.isEmpty() || own.equals("jre"));
        return other ? version.substring(0, version.length() - "android".length()) + "jre" : null;
    }

    /// Fixed versions above the installed one, lowest first, each once.
    private List<Installed> candidates() throws BadIndex {
        boolean early = PreRelease.is(packages.getFirst().ecosystem(), installed.text());
        List<Installed> found = new ArrayList<>();
        List<Integer> seen = new ArrayList<>();
        for (PackageEntries entries : packages) {
            for (int i = 0; i < entries.size(); i++) {
                Entry entry = entries.entry(i);
                for (int s = 0; s < entry.highs().length; s++) {
                    int high = entry.highs()[s];
                    if (high == 0 || entry.includes()[s] || seen.contains(high) || found.size() > MOST_CANDIDATES) {
                        continue;
                    }
                    seen.add(high);
                    add(entries, high, early, found);
                }
            }
        }
        sort(found);
        return found;
    }

    /// By insertion: few, nearly sorted, and sound even where an order has circles (Maven's has some).
    private static void sort(List<Installed> found) {
        for (int i = 1; i < found.size(); i++) {
            Installed moving = found.get(i);
            int at = i;
            while (at > 0 && below(moving, found.get(at - 1))) {
                found.set(at, found.get(at - 1));
                at--;
            }
            found.set(at, moving);
        }
    }

    private static boolean below(Installed a, Installed b) {
        try {
            return a.compareTo(b) < 0;
        } catch (BadVersion _) {
            return false; // each is taken by itself; what cannot be told apart stays as it stands
        }
    }

    private void add(PackageEntries entries, int high, boolean early, List<Installed> found) throws BadIndex {
        try {
            if (entries.compare(installed, high) < 0) {
                String text = entries.text(high);
                boolean apart = packages.getFirst().ecosystem().purlType().equals("rpm")
                        && ModuleStream.apart(entries.name(), installed.text(), text);
                if (!apart && (early || !PreRelease.is(entries.ecosystem(), text))) {
                    found.add(new Installed(entries.ecosystem().order(), text));
                    String twin = twin(text);
                    if (twin != null) {
                        found.add(new Installed(entries.ecosystem().order(), twin));
                    }
                }
            }
        } catch (BadVersion _) {
            // a bound that its order refuses is no version to move to
        }
    }

    private boolean clean(Installed candidate) throws BadIndex {
        for (PackageEntries entries : packages) {
            for (int i = 0; i < entries.size(); i++) {
                Entry entry = entries.entry(i);
                if (entries.test(entry, candidate) != Verdict.NOT_AFFECTED
                        && !ModuleStream.apart(entries, entry, entries.span(entry, candidate), candidate)) {
                    return false;
                }
            }
        }
        return true;
    }

    /// The first number: an epoch or a leading `v` aside.
    private static String major(String version) {
        int from = version.startsWith("v") ? 1 : version.indexOf(':') + 1;
        int to = from;
        while (to < version.length() && Character.isDigit(version.charAt(to))) {
            to++;
        }
        return version.substring(from, to);
    }
}
