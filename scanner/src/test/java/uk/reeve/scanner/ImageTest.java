package uk.reeve.scanner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uk.reeve.scanner.Inventory.Item;
import uk.reeve.scanner.Inventory.LedgerLine;
import uk.reeve.scanner.Inventory.LedgerLine.Kind;
import uk.reeve.scanner.archive.Bounds;
import uk.reeve.scanner.archive.Platform;

/// What images show, and which layer brought it.
class ImageTest {

    @TempDir
    Path folder;

    private static final String OS = "ID=debian\nVERSION_ID=\"12\"\n";

    private static String npm(String name, String version) {
        return "{\"name\":\"%s\",\"version\":\"%s\"}".formatted(name, version);
    }

    private static String dpkg(String... namesAndVersions) {
        StringBuilder status = new StringBuilder();
        for (int i = 0; i < namesAndVersions.length; i += 2) {
            status.append("Package: ")
                    .append(namesAndVersions[i])
                    .append("\nStatus: install ok installed\nVersion: ")
                    .append(namesAndVersions[i + 1])
                    .append("\nArchitecture: amd64\n\n");
        }
        return status.toString();
    }

    private static final String STATUS = "var/lib/dpkg/status";
    private static final String MODULES = "app/node_modules/";

    private Inventory scan(String name, byte[] bytes, @Nullable Platform platform) throws IOException {
        Files.write(folder.resolve(name), bytes);
        return Scan.of(
                List.of(folder.resolve(name)), new Scan.Options(List.of(), null, null, null, platform, Bounds.DEFAULT));
    }

    private Inventory scan(ImageBuilder image) throws IOException {
        return scan("app.tar", ImageBuilder.tar(image.docker("app:1")), null);
    }

    private static String name(Item item) {
        return item.component().name() + " " + item.component().version();
    }

    private static int layer(Item item) {
        return item.layer() == null ? 0 : item.layer().number();
    }

    private static ImageBuilder three() throws IOException {
        return new ImageBuilder()
                .layer(
                        "ADD rootfs.tar",
                        ImageBuilder.tar(
                                "usr/bin/tar",
                                "a program",
                                "usr/lib/os-release",
                                OS,
                                STATUS,
                                dpkg("libc6", "2.36-9", "curl", "7.88.1-10")))
                .layer(
                        "RUN apt-get install wget",
                        ImageBuilder.tar(STATUS, dpkg("libc6", "2.36-9", "curl", "7.88.1-11", "wget", "1.21.3-1")))
                .layer("COPY app", ImageBuilder.tar(MODULES + "minimist/package.json", npm("minimist", "1.2.5")));
    }

    @Test
    void packages_are_of_the_layer_that_first_had_them_at_this_version() throws IOException {
        Inventory found = scan(three());
        assertThat(found.items())
                .extracting(ImageTest::name, ImageTest::layer)
                .containsExactly(
                        tuple("curl 7.88.1-11", 2),
                        tuple("libc6 2.36-9", 1),
                        tuple("wget 1.21.3-1", 2),
                        tuple("minimist 1.2.5", 3));
        assertThat(found.items().getFirst().component().ref())
                .isEqualTo("pkg:deb/debian/curl@7.88.1-11?arch=amd64&distro=debian-12");
        assertThat(found.items().getLast().places().getFirst().file())
                .isEqualTo("app.tar!/app/node_modules/minimist/package.json");
        assertThat(found.items().getLast().layer())
                .extracting("digest", "command")
                .containsExactly("sha256:%064x".formatted(3), "COPY app");
        assertThat(found.images())
                .extracting(
                        image -> image.image().name(),
                        image -> image.image().platform().toString())
                .containsExactly(tuple("app:1", "linux/amd64"));
        assertThat(found.ledger()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "gzip", "zstd"})
    void layers_are_read_however_they_are_packed_in_a_folder_and_in_a_tar(String packed) throws IOException {
        byte[] tar = ImageBuilder.tar("usr/lib/os-release", OS, STATUS, dpkg("curl", "7.88.1-10"));
        byte[] layer =
                switch (packed) {
                    case "gzip" -> ImageBuilder.gzip(tar);
                    case "zstd" -> ImageBuilder.zstd(tar);
                    default -> tar;
                };
        Map<String, byte[]> layout = ImageBuilder.oci(new ImageBuilder().layer("ADD", layer));
        String expected = "pkg:deb/debian/curl@7.88.1-10?arch=amd64&distro=debian-12";
        for (byte[] outer : List.of(ImageBuilder.tar(layout), ImageBuilder.gzip(ImageBuilder.tar(layout)))) {
            Inventory found = scan("image.tar", outer, null);
            assertThat(found.items()).extracting(item -> item.component().ref()).containsExactly(expected);
            assertThat(found.items().getFirst().layer())
                    .extracting("digest")
                    .isEqualTo("sha256:" + ImageBuilder.sha256(layer));
            assertThat(found.ledger()).isEmpty();
        }
        Path sub = Files.createDirectories(folder.resolve("sub/layout"));
        ImageBuilder.write(layout, sub);
        Inventory found = Scan.of(List.of(folder.resolve("sub")), Scan.Options.DEFAULT);
        assertThat(found.items()).extracting(item -> item.component().ref()).containsExactly(expected);
        assertThat(found.items().getFirst().places().getFirst().file()).isEqualTo("layout!/var/lib/dpkg/status");
    }

