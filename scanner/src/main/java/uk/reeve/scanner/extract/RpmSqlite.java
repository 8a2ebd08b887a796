package uk.reeve.scanner.extract;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.input.Unreadable;

/// The table `Packages` of RPM's SQLite database, of which each row's second column is a header. Pages that a
/// journal beside it has later are taken from there; its checksums are not computed.
///
/// Source: sqlite.org, "Database File Format", 1.3 to 2.1, 4.
final class RpmSqlite {

    static final String MARK = "SQLite format 3\0";

    private static final int LEAF = 13;
    private static final int INNER = 5;
    private static final int DEPTH = 40;
    private static final int JOURNAL = 0x377f0682; // or one more
    private static final int JOURNAL_HEAD = 32;
    private static final int FRAME_HEAD = 24;

    private final RpmPages pages;
    private final @Nullable RpmPages journal;
    private final Map<Long, Long> later = new HashMap<>();
    private final int pageSize;
    private final int usable;

    /// @param journal null where there is none
    RpmSqlite(RpmPages pages, @Nullable RpmPages journal) throws IOException, Unreadable {
        this.pages = pages;
        this.journal = journal;
        ByteBuffer head = pages.read(0, 100, ByteOrder.BIG_ENDIAN);
        int told = head.getShort(16) & 0xffff;
        this.pageSize = told == 1 ? 65_536 : told;
        this.usable = pageSize - (head.get(20) & 0xff);
        if (pageSize < 512 || Integer.bitCount(pageSize) != 1 || usable < 480) {
            throw damaged();
        }
        if (journal != null && journal.size() >= JOURNAL_HEAD) {
            journal(journal);
        }
    }

    // 4.1: frames of a page each count up to the last that ends a transaction, as long as they bear the header's salt.
    private void journal(RpmPages from) throws IOException, Unreadable {
        ByteBuffer head = from.read(0, JOURNAL_HEAD, ByteOrder.BIG_ENDIAN);
        if (head.getInt(0) >>> 1 != JOURNAL >>> 1 || head.getInt(8) != pageSize) {
            throw new Unreadable(0, "has a damaged journal beside it; " + RpmDatabase.MEND);
        }
        Map<Long, Long> open = new HashMap<>();
        for (long at = JOURNAL_HEAD; at + FRAME_HEAD + pageSize <= from.size(); at += FRAME_HEAD + pageSize) {
            ByteBuffer frame = from.read(at, FRAME_HEAD, ByteOrder.BIG_ENDIAN);
            if (frame.getLong(8) != head.getLong(16)) {
                return;
            }
            open.put(frame.getInt(0) & 0xffffffffL, at + FRAME_HEAD);
            if (frame.getInt(4) != 0) {
                later.putAll(open);
                open.clear();
            }
        }
    }

    private ByteBuffer page(long number, int bytes) throws IOException, Unreadable {
        Long at = later.get(number);
        return at == null || journal == null
                ? pages.read((number - 1) * pageSize, bytes, ByteOrder.BIG_ENDIAN)
                : journal.read(at, bytes, ByteOrder.BIG_ENDIAN);
    }

    private static Unreadable damaged() {
        return new Unreadable(0, "is a damaged SQLite database; " + RpmDatabase.MEND);
    }

    /// Takes the values of one row.
    @FunctionalInterface
    private interface Rows {
        void row(byte[] payload) throws IOException, Unreadable;
    }

    void each(RpmPages.Blobs out) throws IOException, Unreadable {
        int[] root = {0};
        table(1, 0, payload -> {
            Row row = new Row(payload);
            if (row.text(0).equals("table") && row.text(1).equals("Packages")) {
                root[0] = (int) row.number(3);
            }
        });
        if (root[0] < 2) {
            throw new Unreadable(0, "is an SQLite database without RPM's table \"Packages\"; " + RpmDatabase.MEND);
        }
        table(root[0], 0, payload -> out.blob(new Row(payload).bytes(1)));
    }

