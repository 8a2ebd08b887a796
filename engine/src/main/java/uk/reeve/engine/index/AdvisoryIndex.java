package uk.reeve.engine.index;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.advisory.OsvRecord;
import uk.reeve.engine.match.Rating;
import uk.reeve.engine.version.BadVersion;
import uk.reeve.engine.version.Ecosystem;
import uk.reeve.engine.version.VersionKey;
import uk.reeve.engine.version.VersionOrder;

/// The advisory index: one immutable file, memory-mapped. Little-endian; numbers without a width are unsigned LEB128,
/// texts are a length and UTF-8.
///
/// ```
/// magic (8 bytes) · u32 format · u32 key scheme · u64 length of the file · 7 × (u64 offset, u64 length) of the
/// sections
/// SHA-256 of the sections · SHA-256 of that and all before it
/// META        one text: lines of what is known of each source
/// HASH        u32 fingerprint, u32 offset + 1 in PACKAGES; open addressing, at most half full
/// PACKAGES    ecosystem · release · match key · name if it differs · entries: advisory, source word, urgency word,
///             spans (low, 2 × high + included), listed versions
/// VERSIONS    u32 count, u32 offsets; each 2 × key length + exact, key, text; no key where the order refuses it
/// ADVISORIES  u32 count, u32 offsets, sorted by id
/// GROUPS      u32 count, u32 offsets; each ids, advisories
/// WORDS       count, texts
/// ```
///
/// It is input, not trusted: its shape (magic, format, length, bounds of the sections) is checked when it is opened,
/// every offset when it is followed, and stretches of zeros, which a disk leaves of a file that it lost, are not taken
/// for nothing. Digests are left to [#verify], which reads it whole: to load the security
/// providers costs every scan more than its matching.
public final class AdvisoryIndex implements AutoCloseable {

    static final String MAGIC = "REEVEIDX";
    static final int FORMAT = 1;
    static final int KEY_SCHEME = 2;
    static final int SECTIONS = 7;
    static final int HEADER = 8 + 4 + 4 + 8 + SECTIONS * 16 + 32 + 32;

    private final Path file;
    private final ByteBuffer whole;
    private final Section meta;
    private final Section hash;
    private final Section packages;
    private final Section versions;
    private final Section advisories;
    private final Section groups;
    private final String[] words;
    private volatile @Nullable Set<String> covered;

    private AdvisoryIndex(Path file, ByteBuffer whole, Section[] sections) throws BadIndex {
        this.file = file;
        this.whole = whole;
        this.meta = sections[0];
        this.hash = sections[1];
        this.packages = sections[2];
        this.versions = sections[3];
        this.advisories = sections[4];
        this.groups = sections[5];
        if (packages.length() > 0 && meta.at(0).count() == 0) {
            throw new BadIndex(file + " is damaged: its META is empty; import the advisories again");
        }
        Section.Cursor in = sections[6].at(0);
        this.words = new String[in.count()];
        for (int i = 0; i < words.length; i++) {
            words[i] = in.text();
        }
    }

