package uk.reeve.scanner.program;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Programs of Windows. Source: Microsoft, "PE Format".
final class Pe {

    static final short MAGIC = 0x5a4d;

    private static final int SIGNATURE = 0x4550;
    private static final int SECTION_BYTES = 40;
    private static final int WRITE = 0x80000000;
    private static final int RESOURCES = 2;
    private static final int MANAGED = 14;

    private Pe() {}

    static @Nullable Program read(Bytes bytes) throws IOException {
        long start = Bytes.word(bytes.at(0, 64), 60, 4);
        if (start < 64 || start > bytes.file().size() - 24 || bytes.at(start, 4).getInt(0) != SIGNATURE) {
            return null; // a program of DOS
        }
        ByteBuffer head = bytes.at(start + 4, 20);
        int count = head.getShort(2) & 0xffff;
        int optionalBytes = head.getShort(16) & 0xffff;
        ByteBuffer optional = bytes.at(start + 24, optionalBytes);
        if (optionalBytes < 96) {
            return null; // an object file
        }
        boolean wide = optional.getShort(0) == 0x20b;
        long image = wide ? optional.getLong(24) : Bytes.word(optional, 28, 4);
        int directories = wide ? 112 : 96;
        long resources = directory(optional, directories + 8 * RESOURCES);
        boolean managed = directory(optional, directories + 8 * MANAGED) != 0;
        List<Section> sections = new ArrayList<>();
        ByteBuffer table = bytes.at(start + 24 + optionalBytes, (long) SECTION_BYTES * count);
        for (int i = 0; i < count; i++) {
            int one = i * SECTION_BYTES;
            sections.add(new Section(
                    Bytes.name(table, one, 8),
                    image + Bytes.word(table, one + 12, 4),
                    Bytes.word(table, one + 20, 4),
                    Bytes.word(table, one + 16, 4),
                    (table.getInt(one + 36) & WRITE) != 0));
        }
        return new Program(
                bytes,
                wide ? 8 : 4,
                sections,
                sections,
                new Program.Directories(image, resources == 0 ? 0 : image + resources, managed));
    }

    private static long directory(ByteBuffer optional, int at) {
        return at + 8 > optional.limit() ? 0 : Bytes.word(optional, at, 4);
    }
}
