package uk.reeve.engine.match;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.purl.Purl;
import uk.reeve.engine.sbom.Component;
import uk.reeve.engine.version.Ecosystem;

/// Whether a package on a distribution was built by somebody else, whose numbers and mends are their own: by the
/// mark in its version, and of RPM by the vendor in its header.
final class ThirdParty {

    // Remi, RPM Fusion, PostgreSQL, IUS, NodeSource, ELRepo, Copr.
    private static final List<String> RPM =
            List.of(".remi", ".rpmfusion", "pgdg", ".ius", "nodesource", ".elrepo", ".copr");
    // PostgreSQL, Sury's PHP, personal archives of Launchpad. NodeSource's packages for dpkg are judged: the lists of
    // hosts
    // that findings are held against count them.
    private static final List<String> DEB = List.of(".pgdg", "deb.sury.org", "~ppa");

    private ThirdParty() {}

    /// What tells it: the version, or the vendor; null where nothing does.
    static @Nullable String of(Component component, Purl purl, Ecosystem ecosystem, @Nullable String version) {
        List<String> marks = purl.type().equals("rpm") ? RPM : purl.type().equals("deb") ? DEB : List.of();
        for (String mark : marks) {
            if (version != null && version.contains(mark)) {
                return version;
            }
        }
        String vendor = component.properties().get("rpm:vendor");
        List<String> own = vendors(ecosystem);
        if (vendor == null || own.isEmpty()) {
            return null;
        }
        for (String word : own) {
            if (vendor.toLowerCase(Locale.ROOT).contains(word)) {
                return null;
            }
        }
        return vendor;
    }

    /// Words of which one stands in the vendor of the distribution's own packages; EPEL's says Fedora Project.
    private static List<String> vendors(Ecosystem ecosystem) {
        return switch (ecosystem) {
            case RED_HAT -> List.of("red hat", "centos");
            case ROCKY_LINUX -> List.of("rocky");
            case ALMALINUX -> List.of("alma");
            case SUSE, OPENSUSE -> List.of("suse");
            default -> List.of();
        };
    }
}
