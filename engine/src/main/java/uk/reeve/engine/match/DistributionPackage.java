package uk.reeve.engine.match;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.index.Releases;
import uk.reeve.engine.purl.BadPurl;
import uk.reeve.engine.purl.Purl;
import uk.reeve.engine.sbom.Component;
import uk.reeve.engine.version.Ecosystem;

/// How a distribution's package is looked up: within its release, by the source package where the distribution's
/// records
/// name sources (Debian, Ubuntu, Alpine, Rocky, SUSE), by the binary where they name binaries (Red Hat, AlmaLinux,
/// Wolfi).
final class DistributionPackage {

    private static final Map<String, String> DEBIAN_NAMES =
            Map.of("buster", "10", "bullseye", "11", "bookworm", "12", "trixie", "13", "forky", "14", "stretch", "9");
    private static final Map<String, String> UBUNTU_NAMES = Map.of(
            "trusty", "14.04", "xenial", "16.04", "bionic", "18.04", "focal", "20.04", "jammy", "22.04", "noble",
            "24.04", "plucky", "25.04");

    private static final Set<String> TYPES = Set.of("deb", "apk", "rpm");

    private DistributionPackage() {}

    static Identity identity(Component component, Purl purl, @Nullable String distribution) {
        String release = purl.qualifiers().get("distro");
        String word = release != null ? release : distribution == null ? "" : distribution;
        Ecosystem ecosystem = ecosystem(purl, word);
        String version = version(component, purl);
        if (ecosystem == null) {
            String namespace = purl.namespace();
            boolean told = (namespace != null && !namespace.equals("unknown")) || !word.isEmpty();
            return told
                    ? Identity.refused(
                            Outcome.Coverage.NOT_COVERED,
                            purl.name(),
                            "no advisory source covers the distribution " + (namespace == null ? word : namespace))
                    : Identity.refused(
                            Outcome.Coverage.UNKNOWN_RELEASE,
                            purl.name(),
                            "distribution unknown; name it with --distro");
        }
        String number = number(ecosystem, word, distribution);
        if (number.isEmpty() && ecosystem != Ecosystem.WOLFI && ecosystem != Ecosystem.CHAINGUARD) {
            return Identity.refused(
                    Outcome.Coverage.UNKNOWN_RELEASE,
                    purl.name(),
                    "release of " + ecosystem.osvName() + " unknown; name it with --distro");
        }
        String builder = ThirdParty.of(component, purl, ecosystem, version);
        if (builder != null) {
            return Identity.refused(
                    Outcome.Coverage.NOT_JUDGED,
                    purl.name(),
                    "was built by a third party (" + builder + "), so " + ecosystem.osvName()
                            + "'s advisories do not judge it");
        }
        Source source = source(component, purl, version);
        boolean bySource =
                switch (ecosystem) {
                    case DEBIAN, UBUNTU, ALPINE, ROCKY_LINUX, SUSE, OPENSUSE -> true;
                    default -> false;
                };
        return new Identity(
                List.of(ecosystem),
                Releases.lookup(ecosystem, number),
                bySource ? source.name : purl.name(),
                bySource ? source.version : version,
                false,
                null);
    }

    private record Source(String name, @Nullable String version) {}

    /// `upstream=glibc@2.36-9`, `upstream=glibc-2.28-225.el8.src.rpm`, or what trivy tells in properties.
    private static Source source(Component component, Purl purl, @Nullable String version) {
        String upstream = purl.qualifiers().get("upstream");
        if (upstream != null && upstream.endsWith(".src.rpm")) {
            String base = upstream.substring(0, upstream.length() - ".src.rpm".length());
            int release = base.lastIndexOf('-');
            int number = release < 0 ? -1 : base.lastIndexOf('-', release - 1);
            if (number > 0) {
                String told = base.substring(number + 1);
                // the binary's epoch is the source's only where their versions agree
                boolean same = version != null && version.endsWith(told);
                return new Source(base.substring(0, number), same ? version : told);
            }
        }
        if (upstream != null) {
            int at = upstream.indexOf('@');
            return at < 0
                    ? new Source(upstream, version)
                    : new Source(upstream.substring(0, at), upstream.substring(at + 1));
        }
        String name = Identity.property(component.properties(), "aquasecurity:trivy:SrcName", "syft:metadata:source");
        if (name == null) {
            name = Identity.property(component.properties(), "syft:metadata:originPackage");
        }
        if (name == null) {
            return new Source(purl.name(), version);
        }
        String told = Identity.property(
                component.properties(), "aquasecurity:trivy:SrcVersion", "syft:metadata:sourceVersion");
        String revision = Identity.property(component.properties(), "aquasecurity:trivy:SrcRelease");
        String epoch = Identity.property(component.properties(), "aquasecurity:trivy:SrcEpoch");
        if (told == null) {
            return new Source(name, version);
        }
        String whole = revision == null || told.endsWith("-" + revision) ? told : told + "-" + revision;
        return new Source(name, epoch == null || epoch.equals("0") ? whole : epoch + ":" + whole);
    }

