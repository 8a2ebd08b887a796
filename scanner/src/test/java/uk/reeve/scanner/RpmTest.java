package uk.reeve.scanner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.reeve.engine.Shared;
import uk.reeve.engine.purl.Purl;
import uk.reeve.scanner.Inventory.LedgerLine;
import uk.reeve.scanner.extract.RpmBuilder;

/// What RPM's databases say, in each of their formats, whole and broken.
class RpmTest {

    @TempDir
    Path folder;

    private static final byte[] OPENSSL = RpmBuilder.header(
            "openssl-libs",
            1,
            "3.0.7",
            "24.el9",
            "openssl-3.0.7-24.el9.src.rpm",
            "Rocky Enterprise Software Foundation",
            "/usr/lib64/libssl.so.3.0.7");
    private static final byte[] LONG = RpmBuilder.header(
            "python3-requests",
            -1,
            "2.25.1",
            "8.el9",
            "python-requests-2.25.1-8.el9.src.rpm",
            "",
            many("/usr/lib/python3.9/site-packages/requests-2.25.1.dist-info/file", 40));
    private static final byte[] KEY = RpmBuilder.header("gpg-pubkey", -1, "350d275d", "6279464b", "", "");

    private static String[] many(String path, int count) {
        String[] paths = new String[count];
        for (int i = 0; i < count; i++) {
            paths[i] = path + i;
        }
        paths[0] = "/usr/lib/python3.9/site-packages/requests-2.25.1.dist-info/METADATA";
        return paths;
    }

    private static Map<String, byte[]> databases() {
        Map<String, byte[]> all = new LinkedHashMap<>();
        all.put("var/lib/rpm/rpmdb.sqlite", RpmBuilder.sqlite(OPENSSL, LONG, KEY));
        all.put("usr/lib/sysimage/rpm/Packages.db", RpmBuilder.ndb(OPENSSL, LONG, KEY));
        all.put("var/lib/rpm/Packages", RpmBuilder.berkeley(ByteOrder.LITTLE_ENDIAN, OPENSSL, LONG, KEY));
        all.put("usr/share/rpm/Packages", RpmBuilder.berkeley(ByteOrder.BIG_ENDIAN, OPENSSL, LONG, KEY));
        return all;
    }

    private Path root(String name, byte[] bytes) throws IOException {
        Path root = Files.createTempDirectory(folder, "root");
        ImageBuilder.write(
                Map.of("usr/lib/os-release", "ID=\"rocky\"\nVERSION_ID=\"9.3\"\n".getBytes(), name, bytes), root);
        return root;
    }

    private Inventory scan(String name, byte[] bytes) throws IOException {
        return Scan.of(List.of(root(name, bytes)), Scan.Options.DEFAULT);
    }

    @Test
    void each_format_gives_the_packages_with_epoch_and_source() throws IOException {
        for (var database : databases().entrySet()) {
            Inventory found = scan(database.getKey(), database.getValue());
            assertThat(found.items())
                    .as(database.getKey())
                    .extracting(item -> item.component().ref())
                    .containsExactly(
                            "pkg:rpm/rocky/openssl-libs@3.0.7-24.el9?arch=x86_64&distro=rocky-9.3&epoch=1"
                                    + "&upstream=openssl-3.0.7-24.el9.src.rpm",
                            "pkg:rpm/rocky/python3-requests@2.25.1-8.el9?arch=x86_64&distro=rocky-9.3"
                                    + "&upstream=python-requests-2.25.1-8.el9.src.rpm");
            assertThat(found.items().getFirst().component().supplier())
                    .isEqualTo("Rocky Enterprise Software Foundation");
            assertThat(found.items().getFirst().component().licences()).containsExactly("MIT");
            assertThat(found.ledger()).isEmpty();
        }
    }

    @Test
    void a_cut_or_flipped_database_is_one_line_and_never_a_fault() throws IOException {
        for (var database : databases().entrySet()) {
            Broken.each(database.getValue(), 40, 120, (i, bad) -> {
                List<LedgerLine> told = Broken.told(root(database.getKey(), bad));
                assertThat(told).as(database.getKey() + " " + i).hasSizeLessThan(i < 40 ? 2 : 4);
                if (i < 40) {
                    assertThat(told).as(database.getKey() + " cut " + i).isNotEmpty();
                }
            });
        }
    }

    @Test
    void pages_that_are_in_the_journal_alone_count_up_to_the_last_transaction() throws IOException {
        byte[] before = RpmBuilder.sqlite(KEY, LONG);
        byte[] after = RpmBuilder.sqlite(OPENSSL, LONG);
        Path root = Files.createDirectories(folder.resolve("var/lib/rpm"));
        Files.write(root.resolve("rpmdb.sqlite"), before);
        Files.write(root.resolve("rpmdb.sqlite-wal"), RpmBuilder.journal(after, true));
        assertThat(Scan.of(List.of(folder), Scan.Options.DEFAULT).items())
                .extracting(item -> item.component().name())
                .containsExactly("openssl-libs", "python3-requests");
        Files.write(root.resolve("rpmdb.sqlite-wal"), RpmBuilder.journal(after, false));
        assertThat(Scan.of(List.of(folder), Scan.Options.DEFAULT).items())
                .extracting(item -> item.component().name())
                .containsExactly("python3-requests");
    }

    @Test
    void real_databases_give_what_rpm_itself_lists() throws IOException {
        Path zip = Shared.path("data/hosts/rpm-databases.zip");
        Map<String, TreeSet<String>> expected = new TreeMap<>();
        try (BufferedReader rows = Files.newBufferedReader(Shared.path("data/hosts/expected-rpm.csv"))) {
            rows.lines().skip(1).map(row -> row.split(",", -1)).forEach(cells -> expected.computeIfAbsent(
                            cells[0], _ -> new TreeSet<>())
                    .add(String.join(" ", Arrays.copyOfRange(cells, 1, 6))));
        }
        assertThat(expected).hasSize(5);
        for (var database : expected.entrySet()) {
            String name = database.getKey().substring(database.getKey().lastIndexOf('/') + 1);
            Path root = Files.createDirectories(
                    folder.resolve(Integer.toHexString(database.getKey().hashCode())));
            try (ZipFile in = new ZipFile(zip.toFile());
                    InputStream bytes = in.getInputStream(in.getEntry(database.getKey()))) {
                Files.write(root.resolve(name), bytes.readAllBytes());
            }
            Inventory found = Scan.of(List.of(root.resolve(name)), new Scan.Options(List.of(), "rpm/database"));
            TreeSet<String> rows = new TreeSet<>();
            for (Inventory.Item item : found.items()) {
                Purl purl = item.component().purl();
                Map<String, String> with = purl.qualifiers();
                rows.add(String.join(
                        " ",
                        purl.name(),
                        with.getOrDefault("epoch", "(none)"),
                        purl.version(),
                        with.getOrDefault("arch", "(none)"),
                        with.getOrDefault("upstream", "(none)")));
            }
            assertThat(rows).as(database.getKey()).isEqualTo(database.getValue());
            assertThat(found.ledger()).as(database.getKey()).isEmpty();
        }
    }
}
