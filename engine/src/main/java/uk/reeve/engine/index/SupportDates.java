package uk.reeve.engine.index;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import uk.reeve.engine.support.Cycle;
import uk.reeve.engine.support.Product;
import uk.reeve.engine.support.ProductReader;

/// Until when products are supported: an immutable, mapped file beside the index. Nothing of it is read before a
/// component is looked up, and then only what has its name.
///
/// ```
/// magic "REEVESUP" · u32 format · u32 as of which day (since 1970, 0 = not told) · u32 products · u32 slots
/// slots, open addressing, at most half full: u32 fingerprint, u32 offset + 1 in the body
/// body: products (name, title, name of extended support, policy, keys, releases), then keys (text, products' offsets)
/// SHA-256 of all before it
/// ```
public final class SupportDates {

    private static final String MAGIC = "REEVESUP";
    private static final int FORMAT = 1;
    private static final int HEADER = 24;

    /// No dates at all.
    public static final SupportDates NONE = new SupportDates(ByteBuffer.allocate(HEADER), 0, 0);

    private final ByteBuffer file;
    private final int products;
    private final int slots;
    private final Section body;

    private SupportDates(ByteBuffer file, int products, int slots) {
        this.file = file;
        this.products = products;
        this.slots = slots;
        int start = HEADER + slots * 8;
        int length = Math.max(0, file.limit() - 32 - start);
        this.body = new Section(
                "dates of support",
                length == 0 ? ByteBuffer.allocate(0) : file.slice(start, length).order(ByteOrder.LITTLE_ENDIAN));
    }

