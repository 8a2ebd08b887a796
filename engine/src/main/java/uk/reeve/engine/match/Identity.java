package uk.reeve.engine.match;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.purl.Purl;
import uk.reeve.engine.sbom.Component;
import uk.reeve.engine.version.Ecosystem;

/// Under which names a component's package is looked up.
///
/// @param ecosystems where to look, in this order
/// @param release within a distribution, as the index looks it up; empty elsewhere
/// @param name as OSV writes names
/// @param version as the ecosystem's order takes it; null where none is told
/// @param possible known by name or CPE alone
/// @param refusal why the component cannot be looked up; null where it can
record Identity(
        List<Ecosystem> ecosystems,
        String release,
        String name,
        @Nullable String version,
        boolean possible,
        @Nullable Refusal refusal) {

    /// @param coverage never [Outcome.Coverage#LOOKED_AT]
    record Refusal(Outcome.Coverage coverage, String why) {}

    /// Every type that [#of] knows.
    static final List<String> TYPES = List.of(
            "npm",
            "pypi",
            "maven",
            "golang",
            "cargo",
            "gem",
            "nuget",
            "composer",
            "hex",
            "pub",
            "swift",
            "github",
            "githubactions",
            "bitnami",
            "conan",
            "cran",
            "bioconductor",
            "hackage",
            "deb",
            "apk",
            "rpm");

    /// @param distribution OSV's word for the release that packages without one belong to; null where none is known
    static Identity of(Component component, @Nullable String distribution) {
        Purl purl = component.purl();
        if (purl == null) {
            return weak(component);
        }
        String namespace = purl.namespace();
        String whole = namespace == null ? purl.name() : namespace + "/" + purl.name();
        String version = purl.version() == null ? component.version() : purl.version();
        return switch (purl.type()) {
            case "npm" -> of(Ecosystem.NPM, whole, version);
            case "pypi" -> of(Ecosystem.PYPI, purl.name(), version);
            case "maven" -> of(Ecosystem.MAVEN, (namespace == null ? "" : namespace + ":") + purl.name(), version);
            case "golang" -> golang(purl, whole, version);
            case "cargo" -> of(Ecosystem.CRATES_IO, purl.name(), version);
            case "gem" -> of(Ecosystem.RUBYGEMS, purl.name(), gemVersion(version));
            case "nuget" -> of(Ecosystem.NUGET, purl.name(), version);
            case "composer" ->
                new Identity(List.of(Ecosystem.PACKAGIST, Ecosystem.DRUPAL), "", whole, version, false, null);
            case "hex" -> of(Ecosystem.HEX, whole, version);
            case "pub" -> of(Ecosystem.PUB, purl.name(), version);
            case "swift" -> of(Ecosystem.SWIFT, whole, version);
            case "github", "githubactions" -> of(Ecosystem.GITHUB_ACTIONS, withSubpath(purl, whole), version);
            case "bitnami" -> of(Ecosystem.BITNAMI, purl.name(), version);
            case "conan" -> of(Ecosystem.CONAN, purl.name(), version);
            case "cran" -> of(Ecosystem.CRAN, purl.name(), version);
            case "bioconductor" -> of(Ecosystem.BIOCONDUCTOR, purl.name(), version);
            case "hackage" -> of(Ecosystem.HACKAGE, purl.name(), version);
            case "deb", "apk", "rpm" -> DistributionPackage.identity(component, purl, distribution);
            default ->
                refused(
                        Outcome.Coverage.NOT_COVERED,
                        whole,
                        "no advisory source covers packages of type " + purl.type());
        };
    }

    static Identity refused(Outcome.Coverage coverage, String name, String why) {
        return new Identity(List.of(), "", name, null, false, new Refusal(coverage, why));
    }

    private static Identity of(Ecosystem ecosystem, String name, @Nullable String version) {
        return new Identity(List.of(ecosystem), "", name, version, false, null);
    }

    /// The subpath belongs to the module path; the standard library's version is written `go1.22.3` or `1.22.3`.
    private static Identity golang(Purl purl, String whole, @Nullable String version) {
        if (whole.equals("stdlib") || whole.equals("std")) {
            String plain = version != null && version.startsWith("go") ? version.substring(2) : version;
            return of(Ecosystem.GO, "stdlib", plain);
        }
        return of(Ecosystem.GO, withSubpath(purl, whole), version);
    }

    private static String withSubpath(Purl purl, String whole) {
        return purl.subpath() == null ? whole : whole + "/" + purl.subpath();
    }

    /// `1.15.4-x86_64-linux` is version 1.15.4 built for a platform.
    private static @Nullable String gemVersion(@Nullable String version) {
        int dash = version == null ? -1 : version.indexOf('-');
        if (version == null || dash < 0) {
            return version;
        }
        String platform = version.substring(dash + 1);
        for (String known : PLATFORMS) {
            if (platform.startsWith(known)) {
                return version.substring(0, dash);
            }
        }
        return version;
    }

    private static final List<String> PLATFORMS = List.of(
            "x86_64", "x86", "x64", "arm", "aarch64", "universal", "java", "jruby", "mswin", "mingw", "musl", "linux");

    /// Without a package URL: Maven coordinates, or a CPE of an application that a source names alike. A bare name is
    /// never matched: `requests` is a different thing in npm, PyPI and Debian.
    private static Identity weak(Component component) {
        String group = component.group();
        if (group != null && group.indexOf('.') > 0 && group.indexOf('/') < 0) {
            return new Identity(
                    List.of(Ecosystem.MAVEN), "", group + ":" + component.name(), component.version(), true, null);
        }
        for (String cpe : component.cpes()) {
            Identity found = ofCpe(cpe, component.version());
            if (found != null) {
                return found;
            }
        }
        return refused(Outcome.Coverage.NO_IDENTITY, component.name(), "has no package URL");
    }

    private static @Nullable Identity ofCpe(String cpe, @Nullable String version) {
        boolean formatted = cpe.startsWith("cpe:2.3:a:");
        if (!formatted && !cpe.startsWith("cpe:/a:")) {
            return null;
        }
        List<String> parts =
                new ArrayList<>(List.of(cpe.substring(formatted ? 10 : 7).split(":", -1)));
        if (parts.size() < 2 || parts.get(1).isEmpty()) {
            return null;
        }
        String told = parts.size() > 2
                        && !parts.get(2).isEmpty()
                        && !parts.get(2).equals("*")
                        && !parts.get(2).equals("-")
                ? parts.get(2).replace("\\", "")
                : version;
        return new Identity(List.of(Ecosystem.BITNAMI), "", parts.get(1).replace("\\", ""), told, true, null);
    }

    /// A property under the first of these names that is told.
    static @Nullable String property(Map<String, String> properties, String... names) {
        for (String name : names) {
            String value = properties.get(name);
            if (value != null && !value.isEmpty()) {
                return value;
            }
        }
        return null;
    }
}
