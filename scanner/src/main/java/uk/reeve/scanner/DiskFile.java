package uk.reeve.scanner;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.input.Limits;
import uk.reeve.engine.input.Unreadable;
import uk.reeve.scanner.extract.Head;
import uk.reeve.scanner.extract.ScanFile;
import uk.reeve.scanner.extract.ScanPath;

/// A file below a root. Its head is read once, when first asked for.
final class DiskFile extends ScanFile implements Shown, Head {

    static final int HEAD_BYTES = 8192;

    private final Root root;
    private final String relative;
    private final Path path;
    private @Nullable String head;

    DiskFile(Root root, String relative, Path path) {
        super(new ScanPath(root.context() + relative));
        this.root = root;
        this.relative = relative;
        this.path = path;
    }

    @Override
    public String shown() {
        return root.shown() + relative;
    }

    @Override
    public InputStream open() throws IOException, Unreadable {
        long bytes = Files.size(path);
        if (bytes > Limits.FILE_BYTES) {
            throw new Unreadable(
                    0,
                    "has " + (bytes >> 20) + " MiB, and files above " + (Limits.FILE_BYTES >> 20)
                            + " MiB are not read; scan what it was made from");
        }
        return Files.newInputStream(path);
    }

    @Override
    public SeekableByteChannel channel() throws IOException {
        return Files.newByteChannel(path);
    }

    @Override
    public String text() throws IOException {
        String known = head;
        if (known == null) {
            try (InputStream in = Files.newInputStream(path)) {
                known = new String(in.readNBytes(HEAD_BYTES), StandardCharsets.ISO_8859_1);
            }
            head = known;
        }
        return known;
    }

    @Override
    public @Nullable ScanFile neighbour(String wanted) {
        List<String> parts = new ArrayList<>(List.of(relative.split("/", -1)));
        parts.removeLast();
        for (String part : wanted.split("/", -1)) {
            if (part.equals("..")) {
                if (parts.isEmpty()) {
                    return null;
                }
                parts.removeLast();
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.add(part);
            }
        }
        Path found = parts.isEmpty() ? null : below(parts);
        return found == null ? null : new DiskFile(root, String.join("/", parts), found);
    }

    // No link on the way: it could lead out of what is scanned.
    private @Nullable Path below(List<String> parts) {
        Path found = root.base();
        try {
            for (String part : parts.subList(0, parts.size() - 1)) {
                found = found.resolve(part);
                if (!Files.isDirectory(found, LinkOption.NOFOLLOW_LINKS)) {
                    return null;
                }
            }
            found = found.resolve(parts.getLast());
        } catch (InvalidPathException e) {
            return null; // a name that the file system cannot have
        }
        return found.startsWith(root.base()) && Files.isRegularFile(found, LinkOption.NOFOLLOW_LINKS) ? found : null;
    }
}
