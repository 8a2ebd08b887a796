package uk.reeve.scanner.malice.content;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a package's own description says of it.
///
/// @param type of the purl: `npm`
/// @param path of the file that says so
/// @param hooks what runs by itself at installation or build
/// @param entries paths of the files that run once the package is used
/// @param repository address of its sources; null where none is told
/// @param platform whether it says that it is built for one platform, so that programs are expected in it
public record Manifest(
        String type,
        @Nullable String name,
        @Nullable String version,
        String path,
        List<Hook> hooks,
        Set<String> entries,
        List<Dependency> dependencies,
        @Nullable String repository,
        boolean platform) {}
