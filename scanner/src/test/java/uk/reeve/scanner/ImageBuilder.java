package uk.reeve.scanner;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/// Container images, made for tests.
final class ImageBuilder {

    private final List<byte[]> layers = new ArrayList<>();
    private final List<String> commands = new ArrayList<>();
    private final String platform;

    /// @param platform `linux/amd64`
    ImageBuilder(String platform) {
        this.platform = platform;
    }

    ImageBuilder() {
        this("linux/amd64");
    }

    /// A layer as it lies in the image: a TAR, compressed or not.
    ImageBuilder layer(String command, byte[] tar) {
        layers.add(tar);
        commands.add(command);
        return this;
    }

    /// Paths to contents. One that ends with `/` is a folder; a content that begins with `->` is a link, `=>` a
    /// hard one.
    static byte[] tar(String... pathsAndContents) throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (int i = 0; i < pathsAndContents.length; i += 2) {
            files.put(pathsAndContents[i], pathsAndContents[i + 1].getBytes(StandardCharsets.UTF_8));
        }
        return tar(files);
    }

    static byte[] tar(Map<String, byte[]> files) throws IOException {
        return tar(files, false);
    }

    /// With an extended header before each entry, which holds its time.
    static byte[] tarWithTimes(Map<String, byte[]> files) throws IOException {
        return tar(files, true);
    }

    private static byte[] tar(Map<String, byte[]> files, boolean times) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            for (var file : files.entrySet()) {
                byte[] content = file.getValue();
                String start = new String(content, 0, Math.min(2, content.length), StandardCharsets.UTF_8);
                boolean link = start.equals("->") || start.equals("=>");
                TarArchiveEntry entry = !link
                        ? new TarArchiveEntry(file.getKey())
                        : new TarArchiveEntry(
                                file.getKey(), start.equals("->") ? TarConstants.LF_SYMLINK : TarConstants.LF_LINK);
                if (times) {
                    entry.addPaxHeader("comment", "1.5");
                }
                if (link) {
                    entry.setLinkName(new String(content, 2, content.length - 2, StandardCharsets.UTF_8));
                } else {
                    entry.setSize(content.length);
                }
                tar.putArchiveEntry(entry);
                if (!link) {
                    tar.write(content);
                }
                tar.closeArchiveEntry();
            }
        }
        return bytes.toByteArray();
    }

    static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(plain);
        }
        return bytes.toByteArray();
    }

    static byte[] zstd(byte[] plain) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new ZstdOutputStream(bytes)) {
            out.write(plain);
        }
        return bytes.toByteArray();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private byte[] config() {
        String[] parts = platform.split("/", 2);
        StringBuilder history = new StringBuilder();
        StringBuilder digests = new StringBuilder();
        for (int i = 0; i < layers.size(); i++) {
            history.append("{\"created_by\":\"").append(commands.get(i)).append("\"},");
            digests.append(i == 0 ? "" : ",")
                    .append("\"sha256:")
                    .append("%064x".formatted(i + 1))
                    .append('"');
        }
        history.append("{\"created_by\":\"CMD sh\",\"empty_layer\":true}");
        return bytes(
                "{\"os\":\"%s\",\"architecture\":\"%s\",\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[%s]},\"history\":[%s]}"
                        .formatted(parts[0], parts[1], digests, history));
    }

    private static String put(Map<String, byte[]> files, byte[] blob) {
        String digest = sha256(blob);
        files.put("blobs/sha256/" + digest, blob);
        return "sha256:" + digest;
    }

    /// An OCI image layout of one name on the platforms of the images.
    static Map<String, byte[]> oci(ImageBuilder... images) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("oci-layout", bytes("{\"imageLayoutVersion\":\"1.0.0\"}"));
        StringBuilder index = new StringBuilder();
        for (ImageBuilder image : images) {
            StringBuilder descriptors = new StringBuilder();
            for (byte[] layer : image.layers) {
                descriptors
                        .append(descriptors.isEmpty() ? "" : ",")
                        .append("{\"digest\":\"")
                        .append(put(files, layer))
                        .append("\"}");
            }
            byte[] manifest = bytes("{\"schemaVersion\":2,\"config\":{\"digest\":\"%s\"},\"layers\":[%s]}"
                    .formatted(put(files, image.config()), descriptors));
            String[] parts = image.platform.split("/", 2);
            index.append(index.isEmpty() ? "" : ",")
                    .append("{\"digest\":\"%s\",\"platform\":{\"os\":\"%s\",\"architecture\":\"%s\"}}"
                            .formatted(put(files, manifest), parts[0], parts[1]));
        }
        files.put("index.json", bytes("{\"schemaVersion\":2,\"manifests\":[" + index + "]}"));
        return files;
    }

    /// What `docker save` wrote for long.
    Map<String, byte[]> docker(String tag) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        StringBuilder paths = new StringBuilder();
        for (byte[] layer : layers) {
            String path = sha256(layer) + "/layer.tar";
            files.put(path, layer);
            paths.append(paths.isEmpty() ? "" : ",").append('"').append(path).append('"');
        }
        String config = sha256(config()) + ".json";
        files.put(config, config());
        files.put(
                "manifest.json",
                bytes("[{\"Config\":\"%s\",\"RepoTags\":[\"%s\"],\"Layers\":[%s]}]".formatted(config, tag, paths)));
        return files;
    }

    static void write(Map<String, byte[]> files, Path folder) throws IOException {
        for (var file : files.entrySet()) {
            Path path = folder.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.write(path, file.getValue());
        }
    }
}
