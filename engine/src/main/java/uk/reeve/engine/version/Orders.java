package uk.reeve.engine.version;

/// The orders, one instance each.
final class Orders {

    static final VersionOrder SEMVER = new SemVerOrder(SemVer.Dialect.TAG);
    static final VersionOrder NPM = new SemVerOrder(SemVer.Dialect.NPM);
    static final VersionOrder GO = new SemVerOrder(SemVer.Dialect.GO);
    static final VersionOrder CRATES = new SemVerOrder(SemVer.Dialect.CRATES);
    static final VersionOrder HEX = new SemVerOrder(SemVer.Dialect.HEX);
    static final VersionOrder PUB = new PubOrder();
    static final VersionOrder PEP440 = new Pep440Order();
    static final VersionOrder RUBYGEMS = new RubyGemsOrder();
    static final VersionOrder COMPOSER = new ComposerOrder();
    static final VersionOrder NUGET = new NuGetOrder();
    static final VersionOrder MAVEN = new MavenOrder();
    static final VersionOrder DEBIAN = new DebianOrder();
    static final VersionOrder RPM = new RpmOrder();
    static final VersionOrder ALPINE = new AlpineOrder();
    static final VersionOrder CRAN = new CranOrder();
    static final VersionOrder HACKAGE = new HackageOrder();
    static final VersionOrder CONAN = new ConanOrder();

    private Orders() {}
}
