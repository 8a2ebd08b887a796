package uk.reeve.scanner.malice;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import uk.reeve.scanner.malice.sign.Sightings;
import uk.reeve.scanner.malice.sign.Sign;

/// What the signs of a package weigh, 0 to 100, and why. Signs count together where they can work together: in one
/// file, among what runs at installation, and in the whole of a package that has few files; what concerns the
/// package as such (its name, its archive) counts with each. The heaviest such group is the package's; a thousand
/// honest files do not add up to a guilty one.
///
/// @param points 0 to 100
/// @param signs those of the heaviest group, heaviest first
/// @param combinations those that are met there
/// @param others what the signs of other files add, at most 10
public record Score(int points, List<Sign> signs, List<Extra> combinations, int others) {

    /// A package whose points are more than these looks malicious.
    public static final int ALARM = 60;

    private static final int MOST = 100;
    private static final int MINOR = 10;
    private static final int MOST_OF_MINOR = 15;
    private static final int MOST_OF_OTHERS = 10;

    /// @param points beyond the sum
    /// @param reason why
    public record Extra(int points, String reason) {}

    /// @param small whether the package has so few files that all of them are one group
    static Score of(Sightings sightings, boolean small) {
        Map<String, Set<Sign>> byFile = sightings.byFile();
        Set<Sign> whole = byFile.getOrDefault(Sightings.PACKAGE, Set.of());
        Set<Sign> all = new HashSet<>(whole);
        Score heaviest = of(whole);
        for (Set<Sign> signs : byFile.values()) {
            all.addAll(signs);
            Set<Sign> group = new HashSet<>(signs);
            group.addAll(whole);
            Score score = of(group);
            heaviest = score.points > heaviest.points ? score : heaviest;
        }
        if (small) {
            Score together = of(all);
            heaviest = together.points > heaviest.points ? together : heaviest;
        }
        int rest = 0;
        for (Sign sign : all) {
            rest += heaviest.signs.contains(sign) ? 0 : sign.weight();
        }
        int others = Math.min(MOST_OF_OTHERS, rest / 10);
        return new Score(Math.min(MOST, heaviest.points + others), heaviest.signs, heaviest.combinations, others);
    }

    private static Score of(Set<Sign> group) {
        List<Sign> signs = new ArrayList<>(group);
        signs.sort((a, b) ->
                a.weight() != b.weight() ? b.weight() - a.weight() : a.name().compareTo(b.name()));
        int sum = 0;
        int minor = 0;
        Set<String> names = new HashSet<>();
        for (Sign sign : signs) {
            names.add(sign.name());
            if (sign.weight() >= MINOR) {
                sum += sign.weight();
            } else {
                minor += sign.weight();
            }
        }
        sum += Math.min(MOST_OF_MINOR, minor);
        List<Extra> extras = new ArrayList<>();
        for (Combination combination : Combination.ALL) {
            if (combination.isMet(names)) {
                extras.add(new Extra(combination.extra(), combination.reason()));
                sum += combination.extra();
            }
        }
        return new Score(sum, signs, extras, 0);
    }

    public boolean isAlarm() {
        return points > ALARM;
    }
}