    @Test
    void what_a_later_layer_removes_or_replaces_shows_no_more() throws IOException {
        ImageBuilder image = new ImageBuilder()
                .layer(
                        "1",
                        ImageBuilder.tar(
                                MODULES + "gone/package.json",
                                npm("gone", "1.0.0"),
                                MODULES + "whole/package.json",
                                npm("whole", "1.0.0"),
                                MODULES + "whole/node_modules/deep/package.json",
                                npm("deep", "1.0.0"),
                                "opaque/node_modules/below/package.json",
                                npm("below", "1.0.0"),
                                "file/node_modules/under/package.json",
                                npm("under", "1.0.0"),
                                MODULES + "old/package.json",
                                npm("old", "1.0.0"),
                                MODULES + "back/package.json",
                                npm("back", "1.0.0")))
                .layer(
                        "2",
                        ImageBuilder.tar(
                                MODULES + "gone/.wh.package.json",
                                "",
                                MODULES + ".wh.whole",
                                "",
                                "opaque/node_modules/same/package.json",
                                npm("same", "1.0.0"),
                                "opaque/.wh..wh..opq",
                                "",
                                "file",
                                "a file where a folder was",
                                MODULES + "old/package.json",
                                npm("old", "2.0.0"),
                                MODULES + ".wh.back",
                                ""))
                .layer("3", ImageBuilder.tar(MODULES + "back/package.json", npm("back", "3.0.0")));
        assertThat(scan(image).items())
                .extracting(ImageTest::name, ImageTest::layer)
                .containsExactly(tuple("back 3.0.0", 3), tuple("old 2.0.0", 2), tuple("same 1.0.0", 2));
    }

    @Test
    void a_file_is_found_by_its_second_name_too() throws IOException {
        ImageBuilder image = new ImageBuilder()
                .layer(
                        "1",
                        ImageBuilder.tar(
                                "store/ab/cdef",
                                npm("stored", "1.0.0"),
                                MODULES + "stored/package.json",
                                "=>store/ab/cdef",
                                "x/node_modules/first/package.json",
                                npm("first", "1.0.0"),
                                "y/node_modules/first/package.json",
                                "=>x/node_modules/first/package.json"));
        Inventory found = scan(image);
        assertThat(found.items()).extracting(ImageTest::name).containsExactly("first 1.0.0", "stored 1.0.0");
        assertThat(found.items().getFirst().places()).hasSize(2);
    }

