package uk.reeve.engine.match;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.purl.Purl;
import uk.reeve.engine.sbom.Component;
import uk.reeve.engine.version.Ecosystem;

/// What a document says of its distribution's release beside the package URLs that should tell it: its operating
/// system, the `distro` of other packages, and marks in versions (`+deb12u3`, `~22.04.1`, `.el9`). Nothing is guessed
/// where nothing says anything.
///
/// A release of Debian or Ubuntu may hold a package that was built for an older one, never for a newer: so the highest
/// mark of the document decides. A RPM carries its own mark.
public final class ReleaseClues {

    /// Release to the number of packages that say so; the lowest first.
    private final Map<Ecosystem, TreeMap<String, Integer>> told = new HashMap<>();

    private final Map<Ecosystem, TreeMap<String, Integer>> marked = new HashMap<>();

    /// Hears a component of the document.
    public void add(Component component) {
        Purl purl = component.purl();
        if (component.type().equals("operating-system")) {
            String name = component.name();
            tell(DistributionPackage.byName(DistributionPackage.lower(name)), name + "-" + component.version());
        }
        if (purl == null || !isDistribution(purl)) {
            return;
        }
        String word = purl.qualifiers().get("distro");
        if (word != null) {
            tell(DistributionPackage.ecosystem(purl, word), word);
        }
        Ecosystem ecosystem = ecosystem(component, purl);
        String mark = ecosystem == null ? null : mark(ecosystem, version(component, purl));
        if (ecosystem != null && mark != null) {
            marked.computeIfAbsent(ecosystem, e -> new TreeMap<>(ReleaseClues::older))
                    .merge(mark, 1, Integer::sum);
        }
    }

    private void tell(@Nullable Ecosystem ecosystem, String word) {
        String number = ecosystem == null ? "" : DistributionPackage.number(ecosystem, word, null);
        if (ecosystem != null && !number.isEmpty()) {
            told.computeIfAbsent(ecosystem, e -> new TreeMap<>()).merge(number, 1, Integer::sum);
        }
    }

    /// The release that the component belongs to, as far as the document lets one say; null where it does not.
    public @Nullable InferredRelease of(Component component) {
        Purl purl = component.purl();
        Ecosystem ecosystem = purl == null || !isDistribution(purl) ? null : ecosystem(component, purl);
        if (purl == null || ecosystem == null) {
            return null;
        }
        TreeMap<String, Integer> words = told.get(ecosystem);
        if (words != null && words.size() == 1) {
            return release(ecosystem, words.firstKey(), "the document says elsewhere");
        }
        String own = mark(ecosystem, version(component, purl));
        TreeMap<String, Integer> marks = marked.get(ecosystem);
        if (own != null && (purl.type().equals("rpm") || marks == null)) {
            return release(ecosystem, own, "its version says");
        }
        if (marks == null || (purl.type().equals("rpm") && marks.size() > 1)) {
            return null;
        }
        int count = marks.lastEntry().getValue();
        return release(
                ecosystem,
                marks.lastKey(),
                count == 1 ? "the version of a package says" : "the versions of " + count + " packages say");
    }

    private static InferredRelease release(Ecosystem ecosystem, String number, String how) {
        return new InferredRelease(ecosystem.osvName() + ":" + number, how);
    }

    private static boolean isDistribution(Purl purl) {
        return switch (purl.type()) {
            case "deb", "rpm", "apk" -> true;
            default -> false;
        };
    }

    private static String version(Component component, Purl purl) {
        String version = purl.version() == null ? component.version() : purl.version();
        return version == null ? "" : version;
    }

    /// By the namespace; a Debian package without one by its version.
    private static @Nullable Ecosystem ecosystem(Component component, Purl purl) {
        String namespace = purl.namespace();
        if (namespace != null) {
            return DistributionPackage.byName(DistributionPackage.lower(namespace));
        }
        if (!purl.type().equals("deb")) {
            return null;
        }
        String version = version(component, purl);
        if (version.contains("ubuntu")) {
            return Ecosystem.UBUNTU;
        }
        return debian(version) == null ? null : Ecosystem.DEBIAN;
    }

    private static @Nullable String mark(Ecosystem ecosystem, String version) {
        return switch (ecosystem) {
            case DEBIAN -> debian(version);
            case UBUNTU -> ubuntu(version);
            case RED_HAT, ROCKY_LINUX, ALMALINUX -> {
                String after = numberAfter(version, ".el");
                yield after == null ? numberAfter(version, "+el") : after;
            }
            default -> null;
        };
    }

    /// `12` of `7.88.1-10+deb12u5`, `11` of `5.2.5-2.1~deb11u1` and of `2.0-1~bpo11+1`.
    private static @Nullable String debian(String version) {
        for (String word : new String[] {"+deb", "~deb", "~bpo"}) {
            String number = numberAfter(version, word);
            if (number != null) {
                return number;
            }
        }
        return null;
    }

    /// `22.04` of `1.2-3ubuntu0.22.04.1` and of `4.5~22.04`: what stands before is the program's own version.
    private static @Nullable String ubuntu(String version) {
        int from = version.indexOf("ubuntu");
        from = from < 0 ? version.indexOf('~') : from;
        for (int i = Math.max(from, 1); from >= 0 && i + 5 <= version.length(); i++) {
            boolean year = digit(version, i) && digit(version, i + 1) && !digit(version, i - 1);
            if (year && !digit(version, i + 5)) {
                String rest = version.substring(i + 2, i + 5);
                if (rest.equals(".04") || rest.equals(".10")) {
                    return version.substring(i, i + 5);
                }
            }
        }
        return null;
    }

    /// The one or two digits after a word; null where there are none.
    private static @Nullable String numberAfter(String version, String word) {
        int from = version.indexOf(word) + word.length();
        if (from < word.length() || !digit(version, from)) {
            return null;
        }
        int to = digit(version, from + 1) ? from + 2 : from + 1;
        return digit(version, to) ? null : version.substring(from, to);
    }

    private static boolean digit(String text, int at) {
        return at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9';
    }

    /// `9` is before `12`, `20.04` before `22.04`.
    private static int older(String one, String other) {
        return one.length() != other.length() ? Integer.compare(one.length(), other.length()) : one.compareTo(other);
    }
}
