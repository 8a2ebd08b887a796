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

    record PackageRow(Ecosystem ecosystem, String release, String key, Bytes data) {}

    private final VersionPool versions;
    private final StringPool strings;

    IndexWriter(VersionPool versions, StringPool strings) {
        this.versions = versions;
        this.strings = strings;
    }

    void write(Path file, List<Bytes> advisories, List<Group> groups, List<PackageRow> packages, String meta)
            throws IOException {
        List<Bytes> sections = new ArrayList<>();
        sections.add(new Bytes().text(meta));
        Bytes rows = new Bytes();
        int[] offsets = new int[packages.size()];
        for (int i = 0; i < offsets.length; i++) {
            offsets[i] = rows.size();
            rows.raw(packages.get(i).data.array(), packages.get(i).data.size());
        }
        sections.add(hash(packages, offsets));
        sections.add(rows);
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

    private List<Bytes> versions() {
        List<Bytes> all = new ArrayList<>(versions.all().size());
        for (VersionPool.Version version : versions.all()) {
            Bytes out = new Bytes();
            if (version.key() == null) {
                out.number(0);
            } else {
                byte[] key = version.key().bytes();
                out.number(key.length * 2L + (version.key().exact() ? 1 : 0)).raw(key);
            }
            all.add(out.text(version.text()));
        }
        return all;
    }

    private static List<Bytes> groups(List<Group> groups) {
        List<Bytes> all = new ArrayList<>(groups.size());
        for (Group group : groups) {
            Bytes out = new Bytes().number(group.ids().size());
            for (String id : group.ids()) {
                out.text(id);
            }
            out.number(group.advisories().size());
            for (int advisory : group.advisories()) {
                out.number(advisory);
            }
            all.add(out);
        }
        return all;
    }

    /// Count, offsets, data.
    private static Bytes table(List<Bytes> rows) {
        Bytes out = new Bytes().u32(rows.size());
        int at = 4 + 4 * rows.size();
        for (Bytes row : rows) {
            out.u32(at);
            at += row.size();
        }
        for (Bytes row : rows) {
            out.raw(row.array(), row.size());
        }
        return out;
    }

    /// Open addressing, at most half full; a Go module with capitals stands there under its lower-case name as well.
    private static Bytes hash(List<PackageRow> packages, int[] offsets) {
        int slots = Integer.highestOneBit(Math.max(16, packages.size() * 4 + 1));
        int[] table = new int[slots * 2];
        for (int i = 0; i < offsets.length; i++) {
            PackageRow row = packages.get(i);
            put(table, AdvisoryIndex.hash(row.ecosystem, row.release, row.key), offsets[i]);
            String lower = AdvisoryIndex.lower(row.key);
            if (row.ecosystem == Ecosystem.GO && !lower.equals(row.key)) {
                put(table, AdvisoryIndex.hash(row.ecosystem, row.release, lower), offsets[i]);
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