    @Test
    void of_several_platforms_the_wanted_one_is_read() throws IOException {
        ImageBuilder arm = new ImageBuilder("linux/arm64")
                .layer("arm", ImageBuilder.tar(MODULES + "x/package.json", npm("arm", "1.0.0")));
        ImageBuilder amd = new ImageBuilder("linux/amd64")
                .layer("amd", ImageBuilder.tar(MODULES + "x/package.json", npm("amd", "1.0.0")));
        byte[] tar = ImageBuilder.tar(ImageBuilder.oci(arm, amd));
        Inventory usual = scan("image.tar", tar, null);
        assertThat(usual.items()).extracting(ImageTest::name).containsExactly("amd 1.0.0");
        assertThat(usual.images().getFirst().image().others()).containsExactly(new Platform("linux", "arm64", ""));
        assertThat(scan("image.tar", tar, Platform.of("linux/arm64/v8")).items())
                .extracting(ImageTest::name)
                .containsExactly("arm 1.0.0");
        assertThat(scan("image.tar", tar, Platform.of("linux/arm64")).items())
                .extracting(ImageTest::name)
                .containsExactly("arm 1.0.0");
        Inventory none = scan("image.tar", tar, Platform.of("linux/s390x"));
        assertThat(none.items()).isEmpty();
        assertThat(none.ledger())
                .containsExactly(new LedgerLine(
                        Kind.PARTLY_READ,
                        "image.tar",
                        0,
                        "holds no image for linux/s390x; it is there for linux/arm64, linux/amd64"));
    }

    @Test
    void a_layer_that_is_damaged_or_missing_is_told_and_the_others_count() throws IOException {
        byte[] big = ImageBuilder.gzip(
                ImageBuilder.tar(MODULES + "whole/package.json", npm("whole", "1.0.0"), "big", noise(200_000)));
        ImageBuilder image = new ImageBuilder()
                .layer("1", ImageBuilder.tar(MODULES + "below/package.json", npm("below", "1.0.0")))
                .layer("2", Arrays.copyOf(big, big.length / 2));
        Inventory cut = scan(image);
        assertThat(cut.items()).extracting(ImageTest::name).containsExactly("below 1.0.0", "whole 1.0.0");
        assertThat(cut.ledger()).extracting(LedgerLine::kind).containsExactly(Kind.PARTLY_READ);
        assertThat(cut.ledger().getFirst().message()).startsWith("layer 2 (sha256:000000000000) ");

        Map<String, byte[]> files = new LinkedHashMap<>(three().docker("app:1"));
        files.remove(files.keySet().iterator().next());
        Inventory missing = scan("app.tar", ImageBuilder.tar(files), null);
        assertThat(missing.items()).hasSize(4);
        assertThat(missing.ledger())
                .extracting(LedgerLine::message)
                .containsExactly("layer 1 (sha256:000000000000) is not in the file, so what it holds was not looked at;"
                        + " save the image whole");
    }

    private static String noise(int characters) {
        byte[] bytes = new byte[characters];
        new Random(1).nextBytes(bytes);
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (32 + (bytes[i] & 63));
        }
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    @Test
    void an_image_that_is_cut_or_flipped_anywhere_ends_in_lines_and_never_in_a_fault() throws IOException {
        for (Map<String, byte[]> files : List.of(ImageBuilder.oci(three()), three().docker("app:1"))) {
            Broken.each(ImageBuilder.tar(files), 60, 100, (_, bad) -> {
                Files.write(folder.resolve("image.tar"), bad);
                Broken.told(folder);
            });
        }
    }

    @Test
    void an_image_is_known_whatever_packed_its_tar() throws IOException {
        Map<String, byte[]> plain = three().docker("app:1");
        Map<String, byte[]> dotted = new LinkedHashMap<>();
        dotted.put("./", new byte[0]);
        plain.forEach((name, content) -> dotted.put("./" + name, content));
        for (byte[] tar : List.of(ImageBuilder.tar(dotted), ImageBuilder.tarWithTimes(plain))) {
            assertThat(scan("app.tar", tar, null).images()).hasSize(1);
            assertThat(scan("app.tar.gz", ImageBuilder.gzip(tar), null).images())
                    .hasSize(1);
        }
    }

    @Test
    void a_tar_that_merely_begins_like_an_image_is_a_tar() throws IOException {
        byte[] tar = ImageBuilder.tar(
                "manifest.json", "{\"name\":\"web app\"}", "node_modules/x/package.json", npm("x", "1.0.0"));
        for (byte[] bytes : List.of(tar, ImageBuilder.gzip(tar))) {
            Inventory found = scan("site.tar.gz", bytes, null);
            assertThat(found.items()).extracting(ImageTest::name).containsExactly("x 1.0.0");
            assertThat(found.images()).isEmpty();
            assertThat(found.ledger()).isEmpty();
        }
    }
}
