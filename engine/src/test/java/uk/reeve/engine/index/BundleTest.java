package uk.reeve.engine.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uk.reeve.engine.advisory.OsvReader;

class BundleTest {

    @TempDir
    Path dir;

    private AdvisoryStore from;
    private AdvisoryStore to;
    private Path file;
    private Path secret;
    private Path open;

    @BeforeEach
    void fill() throws Exception {
        from = AdvisoryStore.open(dir.resolve("from"));
        to = AdvisoryStore.open(dir.resolve("to"));
        file = dir.resolve("advisories.bundle");
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        secret = pem("secret.pem", "PRIVATE KEY", pair.getPrivate());
        open = pem("open.pem", "PUBLIC KEY", pair.getPublic());
        fill(from, "GHSA-0001", "2026-03-01", true);
        fill(to, "GHSA-0002", "2026-02-01", false);
    }

    private Path pem(String name, String label, Key key) throws IOException {
        return Files.writeString(
                dir.resolve(name),
                "-----BEGIN " + label + "-----\n" + Base64.getMimeEncoder().encodeToString(key.getEncoded())
                        + "\n-----END " + label + "-----\n");
    }

    private static void fill(AdvisoryStore store, String id, String asOf, boolean scored) throws Exception {
        IndexBuilder builder = new IndexBuilder(true);
        builder.add(
                OsvReader.read(new ByteArrayInputStream("""
                        {"id": "%s", "modified": "2026-01-01T00:00:00Z", "affected": [{
                          "package": {"ecosystem": "npm", "name": "left-pad"}, "versions": ["1.0.0"]}]}
                        """.formatted(id).getBytes(StandardCharsets.UTF_8))), "npm");
        builder.source("npm", asOf, "here");
        Files.createDirectories(store.dir());
        store.replace(builder, 1, List.of());
        if (scored) {
            Scores.Builder scores = new Scores.Builder();
            scores.epss(new ByteArrayInputStream(
                    "cve,epss,percentile\nCVE-2026-1234,0.5,0.99\n".getBytes(StandardCharsets.UTF_8)));
            store.writeScores(scores);
        }
    }

    private AdvisoryStore.Change take(Path trust) throws IOException {
        return to.importFrom(List.of(file), null, trust);
    }

    @Test
    void a_bundle_takes_the_place_of_all_that_was_there() throws IOException {
        Bundle.Written written = from.exportTo(file, null);

        AdvisoryStore.Change change = to.importFrom(List.of(file), null);
        assertThat(written.signed()).isFalse();
        assertThat(written.digest()).hasSize(64);
        assertThat(List.of(change.added(), change.removed(), change.records())).containsExactly(1, 1, 1);
        assertThat(change.problems()).isEmpty();
        assertThat(change.notes()).isEmpty();
        assertThat(to.index().digest()).isEqualTo(from.index().digest());
        assertThat(to.scores().size()).isEqualTo(1);
        assertThat(to.index().sources()).isEqualTo(from.index().sources());
        assertThat(to.importFrom(List.of(file), null).nothing()).isTrue();
        try (var files = Files.list(to.dir())) {
            assertThat(files.map(f -> f.getFileName().toString()).filter(name -> !name.equals("lock")))
                    .containsExactlyInAnyOrder("advisories-2.idx", "scores-1.sco");
        }
    }

    @Test
    void the_same_advisories_give_the_same_bytes() throws IOException {
        String first = from.exportTo(file, secret).digest();
        assertThat(from.exportTo(dir.resolve("again.bundle"), secret).digest()).isEqualTo(first);
    }

    @Test
    void a_signed_bundle_is_taken_with_its_key_and_noted_without() throws IOException {
        assertThat(from.exportTo(file, secret).signed()).isTrue();

        assertThat(take(open).notes()).isEmpty();
        assertThat(to.importFrom(List.of(file), null).notes())
                .containsExactly(file + ": is signed, and no key was given to hold the signature against");
    }

    @Test
    void an_unsigned_bundle_is_refused_where_a_key_is_given() throws IOException {
        from.exportTo(file, null);
        refused(open, ": is not signed, and a signature was asked for; nothing was imported");
    }

    @Test
    void a_bundle_of_another_key_is_refused() throws Exception {
        from.exportTo(file, secret);
        Path other = pem(
                "other.pem",
                "PUBLIC KEY",
                KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPublic());
        refused(other, "or was changed afterwards; nothing was imported");
    }

    @ParameterizedTest
    @ValueSource(strings = {"index", "scores"})
    void a_changed_part_is_refused(String part) throws IOException {
        from.exportTo(file, secret);
        Map<String, byte[]> parts = parts();
        byte[] bytes = parts.get(part);
        bytes[bytes.length / 2] ^= 1;
        write(parts);
        refused(null, ": its " + part + " does not match the manifest's digest");
        refused(open, ": its " + part + " does not match the manifest's digest");
    }

