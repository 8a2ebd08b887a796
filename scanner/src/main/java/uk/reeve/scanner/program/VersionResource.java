package uk.reeve.scanner.program;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a program of Windows tells of itself: `VS_VERSIONINFO`, a tree whose nodes have a length, the length of a
/// value, a name in UTF-16, the value and their children, each at a multiple of four bytes. Source: Microsoft,
/// "Version Information".
///
/// @param words of the first language: `ProductName`, `ProductVersion`, `FileVersion`, `CompanyName` and others
/// @param isManaged whether it is an assembly of .NET
public record VersionResource(Map<String, String> words, boolean isManaged) {

    private static final int VERSION = 16;
    private static final int MOST_BYTES = 1 << 20;
    private static final int MOST_ENTRIES = 4096;
    private static final int MOST_WORDS = 100;
    private static final int FOLDER = 0x80000000;

    /// Null where it tells nothing.
    ///
    /// @throws IOException where it is damaged
    public static @Nullable VersionResource of(Program program) throws IOException {
        long root = program.directories().resources();
        ByteBuffer data = root == 0 ? null : resource(program, root);
        if (data == null) {
            return null;
        }
        Map<String, String> words = new HashMap<>();
        collect(data, 0, words);
        return words.isEmpty()
                ? null
                : new VersionResource(Map.copyOf(words), program.directories().isManaged());
    }

    // Three levels of folders: type, name, language. The first of each is taken.
    private static @Nullable ByteBuffer resource(Program program, long root) throws IOException {
        long at = root;
        for (int level = 0; level < 3; level++) {
            ByteBuffer head = program.atAddress(at, 16, ByteOrder.LITTLE_ENDIAN);
            int count = head == null
                    ? 0
                    : Math.min(MOST_ENTRIES, (head.getShort(12) & 0xffff) + (head.getShort(14) & 0xffff));
            ByteBuffer entries = program.atAddress(at + 16, 8L * count, ByteOrder.LITTLE_ENDIAN);
            int target = 0;
            for (int i = 0; entries != null && i < count && target == 0; i++) {
                target = level > 0 || entries.getInt(8 * i) == VERSION ? entries.getInt(8 * i + 4) : 0;
            }
            if (target == 0 || (target & FOLDER) == 0 != (level == 2)) {
                return null;
            }
            at = root + (target & ~FOLDER);
        }
        ByteBuffer leaf = program.atAddress(at, 16, ByteOrder.LITTLE_ENDIAN);
        if (leaf == null) {
            return null;
        }
        long size = Bytes.word(leaf, 4, 4);
        long address = program.directories().image() + Bytes.word(leaf, 0, 4);
        return size > MOST_BYTES ? null : program.atAddress(address, size, ByteOrder.LITTLE_ENDIAN);
    }

    private static void collect(ByteBuffer node, int depth, Map<String, String> words) {
        if (node.limit() < 6) {
            return;
        }
        int end = Math.min(node.limit(), node.getShort(0) & 0xffff);
        int valueLength = node.getShort(2) & 0xffff;
        boolean text = node.getShort(4) == 1;
        String name = utf16(node, 6, end);
        int at = aligned(6 + 2 * (name.length() + 1));
        if (depth == 3) {
            if (words.size() < MOST_WORDS && at <= end) {
                words.putIfAbsent(name, utf16(node, at, end).strip());
            }
            return;
        }
        if (depth == 1 && !name.equals("StringFileInfo") || depth > 3) {
            return;
        }
        at = aligned(at + (text ? 2 * valueLength : valueLength));
        while (at + 6 <= end) {
            int length = node.getShort(at) & 0xffff;
            if (length < 6) {
                return;
            }
            collect(node.slice(at, Math.min(length, end - at)).order(ByteOrder.LITTLE_ENDIAN), depth + 1, words);
            at = aligned(at + length);
            if (depth == 1) {
                return; // other languages
            }
        }
    }

    private static int aligned(int at) {
        return (at + 3) & ~3;
    }

    /// Up to its end, or a zero.
    private static String utf16(ByteBuffer from, int at, int end) {
        StringBuilder text = new StringBuilder();
        for (int i = at; i + 2 <= end; i += 2) {
            char next = from.getChar(i);
            if (next == 0) {
                break;
            }
            text.append(next);
        }
        return text.toString();
    }
}
