package uk.reeve.scanner.archive;

import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.input.Unreadable;

/// A file or folder of container images: an OCI image layout, or what `docker save` writes.
public final class ImageFile implements Closeable {

    // What stands first in one that anything is known to write, or the folder itself: most other TARs are told by one
    // name.
    private static final Pattern FIRST =
            Pattern.compile("|blobs(/.*)?|oci-layout|index\\.json|manifest\\.json|repositories"
                    + "|config\\.json|[^/]+/layer\\.tar|(sha256[:-])?[0-9a-f]{64}(\\.json|\\.tar(\\.gz)?|/.*)?");

    private final Blobs blobs;

    private ImageFile(Blobs blobs) {
        this.blobs = blobs;
    }

    /// Null where the file is something else. One that is compressed as a whole is unpacked into a file that is
    /// gone once this is closed.
    ///
    /// @param bytes stays open
    public static @Nullable ImageFile of(SeekableByteChannel bytes, Allowance allowance) throws IOException {
        String head = Archives.head(bytes);
        if (Archives.isTar(head)) {
            return begins(head) ? of(new TarBlobs(new Slice(bytes, 0, bytes.size()))) : null;
        }
        InputStream unpacked = Archives.decompressed(new Slice(bytes, 0, bytes.size()), head);
        if (unpacked == null) {
            return null;
        }
        try (InputStream start = unpacked) {
            Begun begun = new Begun(allowance.counted(start));
            String first = begun.head();
            if (!Archives.isTar(first) || !begins(first)) {
                return null;
            }
            SeekableByteChannel whole = Archives.seekable(begun.whole());
            try {
                return of(new TarBlobs(whole));
            } catch (IOException | RuntimeException e) {
                whole.close();
                throw e;
            }
        }
    }

    private static boolean begins(String head) {
        try (TarArchiveInputStream start = new TarArchiveInputStream(
                new ByteArrayInputStream(head.getBytes(StandardCharsets.ISO_8859_1)), StandardCharsets.UTF_8.name())) {
            TarArchiveEntry first = start.getNextEntry();
            String name = first == null ? "" : Archives.name(first.getName());
            return FIRST.matcher(name.endsWith("/") ? name.substring(0, name.length() - 1) : name)
                    .matches();
        } catch (IOException | RuntimeException e) { // it is told where it is read as a TAR
            return false;
        }
    }

    private static @Nullable ImageFile of(Blobs blobs) throws IOException {
        if (new Manifests(blobs, null, new Troubles(_ -> {})).areThere()) {
            return new ImageFile(blobs);
        }
        blobs.close();
        return null;
    }

    /// Whether a folder is an OCI image layout.
    public static boolean isLayout(Path folder) {
        return Files.isRegularFile(folder.resolve("oci-layout"), LinkOption.NOFOLLOW_LINKS)
                && Files.isRegularFile(folder.resolve(Manifests.OCI), LinkOption.NOFOLLOW_LINKS);
    }

    /// An OCI image layout.
    public static ImageFile folder(Path layout) {
        return new ImageFile(new FolderBlobs(layout));
    }

    /// One image for each name, for the wanted platform.
    ///
    /// @param wanted null for `linux/amd64`, or the first where it is not there for that
    /// @throws Unreadable where it tells of none
    public List<Image> images(@Nullable Platform wanted, Troubles troubles) throws IOException, Unreadable {
        return new Manifests(blobs, wanted, troubles).images();
    }

    /// What the image shows.
    ///
    /// @param keep which of its files, by path and beginning
    /// @param grows of which files what lower layers had is kept as well, by path
    public RootFileSystem root(
            Image image, Archives.Keep keep, Predicate<String> grows, Allowance allowance, Troubles troubles)
            throws IOException {
        return new RootFileSystem(image, blobs, keep, grows, allowance, troubles);
    }

    @Override
    public void close() throws IOException {
        blobs.close();
    }
}
