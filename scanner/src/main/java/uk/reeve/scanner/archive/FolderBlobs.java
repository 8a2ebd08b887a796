package uk.reeve.scanner.archive;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Those of a folder. No link is followed: it could lead out of it.
record FolderBlobs(Path folder) implements Blobs {

    @Override
    public @Nullable SeekableByteChannel open(String name) throws IOException {
        Path found = folder;
        try {
            for (String part : name.split("/", -1)) {
                if (part.isEmpty() || part.equals("..") || Files.isSymbolicLink(found)) {
                    return null;
                }
                found = found.resolve(part);
            }
        } catch (InvalidPathException e) {
            return null;
        }
        return Files.isRegularFile(found, LinkOption.NOFOLLOW_LINKS) ? Files.newByteChannel(found) : null;
    }

    @Override
    public void close() {
        // nothing is open
    }
}