    /// With the source that properties tell as `upstream`, where it is another than the package; null without a purl.
    static @Nullable Purl withSource(Component component) {
        Purl purl = component.purl();
        if (purl == null || !TYPES.contains(purl.type()) || purl.qualifiers().containsKey("upstream")) {
            return purl;
        }
        String version = version(component, purl);
        Source source = source(component, purl, version);
        boolean sameVersion = source.version == null || source.version.equals(version);
        if (sameVersion && source.name.equals(purl.name())) {
            return purl;
        }
        Map<String, String> qualifiers = new HashMap<>(purl.qualifiers());
        qualifiers.put("upstream", sameVersion ? source.name : source.name + "@" + source.version);
        try {
            return Purl.of(purl.type(), purl.namespace(), purl.name(), purl.version(), qualifiers, purl.subpath());
        } catch (BadPurl e) {
            return purl; // one that breaks a rule of its type was read as it is
        }
    }

    /// The purl's version, its epoch put back in front where a qualifier carries it.
    private static @Nullable String version(Component component, Purl purl) {
        String version = purl.version() == null ? component.version() : purl.version();
        String epoch = purl.qualifiers().get("epoch");
        boolean put = version != null && epoch != null && !epoch.equals("0") && version.indexOf(':') < 0;
        return put ? epoch + ":" + version : version;
    }

    static @Nullable Ecosystem ecosystem(Purl purl, String word) {
        String lower = lower(word);
        Ecosystem told = Ecosystem.ofOsv(word);
        if (told != null && told.isDistribution()) {
            return told;
        }
        String namespace = purl.namespace() == null ? "" : lower(purl.namespace());
        Ecosystem byNamespace = byName(namespace);
        if (byNamespace != null || !namespace.isEmpty()) {
            return byNamespace;
        }
        int end = lower.indexOf('-');
        return byName(end < 0 ? lower : lower.substring(0, end));
    }

    static String lower(String word) {
        return word.toLowerCase(Locale.ROOT);
    }

    static @Nullable Ecosystem byName(String name) {
        return switch (name) {
            case "debian" -> Ecosystem.DEBIAN;
            case "ubuntu" -> Ecosystem.UBUNTU;
            case "alpine" -> Ecosystem.ALPINE;
            case "wolfi" -> Ecosystem.WOLFI;
            case "chainguard" -> Ecosystem.CHAINGUARD;
            case "redhat", "rhel", "centos", "red hat" -> Ecosystem.RED_HAT;
            case "rocky", "rocky-linux", "rockylinux", "rocky linux" -> Ecosystem.ROCKY_LINUX;
            case "almalinux", "alma" -> Ecosystem.ALMALINUX;
            case "suse", "sles", "sled", "sle" -> Ecosystem.SUSE;
            case "opensuse", "opensuse.leap" -> Ecosystem.OPENSUSE;
            default -> null;
        };
    }

    /// The release's number as the distribution's records write it: `12` of `debian-12.5`, `v3.18` of `alpine-3.18.4`.
    static String number(Ecosystem ecosystem, String word, @Nullable String distribution) {
        String osv = Ecosystem.ofOsv(word) == null ? "" : Ecosystem.releaseOf(word);
        if (!osv.isEmpty()) {
            return osv;
        }
        String lower = lower(word);
        String named = ecosystem == Ecosystem.UBUNTU ? UBUNTU_NAMES.get(last(lower)) : DEBIAN_NAMES.get(last(lower));
        if (named != null) {
            return named;
        }
        String digits = digits(lower);
        if (digits.isEmpty() && distribution != null && !distribution.equals(word)) {
            return number(ecosystem, distribution, null);
        }
        return switch (ecosystem) {
            case DEBIAN, RED_HAT, ROCKY_LINUX, ALMALINUX -> cut(digits, 1);
            case ALPINE -> digits.isEmpty() ? "" : "v" + cut(digits, 2);
            default -> cut(digits, 2);
        };
    }

    /// The part after the last `/` or `-`.
    private static String last(String word) {
        return word.substring(Math.max(word.lastIndexOf('/'), word.lastIndexOf('-')) + 1);
    }

    /// The first run of digits and dots.
    private static String digits(String word) {
        int from = 0;
        while (from < word.length() && !Character.isDigit(word.charAt(from))) {
            from++;
        }
        int to = from;
        while (to < word.length() && (Character.isDigit(word.charAt(to)) || word.charAt(to) == '.')) {
            to++;
        }
        return word.substring(from, to);
    }

    /// The first `parts` numbers of a dotted version.
    private static String cut(String digits, int parts) {
        int at = -1;
        for (int i = 0; i < parts; i++) {
            at = digits.indexOf('.', at + 1);
            if (at < 0) {
                return digits;
            }
        }
        return digits.substring(0, at);
    }
}
