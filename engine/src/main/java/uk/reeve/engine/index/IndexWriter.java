package uk.reeve.engine.index;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import uk.reeve.engine.version.Ecosystem;

/// Writes the file that [AdvisoryIndex] describes.
final class IndexWriter {

    /// Rows of packages, with what each is found by.
    static final class Packages {

        private record Id(Ecosystem ecosystem, String release, String key) {}

        private final Rows rows = new Rows();
        private final List<Id> ids = new ArrayList<>();

        /// Begins the row of a package, which is written up to its key.
        Bytes next(Ecosystem ecosystem, String release, String key) {
            ids.add(new Id(ecosystem, release, key));
            return rows.next().number(ecosystem.ordinal()).text(release).text(key);
        }
    }

    private final VersionPool versions;
    private final StringPool strings;

    IndexWriter(VersionPool versions, StringPool strings) {
        this.versions = versions;
        this.strings = strings;
    }

    void write(Path file, Rows advisories, List<Group> groups, Packages packages, String meta) throws IOException {
        List<Bytes> sections = new ArrayList<>();
        sections.add(new Bytes().text(meta));
        sections.add(hash(packages));
        sections.add(packages.rows.data());
        sections.add(table(versions()));
        sections.add(table(advisories));
        sections.add(table(groups(groups)));
        Bytes words = new Bytes().number(strings.all().size());
        for (String word : strings.all()) {
            words.text(word);
        }
        sections.add(words);
        write(file, sections);
    }

    private Rows versions() {
        Rows all = new Rows();
        for (VersionPool.Version version : versions.all()) {
            Bytes out = all.next();
            if (version.key() == null) {
                out.number(0);
            } else {
                byte[] key = version.key().bytes();
                out.number(key.length * 2L + (version.key().exact() ? 1 : 0)).raw(key);
            }
            out.text(version.text());
        }
        return all;
    }

    private static Rows groups(List<Group> groups) {
        Rows all = new Rows();
        for (Group group : groups) {
            Bytes out = all.next().number(group.ids().size());
            for (String id : group.ids()) {
                out.text(id);
            }
            out.number(group.advisories().size());
            for (int advisory : group.advisories()) {
                out.number(advisory);
            }
        }
        return all;
    }

    /// Count, offsets, data.
    private static Bytes table(Rows rows) {
        Bytes out = new Bytes().u32(rows.count());
        int first = 4 + 4 * rows.count();
        for (int i = 0; i < rows.count(); i++) {
            out.u32(first + rows.offset(i));
        }
        return out.raw(rows.data().array(), rows.data().size());
    }

    /// Open addressing, at most half full; a Go module with capitals stands there under its lower-case name as well.
    private static Bytes hash(Packages packages) {
        int slots = Integer.highestOneBit(Math.max(16, packages.rows.count() * 4 + 1));
        int[] table = new int[slots * 2];
        for (int i = 0; i < packages.rows.count(); i++) {
            Packages.Id id = packages.ids.get(i);
            put(table, AdvisoryIndex.hash(id.ecosystem, id.release, id.key), packages.rows.offset(i));
            if (id.ecosystem == Ecosystem.GO) {
                String lower = AdvisoryIndex.lower(id.key);
                if (!lower.equals(id.key)) {
                    put(table, AdvisoryIndex.hash(id.ecosystem, id.release, lower), packages.rows.offset(i));
                }
            }
        }
        Bytes out = new Bytes();
        for (int value : table) {
            out.u32(value);
        }
        return out;
    }

    private static void put(int[] table, long hash, int offset) {
        int mask = table.length / 2 - 1;
        int slot = (int) hash & mask;
        while (table[slot * 2 + 1] != 0) {
            slot = (slot + 1) & mask;
        }
        table[slot * 2] = (int) (hash >>> 32);
        table[slot * 2 + 1] = offset + 1;
    }

    private static void write(Path file, List<Bytes> sections) throws IOException {
        Bytes body = new Bytes();
        Bytes header = new Bytes()
                .raw(AdvisoryIndex.MAGIC.getBytes(StandardCharsets.US_ASCII))
                .u32(AdvisoryIndex.FORMAT)
                .u32(AdvisoryIndex.KEY_SCHEME);
        long at = AdvisoryIndex.HEADER;
        Bytes places = new Bytes();
        for (Bytes section : sections) {
            section.align8();
            places.u64(at).u64(section.size());
            at += section.size();
        }
        header.u64(at).raw(places.array(), places.size());
        java.security.MessageDigest digest = AdvisoryIndex.sha256();
        for (Bytes section : sections) {
            digest.update(section.array(), 0, section.size());
        }
        header.raw(digest.digest());
        digest.update(header.array(), 0, header.size());
        header.raw(digest.digest());
        try (OutputStream out =
                new BufferedOutputStream(Files.newOutputStream(file, StandardOpenOption.CREATE_NEW), 1 << 16)) {
            out.write(header.array(), 0, header.size());
            for (Bytes section : sections) {
                out.write(section.array(), 0, section.size());
            }
            body.align8();
        }
    }
}
