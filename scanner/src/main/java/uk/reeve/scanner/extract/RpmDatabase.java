package uk.reeve.scanner.extract;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.input.Unreadable;

/// What RPM has installed, in each of its databases: `rpmdb.sqlite`, `Packages.db` (ndb), `Packages` (Berkeley DB).
/// They are read as they lie, without a lock: what is being installed meanwhile may be missing.
///
/// Source: rpm.org, "Database backends".
final class RpmDatabase implements PackageDatabase {

    static final String MEND = "mend it with rpm --rebuilddb, or copy it again";

    // A package URL of RPM's names a distribution.
    private static final String UNKNOWN = "unknown";
    private static final int MOST = 200_000;

    @Override
    public String name() {
        return "rpm/database";
    }

    @Override
    public boolean wants(ScanPath path, Head head) {
        return switch (path.fileName()) {
            case "rpmdb.sqlite", "Packages.db", "Packages" ->
                path.folder().endsWith("var/lib/rpm")
                        || path.folder().endsWith("usr/lib/sysimage/rpm")
                        || path.folder().endsWith("usr/share/rpm");
            default -> false;
        };
    }

    @Override
    public boolean looksAt(ScanPath path) {
        return PackageDatabase.super.looksAt(path) || path.endsWith("rpm/rpmdb.sqlite-wal");
    }

    @Override
    public void extract(ScanFile file, Sink out) throws IOException, Unreadable {
        String up = file.path().folder().endsWith("sysimage/rpm") ? "../../../.." : "../../..";
        Packages packages = new Packages(OsRelease.of(file, up), up, out);
        ScanFile journal = file.neighbour(file.path().fileName() + "-wal");
        try (SeekableByteChannel bytes = file.channel();
                SeekableByteChannel later = journal == null ? null : journal.channel()) {
            each(new RpmPages(bytes), later == null ? null : new RpmPages(later), packages);
        } catch (EOFException e) {
            throw packages.count == 0
                    ? new Unreadable(0, "stops in the middle; " + MEND, e)
                    : new Unreadable(0, "stops in the middle, so packages are missing; " + MEND, e);
        }
        if (packages.broken > 0) {
            out.problem(
                    0,
                    "what it keeps of " + packages.broken + (packages.broken == 1 ? " package" : " packages")
                            + " is damaged; " + MEND);
        }
    }

    private static void each(RpmPages pages, @Nullable RpmPages journal, Packages packages)
            throws IOException, Unreadable {
        ByteBuffer head = pages.read(0, (int) Math.min(16, pages.size()), ByteOrder.LITTLE_ENDIAN);
        String start = new String(head.array(), StandardCharsets.ISO_8859_1);
        int magic = head.remaining() < 16 ? 0 : head.getInt(RpmBerkeley.MAGIC_AT);
        if (start.equals(RpmSqlite.MARK)) {
            new RpmSqlite(pages, journal).each(packages);
        } else if (start.startsWith(RpmNdb.MARK)) {
            new RpmNdb(pages).each(packages);
        } else if (magic == RpmBerkeley.HASH) {
            new RpmBerkeley(pages, ByteOrder.LITTLE_ENDIAN).each(packages);
        } else if (magic == Integer.reverseBytes(RpmBerkeley.HASH)) {
            new RpmBerkeley(pages, ByteOrder.BIG_ENDIAN).each(packages);
        } else {
            throw new Unreadable(
                    0,
                    pages.size() == 0
                            ? "is empty, where RPM's database was expected; copy it again"
                            : "is no database of RPM's (SQLite, ndb or Berkeley DB); " + MEND);
        }
    }

    /// Takes headers.
    private static final class Packages implements RpmPages.Blobs {

        private final OsRelease system;
        private final String up;
        private final Sink out;
        private int count;
        private int broken;

        Packages(OsRelease system, String up, Sink out) {
            this.system = system;
            this.up = up;
            this.out = out;
        }

        @Override
        public void blob(byte[] bytes) throws Unreadable {
            if (++count > MOST) {
                throw new Unreadable(0, "has more than " + MOST + " packages, which no system has; " + MEND);
            }
            RpmHeader header = RpmHeader.of(bytes);
            String name = header == null ? null : header.text(RpmHeader.NAME);
            String version = header == null ? null : header.text(RpmHeader.VERSION);
            String release = header == null ? null : header.text(RpmHeader.RELEASE);
            if (header == null || name == null || version == null || release == null) {
                broken++;
                return;
            }
            if (!name.equals("gpg-pubkey")) { // a key that packages are signed by
                take(header, name, version + "-" + release);
            }
        }

        private void take(RpmHeader header, String name, String version) {
            Integer epoch = header.number(RpmHeader.EPOCH);
            int number = system.installed(
                    0,
                    "rpm",
                    UNKNOWN,
                    name,
                    version,
                    header.text(RpmHeader.ARCH),
                    epoch == null ? null : Integer.toUnsignedString(epoch),
                    header.text(RpmHeader.SOURCE),
                    out);
            if (number < 0) {
                return;
            }
            Map<String, String> facts = new HashMap<>();
            put(facts, "supplier", header.text(RpmHeader.VENDOR));
            put(facts, "rpm:vendor", header.text(RpmHeader.VENDOR));
            put(facts, "licence", header.text(RpmHeader.LICENCE));
            if (!facts.isEmpty()) {
                out.tell(number, facts);
            }
            header.files(path -> out.owns(number, up + path));
        }

        private static void put(Map<String, String> facts, String name, @Nullable String value) {
            if (value != null && !value.equals("(none)")) {
                facts.put(name, value);
            }
        }
    }
}
