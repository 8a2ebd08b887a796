package uk.reeve.scanner;

import static org.assertj.core.api.Assertions.assertThat;
import static uk.reeve.scanner.MadeArchives.bytes;
import static uk.reeve.scanner.MadeArchives.gzip;
import static uk.reeve.scanner.MadeArchives.tar;
import static uk.reeve.scanner.MadeArchives.tgz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.reeve.scanner.Inventory.Item;

/// Packages as their package managers publish them, each the smallest that shows what it is.
class PackageArchivesTest {

    private static final String LOCKED = "left-pad==1.0.0 --hash=sha256:00\n";

    /// How many times each is damaged: `-Dvariants=2000` for the trial.
    private static final int VARIANTS = Integer.getInteger("variants", 100);

    @TempDir
    Path folder;

    private Inventory scan(String name, byte[] bytes) throws IOException {
        Files.write(folder.resolve(name), bytes);
        return Scan.of(List.of(folder), Scan.Options.DEFAULT);
    }

    private static List<String> said(Inventory found) {
        return found.items().stream()
                .map(item -> place(item) + " " + item.component().purl() + " "
                        + item.component().licences())
                .sorted()
                .toList();
    }

    private static String place(Item item) {
        return item.places().getFirst().file();
    }

    private static byte[] gem() throws IOException {
        String metadata = """
                --- !ruby/object:Gem::Specification
                name: puma
                version: !ruby/object:Gem::Version
                  version: 4.3.12
                platform: ruby
                licenses:
                - BSD-3-Clause
                """;
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("metadata.gz", gzip(bytes(metadata)));
        files.put("data.tar.gz", tgz(Map.of("requirements.txt", bytes(LOCKED), "Gemfile.lock", bytes("""
                        GEM
                          remote: https://gems.example/
                          specs:
                            rack (1.0.0)
                        """))));
        return tar(files);
    }

    @Test
    void a_gem_is_what_its_metadata_says_and_its_lock_file_is_nothing_that_is_installed() throws IOException {
        assertThat(said(scan("puma-4.3.12.gem", gem())))
                .containsExactly("puma-4.3.12.gem pkg:gem/puma@4.3.12 [BSD-3-Clause]");
    }

    /// Cut or changed anywhere, each gives what it gives and a line, and no exception.
    @Test
    void a_damaged_package_never_stops_the_scan() throws IOException {
        Random random = new Random(11);
        Map<String, byte[]> all =
                Map.of("a.gem", gem());
        for (Map.Entry<String, byte[]> each : all.entrySet()) {
            for (int i = 0; i < VARIANTS; i++) {
                byte[] whole = each.getValue();
                byte[] one = i < 20 ? Arrays.copyOf(whole, whole.length * i / 20) : whole.clone();
                for (int k = 0; i >= 20 && k < 1 + i % 5; k++) {
                    one[random.nextInt(one.length)] ^= (byte) (1 << random.nextInt(8));
                }
                assertThat(scan(each.getKey(), one).ledger())
                        .allSatisfy(line -> assertThat(line.message()).doesNotContain("the fault is ours"));
            }
        }
    }
}
