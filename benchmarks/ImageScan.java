import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/// Makes a container image of so many MiB (unpacked), then measures in turn: a JVM that reads and inflates each layer once,
/// and `reeve sbom` of the image, each a whole process with the same flags.
///
/// Usage: `ImageScan FOLDER MEBIBYTES TIMES JDK`; as `inflate FOLDER` it is the first of the two.
public final class ImageScan {

    private static final int LAYERS = 5;
    private static final int MODULES = 400; // of Node, a layer
    private static final int JARS = 40;

    public static void main(String[] args) throws Exception {
        if (args[0].equals("inflate")) {
            inflate(Path.of(args[1]));
            return;
        }
        Path folder = Path.of(args[0]);
        Path image = folder.resolve("image-" + args[1] + ".tar");
        if (!Files.exists(image)) {
            make(folder, image, Integer.parseInt(args[1]));
        }
        System.out.printf("%,d MiB unpacked, %,d MiB as a file%n", Integer.parseInt(args[1]), Files.size(image) >> 20);
        String java = args[3] + "/bin/java";
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < Integer.parseInt(args[2]); i++) {
            double once = seconds(List.of(java, "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx512m", "-cp", System.getProperty("java.class.path"), "ImageScan", "inflate", folder.resolve("layers").toString()), null);
            Path out = folder.resolve("bom.json");
            double scan = seconds(List.of("./reeve", "sbom", image.toString(), "--output", out.toString()), out);
            ratios.add(scan / once);
            System.out.printf("inflate %.1f s, scan %.1f s, ratio %.2f%n", once, scan, scan / once);
        }
        System.out.printf("median ratio %.2f (goal 3), heap 512 MB%n", ratios.stream().sorted().toList().get(ratios.size() / 2));
    }

    private static double seconds(List<String> command, Path answer) throws Exception {
        long start = System.nanoTime();
        Process process = new ProcessBuilder(command).inheritIO().start();
        if (!process.waitFor(10, TimeUnit.MINUTES) || process.exitValue() != 0) {
            throw new IllegalStateException(command + " ended with " + process.exitValue());
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        if (answer != null) {
            long found = Files.readString(answer).lines().filter(line -> line.contains("\"bom-ref\"")).count();
            int expected = LAYERS * (MODULES + JARS) + 200;
            if (found != expected) {
                throw new IllegalStateException(found + " components, and " + expected + " were put in");
            }
        }
        return seconds;
    }

    private static void inflate(Path layers) throws IOException {
        byte[] buffer = new byte[1 << 16];
        try (var files = Files.list(layers)) {
            for (Path layer : files.toList()) {
                try (InputStream in = new GZIPInputStream(Files.newInputStream(layer), 1 << 16)) {
                    while (in.read(buffer) >= 0) {
                        // only read
                    }
                }
            }
        }
    }

    /// Making the image is not what is measured.
    private static final class Fast extends GZIPOutputStream {
        Fast(OutputStream out) throws IOException {
            super(out, 1 << 16);
            def.setLevel(java.util.zip.Deflater.BEST_SPEED);
        }
    }

    private static void make(Path folder, Path image, int mebibytes) throws Exception {
        Path layers = Files.createDirectories(folder.resolve("layers"));
        List<Path> files = new ArrayList<>();
        for (int i = 0; i < LAYERS; i++) {
            Path layer = layers.resolve("layer-" + i);
            try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new Fast(new BufferedOutputStream(Files.newOutputStream(layer), 1 << 16)))) {
                tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
                fill(tar, i, (long) mebibytes * (1 << 20) / LAYERS);
            }
            files.add(layer);
        }
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new BufferedOutputStream(Files.newOutputStream(image), 1 << 16))) {
            tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
            StringBuilder descriptors = new StringBuilder();
            for (Path layer : files) {
                String digest = digest(Files.newInputStream(layer));
                TarArchiveEntry entry = new TarArchiveEntry("blobs/sha256/" + digest);
                entry.setSize(Files.size(layer));
                tar.putArchiveEntry(entry);
                Files.copy(layer, tar);
                tar.closeArchiveEntry();
                descriptors.append(descriptors.isEmpty() ? "" : ",").append("{\"digest\":\"sha256:").append(digest).append("\"}");
            }
            String config = blob(tar, "{\"os\":\"linux\",\"architecture\":\"amd64\"}");
            String manifest = blob(tar, "{\"schemaVersion\":2,\"config\":{\"digest\":\"sha256:" + config + "\"},\"layers\":[" + descriptors + "]}");
            file(tar, "oci-layout", "{\"imageLayoutVersion\":\"1.0.0\"}");
            file(tar, "index.json", "{\"schemaVersion\":2,\"manifests\":[{\"digest\":\"sha256:" + manifest + "\"}]}");
        }
    }

    private static void fill(TarArchiveOutputStream tar, int layer, long bytes) throws IOException {
        if (layer == 0) {
            file(tar, "usr/lib/os-release", "ID=debian\nVERSION_ID=12\n");
            StringBuilder status = new StringBuilder();
            for (int i = 0; i < 200; i++) {
                status.append("Package: p%d\nStatus: install ok installed\nVersion: 1.%d-1\nArchitecture: amd64\n\n".formatted(i, i));
                StringBuilder list = new StringBuilder();
                for (int file = 0; file < 300; file++) {
                    list.append("/usr/share/p%d/file-%d\n".formatted(i, file));
                }
                file(tar, "var/lib/dpkg/info/p%d.list".formatted(i), list.toString());
            }
            file(tar, "var/lib/dpkg/status", status.toString());
        }
        for (int i = 0; i < MODULES; i++) {
            file(tar, "srv/l%d/node_modules/m%d-%d/package.json".formatted(layer, layer, i), "{\"name\":\"m%d-%d\",\"version\":\"1.0.%d\"}".formatted(layer, i, i));
        }
        Random random = new Random(layer);
        for (int i = 0; i < JARS; i++) {
            file(tar, "opt/l%d/a%d-%d.jar".formatted(layer, layer, i), jar(layer, i, random));
        }
        long left = bytes - tar.getBytesWritten();
        for (int i = 0; left > 0; i++) {
            byte[] content = new byte[(int) Math.min(left, 2_000 + random.nextInt(120_000))];
            noise(content, random);
            file(tar, "usr/lib/l%d/d%d/f%d.so".formatted(layer, i % 97, i), content);
            left -= content.length;
        }
    }

    private static byte[] jar(int layer, int number, Random random) throws IOException {
        var bytes = new java.io.ByteArrayOutputStream();
        try (var zip = new java.util.zip.ZipOutputStream(bytes)) {
            zip.putNextEntry(new java.util.zip.ZipEntry("META-INF/maven/org.example/a/pom.properties"));
            zip.write("version=1.%d\ngroupId=org.example\nartifactId=a%d-%d\n".formatted(number, layer, number).getBytes(StandardCharsets.UTF_8));
            zip.putNextEntry(new java.util.zip.ZipEntry("org/example/A.class"));
            byte[] content = new byte[500_000];
            noise(content, random);
            zip.write(content);
        }
        return bytes.toByteArray();
    }

    // A quarter random bytes, the rest words of a small alphabet: gzip makes about a third of it, as of programs.
    private static void noise(byte[] content, Random random) {
        byte[] block = new byte[Math.min(content.length, 64)];
        for (int at = 0; at < content.length; at += 64) {
            boolean words = (at >> 6) % 4 != 0;
            if (!words || at == 64) {
                random.nextBytes(block);
            }
            if (words && at == 64) {
                for (int i = 0; i < block.length; i++) {
                    block[i] = (byte) ('a' + (block[i] & 3));
                }
            }
            System.arraycopy(block, 0, content, at, Math.min(block.length, content.length - at));
        }
    }

    private static String blob(TarArchiveOutputStream tar, String content) throws Exception {
        String digest = digest(new java.io.ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8)));
        file(tar, "blobs/sha256/" + digest, content);
        return digest;
    }

    private static String digest(InputStream in) throws Exception {
        MessageDigest sha = MessageDigest.getInstance("SHA-256");
        try (in; var out = new java.security.DigestOutputStream(OutputStream.nullOutputStream(), sha)) {
            in.transferTo(out);
        }
        return HexFormat.of().formatHex(sha.digest());
    }

    private static void file(TarArchiveOutputStream tar, String name, String content) throws IOException {
        file(tar, name, content.getBytes(StandardCharsets.UTF_8));
    }

    private static void file(TarArchiveOutputStream tar, String name, byte[] content) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(content.length);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
    }
}
