package uk.reeve.scanner.program;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/// Programs of Linux and the BSDs. Source: System V ABI, "Object Files".
final class Elf {

    static final int MAGIC = 0x464c457f;

    private static final int NOBITS = 8;
    private static final int LOAD = 1;
    private static final int WRITE = 2;
    private static final int MOST_NAME = 64;

    private Elf() {}

    static Program read(Bytes little) throws IOException {
        ByteBuffer start = little.at(0, 64);
        boolean wide = start.get(4) == 2;
        int word = wide ? 8 : 4;
        Bytes bytes = little.in(start.get(5) == 2 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        ByteBuffer head = bytes.at(0, 64);
        long segmentsAt = Bytes.word(head, wide ? 32 : 28, word);
        long sectionsAt = Bytes.word(head, wide ? 40 : 32, word);
        int counts = wide ? 54 : 42; // sizes and numbers of segments and sections, two bytes each
        List<Section> loaded =
                segments(bytes, segmentsAt, head.getShort(counts) & 0xffff, head.getShort(counts + 2) & 0xffff, wide);
        List<Section> sections = sections(
                bytes,
                sectionsAt,
                head.getShort(counts + 4) & 0xffff,
                head.getShort(counts + 6) & 0xffff,
                head.getShort(counts + 8) & 0xffff,
                wide);
        return new Program(bytes, word, sections, loaded, Program.Directories.NONE);
    }

    private static List<Section> segments(Bytes bytes, long at, int size, int count, boolean wide) throws IOException {
        List<Section> segments = new ArrayList<>();
        if (at == 0 || count == 0 || size < (wide ? 56 : 32)) {
            return segments;
        }
        ByteBuffer table = bytes.at(at, (long) size * count);
        int word = wide ? 8 : 4;
        for (int i = 0; i < count; i++) {
            int one = i * size;
            if (table.getInt(one) == LOAD) {
                segments.add(new Section(
                        "",
                        Bytes.word(table, one + (wide ? 16 : 8), word),
                        Bytes.word(table, one + (wide ? 8 : 4), word),
                        Bytes.word(table, one + (wide ? 32 : 16), word),
                        (table.getInt(one + (wide ? 4 : 24)) & WRITE) != 0));
            }
        }
        return segments;
    }

    private static List<Section> sections(Bytes bytes, long at, int size, int told, int namesAt, boolean wide)
            throws IOException {
        List<Section> sections = new ArrayList<>();
        if (at == 0 || size < (wide ? 64 : 40)) {
            return sections;
        }
        int word = wide ? 8 : 4;
        // More than fit into two bytes are told by the first section.
        int count = told > 0 ? told : Program.count(Bytes.word(bytes.at(at, size), wide ? 32 : 20, word));
        ByteBuffer table = bytes.at(at, (long) size * count);
        long names = namesAt < count ? Bytes.word(table, namesAt * size + (wide ? 24 : 16), word) : 0;
        long namesSize = namesAt < count ? Bytes.word(table, namesAt * size + (wide ? 32 : 20), word) : 0;
        ByteBuffer text = bytes.at(names, namesSize);
        for (int i = 0; i < count; i++) {
            int one = i * size;
            if (table.getInt(one + 4) != NOBITS) {
                int name = table.getInt(one);
                sections.add(new Section(
                        name < 0 ? "" : Bytes.name(text, name, MOST_NAME),
                        Bytes.word(table, one + (wide ? 16 : 12), word),
                        Bytes.word(table, one + (wide ? 24 : 16), word),
                        Bytes.word(table, one + (wide ? 32 : 20), word),
                        (table.getInt(one + 8) & 1) != 0));
            }
        }
        return sections;
    }
}
