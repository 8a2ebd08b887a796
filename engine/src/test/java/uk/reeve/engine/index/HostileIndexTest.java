package uk.reeve.engine.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.reeve.engine.advisory.OsvRecord;
import uk.reeve.engine.match.Matcher;
import uk.reeve.engine.purl.BadPurl;
import uk.reeve.engine.purl.Purl;
import uk.reeve.engine.sbom.Component;
import uk.reeve.engine.sbom.Place;
import uk.reeve.engine.sbom.Scope;
import uk.reeve.engine.version.BadVersion;
import uk.reeve.engine.version.Ecosystem;

/// An index that was damaged, or written by an enemy with right digests: only [BadIndex] may come out.
class HostileIndexTest {

    private static final Random RANDOM = new Random(7);

    @TempDir
    static Path folder;

    private static byte[] good = new byte[0];

    @BeforeAll
    static void write_a_small_index() throws IOException {
        good = small(folder);
    }

    /// Eight records of npm and Debian.
    static byte[] small(Path folder) throws IOException {
        IndexBuilder builder = new IndexBuilder(true);
        for (int i = 0; i < 8; i++) {
            builder.add(record(i), "npm");
        }
        builder.source("npm", "2026-01-01", "here");
        Path file = folder.resolve("good.idx");
        builder.write(file);
        return Files.readAllBytes(file);
    }

    private static OsvRecord record(int i) {
        List<OsvRecord.Event> events =
                List.of(new OsvRecord.Event("introduced", "0"), new OsvRecord.Event("fixed", "1." + i + ".0"));
        return new OsvRecord(
                "REEVE-" + i,
                "2026-01-0" + (i + 1) + "T00:00:00Z",
                "2026-01-01T00:00:00Z",
                null,
                List.of("CVE-2026-1000" + i / 2),
                List.of(),
                List.of(),
                "an invented flaw",
                null,
                List.of(new OsvRecord.Severity("CVSS_V3", "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H")),
                List.of(new OsvRecord.Affected(
                        i % 4 == 3 ? "Debian:12" : "npm",
                        "made-up-" + i % 3,
                        List.of(new OsvRecord.Range("ECOSYSTEM", events)),
                        List.of("9.9." + i),
                        List.of(),
                        "low")));
    }

    @Test
    void a_whole_index_is_read_without_complaint() throws IOException, BadPurl {
        use(good, folder);
        assertThat(refused(good)).isFalse();
    }

    @Test
    void a_truncated_index_is_refused() throws IOException, BadPurl {
        for (int length = 0; length < good.length; length += 1 + length / 50) {
            assertThat(refused(Arrays.copyOf(good, length)))
                    .as("%d bytes", length)
                    .isTrue();
        }
    }

    @Test
    void a_flipped_bit_is_found_by_the_digest() throws IOException, BadPurl {
        for (int i = 0; i < 300; i++) {
            byte[] bad = good.clone();
            int at = RANDOM.nextInt(bad.length);
            bad[at] ^= (byte) (1 << RANDOM.nextInt(8));
            assertThat(refused(bad)).as("byte %d", at).isTrue();
        }
    }

    @Test
    void a_flipped_bit_under_right_digests_breaks_nothing_else() throws IOException, BadPurl {
        for (int i = 0; i < 1_000; i++) {
            byte[] bad = good.clone();
            int at = AdvisoryIndex.HEADER + RANDOM.nextInt(bad.length - AdvisoryIndex.HEADER);
            bad[at] ^= (byte) (1 << RANDOM.nextInt(8));
            refused(signed(bad));
        }
    }

    // As a disk leaves a file whose pages it lost.
    @Test
    void a_body_or_a_page_of_zeros_is_not_taken_for_an_index_without_records() throws IOException {
        IndexBuilder builder = new IndexBuilder(true);
        for (int i = 0; i < 4_000; i++) {
            builder.add(
                    new OsvRecord(
                            "REEVE-" + i,
                            "2026-01-01T00:00:00Z",
                            "2026-01-01T00:00:00Z",
                            null,
                            List.of(),
                            List.of(),
                            List.of(),
                            null,
                            null,
                            List.of(),
                            List.of(new OsvRecord.Affected(
                                    "npm", "p" + i, List.of(), List.of("1.0.0"), List.of(), null))),
                    "npm");
        }
        builder.source("npm", "2026-01-01", "here");
        Path file = folder.resolve("large.idx");
        builder.write(file);
        byte[] large = Files.readAllBytes(file);
        ByteBuffer header = ByteBuffer.wrap(large).order(ByteOrder.LITTLE_ENDIAN);
        int hash = (int) header.getLong(24 + 16);
        int packages = (int) header.getLong(24 + 32);
        int versions = (int) header.getLong(24 + 48);
        assertThat(lost(large, AdvisoryIndex.HEADER, large.length)).isEqualTo(4_000);
        assertThat(lost(large, AdvisoryIndex.HEADER, hash)).isEqualTo(4_000);
        assertThat(lost(large, hash, packages)).isEqualTo(4_000);
        assertThat(lost(large, packages, versions)).isEqualTo(4_000);
        assertThat(lost(large, (hash + 4_096) & -4_096, ((hash + 4_096) & -4_096) + 4_096))
                .isPositive();
        assertThat(lost(large, (packages + 4_096) & -4_096, ((packages + 4_096) & -4_096) + 4_096))
                .isPositive();
    }

