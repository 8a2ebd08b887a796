package uk.reeve.scanner.archive;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;

/// Those of a TAR that is not compressed, read where they lie: only the heads of its entries are looked at.
final class TarBlobs implements Blobs {

    private static final int BLOCK = 512;
    private static final int HOPS = 8;
    private static final int MOST = 50_000; // an image has a few for each layer

    private final SeekableByteChannel whole;
    private final Map<String, Spool.Part> parts = new HashMap<>();
    private final Map<String, String> links = new HashMap<>();

    /// @param whole is closed with it
    /// @throws IOException where it is damaged before anything of use
    TarBlobs(SeekableByteChannel whole) throws IOException {
        this.whole = whole;
        try {
            long at = 0;
            for (int i = 0; i < MOST; i++) {
                // one for each entry: it would read what it could pass over
                TarArchiveInputStream entries = new TarArchiveInputStream(
                        Channels.newInputStream(whole.position(at)), StandardCharsets.UTF_8.name());
                TarArchiveEntry entry = entries.getNextEntry();
                if (entry == null) {
                    break;
                }
                String name = Archives.name(entry.getName());
                Spool.Part part = new Spool.Part(at + entries.getBytesRead(), entry.getSize());
                if (entry.isSymbolicLink() || entry.isLink()) {
                    links.put(name, target(name, entry));
                } else if (entry.isFile()) {
                    parts.put(name, part);
                }
                at = part.at() + (part.bytes() + BLOCK - 1) / BLOCK * BLOCK;
            }
        } catch (IOException e) {
            if (parts.isEmpty()) {
                throw e;
            }
            // it stops in the middle: what stands before that may be read, and what is missing is told by name
        }
    }

    private static String target(String name, TarArchiveEntry entry) {
        String target = entry.getLinkName();
        if (entry.isLink() || target.startsWith("/")) {
            return Archives.name(target);
        }
        String folder = name.substring(0, Math.max(0, name.lastIndexOf('/')));
        while (target.startsWith("../")) {
            target = target.substring(3);
            folder = folder.substring(0, Math.max(0, folder.lastIndexOf('/')));
        }
        return folder.isEmpty() ? target : folder + "/" + target;
    }

    @Override
    public @Nullable SeekableByteChannel open(String name) {
        String at = name;
        for (int i = 0; i < HOPS && !parts.containsKey(at) && links.containsKey(at); i++) {
            at = links.getOrDefault(at, "");
        }
        Spool.Part part = parts.get(at);
        return part == null ? null : new Slice(whole, part.at(), part.bytes());
    }

    @Override
    public void close() throws IOException {
        whole.close();
    }
}
