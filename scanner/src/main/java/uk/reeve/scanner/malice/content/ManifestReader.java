package uk.reeve.scanner.malice.content;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.input.Unreadable;

/// Reads the description that packages of one ecosystem carry.
interface ManifestReader {

    /// In the order in which they name a package that has several.
    List<ManifestReader> ALL = List.of(
            new DebianManifest(),
            new GemManifest(),
            new NuGetManifest(),
            new PythonManifest(),
            new NpmManifest(),
            new CargoManifest(),
            new ComposerManifest(),
            new GoManifest(),
            new MavenManifest());

    /// Null where there is none of this kind.
    @Nullable
    Manifest read(FileTree files) throws IOException, Unreadable;
}