    @Test
    void a_manifest_that_was_mended_for_a_changed_part_is_refused_by_its_signature() throws IOException {
        from.exportTo(file, secret);
        Map<String, byte[]> signed = parts();
        to.exportTo(file, null);
        Map<String, byte[]> forged = parts();
        forged.put("manifest.sig", signed.get("manifest.sig"));
        write(forged);
        refused(open, "or was changed afterwards; nothing was imported");
    }

    @Test
    void a_lie_about_sizes_is_refused() throws IOException {
        from.exportTo(file, null);
        Map<String, byte[]> parts = parts();
        String manifest = new String(parts.get("manifest"), StandardCharsets.UTF_8);
        parts.put(
                "manifest",
                manifest.replaceFirst("index\t\\d+", "index\t99999999999").getBytes(StandardCharsets.UTF_8));
        write(parts);
        refused(null, ": says that its index has 99999999999 bytes; refused");
        parts.put("manifest", manifest.replaceFirst("index\t\\d+", "index\t10").getBytes(StandardCharsets.UTF_8));
        write(parts);
        refused(null, ": its index does not match the manifest's digest");
    }

    @Test
    void anything_else_in_it_is_refused_and_nothing_is_written_elsewhere() throws IOException {
        from.exportTo(file, null);
        Map<String, byte[]> parts = parts();
        parts.put("../../outside", new byte[] {1});
        write(parts);
        refused(null, ": is no bundle of advisories: it holds \"../../outside\"");
        assertThat(dir.resolve("outside")).doesNotExist();
    }

    @Test
    void another_format_is_refused() throws IOException {
        from.exportTo(file, null);
        Map<String, byte[]> parts = parts();
        String manifest = new String(parts.get("manifest"), StandardCharsets.UTF_8);
        parts.put("manifest", manifest.replaceFirst("\t1\n", "\t2\n").getBytes(StandardCharsets.UTF_8));
        write(parts);
        refused(null, ": has the format \"2\", and this program reads 1");
    }

    @Test
    void half_a_bundle_is_refused() throws IOException {
        from.exportTo(file, null);
        byte[] all = Files.readAllBytes(file);
        Files.write(file, java.util.Arrays.copyOf(all, all.length - 30));
        refused(null, ": is a damaged bundle; copy it again");
    }

    @Test
    void an_older_bundle_is_taken_and_named_as_older() throws IOException {
        to.exportTo(file, null);
        AdvisoryStore.Change change = from.importFrom(List.of(file), null);
        assertThat(change.notes()).containsExactly("older than what was here: npm as of 2026-02-01, before 2026-03-01");
    }

    @Test
    void a_bundle_comes_alone() throws IOException {
        from.exportTo(file, null);
        assertThatThrownBy(() -> to.importFrom(List.of(file, file), null))
                .isInstanceOf(BadIndex.class)
                .hasMessageContaining("import it alone");
    }

    @Test
    void what_is_no_bundle_cannot_be_trusted() throws IOException {
        Files.writeString(file, "{}");
        refused(open, " is no bundle, or a damaged one, so nothing in it is signed; nothing was imported");
    }

    @Test
    void what_follows_the_end_of_a_bundle_makes_it_a_damaged_one() throws IOException {
        from.exportTo(file, secret);
        Files.write(file, new byte[5_000], StandardOpenOption.APPEND);
        refused(open, ": is a damaged bundle; copy it again (it does not end where it should)");
    }

    @Test
    void a_key_of_the_wrong_kind_is_named() throws Exception {
        KeyPair rsa = KeyPairGenerator.getInstance("RSA").generateKeyPair();
        Path key = pem("rsa.pem", "PRIVATE KEY", rsa.getPrivate());
        assertThatThrownBy(() -> from.exportTo(file, key)).hasMessageContaining("is no Ed25519 key");
        assertThatThrownBy(() -> from.exportTo(file, open)).hasMessageContaining("holds no private key");
        assertThat(file).doesNotExist();
    }

    private void refused(Path trust, String message) throws IOException {
        String before = to.index().digest();
        assertThatThrownBy(() -> take(trust)).isInstanceOf(BadIndex.class).hasMessageContaining(message);
        assertThat(to.index().digest()).isEqualTo(before);
        try (var files = Files.list(to.dir())) {
            assertThat(files.filter(f -> f.getFileName().toString().startsWith("new")))
                    .isEmpty();
        }
    }

    private Map<String, byte[]> parts() throws IOException {
        Map<String, byte[]> parts = new LinkedHashMap<>();
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (var all = zip.entries(); all.hasMoreElements(); ) {
                ZipEntry entry = all.nextElement();
                parts.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
            }
        }
        return parts;
    }

    private void write(Map<String, byte[]> parts) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (Map.Entry<String, byte[]> part : parts.entrySet()) {
                zip.putNextEntry(new ZipEntry(part.getKey()));
                zip.write(part.getValue());
                zip.closeEntry();
            }
        }
    }
}
