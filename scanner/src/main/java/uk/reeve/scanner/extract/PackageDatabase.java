package uk.reeve.scanner.extract;

/// What an operating system's package manager keeps of all that it has installed. Which distribution its packages are
/// of, os-release tells.
interface PackageDatabase extends Extractor {

    @Override
    default boolean installed() {
        return true;
    }

    @Override
    default boolean grows() {
        return true;
    }

    @Override
    default boolean looksAt(ScanPath path) {
        return OsRelease.isIts(path);
    }
}
