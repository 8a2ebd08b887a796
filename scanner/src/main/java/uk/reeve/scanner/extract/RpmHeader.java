package uk.reeve.scanner.extract;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What RPM's database keeps of one package: two big-endian counts, an index of 16 bytes an entry (tag, type, offset,
/// count), then the data.
///
/// Source: rpm, "RPM v4 format", header; rpmtag.h.
final class RpmHeader {

    static final int NAME = 1000;
    static final int VERSION = 1001;
    static final int RELEASE = 1002;
    static final int EPOCH = 1003;
    static final int VENDOR = 1011;
    static final int LICENCE = 1014;
    static final int ARCH = 1022;
    static final int SOURCE = 1044;

    private static final int OLD_NAMES = 1027;
    private static final int FOLDERS_OF = 1116;
    private static final int BASE_NAMES = 1117;
    private static final int FOLDERS = 1118;

    private static final int INT32 = 4;
    private static final int STRING = 6;
    private static final int STRINGS = 8;
    private static final int TEXT = 9; // in several languages, the first of which counts
    private static final int MOST_ENTRIES = 1 << 16;

    private final ByteBuffer data;
    private final Map<Integer, Entry> entries = new HashMap<>();

    private record Entry(int type, int offset, int count) {}

    private RpmHeader(ByteBuffer data) {
        this.data = data;
    }

    /// Null where the bytes are none.
    static @Nullable RpmHeader of(byte[] blob) {
        ByteBuffer bytes = ByteBuffer.wrap(blob);
        if (bytes.remaining() < 8) {
            return null;
        }
        int index = bytes.getInt();
        int size = bytes.getInt();
        boolean fits = index > 0 && index <= MOST_ENTRIES && size >= 0 && 8L + 16L * index + size <= blob.length;
        if (!fits) {
            return null;
        }
        RpmHeader header =
                new RpmHeader(ByteBuffer.wrap(blob, 8 + 16 * index, size).slice());
        for (int i = 0; i < index; i++) {
            int tag = bytes.getInt();
            Entry entry = new Entry(bytes.getInt(), bytes.getInt(), bytes.getInt());
            if (entry.offset() >= 0 && entry.offset() < size && entry.count() > 0 && entry.count() <= size) {
                header.entries.putIfAbsent(tag, entry);
            }
        }
        return header;
    }

    /// Null where there is none.
    @Nullable
    String text(int tag) {
        Entry entry = entries.get(tag);
        boolean text = entry != null && (entry.type() == STRING || entry.type() == STRINGS || entry.type() == TEXT);
        List<String> texts = text && entry != null ? texts(entry.offset(), 1) : List.of();
        return texts.isEmpty() || texts.getFirst().isEmpty() ? null : texts.getFirst();
    }

    /// Null where there is none.
    @Nullable
    Integer number(int tag) {
        int[] numbers = numbers(tag);
        return numbers.length == 0 ? null : numbers[0];
    }

    private int[] numbers(int tag) {
        Entry entry = entries.get(tag);
        if (entry == null || entry.type() != INT32 || 4L * entry.count() > data.limit() - entry.offset()) {
            return new int[0];
        }
        int[] numbers = new int[entry.count()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = data.getInt(entry.offset() + 4 * i);
        }
        return numbers;
    }

    private List<String> texts(int tag) {
        Entry entry = entries.get(tag);
        return entry == null || entry.type() != STRINGS ? List.of() : texts(entry.offset(), entry.count());
    }

    // Fewer where they run out of the data.
    private List<String> texts(int offset, int count) {
        List<String> texts = new ArrayList<>(Math.min(count, 1_000));
        try {
            for (int at = offset, from = offset; texts.size() < count; at++) {
                if (data.get(at) == 0) {
                    texts.add(new String(data.array(), data.arrayOffset() + from, at - from, StandardCharsets.UTF_8));
                    from = at + 1;
                }
            }
        } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
            return texts;
        }
        return texts;
    }

    /// The paths of its files, from the root.
    void files(Paths each) {
        List<String> names = texts(BASE_NAMES);
        List<String> folders = texts(FOLDERS);
        int[] of = numbers(FOLDERS_OF);
        for (int i = 0; i < names.size() && i < of.length; i++) {
            if (of[i] >= 0 && of[i] < folders.size()) {
                each.path(folders.get(of[i]) + names.get(i));
            }
        }
        texts(OLD_NAMES).forEach(each::path);
    }

    /// Takes the path of one file.
    @FunctionalInterface
    interface Paths {
        void path(String path);
    }
}
