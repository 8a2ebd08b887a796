package uk.reeve.engine.index;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One directory of the bucket in the course of an update.
final class Source {

    final String name;
    final Path folder;

    /// Whether its list is today's: fetched, or said to be the same.
    boolean listed;

    /// Whether nothing went wrong so far.
    boolean whole = true;

    /// Records of the index that came from it.
    int held;

    /// Ids that are new or changed.
    final List<String> wanted = new ArrayList<>();

    /// Ids that the index has from it and no list names.
    final List<String> gone = new ArrayList<>();

    /// What its zip holds; null where none was fetched.
    @Nullable
    Set<String> zipped;

    Source(String name, Path folder) {
        this.name = name;
        this.folder = folder;
    }

    Path list() {
        return folder.resolve("modified_id.csv");
    }

    Path zip() {
        return folder.resolve("all.zip");
    }

    Path single(String id) {
        return folder.resolve(Feeds.encoded(id) + ".json");
    }

    /// Half a list says that the other half is gone: then the zip has to say the same.
    boolean shrinks() {
        return gone.size() > 200 && gone.size() > held / 2;
    }
}
