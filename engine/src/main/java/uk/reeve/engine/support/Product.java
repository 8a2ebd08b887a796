package uk.reeve.engine.support;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A product and its releases.
///
/// @param name by which endoflife.date names it in addresses: `rails`
/// @param title for people: `Ruby on Rails`
/// @param extendedName what support beyond the usual is called: `Debian LTS`; empty where nothing is told
/// @param policy address of the maker's own policy; empty where none is told
/// @param cycles in the order of the source, the newest first as a rule
public record Product(String name, String title, String extendedName, String policy, List<Cycle> cycles) {

    /// The page that the dates come from.
    public String page() {
        return "https://endoflife.date/" + name;
    }

    /// The release that a version belongs to, by its leading parts: 6.1 of `6.1.7.10`, and not 6.1 of `6.10`.
    /// Of several it is the one with more parts. A codename is taken as well. Null where none is told.
    @Nullable
    Cycle of(String version) {
        int from = version.startsWith("v") || version.startsWith("V") ? 1 : 0;
        Cycle found = null;
        for (Cycle cycle : cycles) {
            String name = cycle.name();
            boolean longer = found == null || name.length() > found.name().length();
            if (longer && version.startsWith(name, from) && endsAt(version, from + name.length())) {
                found = cycle;
            }
        }
        boolean word = found == null && !version.isEmpty() && !isDigit(version.charAt(0));
        for (Cycle cycle : word ? cycles : List.<Cycle>of()) {
            if (isCodename(cycle.codename(), version)) {
                return cycle;
            }
        }
        return found;
    }

    private static boolean endsAt(String version, int at) {
        return at == version.length() || !isDigit(version.charAt(at));
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /// `jammy` of `Jammy Jellyfish`.
    private static boolean isCodename(String codename, String word) {
        int end = codename.indexOf(' ');
        String first = end < 0 ? codename : codename.substring(0, end);
        return !first.isEmpty() && first.equalsIgnoreCase(word);
    }

    /// The release to move to: of those that are supported and came out after this one the newest, one with
    /// long support where there is such. Null where there is none.
    @Nullable
    Cycle after(Cycle old, int today) {
        Cycle best = null;
        for (Cycle cycle : cycles) {
            boolean fits = cycle.released() > old.released() && cycle.released() <= today && !cycle.endedOn(today);
            if (fits && (best == null || better(cycle, best, today))) {
                best = cycle;
            }
        }
        return best;
    }

    private static boolean better(Cycle cycle, Cycle best, int today) {
        return cycle.isLts(today) != best.isLts(today) ? cycle.isLts(today) : cycle.released() > best.released();
    }
}
