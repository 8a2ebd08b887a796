package uk.reeve.scanner.extract;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.input.Unreadable;

/// A Python package as sources: one folder `NAME-VERSION` with a `PKG-INFO`. Source: Python packaging specifications,
/// "Source distribution format".
final class PythonSource implements ArchiveExtractor {

    private static final String METADATA = "PKG-INFO";

    @Override
    public String name() {
        return "pypi/source";
    }

    @Override
    public boolean wants(ScanPath path, ArchiveFiles inside) {
        return metadata(inside) != null;
    }

    @Override
    public boolean keeps(ScanPath inside) {
        return isMetadata(inside.value());
    }

    @Override
    public void extract(ScanPath path, ArchiveFiles inside, Sink out) throws IOException, Unreadable {
        ScanFile metadata = metadata(inside);
        if (metadata != null) {
            new PythonInstalled().extract(metadata, out);
        }
    }

    private static @Nullable ScanFile metadata(ArchiveFiles inside) {
        for (String name : inside.names()) {
            if (isMetadata(name)) {
                return inside.file(name);
            }
        }
        return null;
    }

    // Not the copy that setuptools leaves in NAME.egg-info.
    private static boolean isMetadata(String path) {
        int slash = path.indexOf('/');
        return slash > 0
                && path.substring(slash + 1).equals(METADATA)
                && path.lastIndexOf('-', slash) > 0
                && !path.startsWith(".egg-info", slash - ".egg-info".length());
    }
}
