package uk.reeve.register.database;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// One register at a time in a data folder. The lock is the operating system's: it ends with the process,
/// however it ends.
final class FolderLock implements AutoCloseable {

    // Asked first: opening and closing the file a second time would free the first one's lock (POSIX).
    private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

    private final Path folder;
    private final FileChannel channel;

    private FolderLock(Path folder, FileChannel channel) {
        this.folder = folder;
        this.channel = channel;
    }

    static FolderLock take(Path folder) throws IOException, DatabaseProblem {
        Path real = folder.toRealPath();
        if (!HELD_HERE.add(real)) {
            throw taken(folder);
        }
        FileChannel channel = null;
        boolean locked = false;
        try {
            channel = FileChannel.open(real.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            locked = channel.tryLock() != null;
            if (!locked) {
                throw taken(folder);
            }
            return new FolderLock(real, channel);
        } finally {
            if (!locked) {
                HELD_HERE.remove(real);
                if (channel != null) {
                    channel.close();
                }
            }
        }
    }

    private static DatabaseProblem taken(Path folder) {
        return new DatabaseProblem(
                "Another register that runs uses the folder %s. Stop it, or name another folder.".formatted(folder));
    }

    @Override
    public void close() throws IOException {
        channel.close();
        HELD_HERE.remove(folder);
    }
}
