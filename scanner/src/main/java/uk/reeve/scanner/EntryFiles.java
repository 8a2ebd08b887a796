package uk.reeve.scanner;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.SeekableByteChannel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import uk.reeve.scanner.archive.Archive;
import uk.reeve.scanner.extract.ArchiveFiles;

/// The files of one archive that is open.
final class EntryFiles implements ArchiveFiles {

    private final Archive archive;
    private final String shown;
    private final Map<String, Integer> numbers = new HashMap<>();

    /// @param shown what the person sees before a path in it
    EntryFiles(Archive archive, String shown) {
        this.archive = archive;
        this.shown = shown;
        List<String> names = archive.names();
        for (int i = 0; i < names.size(); i++) {
            numbers.putIfAbsent(names.get(i), i);
        }
    }

    @Override
    public List<String> names() {
        return archive.names();
    }

    @Override
    public @Nullable EntryFile file(String name) {
        Integer number = numbers.get(name);
        return number == null ? null : new EntryFile(this, number);
    }

    String shown() {
        return shown;
    }

    InputStream open(int number) throws IOException {
        return archive.open(number);
    }

    SeekableByteChannel channel(int number) throws IOException {
        return archive.channel(number);
    }
}
