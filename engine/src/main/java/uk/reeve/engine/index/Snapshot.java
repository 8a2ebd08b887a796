package uk.reeve.engine.index;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZInputStream;
import org.tukaani.xz.XZOutputStream;

/// The advisory index as the program ships it: an index without prose, its scores and the dates of support, in one xz
/// stream. u64 length of the index · of the scores · of the dates · index · scores · dates.
public final class Snapshot {

    private static final int MOST_BYTES = 512 << 20;

    private Snapshot() {}

    /// Writes an index, its scores and the dates of support as a snapshot.
    public static void write(Path index, Path scores, Path support, OutputStream out) throws IOException {
        byte[] file = Files.readAllBytes(index);
        byte[] daily = Files.readAllBytes(scores);
        byte[] dates = Files.readAllBytes(support);
        Bytes sizes = new Bytes().u64(file.length).u64(daily.length).u64(dates.length);
        try (XZOutputStream xz = new XZOutputStream(out, new LZMA2Options(9))) {
            xz.write(sizes.array(), 0, sizes.size());
            xz.write(file);
            xz.write(daily);
            xz.write(dates);
        }
    }

    /// Expands a snapshot into an index, its scores and the dates of support; none of the files may exist.
    public static void expand(InputStream snapshot, Path index, Path scores, Path support) throws IOException {
        try (InputStream in = new XZInputStream(new BufferedInputStream(snapshot, 1 << 16))) {
            ByteBuffer sizes = ByteBuffer.wrap(in.readNBytes(24)).order(ByteOrder.LITTLE_ENDIAN);
            copy(in, sizes.getLong(0), index);
            copy(in, sizes.getLong(8), scores);
            copy(in, sizes.getLong(16), support);
        }
    }

    private static void copy(InputStream in, long length, Path to) throws IOException {
        if (length < 0 || length > MOST_BYTES) {
            throw new BadIndex("the snapshot says that it has " + length + " bytes; refused");
        }
        try (OutputStream out = Files.newOutputStream(to, StandardOpenOption.CREATE_NEW)) {
            byte[] buffer = new byte[1 << 16];
            for (long left = length; left > 0; ) {
                int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
                if (read < 0) {
                    throw new BadIndex("the snapshot stops in the middle");
                }
                out.write(buffer, 0, read);
                left -= read;
            }
        }
    }
}
