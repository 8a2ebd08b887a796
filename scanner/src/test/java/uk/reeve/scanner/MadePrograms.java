package uk.reeve.scanner;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.zip.DeflaterOutputStream;

/// The smallest programs that hold what a test gives: tables and one section, and no code.
final class MadePrograms {

    private static final long IMAGE = 0x400000;

    private MadePrograms() {}

    /// What Go 1.18 and later write.
    static byte[] goInline(String go, String modules) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(goHead(0, 2));
        bytes.writeBytes(new byte[16]);
        for (String text : List.of(go, "0123456789abcdef" + modules + "fedcba9876543210")) {
            byte[] content = text.getBytes(StandardCharsets.UTF_8);
            for (int left = content.length; ; left >>>= 7) {
                bytes.write(left < 128 ? left : left & 0x7f | 0x80);
                if (left < 128) {
                    break;
                }
            }
            bytes.writeBytes(content);
        }
        return bytes.toByteArray();
    }

    /// What Go before 1.18 wrote: pointers to texts.
    static byte[] goPointers(String go, String modules, long address, ByteOrder order) {
        byte[] version = go.getBytes(StandardCharsets.UTF_8);
        byte[] marked = ("0123456789abcdef" + modules + "fedcba9876543210").getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes =
                ByteBuffer.allocate(64 + version.length + marked.length).order(order);
        bytes.put(goHead(8, order == ByteOrder.BIG_ENDIAN ? 1 : 0));
        bytes.putLong(address + 32).putLong(address + 48);
        bytes.putLong(address + 64).putLong(version.length);
        bytes.putLong(address + 64 + version.length).putLong(marked.length);
        return bytes.put(version).put(marked).array();
    }

    private static byte[] goHead(int pointerBytes, int flags) {
        byte[] head = new byte[16];
        byte[] mark = "\u00ff Go buildinf:".getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(mark, 0, head, 0, mark.length);
        head[14] = (byte) pointerBytes;
        head[15] = (byte) flags;
        return head;
    }

    static byte[] zlib(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DeflaterOutputStream zlib = new DeflaterOutputStream(bytes)) {
            zlib.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    /// Of 64 bits, with one section, and one segment of the same.
    static byte[] elf(String section, byte[] content, ByteOrder order) {
        byte[] names = ("\0" + section + "\0").getBytes(StandardCharsets.ISO_8859_1);
        int contentAt = 64 + 56;
        int namesAt = contentAt + content.length;
        int tableAt = namesAt + names.length;
        ByteBuffer elf = ByteBuffer.allocate(tableAt + 3 * 64).order(order);
        elf.put(new byte[] {0x7f, 'E', 'L', 'F', 2, (byte) (order == ByteOrder.BIG_ENDIAN ? 2 : 1), 1});
        elf.putLong(32, 64).putLong(40, tableAt);
        elf.putShort(54, (short) 56).putShort(56, (short) 1);
        elf.putShort(58, (short) 64).putShort(60, (short) 3).putShort(62, (short) 2);
        elf.putInt(64, 1)
                .putInt(68, 6)
                .putLong(72, contentAt)
                .putLong(80, IMAGE)
                .putLong(96, content.length);
        elf.put(contentAt, content).put(namesAt, names);
        section(elf, tableAt + 64, 1, IMAGE, contentAt, content.length);
        section(elf, tableAt + 128, 0, 0, namesAt, names.length);
        return elf.array();
    }

    /// Where the content of [#elf] lies in memory.
    static long address() {
        return IMAGE;
    }

    private static void section(ByteBuffer elf, int at, int name, long address, int content, int size) {
        elf.putInt(at, name).putInt(at + 4, 1).putLong(at + 16, address).putLong(at + 24, content);
        elf.putLong(at + 32, size);
    }

    /// Of 32 bits with two processors, and the same for each.
    static byte[] machO(String section, byte[] content) {
        int size = 28 + 56 + 68 + content.length;
        ByteBuffer one = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        one.putInt(0, 0xfeedface).putInt(16, 1).putInt(20, 56 + 68);
        one.putInt(28, 1).putInt(32, 56 + 68).put(36, "__DATA".getBytes(StandardCharsets.ISO_8859_1));
        one.putInt(28 + 24, 0x1000).putInt(28 + 32, 152).putInt(28 + 36, content.length);
        one.putInt(28 + 44, 3).putInt(28 + 48, 1);
        one.put(84, section.getBytes(StandardCharsets.ISO_8859_1));
        one.putInt(84 + 32, 0x1000).putInt(84 + 36, content.length).putInt(84 + 40, 152);
        one.put(152, content);
        ByteBuffer several = ByteBuffer.allocate(64 + size);
        several.putInt(0, 0xcafebabe).putInt(4, 2).putInt(16, 64).putInt(20, size);
        return several.put(64, one.array()).array();
    }

    /// A program of Windows of 32 bits.
    ///
    /// @param resources what lies at 0x3000 in memory; none where it is empty
    /// @param managed whether it says to be an assembly of .NET
    static byte[] pe(String section, byte[] content, boolean resources, boolean managed) {
        ByteBuffer pe = ByteBuffer.allocate(512 + content.length).order(ByteOrder.LITTLE_ENDIAN);
        pe.put(0, new byte[] {'M', 'Z'}).putInt(60, 128);
        pe.putInt(128, 0x4550).putShort(134, (short) 1).putShort(148, (short) 224);
        int optional = 152;
        pe.putShort(optional, (short) 0x10b).putInt(optional + 28, (int) IMAGE).putInt(optional + 92, 16);
        pe.putInt(optional + 96 + 16, resources ? 0x3000 : 0);
        pe.putInt(optional + 96 + 14 * 8, managed ? 0x2000 : 0);
        int table = optional + 224;
        pe.put(table, section.getBytes(StandardCharsets.ISO_8859_1));
        pe.putInt(table + 8, content.length).putInt(table + 12, 0x3000);
        pe.putInt(table + 16, content.length).putInt(table + 20, 512).putInt(table + 36, 0xc0000040);
        return pe.put(512, content).array();
    }

    /// A version resource for a section at 0x3000.
    static byte[] version(Map<String, String> words) {
        ByteArrayOutputStream strings = new ByteArrayOutputStream();
        words.forEach((name, value) -> strings.writeBytes(
                node(name, 1, value.length() + 1, (value + "\0").getBytes(StandardCharsets.UTF_16LE))));
        byte[] table = node("040904b0", 1, 0, strings.toByteArray());
        byte[] info = node("StringFileInfo", 1, 0, table);
        byte[] fixed = new byte[52];
        byte[] both = ByteBuffer.allocate(fixed.length + info.length)
                .put(fixed)
                .put(info)
                .array();
        byte[] root = node("VS_VERSION_INFO", 0, fixed.length, both);
        ByteBuffer resource = ByteBuffer.allocate(88 + root.length).order(ByteOrder.LITTLE_ENDIAN);
        for (int level = 0; level < 3; level++) {
            resource.putShort(level * 24 + 14, (short) 1).putInt(level * 24 + 16, level == 0 ? 16 : 1);
            resource.putInt(level * 24 + 20, level == 2 ? 72 : 0x80000000 | (level + 1) * 24);
        }
        resource.putInt(72, 0x3000 + 88).putInt(76, root.length);
        return resource.put(88, root).array();
    }

    private static byte[] node(String name, int type, int valueLength, byte[] content) {
        byte[] key = (name + "\0").getBytes(StandardCharsets.UTF_16LE);
        int at = (6 + key.length + 3) & ~3;
        ByteBuffer node = ByteBuffer.allocate((at + content.length + 3) & ~3).order(ByteOrder.LITTLE_ENDIAN);
        node.putShort(0, (short) (at + content.length))
                .putShort(2, (short) valueLength)
                .putShort(4, (short) type);
        return node.put(6, key).put(at, content).array();
    }
}
