package uk.reeve.scanner.program;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What Go tells of a build in the program itself. Behind a mark of 14 bytes stand the length of a pointer and
/// flags; of Go 1.18 and later two texts follow 32 bytes behind the mark, each behind its length; before that two
/// pointers to texts. The second is between two marks of 16 bytes. Source: Go, `debug/buildinfo`.
///
/// @param go `go1.22.7`, with a suffix of experiments behind it
/// @param modules `mod`, `dep` and `=>` with path, version and sum, a tab between, a line each; empty of an old build
public record GoBuild(String go, String modules) {

    private static final byte[] MARK = {(byte) 0xff, ' ', 'G', 'o', ' ', 'b', 'u', 'i', 'l', 'd', 'i', 'n', 'f', ':'};
    private static final int HEAD_BYTES = 32;
    private static final int ALIGNED = 16;
    private static final int CHUNK = 1 << 20;
    private static final long MOST_SEARCHED = 256L << 20;
    private static final int MOST_TEXT = 16 << 20;

    /// Null where Go did not build it.
    ///
    /// @throws IOException where it is damaged
    public static @Nullable GoBuild of(Program program) throws IOException {
        for (Section section : candidates(program)) {
            long at = find(program, section);
            if (at >= 0) {
                return read(program, section, at);
            }
        }
        return null;
    }

    // Its own section, of Windows the data; where no section is told, what the program may write to.
    private static List<Section> candidates(Program program) {
        for (String name : new String[] {".go.buildinfo", "__go_buildinfo", ".data"}) {
            Section own = program.section(name);
            if (own != null) {
                return List.of(own);
            }
        }
        List<Section> candidates = new ArrayList<>();
        for (Section section : program.hasSections() ? List.<Section>of() : program.loaded()) {
            if (section.isData()) {
                candidates.add(section);
            }
        }
        return candidates;
    }

    /// @return where in the file the mark stands; -1 where it does not
    private static long find(Program program, Section section) throws IOException {
        long end = section.at() + Math.min(section.size(), MOST_SEARCHED);
        for (long from = section.at(); from + HEAD_BYTES <= end; from += CHUNK) {
            ByteBuffer part = program.at(from, Math.min(CHUNK, end - from));
            for (int i = 0; i + HEAD_BYTES <= part.limit(); i += ALIGNED) {
                if (part.get(i) == MARK[0] && part.slice(i, MARK.length).equals(ByteBuffer.wrap(MARK))) {
                    return from + i;
                }
            }
        }
        return -1;
    }

    private static GoBuild read(Program program, Section section, long at) throws IOException {
        ByteBuffer head = program.at(at, HEAD_BYTES);
        int flags = head.get(15);
        if ((flags & 2) != 0) {
            long end = section.at() + section.size();
            ByteBuffer texts = program.at(at + HEAD_BYTES, Math.min(end - at - HEAD_BYTES, 2L * MOST_TEXT));
            String go = text(texts);
            return new GoBuild(go, modules(text(texts)));
        }
        int word = head.get(14) == 4 ? 4 : 8;
        ByteOrder order = (flags & 1) != 0 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        head.order(order);
        String go = pointed(program, Bytes.word(head, 16, word), word, order);
        return new GoBuild(go, modules(pointed(program, Bytes.word(head, 16 + word, word), word, order)));
    }

    private static String text(ByteBuffer from) throws IOException {
        long length = 0;
        for (int shift = 0; from.hasRemaining() && shift < 35; shift += 7) {
            byte next = from.get();
            length |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                break;
            }
        }
        if (length > from.remaining()) {
            throw new IOException("what Go tells of the build is cut; copy or download it again");
        }
        byte[] text = new byte[(int) length];
        from.get(text);
        return new String(text, StandardCharsets.ISO_8859_1);
    }

    // To a pointer to the text, and its length.
    private static String pointed(Program program, long address, int word, ByteOrder order) throws IOException {
        ByteBuffer told = address == 0 ? null : program.atAddress(address, 2L * word, order);
        if (told == null) {
            return "";
        }
        long length = Bytes.word(told, word, word);
        ByteBuffer text =
                length <= 0 || length > MOST_TEXT ? null : program.atAddress(Bytes.word(told, 0, word), length, order);
        return text == null ? "" : StandardCharsets.ISO_8859_1.decode(text).toString();
    }

    private static String modules(String marked) {
        boolean whole = marked.length() >= 33 && marked.charAt(marked.length() - 17) == '\n';
        return whole
                ? new String(
                        marked.substring(16, marked.length() - 16).getBytes(StandardCharsets.ISO_8859_1),
                        StandardCharsets.UTF_8)
                : "";
    }
}