    /// How many packages the index with zeros there refuses to speak of; none may be unknown to it.
    private static int lost(byte[] whole, int from, int to) throws IOException {
        byte[] bad = whole.clone();
        Arrays.fill(bad, from, to, (byte) 0);
        Path file = Files.write(Files.createTempFile(folder, "zeros", ".idx"), bad);
        int refused = 0;
        for (int i = 0; i < 4_000; i++) {
            try (AdvisoryIndex index = AdvisoryIndex.open(file)) {
                assertThat(index.find(Ecosystem.NPM, "", "p" + i)).as("p%d", i).isNotNull();
            } catch (BadIndex e) {
                assertThat(e).hasMessageContaining("damaged");
                refused++;
            }
        }
        return refused;
    }

    @Test
    void lying_offsets_break_nothing_else() throws IOException, BadPurl {
        int[] lies = {-1, 0, 1, Integer.MAX_VALUE, Integer.MIN_VALUE, good.length, good.length - 1, 0x7ffffff0};
        for (int at = 24; at < AdvisoryIndex.HEADER - 64; at += 4) {
            for (int lie : lies) {
                byte[] bad = good.clone();
                ByteBuffer.wrap(bad).order(ByteOrder.LITTLE_ENDIAN).putInt(at, lie);
                refused(signed(bad));
            }
        }
        for (int i = 0; i < 1_000; i++) {
            byte[] bad = good.clone();
            int at = AdvisoryIndex.HEADER + RANDOM.nextInt(bad.length - AdvisoryIndex.HEADER - 4);
            ByteBuffer.wrap(bad).order(ByteOrder.LITTLE_ENDIAN).putInt(at, lies[RANDOM.nextInt(lies.length)]);
            refused(signed(bad));
        }
    }

    private static boolean refused(byte[] bytes) throws IOException, BadPurl {
        return refused(bytes, folder);
    }

    /// Uses an index in every way; any other exception than [BadIndex] comes out.
    static boolean refused(byte[] bytes, Path folder) throws IOException, BadPurl {
        try {
            use(bytes, folder);
            return false;
        } catch (BadIndex e) {
            assertThat(e.getMessage()).isNotBlank();
            return true;
        }
    }

    private interface Step {
        void run() throws IOException, BadPurl, BadVersion;
    }

    /// Every way in, each by itself, so that one refusal hides no other fault. Throws the first refusal.
    private static void use(byte[] bytes, Path folder) throws IOException, BadPurl {
        Path file = Files.createTempFile(folder, "bad", ".idx");
        Files.write(file, bytes);
        try (AdvisoryIndex index = AdvisoryIndex.open(file)) {
            List<Step> steps = new ArrayList<>();
            steps.add(index::verify);
            steps.add(index::sources);
            steps.add(index::covered);
            steps.add(() -> index.advisory("REEVE-3"));
            for (int i = 0; i < 4; i++) { // four pairs of records are four groups
                int number = i;
                steps.add(() -> index.advisory(number));
                steps.add(() -> index.group(number));
                steps.add(() -> index.version(number + 1));
            }
            steps.add(() -> index.packages(entries -> {}));
            steps.add(() -> index.records((_, _) -> {}));
            Matcher matcher = new Matcher(index, Scores.NONE);
            for (int i = 0; i < 3; i++) {
                String name = "made-up-" + i;
                steps.add(() -> index.find(Ecosystem.NPM, "", name));
                steps.add(() -> matcher.match(component("pkg:npm/" + name + "@1.0.1"), null));
                steps.add(() -> matcher.match(component("pkg:npm/" + name + "@not.a.version"), null));
                steps.add(() -> matcher.match(component("pkg:deb/debian/" + name + "@1.0?distro=debian-12"), null));
            }
            BadIndex first = null;
            for (Step step : steps) {
                try {
                    step.run();
                } catch (BadIndex e) {
                    first = first == null ? e : first;
                } catch (BadVersion e) {
                    throw new AssertionError(e);
                }
            }
            if (first != null) {
                throw first;
            }
        } finally {
            Files.delete(file);
        }
    }

    private static Component component(String purl) throws BadPurl {
        return Component.of("x", Purl.parse(purl), Scope.RUNTIME, true, new Place("x", 1));
    }

    /// With the digests that the bytes would have, had they been written so.
    private static byte[] signed(byte[] bytes) {
        MessageDigest digest = AdvisoryIndex.sha256();
        digest.update(bytes, AdvisoryIndex.HEADER, bytes.length - AdvisoryIndex.HEADER);
        System.arraycopy(digest.digest(), 0, bytes, AdvisoryIndex.HEADER - 64, 32);
        digest.update(bytes, 0, AdvisoryIndex.HEADER - 32);
        System.arraycopy(digest.digest(), 0, bytes, AdvisoryIndex.HEADER - 32, 32);
        return bytes;
    }
}
