package uk.reeve.cli;

import java.util.List;
import java.util.Locale;

/// A distribution as people name it (`debian:12`), in OSV's words (`Debian:12`).
final class Distributions {

    private static final List<String> NAMES = List.of(
            "debian", "ubuntu", "alpine", "wolfi", "chainguard", "rhel", "rocky", "almalinux", "suse", "opensuse");

    private Distributions() {}

    static String of(String text) throws Refused {
        int colon = text.indexOf(':');
        String name = (colon < 0 ? text : text.substring(0, colon))
                .toLowerCase(Locale.ROOT)
                .strip();
        String release = colon < 0 ? "" : text.substring(colon + 1).strip();
        String word =
                switch (name) {
                    case "debian" -> "Debian";
                    case "ubuntu" -> "Ubuntu";
                    case "alpine" -> "Alpine";
                    case "wolfi" -> "Wolfi";
                    case "chainguard" -> "Chainguard";
                    case "rhel", "redhat", "red hat" -> "Red Hat";
                    case "rocky", "rocky linux" -> "Rocky Linux";
                    case "almalinux", "alma" -> "AlmaLinux";
                    case "suse", "sles" -> "SUSE";
                    case "opensuse" -> "openSUSE";
                    default -> {
                        String near = Nearest.to(name, NAMES);
                        throw Refused.usage("--distro takes no \"" + Shown.text(text) + "\"; "
                                + (near == null
                                        ? "it takes " + String.join(", ", NAMES)
                                        : "did you mean " + near + "?"));
                    }
                };
        boolean rolling = word.equals("Wolfi") || word.equals("Chainguard");
        if (release.isEmpty() && !rolling) {
            throw Refused.usage("--distro " + Shown.text(text) + " needs a release: " + name + ":12");
        }
        return rolling || release.isEmpty() ? word : word + ":" + release;
    }
}
