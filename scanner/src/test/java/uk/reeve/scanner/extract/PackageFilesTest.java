package uk.reeve.scanner.extract;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// The package managers' files, each read as its fixtures say.
class PackageFilesTest {

    @TestFactory
    Stream<DynamicTest> composer() {
        return all(
                Fixtures.of(new ComposerInstalled(), "composer-installed"),
                Fixtures.of(new ComposerJson(), "composer-json"),
                Fixtures.of(new ComposerLock(), "composer-lock"));
    }

    @TestFactory
    Stream<DynamicTest> sites() {
        return all(
                Fixtures.of(new DrupalCore(), "drupal-core"),
                Fixtures.of(new DrupalModule(), "drupal-module"),
                Fixtures.of(new UmbracoSite(), "umbraco-site"),
                Fixtures.of(new WordPress(), "wordpress"),
                Fixtures.of(new WordPressExtension(), "wordpress-extension"));
    }

    @TestFactory
    Stream<DynamicTest> distributions() {
        return all(Fixtures.of(new ApkInstalled(), "apk-installed"), Fixtures.of(new DpkgStatus(), "dpkg-status"));
    }

    @TestFactory
    Stream<DynamicTest> ruby() {
        return all(
                Fixtures.of(new GemSpecification(), "gem-specification"),
                Fixtures.of(new Gemfile(), "gemfile"),
                Fixtures.of(new GemfileLock(), "gemfile-lock"));
    }

    @TestFactory
    Stream<DynamicTest> go() {
        return all(
                Fixtures.of(new GoMod(), "go-mod"),
                Fixtures.of(new GoSum(), "go-sum"),
                Fixtures.of(new GoVendorModules(), "go-vendor-modules"));
    }

    @TestFactory
    Stream<DynamicTest> rust() {
        return Fixtures.of(new CargoLock(), "cargo-lock");
    }

    @TestFactory
    Stream<DynamicTest> dotNet() {
        return all(
                Fixtures.of(new NuGetDepsJson(), "nuget-deps-json"),
                Fixtures.of(new NuGetPackagesConfig(), "nuget-packages-config"),
                Fixtures.of(new NuGetPackagesLock(), "nuget-packages-lock"),
                Fixtures.of(new NuGetProject(), "nuget-project"),
                Fixtures.of(new NuGetProjectAssets(), "nuget-project-assets"));
    }

    @TestFactory
    Stream<DynamicTest> java() {
        return all(
                Fixtures.of(new GradleCatalogue(), "gradle-catalogue"),
                Fixtures.of(new GradleLockfile(), "gradle-lockfile"),
                Fixtures.of(new GradleVerification(), "gradle-verification"),
                Fixtures.of(new MavenPom(), "maven-pom"));
    }

    @TestFactory
    Stream<DynamicTest> apple() {
        return all(
                Fixtures.of(new PodfileLock(), "podfile-lock"), Fixtures.of(new SwiftResolved(), "package-resolved"));
    }

    @TestFactory
    Stream<DynamicTest> perl() {
        return all(Fixtures.of(new CpanSnapshot(), "cpanfile-snapshot"), Fixtures.of(new Cpanfile(), "cpanfile"));
    }

    @TestFactory
    Stream<DynamicTest> others() {
        return all(
                Fixtures.of(new ConanLock(), "conan-lock"),
                Fixtures.of(new GitHubActions(), "github-actions"),
                Fixtures.of(new MixLock(), "mix-lock"),
                Fixtures.of(new PubspecLock(), "pubspec-lock"),
                Fixtures.of(new RenvLock(), "renv-lock"));
    }

    @SafeVarargs
    private static Stream<DynamicTest> all(Stream<DynamicTest>... kinds) {
        Stream<DynamicTest> all = Stream.empty();
        for (Stream<DynamicTest> kind : kinds) {
            all = Stream.concat(all, kind);
        }
        return all;
    }
}
