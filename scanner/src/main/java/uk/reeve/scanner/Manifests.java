package uk.reeve.scanner;

import java.util.List;

/// Which lock files, in the same folder, make a manifest's own word superfluous.
final class Manifests {

    private Manifests() {}

    /// The lock files of a manifest.
    ///
    /// @param fileName of the manifest
    /// @return file names relative to the manifest's folder; empty where it is none that can be locked
    static List<String> locks(String fileName) {
        return switch (fileName) {
            case "package.json" ->
                List.of(
                        "package-lock.json",
                        "npm-shrinkwrap.json",
                        "yarn.lock",
                        "pnpm-lock.yaml",
                        "bun.lock",
                        "deno.lock",
                        "node_modules/.package-lock.json");
            case "pyproject.toml" -> List.of("poetry.lock", "uv.lock", "pdm.lock", "pylock.toml");
            case "Pipfile" -> List.of("Pipfile.lock");
            case "composer.json" -> List.of("composer.lock", "vendor/composer/installed.json");
            case "Gemfile" -> List.of("Gemfile.lock");
            case "gems.rb" -> List.of("gems.locked");
            case "Cargo.toml" -> List.of("Cargo.lock");
            case "cpanfile" -> List.of("cpanfile.snapshot");
            case "pubspec.yaml" -> List.of("pubspec.lock");
            case "mix.exs" -> List.of("mix.lock");
            case "conanfile.txt", "conanfile.py" -> List.of("conan.lock");
            case "build.gradle", "build.gradle.kts" -> List.of("gradle.lockfile");
            default ->
                fileName.endsWith(".csproj") || fileName.endsWith(".fsproj") || fileName.endsWith(".vbproj")
                        ? List.of("packages.lock.json", "obj/project.assets.json")
                        : List.of();
        };
    }
}
