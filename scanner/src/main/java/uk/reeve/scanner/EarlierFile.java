package uk.reeve.scanner;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.SeekableByteChannel;
import org.jspecify.annotations.Nullable;
import uk.reeve.scanner.archive.RootFileSystem;
import uk.reeve.scanner.extract.ScanFile;

/// What a lower layer of an image had at the path of a file that shows. Its neighbours are those that show.
final class EarlierFile extends ScanFile {

    private final EntryFile shows;
    private final RootFileSystem root;
    private final RootFileSystem.Earlier earlier;

    EarlierFile(EntryFile shows, RootFileSystem root, RootFileSystem.Earlier earlier) {
        super(shows.path());
        this.shows = shows;
        this.root = root;
        this.earlier = earlier;
    }

    @Override
    public InputStream open() {
        return root.open(earlier);
    }

    @Override
    public SeekableByteChannel channel() throws IOException {
        return root.channel(earlier);
    }

    @Override
    public @Nullable ScanFile neighbour(String relative) {
        boolean later = relative.startsWith(path().fileName()); // a journal of what shows is none of this
        return later ? null : shows.neighbour(relative);
    }
}
