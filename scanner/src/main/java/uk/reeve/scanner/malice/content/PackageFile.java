package uk.reeve.scanner.malice.content;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.input.Unreadable;

/// A file of a package.
public final class PackageFile {

    /// Where a file's bytes come from.
    @FunctionalInterface
    interface Source {
        InputStream open() throws IOException, Unreadable;
    }

    private static final int HEAD_BYTES = 4096;

    private final String path;
    private final Source source;
    private @Nullable Language language;

    PackageFile(String path, Source source) {
        this.path = path;
        this.source = source;
    }

    /// Within the package, with `/` between its parts, as it is told there.
    public String path() {
        return path;
    }

    public String fileName() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    PackageFile at(String newPath) {
        return new PackageFile(newPath, source);
    }

    InputStream open() throws IOException, Unreadable {
        return source.open();
    }

    /// Its first bytes, one character each.
    public String head() throws IOException, Unreadable {
        try (InputStream in = source.open()) {
            return new String(in.readNBytes(HEAD_BYTES), StandardCharsets.ISO_8859_1);
        }
    }

    public Language language() throws IOException, Unreadable {
        Language known = language;
        if (known == null) {
            known = Language.of(
                    path, path.indexOf('.', path.lastIndexOf('/') + 1) > 0 && !path.endsWith(".dll") ? "" : head());
            language = known;
        }
        return known;
    }

    /// All of it, or its first `most` bytes.
    public byte[] bytes(int most) throws IOException, Unreadable {
        try (InputStream in = source.open()) {
            return in.readNBytes(most);
        }
    }
}
