package uk.reeve.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.reeve.engine.input.Node;

/// What the report of an image says of its layers, in each format that has them.
class ImageReportTest {

    @TempDir
    Path folder;

    @TempDir
    Path store;

    private static byte[] tar(Map<String, byte[]> files) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            for (var file : files.entrySet()) {
                TarArchiveEntry entry = new TarArchiveEntry(file.getKey());
                entry.setSize(file.getValue().length);
                tar.putArchiveEntry(entry);
                tar.write(file.getValue());
                tar.closeArchiveEntry();
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @BeforeEach
    void image() throws IOException {
        new TrapCase("input-01-tmp", store); // its advisories
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("1/layer.tar", tar(Map.of("usr/lib/os-release", bytes("ID=debian\nVERSION_ID=12\n"))));
        files.put(
                "2/layer.tar",
                tar(Map.of(
                        "srv/app/node_modules/tmp/package.json", bytes("{\"name\":\"tmp\",\"version\":\"0.2.5\"}"))));
        files.put(
                "config.json",
                bytes("{\"os\":\"linux\",\"architecture\":\"arm64\",\"rootfs\":{\"diff_ids\":[\"sha256:"
                        + "1".repeat(64) + "\",\"sha256:" + "2".repeat(64)
                        + "\"]},\"history\":[{\"created_by\":\"ADD rootfs\"},{\"created_by\":"
                        + "\"/bin/sh -c npm install tmp\"}]}"));
        files.put(
                "manifest.json",
                bytes("[{\"Config\":\"config.json\",\"RepoTags\":[\"shed.example/app:1\"],"
                        + "\"Layers\":[\"1/layer.tar\",\"2/layer.tar\"]}]"));
        Files.write(folder.resolve("app.tar"), tar(files));
    }

    private TrapCase.Run run(String... words) {
        return TrapCase.run(folder, store, List.of(words));
    }

    @Test
    void the_table_names_layer_and_place_and_what_each_layer_brought() {
        assertThat(run("scan", "app.tar").out())
                .contains("layer 2: /srv/app/node_modules/tmp/package.json:1")
                .contains("Image app.tar: shed.example/app:1, linux/arm64\n")
                .containsPattern("2 +222222222222 +1 +1 +npm install tmp");
    }

    @Test
    void json_has_the_image_and_the_layer_of_each_component_and_finding() {
        Node json = run("scan", "app.tar", "-f", "json").json();
        Node image = json.items("images").getFirst();
        assertThat(image.text("platform")).isEqualTo("linux/arm64");
        assertThat(image.items("layers"))
                .extracting(layer -> layer.text("command"))
                .containsExactly("ADD rootfs", "/bin/sh -c npm install tmp");
        for (String list : List.of("components", "findings")) {
            Node layer = json.items(list).getFirst().get("layer");
            assertThat(layer).isNotNull();
            assertThat(layer.text("number")).isEqualTo("2");
            assertThat(layer.text("digest")).isEqualTo("sha256:" + "2".repeat(64));
        }
    }

    @Test
    void cyclonedx_has_them_as_properties_and_documents_as_a_table() {
        assertThat(run("scan", "app.tar", "-f", "cyclonedx").out())
                .containsPattern("\"reeve:image:layer\",\\s*\"value\" ?: ?\"2\"")
                .contains("reeve:image:layer:digest", "reeve:image:layer:command", "reeve:image");
        assertThat(run("scan", "app.tar", "-f", "markdown").out()).contains("| 2 | sha256:2222");
        assertThat(run("scan", "app.tar", "-f", "html").out()).contains("Image app.tar: shed.example/app:1");
    }

    @Test
    void a_platform_that_is_not_there_is_one_line_and_status_3() {
        TrapCase.Run run = run("scan", "app.tar", "--platform", "linux/s390x");
        assertThat(run.status()).isEqualTo(Exit.INCOMPLETE);
        assertThat(run.out()).contains("holds no shed.example/app:1 for linux/s390x; it is there for linux/arm64");
        assertThat(run("scan", "app.tar", "--platform", "arm").err())
                .contains("--platform takes no \"arm\"; it takes OS/ARCH: linux/arm64");
    }
}
