package uk.reeve.engine.version;

import org.jspecify.annotations.Nullable;

/// Which order a scheme of [Vers] follows.
final class VersSchemes {

    private VersSchemes() {}

    /// Null where the scheme has no order here.
    static @Nullable VersionOrder order(String scheme) {
        return switch (scheme) {
            case "alpm" -> new AlpmOrder();
            case "apk", "alpine" -> Orders.ALPINE;
            case "cargo" -> Orders.CRATES;
            case "composer" -> Orders.COMPOSER;
            case "conan" -> Orders.CONAN;
            case "cran" -> Orders.CRAN;
            case "datetime" -> new DateTimeOrder();
            case "deb" -> Orders.DEBIAN;
            case "ebuild", "gentoo" -> new GentooOrder();
            case "gem" -> Orders.RUBYGEMS;
            case "golang" -> Orders.GO;
            case "hackage" -> Orders.HACKAGE;
            case "hex" -> Orders.HEX;
            case "intdot", "nginx" -> new IntDotOrder();
            case "lexicographic" -> new LexicographicOrder();
            case "maven" -> Orders.MAVEN;
            case "npm" -> Orders.NPM;
            case "nuget" -> Orders.NUGET;
            case "openssl" -> new OpenSslOrder();
            case "pub", "dart" -> Orders.PUB;
            case "pypi" -> Orders.PEP440;
            case "rpm" -> Orders.RPM;
            case "semver", "swift", "github", "bitnami" -> Orders.SEMVER;
            default -> null;
        };
    }
}
