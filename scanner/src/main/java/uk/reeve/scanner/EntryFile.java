package uk.reeve.scanner;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import org.apache.commons.io.input.BoundedInputStream;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.input.Limits;
import uk.reeve.scanner.archive.Archives;
import uk.reeve.scanner.extract.Head;
import uk.reeve.scanner.extract.ScanFile;
import uk.reeve.scanner.extract.ScanPath;

/// A file within an archive; its neighbours are those in the same archive.
final class EntryFile extends ScanFile implements Shown, Head {

    private final EntryFiles all;
    private final int number;
    private @Nullable String head;

    EntryFile(EntryFiles all, int number) {
        super(new ScanPath(all.names().get(number)));
        this.all = all;
        this.number = number;
    }

    @Override
    public String shown() {
        return all.shown() + path();
    }

    @Override
    public InputStream open() throws IOException {
        return BoundedInputStream.builder()
                .setInputStream(all.open(number))
                .setMaxCount(Limits.FILE_BYTES)
                .setOnMaxCount((_, _) -> {
                    throw new IOException("it has more than " + (Limits.FILE_BYTES >> 20)
                            + " MiB, and files above that are not read");
                })
                .get();
    }

    @Override
    public SeekableByteChannel channel() throws IOException {
        return all.channel(number); // an archive may be larger than a file
    }

    @Override
    public String text() throws IOException {
        String known = head;
        if (known == null) {
            try (InputStream in = open()) {
                known = new String(in.readNBytes(Archives.HEAD_BYTES), StandardCharsets.ISO_8859_1);
            }
            head = known;
        }
        return known;
    }

    @Override
    public @Nullable ScanFile neighbour(String relative) {
        String path = path().folder();
        for (String part : relative.split("/", -1)) {
            if (part.equals("..")) {
                if (path.isEmpty()) {
                    return null;
                }
                path = new ScanPath(path).folder();
            } else if (!part.isEmpty() && !part.equals(".")) {
                path = path.isEmpty() ? part : path + "/" + part;
            }
        }
        return all.file(path);
    }
}
