package uk.reeve.scanner.extract;

import java.util.List;

/// All kinds of file that are read, in the order in which they are asked. Adding one is one line here.
public final class Extractors {

    public static final List<Extractor> ALL = List.of(
            // apk
            new ApkInstalled(),
            // cargo
            new CargoLock(),
            // cocoapods
            new PodfileLock(),
            // composer
            new ComposerInstalled(),
            new ComposerJson(),
            new ComposerLock(),
            new DrupalCore(),
            new DrupalModule(),
            // conan
            new ConanLock(),
            // cpan
            new CpanSnapshot(),
            new Cpanfile(),
            // cran
            new RenvLock(),
            // deb
            new DebianPackage(),
            new DpkgStatus(),
            // gem
            new GemSpecification(),
            new Gemfile(),
            new GemfileLock(),
            // github
            new GitHubActions(),
            // golang
            new GoMod(),
            new GoSum(),
            new GoVendorModules(),
            // hex
            new MixLock(),
            // maven
            new GradleCatalogue(),
            new GradleLockfile(),
            new GradleVerification(),
            new MavenPom(),
            // npm
            new BunLock(),
            new BunLockBinary(),
            new DenoLock(),
            new HiddenPackageLock(),
            new NpmInstalled(),
            new PackageJson(),
            new PackageLock(),
            new PnpmLock(),
            new WebLibrary(),
            new YarnLock(),
            // nuget
            new NuGetDepsJson(),
            new NuGetPackagesConfig(),
            new NuGetPackagesLock(),
            new NuGetProject(),
            new NuGetProjectAssets(),
            new UmbracoSite(),
            // programs
            new ProgramFile(),
            // pub
            new PubspecLock(),
            // pypi
            new PdmLock(),
            new Pipfile(),
            new PipfileLock(),
            new PoetryLock(),
            new PylockToml(),
            new PyprojectToml(),
            new PythonInstalled(),
            new RequirementsTxt(),
            new UvLock(),
            // rpm
            new RpmDatabase(),
            // swift
            new SwiftResolved(),
            // wordpress
            new WordPress(),
            new WordPressExtension());

    private Extractors() {}
}
