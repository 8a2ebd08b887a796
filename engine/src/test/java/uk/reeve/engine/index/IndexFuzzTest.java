package uk.reeve.engine.index;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import uk.reeve.engine.input.Unreadable;
import uk.reeve.engine.purl.BadPurl;

/// Of what lies in the database folder or comes into it, only the named exceptions may come out. In the build the seeds
/// are read; with JAZZER_FUZZ=1 one test goes on by itself, see CONTRIBUTING.md.
class IndexFuzzTest {

    @TempDir
    static Path folder;

    private static byte[] good = new byte[0];

    @BeforeAll
    static void write_a_small_index() throws IOException {
        good = HostileIndexTest.small(folder);
    }

    /// An index as it is, or a good one with bytes put elsewhere: each six bytes are a place and what stands there.
    @FuzzTest(maxDuration = "3m")
    void index(byte[] data) throws IOException, BadPurl {
        byte[] bytes = data;
        if (data.length < 8 || !new String(data, 0, 8, StandardCharsets.US_ASCII).equals(AdvisoryIndex.MAGIC)) {
            bytes = good.clone();
            for (int i = 0; i + 6 <= data.length; i += 6) {
                int at = ((data[i] & 0xff) << 8 | (data[i + 1] & 0xff)) % bytes.length;
                System.arraycopy(data, i + 2, bytes, at, Math.min(4, bytes.length - at));
            }
        }
        HostileIndexTest.refused(bytes, folder);
    }

    @FuzzTest(maxDuration = "1m")
    void scores(byte[] data) throws IOException {
        Path file = Files.write(folder.resolve("scores"), data);
        try {
            Scores scores = Scores.open(file);
            scores.kev("CVE-2021-44228");
            scores.epss("CVE-2021-44228");
            scores.kevAsOf();
            scores.epssAsOf();
            scores.kevCount();
            new Scores.Builder().addAll(scores);
            scores.verify();
        } catch (BadIndex e) {
            assertThat(e.getMessage().lines()).hasSize(1);
        }
    }

    @FuzzTest(maxDuration = "1m")
    void kev(byte[] data) throws IOException {
        feed(new Scores.Builder()::kev, data);
    }

    @FuzzTest(maxDuration = "1m")
    void epss(byte[] data) throws IOException {
        feed(new Scores.Builder()::epss, data);
    }

    /// A bundle as it is, or one with this manifest, a signature of the same bytes and the good index.
    @FuzzTest(maxDuration = "1m")
    void bundle(byte[] data) throws IOException {
        byte[] zip = data;
        if (data.length < 2 || data[0] != 'P' || data[1] != 'K') {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (ZipOutputStream out = new ZipOutputStream(bytes)) {
                entry(out, "manifest", data);
                entry(out, "manifest.sig", data);
                entry(out, "index", good);
                entry(out, "scores", Arrays.copyOf(data, Math.min(data.length, 100)));
            }
            zip = bytes.toByteArray();
        }
        Path file = Files.write(folder.resolve("bundle"), zip);
        Path index = folder.resolve("unpacked-index");
        Path scores = folder.resolve("unpacked-scores");
        Path support = folder.resolve("unpacked-support");
        try {
            Bundle.is(file);
            Bundle.unpack(file, null, index, scores, support);
        } catch (BadIndex e) {
            assertThat(e.getMessage().lines()).hasSize(1);
        } finally {
            Files.deleteIfExists(index);
            Files.deleteIfExists(scores);
            Files.deleteIfExists(support);
        }
    }

    @FuzzTest(maxDuration = "1m")
    void ids(byte[] data) throws IOException {
        Path file = Files.write(folder.resolve("ids"), data);
        try {
            IdList.read(file, (_, _) -> {});
        } catch (Unreadable e) {
            assertThat(e.getMessage().lines()).hasSize(1);
        }
    }

    /// A key or certificates; what is none is an [IOException].
    @FuzzTest(maxDuration = "1m")
    void pem(byte[] data) throws IOException {
        Path file = Files.write(folder.resolve("pem"), data);
        try {
            Pem.publicKey(file);
        } catch (IOException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
        try {
            Pem.certificates(file);
        } catch (IOException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    private interface Feed {
        void read(ByteArrayInputStream in) throws IOException, Unreadable;
    }

    private static void feed(Feed feed, byte[] data) throws IOException {
        try {
            feed.read(new ByteArrayInputStream(data));
        } catch (Unreadable e) {
            assertThat(e.getMessage().lines()).hasSize(1);
        }
    }

    private static void entry(ZipOutputStream out, String name, byte[] bytes) throws IOException {
        out.putNextEntry(new ZipEntry(name));
        out.write(bytes);
        out.closeEntry();
    }
}
