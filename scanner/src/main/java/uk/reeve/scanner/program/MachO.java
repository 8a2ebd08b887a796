package uk.reeve.scanner.program;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Programs of macOS. Of one that was built for several processors the first is read: the others were made from the
/// same. Source: Apple, `mach-o/loader.h`, `mach-o/fat.h`.
final class MachO {

    private static final int NARROW = 0xfeedface;
    private static final int WIDE = 0xfeedfacf;
    private static final int SEVERAL = 0xcafebabe;
    private static final int SEVERAL_WIDE = 0xcafebabf;
    private static final int MOST_PROCESSORS =
            30; // a class of Java begins alike, and has its version there: 45 and more
    private static final int WRITE = 2;

    private MachO() {}

    static boolean isMachO(String head) {
        if (head.length() < 8) {
            return false;
        }
        int magic = head.charAt(0) << 24 | head.charAt(1) << 16 | head.charAt(2) << 8 | head.charAt(3);
        int little = Integer.reverseBytes(magic);
        return magic == NARROW
                || magic == WIDE
                || little == NARROW
                || little == WIDE
                || (magic == SEVERAL || magic == SEVERAL_WIDE)
                        && head.charAt(4) + head.charAt(5) + head.charAt(6) == 0
                        && head.charAt(7) < MOST_PROCESSORS;
    }

    static @Nullable Program read(Bytes bytes) throws IOException {
        Bytes big = bytes.in(ByteOrder.BIG_ENDIAN);
        ByteBuffer head = big.at(0, 40);
        int magic = head.getInt(0);
        if (magic == SEVERAL || magic == SEVERAL_WIDE) {
            int processors = head.getInt(4);
            if (processors < 1 || processors >= MOST_PROCESSORS) {
                return null;
            }
            Bytes first = bytes.from(magic == SEVERAL ? Bytes.word(head, 16, 4) : head.getLong(16));
            return one(first);
        }
        return one(bytes);
    }

    private static @Nullable Program one(Bytes bytes) throws IOException {
        int magic = bytes.in(ByteOrder.BIG_ENDIAN).at(0, 4).getInt(0);
        boolean big = magic == NARROW || magic == WIDE;
        int plain = big ? magic : Integer.reverseBytes(magic);
        if (plain != NARROW && plain != WIDE) {
            return null;
        }
        boolean wide = plain == WIDE;
        Bytes ordered = bytes.in(big ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        int headBytes = wide ? 32 : 28;
        ByteBuffer head = ordered.at(0, headBytes);
        int count = Program.count(head.getInt(16));
        ByteBuffer commands = ordered.at(headBytes, head.getInt(20));
        List<Section> sections = new ArrayList<>();
        List<Section> loaded = new ArrayList<>();
        int at = 0;
        for (int i = 0; i < count && at + 8 <= commands.limit(); i++) {
            int size = commands.getInt(at + 4);
            if (size < 8 || size > commands.limit() - at) {
                throw new IOException("its load command " + (i + 1) + " reaches beyond the others");
            }
            if (commands.getInt(at) == (wide ? 0x19 : 1)) {
                segment(commands.slice(at, size).order(commands.order()), wide, sections, loaded);
            }
            at += size;
        }
        return new Program(ordered, wide ? 8 : 4, sections, loaded, Program.Directories.NONE);
    }

    private static void segment(ByteBuffer command, boolean wide, List<Section> sections, List<Section> loaded)
            throws IOException {
        int word = wide ? 8 : 4;
        int headBytes = wide ? 72 : 56;
        int sectionBytes = wide ? 80 : 68;
        if (command.limit() < headBytes) {
            throw new IOException("a segment of it is cut");
        }
        boolean writable = (command.getInt(headBytes - 12) & WRITE) != 0;
        loaded.add(new Section(
                Bytes.name(command, 8, 16),
                Bytes.word(command, 24, word),
                Bytes.word(command, 24 + 2 * word, word),
                Bytes.word(command, 24 + 3 * word, word),
                writable));
        int count = Program.count(command.getInt(headBytes - 8));
        for (int i = 0; i < count && headBytes + (i + 1) * sectionBytes <= command.limit(); i++) {
            int one = headBytes + i * sectionBytes;
            sections.add(new Section(
                    Bytes.name(command, one, 16),
                    Bytes.word(command, one + 32, word),
                    Bytes.word(command, one + 32 + 2 * word, 4),
                    Bytes.word(command, one + 32 + word, word),
                    writable));
        }
    }
}
