package uk.reeve.scanner.extract;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// RPM's headers and databases, made for tests.
public final class RpmBuilder {

    private final List<byte[]> index = new ArrayList<>();
    private final ByteArrayOutputStream data = new ByteArrayOutputStream();

    private RpmBuilder() {}

    /// @param epoch -1 for none
    /// @param vendor empty for none
    public static byte[] header(
            String name, int epoch, String version, String release, String source, String vendor, String... paths) {
        RpmBuilder header = new RpmBuilder();
        header.text(1000, name);
        header.text(1001, version);
        header.text(1002, release);
        if (epoch >= 0) {
            header.numbers(1003, epoch);
        }
        if (!vendor.isEmpty()) {
            header.text(1011, vendor);
        }
        header.text(1014, "MIT");
        header.text(1022, "x86_64");
        header.text(1044, source);
        if (paths.length > 0) {
            int[] folders = new int[paths.length];
            String[] names = new String[paths.length];
            String[] folderNames = new String[paths.length];
            for (int i = 0; i < paths.length; i++) {
                int slash = paths[i].lastIndexOf('/') + 1;
                folders[i] = i;
                names[i] = paths[i].substring(slash);
                folderNames[i] = paths[i].substring(0, slash);
            }
            header.numbers(1116, folders);
            header.texts(1117, names);
            header.texts(1118, folderNames);
        }
        ByteBuffer all = ByteBuffer.allocate(8 + 16 * header.index.size() + header.data.size());
        all.putInt(header.index.size()).putInt(header.data.size());
        header.index.forEach(all::put);
        return all.put(header.data.toByteArray()).array();
    }

    private void text(int tag, String text) {
        entry(tag, 6, 1);
        data.writeBytes((text + "\0").getBytes(StandardCharsets.UTF_8));
    }

    private void texts(int tag, String... texts) {
        entry(tag, 8, texts.length);
        data.writeBytes((String.join("\0", texts) + "\0").getBytes(StandardCharsets.UTF_8));
    }

    private void numbers(int tag, int... numbers) {
        while (data.size() % 4 != 0) {
            data.write(0);
        }
        entry(tag, 4, numbers.length);
        for (int number : numbers) {
            data.writeBytes(ByteBuffer.allocate(4).putInt(number).array());
        }
    }

    private void entry(int tag, int type, int count) {
        index.add(ByteBuffer.allocate(16)
                .putInt(tag)
                .putInt(type)
                .putInt(data.size())
                .putInt(count)
                .array());
    }

    /// `Packages.db`.
    public static byte[] ndb(byte[]... headers) {
        ByteBuffer all = ByteBuffer.allocate(1 << 20).order(ByteOrder.LITTLE_ENDIAN);
        all.put("RpmP".getBytes(StandardCharsets.US_ASCII)).putInt(0).putInt(1).putInt(1);
        int block = 4_096 / 16;
        for (int slot = 2; slot < 256; slot++) {
            int number = slot - 1;
            boolean used = slot - 2 < headers.length;
            all.position(16 * slot);
            all.put("Slot".getBytes(StandardCharsets.US_ASCII));
            all.putInt(used ? number : 0).putInt(used ? block : 0);
            if (used) {
                byte[] header = headers[slot - 2];
                int blocks = (16 + header.length + 12 + 15) / 16;
                all.putInt(blocks);
                all.position(16 * block);
                all.put("BlbS".getBytes(StandardCharsets.US_ASCII))
                        .putInt(number)
                        .putInt(0)
                        .putInt(header.length);
                all.put(header);
                block += blocks;
            }
        }
        byte[] bytes = new byte[16 * block];
        all.get(0, bytes);
        return bytes;
    }

    /// `Packages` of a Berkeley DB, with pages of 512 bytes: each header stands on pages of its own.
    public static byte[] berkeley(ByteOrder order, byte[]... headers) {
        int page = 512;
        ByteBuffer all = ByteBuffer.allocate(1 << 20).order(order);
        all.putInt(12, 0x061561).putInt(20, page).put(25, (byte) 8);
        int next = 2;
        int end = page;
        List<Integer> places = new ArrayList<>();
        for (byte[] header : headers) {
            end -= 5; // the key
            places.add(end);
            all.put(page + end, (byte) 1);
            end -= 12;
            places.add(end);
            all.put(page + end, (byte) 3).putInt(page + end + 4, next).putInt(page + end + 8, header.length);
            for (int at = 0; at < header.length; at += page - 26, next++) {
                int here = Math.min(page - 26, header.length - at);
                boolean last = at + here == header.length;
                all.putInt(next * page + 16, last ? 0 : next + 1).putShort(next * page + 22, (short) here);
                all.put(next * page + 25, (byte) 7).put(next * page + 26, header, at, here);
            }
        }
        all.putShort(page + 20, (short) places.size()).put(page + 25, (byte) 13);
        for (int i = 0; i < places.size(); i++) {
            all.putShort(page + 26 + 2 * i, places.get(i).shortValue());
        }
        all.putInt(32, next - 1);
        byte[] bytes = new byte[next * page];
        all.get(0, bytes);
        return bytes;
    }

