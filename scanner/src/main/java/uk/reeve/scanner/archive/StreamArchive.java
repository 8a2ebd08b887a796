package uk.reeve.scanner.archive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.compress.archivers.ArchiveEntry;
import org.apache.commons.compress.archivers.ArchiveInputStream;
import org.apache.commons.compress.archivers.ar.ArArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/// Read once from its beginning to its end: what somebody wants is kept, in a file of its own.
final class StreamArchive implements Archive {

    private final List<String> names = new ArrayList<>();
    private final List<Spool.Part> parts = new ArrayList<>();
    private final Spool spool = new Spool();

    private StreamArchive(ArchiveInputStream<?> from, Archives.Keep keep, Allowance allowance) throws IOException {
        try (ArchiveInputStream<?> entries = from) {
            for (ArchiveEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                allowance.file();
                if (isFile(entry)) {
                    take(Archives.name(entry.getName()), entries, keep);
                }
            }
        } catch (IOException | RuntimeException e) {
            spool.close();
            throw e;
        }
    }

    /// @param tar decompressed and counted; is closed
    static StreamArchive tar(InputStream tar, Archives.Keep keep, Allowance allowance) throws IOException {
        return new StreamArchive(new TarArchiveInputStream(tar, StandardCharsets.UTF_8.name()), keep, allowance);
    }

    /// The archive of ar(1), of which a Debian package is made. Source: deb(5).
    ///
    /// @param ar counted; is closed
    static StreamArchive ar(InputStream ar, Archives.Keep keep, Allowance allowance) throws IOException {
        return new StreamArchive(new ArArchiveInputStream(ar), keep, allowance);
    }

    private static boolean isFile(ArchiveEntry entry) {
        return entry instanceof TarArchiveEntry tar
                ? tar.isFile() && !tar.isSymbolicLink() && !tar.isLink()
                : !entry.isDirectory();
    }

    private void take(String name, InputStream content, Archives.Keep keep) throws IOException {
        Begun begun = new Begun(content);
        if (keep.wants(name, begun::head)) {
            names.add(name);
            parts.add(spool.add(begun.whole()));
        }
    }

    @Override
    public List<String> names() {
        return names;
    }

    @Override
    public InputStream open(int number) {
        return spool.open(parts.get(number));
    }

    @Override
    public SeekableByteChannel channel(int number) throws IOException {
        return spool.channel(parts.get(number));
    }

    @Override
    public void close() throws IOException {
        spool.close();
    }
}
