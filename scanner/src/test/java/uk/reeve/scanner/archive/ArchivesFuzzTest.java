package uk.reeve.scanner.archive;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;

/// Of an archive, only [IOException] may come out, in one line. In the build the seeds are read; with JAZZER_FUZZ=1 it
/// goes on by itself, see CONTRIBUTING.md.
class ArchivesFuzzTest {

    private static final Bounds SMALL = new Bounds(1, 64 << 20, 10_000);

    @FuzzTest(maxDuration = "1m")
    void archives(byte[] data) {
        try (Archive archive =
                Archives.open(new SeekableInMemoryByteChannel(data), (_, _) -> true, new Allowance(SMALL))) {
            for (int i = 0; i < archive.names().size(); i++) {
                try (InputStream file = archive.open(i)) {
                    file.transferTo(OutputStream.nullOutputStream());
                }
            }
        } catch (IOException e) {
            assertThat(String.valueOf(e.getMessage()).lines()).hasSizeLessThan(2);
        }
    }
}
