package uk.reeve.scanner.program;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.zip.InflaterInputStream;
import org.apache.commons.io.input.BoundedInputStream;
import org.jspecify.annotations.Nullable;

/// What cargo-auditable leaves in a program: the section `.dep-v0`, JSON packed by zlib. Source: cargo-auditable,
/// PARSING.md.
public final class RustAudit {

    private static final String SECTION = ".dep-v0";
    private static final int MOST_BYTES = 8 << 20;

    private RustAudit() {}

    /// The JSON; null where there is none. Whoever asks closes it.
    ///
    /// @throws IOException where it is damaged or too large
    public static @Nullable InputStream of(Program program) throws IOException {
        Section section = program.section(SECTION);
        if (section == null) {
            return null;
        }
        ByteBuffer packed = program.at(section.at(), section.size());
        return BoundedInputStream.builder()
                .setInputStream(new InflaterInputStream(new ByteArrayInputStream(packed.array())))
                .setMaxCount(MOST_BYTES)
                .setOnMaxCount((_, _) -> {
                    throw new IOException(SECTION + " has more than " + (MOST_BYTES >> 20) + " MiB unpacked");
                })
                .get();
    }
}
