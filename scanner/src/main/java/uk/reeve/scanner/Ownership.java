package uk.reeve.scanner;

import org.jspecify.annotations.Nullable;

/// Which package of a root file system brought which of its files. A path is kept as 64 bits of it: of a million
/// paths two are taken for one with a chance of one in 18 million, and then a file has a wrong owner.
final class Ownership {

    private static final int MOST = 2_000_000;
    private static final int NONE = -1;

    private long[] paths = new long[1 << 10];
    private int[] owners = new int[1 << 10];
    private int size;

    /// @param path from the root, without the slash before it
    /// @param owner number of a component, not negative
    void add(String path, int owner) {
        if (size >= MOST) {
            return;
        }
        if (size * 2 >= paths.length) {
            grow();
        }
        put(key(path), owner);
    }

    private void grow() {
        long[] old = paths;
        int[] oldOwners = owners;
        paths = new long[2 * old.length];
        owners = new int[2 * old.length];
        size = 0;
        for (int i = 0; i < old.length; i++) {
            if (old[i] != 0) {
                put(old[i], oldOwners[i]);
            }
        }
    }

    // Whoever comes first keeps it: two packages of one name for two processors have the same files.
    private void put(long key, int owner) {
        int at = slot(key);
        if (paths[at] == 0) {
            paths[at] = key;
            owners[at] = owner;
            size++;
        }
    }

    private int slot(long key) {
        int mask = paths.length - 1;
        int at = (int) (key >>> 32) & mask;
        while (paths[at] != 0 && paths[at] != key) {
            at = (at + 1) & mask;
        }
        return at;
    }

    /// The owner's number; -1 where there is none.
    int of(String path) {
        int at = slot(key(path));
        return paths[at] == 0 ? NONE : owners[at];
    }

    // On a system with merged `/usr` one file has two paths, and lists name either. Never 0.
    private static long key(String path) {
        int from = isMerged(path) ? 4 : 0;
        long hash = 0xcbf29ce484222325L;
        for (int i = from; i < path.length(); i++) {
            hash = (hash ^ path.charAt(i)) * 0x100000001b3L;
        }
        hash ^= hash >>> 32; // FNV-1a leaves the upper bits of the last characters poor
        hash *= 0x9e3779b97f4a7c15L;
        return (hash ^ hash >>> 29) | 1;
    }

    private static boolean isMerged(String path) {
        return path.startsWith("usr/")
                && (path.startsWith("lib/", 4)
                        || path.startsWith("lib64/", 4)
                        || path.startsWith("bin/", 4)
                        || path.startsWith("sbin/", 4));
    }

    /// Where the root is that a file of a package manager lies in, by how far its folder is below it.
    ///
    /// @param shown the file, as people see it
    /// @param up `3` of `../../..`
    /// @return what people see before a path from the root; null where they do not see that far
    static @Nullable String root(String shown, int up) {
        int end = shown.length();
        for (int i = 0; i <= up; i++) {
            end = shown.lastIndexOf('/', end - 1);
            if (end < 0) {
                return i == up ? "" : null;
            }
            if (end > 0 && shown.charAt(end - 1) == '!') {
                return i == up ? shown.substring(0, end + 1) : null;
            }
        }
        return shown.substring(0, end + 1);
    }
}
