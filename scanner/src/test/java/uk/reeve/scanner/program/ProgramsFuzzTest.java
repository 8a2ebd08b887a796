package uk.reeve.scanner.program;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;
import org.jspecify.annotations.Nullable;

/// Of each reader of programs, only [IOException] may come out. In the build the seeds are read; with JAZZER_FUZZ=1 one
/// test goes on by itself, see CONTRIBUTING.md.
class ProgramsFuzzTest {

    @FuzzTest(maxDuration = "1m")
    void go(byte[] data) {
        read(data, GoBuild::of);
    }

    @FuzzTest(maxDuration = "1m")
    void rust(byte[] data) {
        read(data, program -> {
            try (InputStream json = RustAudit.of(program)) {
                return json == null ? null : json.transferTo(OutputStream.nullOutputStream());
            }
        });
    }

    @FuzzTest(maxDuration = "1m")
    void windows(byte[] data) {
        read(data, VersionResource::of);
    }

    private interface Reader {
        @Nullable
        Object read(Program program) throws IOException;
    }

    private static void read(byte[] data, Reader reader) {
        try {
            Program program = Program.of(new SeekableInMemoryByteChannel(data));
            if (program != null) {
                reader.read(program);
            }
        } catch (IOException e) {
            assertThat(String.valueOf(e.getMessage()).lines()).hasSizeLessThan(2);
        }
    }
}