    private void table(long number, int depth, Rows rows) throws IOException, Unreadable {
        if (depth > DEPTH || number < 1) {
            throw damaged();
        }
        ByteBuffer page = page(number, pageSize);
        int start = number == 1 ? 100 : 0;
        int type = page.get(start);
        int cells = page.getShort(start + 3) & 0xffff;
        int first = start + (type == INNER ? 12 : 8);
        if ((type != LEAF && type != INNER) || first + 2 * cells > pageSize) {
            throw damaged();
        }
        for (int i = 0; i < cells; i++) {
            page.position(Math.min(page.getShort(first + 2 * i) & 0xffff, pageSize));
            if (page.remaining() < 4) {
                throw damaged();
            }
            if (type == INNER) {
                table(page.getInt() & 0xffffffffL, depth + 1, rows);
            } else {
                long length = varint(page);
                varint(page); // the row's number
                rows.row(payload(page, length));
            }
        }
        if (type == INNER) {
            table(page.getInt(start + 8) & 0xffffffffL, depth + 1, rows);
        }
    }

    private long size() {
        return pages.size() + (journal == null ? 0 : journal.size());
    }

    // 1.6: what does not fit into the page goes on in a list of others.
    private byte[] payload(ByteBuffer page, long length) throws IOException, Unreadable {
        if (length < 0 || length > Math.min(RpmPages.MOST_BLOB, size())) {
            throw damaged();
        }
        int most = usable - 35;
        int least = (usable - 12) * 32 / 255 - 23;
        long here = least + (length - least) % (usable - 4);
        int local = (int) (length <= most ? length : here <= most ? here : least);
        if (page.remaining() < local + (local < length ? 4 : 0)) {
            throw damaged();
        }
        byte[] payload = new byte[(int) length];
        page.get(payload, 0, local);
        long next = local < length ? page.getInt() & 0xffffffffL : 0;
        for (int at = local; at < length; ) {
            if (next < 1) {
                throw damaged();
            }
            int part = (int) Math.min(usable - 4L, length - at);
            ByteBuffer overflow = page(next, 4 + part);
            next = overflow.getInt() & 0xffffffffL;
            overflow.get(payload, at, part);
            at += part;
        }
        return payload;
    }

    private static long varint(ByteBuffer from) throws IOException {
        long value = 0;
        for (int i = 0; i < 9; i++) {
            if (!from.hasRemaining()) {
                throw new EOFException();
            }
            byte b = from.get();
            if (i == 8) {
                return value << 8 | (b & 0xff);
            }
            value = value << 7 | (b & 0x7f);
            if (b >= 0) {
                return value;
            }
        }
        return value;
    }

    /// 2.1: the types of the columns, then their values.
    private static final class Row {

        private final ByteBuffer payload;
        private final long[] types = new long[8];
        private final long[] places = new long[8];

        Row(byte[] bytes) throws IOException {
            payload = ByteBuffer.wrap(bytes);
            long head = varint(payload);
            long at = head;
            for (int i = 0; i < types.length && payload.position() < head; i++) {
                types[i] = varint(payload);
                places[i] = at;
                at += size(types[i]);
            }
        }

        private static long size(long type) {
            return type >= 12
                    ? (type - 12) / 2
                    : switch ((int) type) {
                        case 1, 2, 3, 4 -> type;
                        case 5 -> 6;
                        case 6, 7 -> 8;
                        default -> 0;
                    };
        }

        byte[] bytes(int column) throws IOException {
            long size = size(types[column]);
            if (size > payload.capacity() || places[column] > payload.capacity() - size) {
                throw new EOFException();
            }
            byte[] value = new byte[(int) size];
            payload.get((int) places[column], value);
            return value;
        }

        String text(int column) throws IOException {
            return new String(bytes(column), StandardCharsets.UTF_8);
        }

        long number(int column) throws IOException {
            if (types[column] == 9) {
                return 1;
            }
            long value = 0;
            for (byte b : bytes(column)) {
                value = value << 8 | (b & 0xff);
            }
            return value;
        }
    }
}
