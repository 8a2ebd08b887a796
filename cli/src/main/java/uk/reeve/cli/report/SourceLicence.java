package uk.reeve.cli.report;

/// Under which terms the records of a source may be passed on. NOTICE has them by database.
final class SourceLicence {

    private static final String GITHUB = "CC-BY-4.0";

    private SourceLicence() {}

    /// Ids of SPDX with what they are for; empty where the source tells none.
    ///
    /// @param source directory of the OSV bucket: `npm`
    static String of(String source) {
        return switch (source) {
            case "npm", "PyPI", "RubyGems", "NuGet", "VSCode", "Go" -> GITHUB + ", MAL-* Apache-2.0";
            case "crates.io" -> "CC0-1.0, GHSA-* and imports CC-BY-4.0, MAL-* Apache-2.0";
            case "Maven", "Packagist", "Hex", "Pub", "SwiftURL", "GitHub Actions", "Erlang" -> GITHUB;
            case "Bitnami", "CRAN", "Bioconductor", "Kubernetes" -> "Apache-2.0";
            case "Wolfi" -> "Apache-2.0 until May 2025";
            case "Drupal", "Packagist:https://packages.drupal.org/8", "AlmaLinux" -> "MIT";
            case "Rocky Linux" -> "BSD";
            case "Red Hat", "SUSE", "openSUSE" -> "CC-BY-4.0";
            case "Ubuntu" -> "CC-BY-SA-4.0";
            case "Hackage", "GHC" -> "CC0-1.0";
            default -> "";
        };
    }
}