    /// Maps the file.
    ///
    /// @throws BadIndex when it is no index, of another format, cut short, or a section lies outside it
    public static AdvisoryIndex open(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = channel.size();
            if (size < HEADER || size > Integer.MAX_VALUE) {
                throw new BadIndex(file + " is no advisory index: it has " + size + " bytes");
            }
            MappedByteBuffer whole = channel.map(FileChannel.MapMode.READ_ONLY, 0, size);
            whole.order(ByteOrder.LITTLE_ENDIAN);
            byte[] header = new byte[HEADER];
            whole.get(0, header);
            check(file, header, whole, size);
            Section[] sections = new Section[SECTIONS];
            for (int i = 0; i < SECTIONS; i++) {
                long offset = whole.getLong(24 + i * 16);
                long length = whole.getLong(32 + i * 16);
                if (offset < HEADER || length < 0 || offset > size || length > size - offset) {
                    throw new BadIndex(file + " is damaged: a section lies outside the file");
                }
                sections[i] = new Section(
                        NAMES[i], whole.slice((int) offset, (int) length).order(ByteOrder.LITTLE_ENDIAN));
            }
            return new AdvisoryIndex(file, whole, sections);
        }
    }

    /// Whether an earlier version of this program wrote it, in a format that this one no longer reads.
    static boolean isOfOlderFormat(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer head = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
            boolean whole = channel.read(head, 0) == 16;
            return whole
                    && new String(head.array(), 0, 8, StandardCharsets.US_ASCII).equals(MAGIC)
                    && head.getInt(8) <= FORMAT
                    && head.getInt(12) <= KEY_SCHEME
                    && (head.getInt(8) != FORMAT || head.getInt(12) != KEY_SCHEME);
        }
    }

    private static final String[] NAMES = {"META", "HASH", "PACKAGES", "VERSIONS", "ADVISORIES", "GROUPS", "WORDS"};

    private static void check(Path file, byte[] header, ByteBuffer whole, long size) throws BadIndex {
        if (!new String(header, 0, 8, StandardCharsets.US_ASCII).equals(MAGIC)) {
            throw new BadIndex(file + " is no advisory index of ours");
        }
        int format = whole.getInt(8);
        int scheme = whole.getInt(12);
        if (format != FORMAT || scheme != KEY_SCHEME) {
            String age = format > FORMAT || scheme > KEY_SCHEME ? "newer" : "older";
            throw new BadIndex(file + " has the " + age + " format " + format + "." + scheme
                    + ", and this program reads " + FORMAT + "." + KEY_SCHEME + "; import the advisories again");
        }
        if (whole.getLong(16) != size) {
            throw new BadIndex(file + " is cut short: " + size + " of " + whole.getLong(16) + " bytes are there");
        }
    }

    public Path file() {
        return file;
    }

    /// What the index holds of each source, by name.
    public List<SourceState> sources() throws BadIndex {
        List<SourceState> states = new ArrayList<>();
        for (String line : meta.at(0).text().split("\n")) {
            String[] parts = line.split("\t", -1);
            if (parts.length == 6 && parts[0].equals("source")) {
                try {
                    states.add(new SourceState(
                            parts[1], Integer.parseInt(parts[2]), Integer.parseInt(parts[3]), parts[4], parts[5]));
                } catch (NumberFormatException e) {
                    throw new BadIndex(file + " is damaged: a count in its META is no number (" + e.getMessage() + ")");
                }
            }
        }
        return states;
    }

    /// Whether any record here names a package of this ecosystem and release.
    public boolean covers(Ecosystem ecosystem, String release) throws BadIndex {
        return covered().contains(release.isEmpty() ? ecosystem.osvName() : ecosystem.osvName() + ":" + release);
    }

    /// Ecosystems with their releases that any record here speaks of: `npm`, `Debian:12`.
    public Set<String> covered() throws BadIndex {
        Set<String> known = covered;
        if (known == null) {
            known = new TreeSet<>();
            for (String line : meta.at(0).text().split("\n")) {
                if (line.startsWith("covers\t")) {
                    known.add(line.substring("covers\t".length()));
                }
            }
            covered = known;
        }
        return known;
    }

    /// What the records say of a package; null where none names it. Go modules are found as written and, failing that,
    /// without case.
    ///
    /// @param release as [Releases#lookup] gives it; empty where the ecosystem has none
    /// @param key as [Ecosystem#matchKey] gives it
    public @Nullable PackageEntries find(Ecosystem ecosystem, String release, String key) throws BadIndex {
        PackageEntries found = slot(ecosystem, release, key);
        return found != null || ecosystem != Ecosystem.GO ? found : slot(ecosystem, release, lower(key));
    }

    /// Fingerprints have 32 bits: of all packages that there are, hardly two in one run of slots are alike.
    private static final int MOST_ALIKE = 64;

    private @Nullable PackageEntries slot(Ecosystem ecosystem, String release, String key) throws BadIndex {
        long hashed = hash(ecosystem, release, key);
        int mask = hash.length() / 8 - 1;
        if (mask < 0 || (mask & (mask + 1)) != 0) {
            throw new BadIndex(file + " is damaged: its HASH has " + hash.length() + " bytes");
        }
        int slot = (int) hashed & mask;
        int alike = 0;
        for (int tried = 0; tried <= mask; tried++) {
            int offset = hash.u32(slot * 8 + 4);
            if (offset == 0) {
                checkNotBlank(slot, mask);
                return null;
            }
            if (hash.u32(slot * 8) == (int) (hashed >>> 32)) {
                if (++alike > MOST_ALIKE) {
                    throw new BadIndex(
                            file + " is damaged: more than " + MOST_ALIKE + " packages look alike in its HASH");
                }
                Section.Cursor in = packages.at(offset - 1);
                boolean same = in.whole() == ecosystem.ordinal() && in.text().equals(release);
                String stored = in.text();
                if (stored.isEmpty()) {
                    throw new BadIndex(file + " is damaged: a package has no name; import the advisories again");
                }
                if (same
                        && (stored.equals(key)
                                || (ecosystem == Ecosystem.GO && lower(stored).equals(key)))) {
                    return read(ecosystem, release, stored, in);
                }
            }
            slot = (slot + 1) & mask;
        }
        return null;
    }

    /// A quarter of the slots at least is taken: of so many side by side one is. A page of 4,096 bytes has 512.
    private static final int BLANK_SLOTS = 200;

    private void checkNotBlank(int slot, int mask) throws BadIndex {
        boolean blank = mask < 2 * BLANK_SLOTS
                ? isBlank(0, mask + 1)
                : (slot >= BLANK_SLOTS && isBlank(slot - BLANK_SLOTS, slot))
                        || (slot + BLANK_SLOTS <= mask && isBlank(slot, slot + BLANK_SLOTS));
        if (blank && packages.length() > 0) {
            throw new BadIndex(file + " is damaged: its HASH is blank; import the advisories again");
        }
    }

    private boolean isBlank(int from, int to) throws BadIndex {
        for (int i = from; i < to; i++) {
            if (hash.u32(i * 8 + 4) != 0) {
                return false;
            }
        }
        return true;
    }

    private PackageEntries read(Ecosystem ecosystem, String release, String key, Section.Cursor in) throws BadIndex {
        String name = in.text();
        Entry[] entries = new Entry[in.count()];
        if (entries.length == 0) {
            throw new BadIndex(file + " is damaged: nothing is said of a package; import the advisories again");
        }
        for (int i = 0; i < entries.length; i++) {
            int advisory = in.whole();
            String source = string(words, in.whole());
            int urgency = in.whole();
            int[] lows = new int[in.count()];
            int[] highs = new int[lows.length];
            boolean[] includes = new boolean[lows.length];
            for (int s = 0; s < lows.length; s++) {
                lows[s] = in.whole();
                long high = in.number();
                highs[s] = (int) (high >>> 1);
                includes[s] = (high & 1) == 1;
            }
            int[] listed = new int[in.count()];
            for (int v = 0; v < listed.length; v++) {
                listed[v] = in.whole();
            }
            entries[i] = new Entry(
                    advisory, source, urgency == 0 ? null : string(words, urgency), lows, highs, includes, listed);
        }
        return new PackageEntries(this, ecosystem, release, name.isEmpty() ? key : name, entries);
    }

    /// Every package, in the order of the file.
    public void packages(PackageVisitor visitor) throws BadIndex {
        long bytes = 0;
        for (int slot = 0; slot < hash.length() / 8; slot++) {
            int offset = hash.u32(slot * 8 + 4);
            if (offset != 0) {
                Section.Cursor in = packages.at(offset - 1);
                int ecosystem = in.whole();
                if (ecosystem >= Ecosystem.values().length) {
                    throw new BadIndex(file + " is damaged: no ecosystem has the number " + ecosystem);
                }
                String release = in.text();
                String key = in.text();
                Ecosystem of = Ecosystem.values()[ecosystem];
                // a Go module with capitals has a second slot: visit it once
                if (of != Ecosystem.GO || (int) (hash(of, release, key) >>> 32) == hash.u32(slot * 8)) {
                    visitor.visit(read(of, release, key, in));
                    bytes += in.offset() - offset + 1;
                    if (bytes > packages.length()) {
                        throw new BadIndex(file + " is damaged: its HASH names a package twice");
                    }
                }
            }
        }
    }

    /// Takes each package of the index.
    @FunctionalInterface
    public interface PackageVisitor {
        void visit(PackageEntries entries) throws BadIndex;
    }

    /// Every record, as it was given to the builder but for what the index leaves out: listed versions that a range
    /// covers, and texts.
    void records(RecordVisitor visitor) throws BadIndex {
        List<List<OsvRecord.Affected>> affected = new ArrayList<>();
        for (int i = advisoryCount(); i > 0; i--) {
            affected.add(new ArrayList<>(1));
        }
        packages(entries -> {
            for (int i = 0; i < entries.size(); i++) {
                Entry entry = entries.entry(i);
                if (entry.advisory() >= affected.size()) {
                    throw new BadIndex(file + " is damaged: a package names a record that is not there");
                }
                affected.get(entry.advisory()).add(affected(entries, entry));
            }
        });
        for (int i = 0; i < affected.size(); i++) {
            Advisory a = advisory(i);
            List<OsvRecord.Severity> severity = new ArrayList<>();
            for (Rating rating : a.ratings()) {
                severity.add(
                        rating.vector() == null
                                ? new OsvRecord.Severity("word", rating.word())
                                : new OsvRecord.Severity("CVSS", rating.vector()));
            }
            visitor.visit(
                    a.source(),
                    new OsvRecord(
                            a.id(),
                            time(a.modified()),
                            time(a.published()),
                            a.withdrawn() ? time(Math.max(1, a.modified())) : null,
                            a.aliases(),
                            a.related(),
                            a.upstream(),
                            a.summary(),
                            null,
                            severity,
                            affected.get(i)));
        }
    }

    private OsvRecord.Affected affected(PackageEntries entries, Entry entry) throws BadIndex {
        List<OsvRecord.Range> ranges = new ArrayList<>();
        for (int s = 0; s < entry.lows().length; s++) {
            List<OsvRecord.Event> events = new ArrayList<>(2);
            events.add(new OsvRecord.Event("introduced", entry.lows()[s] == 0 ? "0" : version(entry.lows()[s])));
            if (entry.highs()[s] != 0) {
                events.add(new OsvRecord.Event(
                        entry.includes()[s] ? "last_affected" : "fixed", version(entry.highs()[s])));
            }
            ranges.add(new OsvRecord.Range("ECOSYSTEM", events));
        }
        List<String> listed = new ArrayList<>(entry.listed().length);
        for (int number : entry.listed()) {
            listed.add(version(number));
        }
        return new OsvRecord.Affected(entry.source(), entries.name(), ranges, listed, List.of(), entry.urgency());
    }

    /// Takes each record of the index with the source that it came from.
    @FunctionalInterface
    interface RecordVisitor {
        void visit(String source, OsvRecord record) throws BadIndex;
    }

    private static String time(long seconds) {
        return seconds == 0 ? "" : Instant.ofEpochSecond(seconds).toString();
    }

    /// How many records there are, withdrawn ones among them.
    public int advisoryCount() throws BadIndex {
        return rows(advisories);
    }

    /// @param number from 0
    public Advisory advisory(int number) throws BadIndex {
        Section.Cursor in = row(advisories, number);
        String id = in.text();
        String source = string(words, in.whole());
        long modified = in.time();
        long published = in.time();
        boolean withdrawn = in.number() != 0;
        List<String> aliases = texts(in);
        List<String> related = texts(in);
        List<String> upstream = texts(in);
        var ratings = Ratings.read(in, id, words);
        int count = in.count();
        List<Integer> spoken = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            spoken.add(in.whole());
        }
        String summary = in.text();
        return new Advisory(
                number,
                id,
                source,
                modified,
                published,
                withdrawn,
                aliases,
                related,
                upstream,
                ratings,
                spoken,
                summary.isEmpty() ? null : summary);
    }

    /// The record with this id; null where there is none.
    public @Nullable Advisory advisory(String id) throws BadIndex {
        int low = 0;
        int high = advisoryCount() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int compared = row(advisories, middle).text().compareTo(id);
            if (compared == 0) {
                return advisory(middle);
            }
            if (compared < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return null;
    }

    /// @param number from 0
    public Group group(int number) throws BadIndex {
        Section.Cursor in = row(groups, number);
        List<String> ids = texts(in);
        int count = in.count();
        List<Integer> members = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            members.add(in.whole());
        }
        if (ids.isEmpty()) {
            throw new BadIndex(file + " is damaged: a group without an id");
        }
        return new Group(number, ids, members);
    }

    /// How many vulnerabilities there are.
    public int groupCount() throws BadIndex {
        return rows(groups);
    }

    /// The version's text.
    ///
    /// @param number from 1
    public String version(int number) throws BadIndex {
        Section.Cursor in = row(versions, number - 1);
        in.skip(in.whole() >>> 1);
        return in.text();
    }

    /// Below, equal or above zero as this version is below, equal to or above that of the index: by their keys where
    /// both
    /// can be trusted, else by the ecosystem's comparer.
    ///
    /// @param number from 1
    /// @throws BadVersion when the order refuses the index's version
    int compare(VersionOrder order, String version, VersionKey key, int number) throws BadVersion, BadIndex {
        Section.Cursor in = row(versions, number - 1);
        int head = in.whole();
        if ((head & 1) == 1 && key.exact()) {
            return in.compare(head >>> 1, key.bytes());
        }
        in.skip(head >>> 1);
        return order.compare(version, order.bound(in.text()));
    }

    /// Whether the stored key alone answers.
    boolean exact(int number) throws BadIndex {
        return (row(versions, number - 1).whole() & 1) == 1;
    }

    /// Reads the whole file, header and contents, against its digests.
    ///
    /// @throws BadIndex when a byte has changed
    public void verify() throws BadIndex {
        MessageDigest digest = sha256();
        byte[] header = new byte[HEADER];
        whole.get(0, header);
        digest.update(header, 0, HEADER - 32);
        if (!Arrays.equals(digest.digest(), Arrays.copyOfRange(header, HEADER - 32, HEADER))) {
            throw new BadIndex(file + " is damaged: its header does not match its digest; import the advisories again");
        }
        ByteBuffer body = whole.duplicate();
        body.position(HEADER);
        digest.update(body);
        byte[] told = new byte[32];
        whole.get(HEADER - 64, told);
        if (!Arrays.equals(digest.digest(), told)) {
            throw new BadIndex(
                    file + " is damaged: its contents do not match their digest; import the advisories again");
        }
    }

    /// SHA-256 of the contents, in hex.
    public String digest() {
        byte[] told = new byte[32];
        whole.get(HEADER - 64, told);
        return java.util.HexFormat.of().formatHex(told);
    }

    /// How many rows a table has: no more than it has offsets.
    private int rows(Section section) throws BadIndex {
        int count = section.u32(0);
        if (count < 0 || count > (section.length() - 4) / 4) {
            throw new BadIndex(file + " is damaged: it counts more rows than there are");
        }
        return count;
    }

    private Section.Cursor row(Section section, int number) throws BadIndex {
        if (number < 0 || number >= section.u32(0)) {
            throw new BadIndex(file + " is damaged: it names a row that is not there");
        }
        int offset = section.u32(4 + 4 * number);
        if (offset < 4 + 4 * section.u32(0)) {
            throw new BadIndex(file + " is damaged: a row lies before the rows; import the advisories again");
        }
        return section.at(offset);
    }

    private static List<String> texts(Section.Cursor in) throws BadIndex {
        int count = in.count();
        List<String> texts = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            texts.add(in.text());
        }
        return texts;
    }

    static String string(String[] words, int number) throws BadIndex {
        if (number < 1 || number > words.length) {
            throw new BadIndex("names a word that is not there");
        }
        return words[number - 1];
    }

    /// FNV-1a, 64 bits, of the ecosystem, the release and the key.
    static long hash(Ecosystem ecosystem, String release, String key) {
        long hash = 0xcbf29ce484222325L;
        hash = (hash ^ ecosystem.ordinal()) * 0x100000001b3L;
        for (int i = 0; i < release.length(); i++) {
            hash = (hash ^ release.charAt(i)) * 0x100000001b3L;
        }
        hash = (hash ^ 0x1f) * 0x100000001b3L;
        for (int i = 0; i < key.length(); i++) {
            hash = (hash ^ key.charAt(i)) * 0x100000001b3L;
        }
        return hash ^ (hash >>> 29);
    }

    static String lower(String key) {
        return key.toLowerCase(Locale.ROOT);
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /// The file stays mapped until the buffer is collected; nothing has to be released by hand.
    @Override
    public void close() {}
}