    /// `rpmdb.sqlite` with pages of 512 bytes: an inner page, a leaf for each header, and what does not fit goes on.
    public static byte[] sqlite(byte[]... headers) {
        int page = 512;
        ByteBuffer all = ByteBuffer.allocate(1 << 20);
        all.put("SQLite format 3\0".getBytes(StandardCharsets.US_ASCII)).putShort(16, (short) page);
        byte[] sql =
                "CREATE TABLE 'Packages' (hnum INTEGER PRIMARY KEY, blob BLOB)".getBytes(StandardCharsets.US_ASCII);
        ByteBuffer row = ByteBuffer.allocate(200);
        row.put((byte) 6)
                .put((byte) 23)
                .put((byte) 29)
                .put((byte) 29)
                .put((byte) 1)
                .put((byte) (13 + 2 * sql.length));
        row.put("tablePackagesPackages".getBytes(StandardCharsets.US_ASCII))
                .put((byte) 2)
                .put(sql);
        row.flip();
        leaf(all, 0, 100, row.remaining(), row, 0);
        int leaves = headers.length;
        int next = 3 + leaves;
        all.put(page, (byte) 5).putShort(page + 3, (short) (leaves - 1)).putInt(page + 8, 2 + leaves);
        for (int i = 0; i < leaves; i++) {
            if (i < leaves - 1) {
                int at = page - 5 * (i + 1);
                all.putShort(page + 12 + 2 * i, (short) at)
                        .putInt(page + at, 3 + i)
                        .put(page + at + 4, (byte) (i + 1));
            }
            byte[] header = headers[i];
            int type = 12 + 2 * header.length;
            ByteBuffer payload = ByteBuffer.allocate(header.length + 8);
            payload.put((byte) 4)
                    .put((byte) 0)
                    .put((byte) (0x80 | type >> 7))
                    .put((byte) (type & 0x7f))
                    .put(header);
            payload.flip();
            int length = payload.remaining();
            int least = (page - 12) * 32 / 255 - 23;
            int here = least + (length - least) % (page - 4);
            int local = length <= page - 35 ? length : here <= page - 35 ? here : least;
            payload.limit(local);
            leaf(all, page * (2 + i), 0, length, payload, local < length ? next : 0);
            payload.limit(length).position(local);
            while (payload.hasRemaining()) {
                int part = Math.min(page - 4, payload.remaining());
                all.position(page * (next - 1));
                all.putInt(part == payload.remaining() ? 0 : next + 1);
                byte[] bytes = new byte[part];
                payload.get(bytes);
                all.put(bytes);
                next++;
            }
        }
        byte[] bytes = new byte[page * (next - 1)];
        all.get(0, bytes);
        return bytes;
    }

    /// A journal that has every page of the database anew.
    ///
    /// @param whole whether the transaction was ended
    public static byte[] journal(byte[] database, boolean whole) {
        int pages = database.length / 512;
        ByteBuffer all = ByteBuffer.allocate(32 + pages * (24 + 512));
        all.putInt(0x377f0682)
                .putInt(3_007_000)
                .putInt(512)
                .putInt(0)
                .putLong(42)
                .putLong(0);
        for (int i = 0; i < pages; i++) {
            all.putInt(i + 1)
                    .putInt(whole && i == pages - 1 ? pages : 0)
                    .putLong(42)
                    .putLong(0);
            all.put(database, 512 * i, 512);
        }
        return all.array();
    }

    private static void leaf(ByteBuffer all, int page, int start, int length, ByteBuffer payload, int overflow) {
        int bytes = 3 + payload.remaining() + (overflow == 0 ? 0 : 4);
        int at = 512 - bytes;
        all.put(page + start, (byte) 13).putShort(page + start + 3, (short) 1);
        all.putShort(page + start + 8, (short) at).position(page + at);
        all.put((byte) (0x80 | length >> 7)).put((byte) (length & 0x7f)).put((byte) 1);
        all.put(payload.duplicate());
        if (overflow != 0) {
            all.putInt(overflow);
        }
    }
}
