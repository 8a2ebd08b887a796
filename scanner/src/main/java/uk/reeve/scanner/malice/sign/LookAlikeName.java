package uk.reeve.scanner.malice.sign;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import uk.reeve.scanner.malice.content.CheckedPackage;
import uk.reeve.scanner.malice.content.Manifest;

/// A name that somebody types, or reads, in place of a popular one: a letter more, fewer, other or moved; letters
/// that look alike; the same words in another order or joined otherwise. A name that is popular itself is no
/// imitation.
final class LookAlikeName extends Sign {

    private static final int TARGETS = 4_000;
    private static final int SHORTEST = 5;
    private static final int LONGEST = 200;
    private static final String ALIKE =
            "0o1l3e4a5s\u0430a\u0435e\u043eo\u0440p\u0441c\u0443y\u0445x\u0456i\u0458j\u0455s\u03bfo\u03b1a\u0131i";

    LookAlikeName() {
        super(
                "look-alike-name",
                "has a name that looks like that of a popular package",
                40,
                "honest packages have near names as well: what is popular itself is left out, and a name alone gives no alarm",
                "T1036.005",
                "T1195.002");
    }

    @Override
    public void look(CheckedPackage whole, Sightings out) {
        for (Manifest manifest : whole.manifests()) {
            String name = manifest.name();
            String target = name == null || name.length() > LONGEST ? null : target(manifest.type(), name);
            if (target != null) {
                out.addOfPackage(this, manifest.path(), 0, name + ", and " + target + " is popular");
                return;
            }
        }
    }

    /// The popular name that it is near to; null where there is none, or it is one itself.
    static @Nullable String target(String type, String told) {
        String name = type.equals("maven") ? told.substring(0, Math.max(0, told.indexOf(':'))) : key(type, told);
        List<String> popular = PopularNames.of(type);
        for (String each : popular) {
            if (key(type, each).equals(name) || (type.equals("maven") && name.startsWith(each + "."))) {
                return null;
            }
        }
        String plain = plain(name);
        for (String each : popular.subList(0, Math.min(TARGETS, popular.size()))) {
            String target = key(type, each);
            boolean near = target.length() >= SHORTEST && isOneEdit(name, target) && !isNumbered(name, target);
            boolean looks = target.length() >= SHORTEST - 1 && plain.equals(plain(target)) && !name.equals(target);
            boolean group = type.equals("maven")
                    && name.indexOf('.') > 0
                    && target.indexOf('.') > 0
                    && name.substring(name.indexOf('.')).equals(target.substring(target.indexOf('.')));
            if (near || looks || group || isReordered(name, target)) {
                return each;
            }
        }
        return null;
    }

    private static String key(String type, String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return type.equals("pypi") || type.equals("cargo") ? lower.replaceAll("[-_.]{1,20}", "-") : lower;
    }

    // Without what joins words, and with each letter as the one that it looks like.
    private static String plain(String name) {
        StringBuilder out = new StringBuilder();
        for (char c : name.toCharArray()) {
            int at = ALIKE.indexOf(c);
            if (at >= 0 && at % 2 == 0) {
                out.append(ALIKE.charAt(at + 1));
            } else if (Character.isLetterOrDigit(c)) {
                out.append(c);
            }
        }
        return out.toString().replace("rn", "m").replace("vv", "w").replace('i', 'l');
    }

    private static boolean isReordered(String name, String target) {
        if (name.length() != target.length() || target.length() < 8 || name.equals(target) || target.indexOf('-') < 0) {
            return false;
        }
        String[] one = name.split("-", -1);
        String[] other = target.split("-", -1);
        java.util.Arrays.sort(one);
        java.util.Arrays.sort(other);
        return java.util.Arrays.equals(one, other);
    }

    // request2, or python3-x beside python-x: a later one of the same kind.
    private static boolean isNumbered(String name, String target) {
        return name.replaceAll("\\d{1,8}", "").equals(target.replaceAll("\\d{1,8}", ""))
                && !name.equals(target)
                && name.chars().anyMatch(Character::isDigit);
    }

    /// Whether one insertion, deletion, replacement or exchange of neighbours makes one of the other.
    static boolean isOneEdit(String a, String b) {
        int longer = a.length() - b.length();
        if (Math.abs(longer) > 1 || a.equals(b)) {
            return false;
        }
        int same = 0;
        while (same < Math.min(a.length(), b.length()) && a.charAt(same) == b.charAt(same)) {
            same++;
        }
        if (longer == 0) {
            boolean moved = same + 1 < a.length()
                    && a.charAt(same) == b.charAt(same + 1)
                    && a.charAt(same + 1) == b.charAt(same)
                    && a.substring(same + 2).equals(b.substring(same + 2));
            return moved || a.substring(same + 1).equals(b.substring(same + 1));
        }
        return longer > 0
                ? a.substring(same + 1).equals(b.substring(same))
                : a.substring(same).equals(b.substring(same + 1));
    }
}