    /// Maps the file.
    ///
    /// @throws BadIndex when it is none of ours, of another format, or its parts do not fit
    public static SupportDates open(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            long size = channel.size();
            if (size < HEADER + 32 || size > Integer.MAX_VALUE) {
                throw new BadIndex(path + " is no file of support dates");
            }
            ByteBuffer file =
                    channel.map(FileChannel.MapMode.READ_ONLY, 0, size).order(ByteOrder.LITTLE_ENDIAN);
            byte[] magic = new byte[8];
            file.get(0, magic);
            boolean ours = new String(magic, StandardCharsets.US_ASCII).equals(MAGIC) && file.getInt(8) == FORMAT;
            int products = file.getInt(16);
            int slots = file.getInt(20);
            boolean whole = slots >= 0
                    && (slots & (slots - 1)) == 0
                    && products >= 0
                    && HEADER + 32 + slots * 8L + products <= size;
            if (!ours || !whole) {
                throw new BadIndex(
                        path + " is no file of support dates of ours, or is cut short; import endoflife.date again");
            }
            return new SupportDates(file, products, slots);
        }
    }

    /// ISO date up to which they are known; empty where there are none.
    public String asOf() {
        int day = products == 0 ? 0 : file.getInt(12);
        return day == 0 ? "" : LocalDate.ofEpochDay(day).toString();
    }

    /// How many products there are.
    public int size() {
        return products;
    }

    /// The products that have this key; empty where none has.
    ///
    /// @param key as the importer wrote it: `npm/@angular/core`
    public List<Product> find(String key) throws BadIndex {
        int hash = hash(key);
        for (int tried = 0, slot = hash & (slots - 1); tried < slots; tried++, slot = (slot + 1) & (slots - 1)) {
            int offset = file.getInt(HEADER + slot * 8 + 4);
            if (offset == 0) {
                return List.of();
            }
            if (file.getInt(HEADER + slot * 8) == hash) {
                Section.Cursor in = body.at(offset - 1);
                if (in.text().equals(key)) {
                    List<Product> found = new ArrayList<>(1);
                    for (int left = in.count(); left > 0; left--) {
                        found.add(product(body.at(in.whole())).product());
                    }
                    return found;
                }
            }
        }
        return List.of();
    }

    /// All products, read anew each time.
    public List<Product> all() throws BadIndex {
        Section.Cursor in = body.at(0);
        List<Product> all = new ArrayList<>(products);
        for (int left = products; left > 0; left--) {
            all.add(product(in).product());
        }
        return all;
    }

    private static ProductReader.Found product(Section.Cursor in) throws BadIndex {
        String name = in.text();
        String title = in.text();
        String extended = in.text();
        String policy = in.text();
        List<String> keys = new ArrayList<>();
        for (int left = in.count(); left > 0; left--) {
            keys.add(in.text());
        }
        int count = in.count();
        List<Cycle> cycles = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            cycles.add(new Cycle(
                    in.text(),
                    in.text(),
                    in.whole(),
                    in.whole(),
                    in.whole(),
                    in.whole() == 1,
                    in.whole(),
                    in.whole(),
                    in.text()));
        }
        return new ProductReader.Found(new Product(name, title, extended, policy, cycles), keys);
    }

    /// Reads it whole against its digest.
    public void verify() throws BadIndex {
        if (products == 0) {
            return;
        }
        MessageDigest digest = AdvisoryIndex.sha256();
        digest.update(file.slice(0, file.limit() - 32));
        byte[] told = new byte[32];
        file.get(file.limit() - 32, told);
        if (!Arrays.equals(digest.digest(), told)) {
            throw new BadIndex(
                    "the support dates are damaged: they do not match their digest;" + " import endoflife.date again");
        }
    }

    /// FNV-1a, 32 bits.
    private static int hash(String key) {
        int hash = 0x811c9dc5;
        for (int i = 0; i < key.length(); i++) {
            hash = (hash ^ key.charAt(i)) * 0x01000193;
        }
        return hash ^ (hash >>> 15);
    }

    /// Collects products and writes the file.
    public static final class Builder {

        private final Map<String, ProductReader.Found> products = new TreeMap<>();
        private int day;

        /// Takes over what a file says.
        public Builder addAll(SupportDates dates) throws BadIndex {
            Section.Cursor in = dates.body.at(0);
            for (int left = dates.products; left > 0; left--) {
                add(product(in));
            }
            day = dates.products == 0 ? 0 : dates.file.getInt(12);
            return this;
        }

        /// Adds a product; one of the same name is replaced.
        public Builder add(ProductReader.Found found) {
            products.put(found.product().name(), found);
            return this;
        }

        /// Says as of when they are.
        public Builder asOf(LocalDate date) {
            day = (int) Math.max(0, date.toEpochDay());
            return this;
        }

        /// Whether anything is known.
        public boolean isEmpty() {
            return products.isEmpty();
        }

        /// Writes the file, which must not exist.
        public void write(Path path) throws IOException {
            Bytes body = new Bytes();
            Map<String, List<Integer>> keys = new TreeMap<>();
            for (ProductReader.Found found : products.values()) {
                for (String key : found.keys()) {
                    keys.computeIfAbsent(key, _ -> new ArrayList<>(1)).add(body.size());
                }
                write(found, body);
            }
            int slots = Integer.highestOneBit(Math.max(4, keys.size()) * 4 - 1);
            int[] fingerprints = new int[slots];
            int[] offsets = new int[slots];
            for (Map.Entry<String, List<Integer>> key : keys.entrySet()) {
                int hash = hash(key.getKey());
                int slot = hash & (slots - 1);
                while (offsets[slot] != 0) {
                    slot = (slot + 1) & (slots - 1);
                }
                fingerprints[slot] = hash;
                offsets[slot] = body.size() + 1;
                body.text(key.getKey()).number(key.getValue().size());
                for (int product : key.getValue()) {
                    body.number(product);
                }
            }
            Bytes out = new Bytes()
                    .raw(MAGIC.getBytes(StandardCharsets.US_ASCII))
                    .u32(FORMAT)
                    .u32(day);
            out.u32(products.size()).u32(slots);
            for (int i = 0; i < slots; i++) {
                out.u32(fingerprints[i]).u32(offsets[i]);
            }
            out.raw(body.array(), body.size());
            MessageDigest digest = AdvisoryIndex.sha256();
            digest.update(out.array(), 0, out.size());
            out.raw(digest.digest());
            Files.write(path, out.copy(), StandardOpenOption.CREATE_NEW);
        }

        private static void write(ProductReader.Found found, Bytes body) {
            Product product = found.product();
            body.text(product.name())
                    .text(product.title())
                    .text(product.extendedName())
                    .text(product.policy());
            body.number(found.keys().size());
            for (String key : found.keys()) {
                body.text(key);
            }
            body.number(product.cycles().size());
            for (Cycle c : product.cycles()) {
                body.text(c.name())
                        .text(c.codename())
                        .number(c.released())
                        .number(c.activeEnd())
                        .number(c.end());
                body.number(c.over() ? 1 : 0)
                        .number(c.extendedEnd())
                        .number(c.ltsFrom())
                        .text(c.latest());
            }
        }
    }
}
