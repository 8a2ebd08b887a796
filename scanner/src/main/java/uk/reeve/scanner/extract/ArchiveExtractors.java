package uk.reeve.scanner.extract;

import java.util.List;

/// All kinds of archive that are themselves components. Adding one is one line here.
public final class ArchiveExtractors {

    public static final List<ArchiveExtractor> ALL = List.of(
            // cargo
            new CargoPackage(),
            // gem
            new GemPackage(),
            // maven
            new JavaArchive(),
            // npm
            new NpmTarball(),
            // nuget
            new NuGetPackage(),
            // pypi
            new PythonSource());

    private ArchiveExtractors() {}
}
