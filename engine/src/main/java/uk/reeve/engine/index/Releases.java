package uk.reeve.engine.index;

import uk.reeve.engine.version.Ecosystem;

/// The release under which a distribution's packages are looked up. Records name product lines (`Red Hat:
/// enterprise_linux:9::appstream`, `SUSE:Linux Enterprise Module for Basesystem 15 SP6`); hosts name a version.
public final class Releases {

    private Releases() {}

    /// @param release what an OSV record writes after the ecosystem's name; empty where it writes nothing
    public static String lookup(Ecosystem ecosystem, String release) {
        return switch (ecosystem) {
            case RED_HAT -> redHat(release);
            case SUSE, OPENSUSE -> suse(release);
            case UBUNTU -> release.endsWith(":LTS") ? release.substring(0, release.length() - 4) : release;
            case ALPINE -> release.startsWith("v") || release.isEmpty() ? release : "v" + release;
            default -> release;
        };
    }

    /// `9` of `enterprise_linux:9::appstream`; other lines (`rhel_eus:9.2::baseos`) are kept whole, since their fixes
    /// are for subscribers of those lines only.
    private static String redHat(String release) {
        String line = "enterprise_linux:";
        if (!release.startsWith(line)) {
            return release;
        }
        int end = release.indexOf(':', line.length());
        return end < 0 ? release.substring(line.length()) : release.substring(line.length(), end);
    }

    /// `15.6` of `Linux Enterprise Server 15 SP6` and of `Leap 15.6`; lines for some customers (`-LTSS`) keep the mark.
    private static String suse(String release) {
        String[] words = release.split(" ");
        for (int i = 0; i < words.length; i++) {
            if (words[i].isEmpty() || !Character.isDigit(words[i].charAt(0))) {
                continue;
            }
            if (i + 1 < words.length && words[i + 1].startsWith("SP")) {
                return words[i] + "." + words[i + 1].substring(2);
            }
            if (i == words.length - 1) {
                return words[i];
            }
        }
        return release;
    }
}
