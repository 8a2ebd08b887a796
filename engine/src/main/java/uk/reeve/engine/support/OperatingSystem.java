package uk.reeve.engine.support;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.purl.Purl;
import uk.reeve.engine.sbom.Component;

/// The release of a distribution: that of an inventory's operating system, or the one that a package is of.
///
/// @param id as `/etc/os-release` writes it, in lower case
/// @param version as told
record OperatingSystem(String id, String version) {

    /// Null where the component is no operating system that tells its release.
    static @Nullable OperatingSystem of(Component component) {
        String version = component.version();
        if (version == null || version.isEmpty()) {
            return null;
        }
        String told = component.properties().get("syft:distro:id");
        return new OperatingSystem((told == null ? component.name() : told).toLowerCase(Locale.ROOT), version);
    }

    /// Of `distro=debian-10.2`, or `distro=3.16.0` of a package of Alpine's; else what the person says
    /// (`Debian:10`). Null where neither tells.
    static @Nullable OperatingSystem ofPackage(Purl purl, @Nullable String distribution) {
        String distro = purl.qualifiers().get("distro");
        if (distro != null && !distro.isEmpty()) {
            String namespace = purl.namespace() == null ? "" : purl.namespace().toLowerCase(Locale.ROOT);
            int dash = numberAfterDash(distro);
            return dash < 0
                    ? new OperatingSystem(namespace, distro)
                    : new OperatingSystem(
                            distro.substring(0, dash).toLowerCase(Locale.ROOT), distro.substring(dash + 1));
        }
        int colon = distribution == null ? -1 : distribution.indexOf(':');
        return distribution == null || colon < 0
                ? null
                : new OperatingSystem(
                        distribution.substring(0, colon).toLowerCase(Locale.ROOT), distribution.substring(colon + 1));
    }

    /// `opensuse-leap-15.4`: the dash before the first part that begins with a digit.
    private static int numberAfterDash(String distro) {
        for (int at = distro.indexOf('-'); at >= 0; at = distro.indexOf('-', at + 1)) {
            if (at + 1 < distro.length() && Character.isDigit(distro.charAt(at + 1))) {
                return at;
            }
        }
        return -1;
    }

    /// The names of the products that it may be, most likely first. A closed list: a name that merely sounds alike must
    /// not meet.
    List<String> products() {
        return switch (id) {
            case "debian" -> List.of("debian");
            case "ubuntu" -> List.of("ubuntu");
            case "alpine" -> List.of("alpine-linux");
            case "rhel", "redhat", "red hat", "red hat enterprise linux" -> List.of("rhel");
            case "centos" -> List.of("centos", "centos-stream");
            case "centos-stream" -> List.of("centos-stream");
            case "rocky", "rocky linux" -> List.of("rocky-linux");
            case "almalinux", "alma" -> List.of("almalinux");
            case "fedora" -> List.of("fedora");
            case "ol", "oracle", "oraclelinux" -> List.of("oracle-linux");
            case "amzn", "amazon" -> List.of("amazon-linux");
            case "sles", "sled", "suse" -> List.of("sles");
            case "opensuse", "opensuse-leap", "opensuse.leap" -> List.of("opensuse");
            case "photon" -> List.of("photon");
            case "devuan" -> List.of("devuan");
            case "linuxmint" -> List.of("linuxmint");
            case "mageia" -> List.of("mageia");
            default -> List.of();
        };
    }
}
