package uk.reeve.register.database;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import org.springframework.util.FileSystemUtils;

/// PostgreSQL's programs, unpacked from this build into `<data folder>/postgresql/<version>`, where they stay.
final class Binaries {

    private static final String DIGEST = "archive.sha256";

    private Binaries() {}

    /// @return the folder whose `bin` holds `initdb`, `pg_ctl` and `postgres`
    /// @throws DatabaseProblem when this build has none for this platform
    static Path unpack(Path folder) throws IOException, DatabaseProblem {
        String name = archive(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
        try (InputStream archive = Binaries.class.getResourceAsStream("/" + name)) {
            if (archive == null) {
                throw new DatabaseProblem(
                        "This build of Reeve has no PostgreSQL for this platform (%s). Use the build for it, or set reeve.database.url to a PostgreSQL of your own."
                                .formatted(name));
            }
            byte[] packed = archive.readAllBytes();
            String digest = sha256(packed);
            Path programs = folder.resolve("postgresql");
            Files.createDirectories(programs);
            for (Path version : list(programs)) {
                Path kept = version.resolve(DIGEST);
                if (Files.exists(kept) && Files.readString(kept).equals(digest)) {
                    return version;
                }
            }
            return unpack(packed, digest, programs);
        }
    }

    private static Path unpack(byte[] packed, String digest, Path programs) throws IOException {
        Path fresh = programs.resolve("new"); // what an earlier start left behind half done goes first
        FileSystemUtils.deleteRecursively(fresh);
        try (XZCompressorInputStream plain = new XZCompressorInputStream(new ByteArrayInputStream(packed))) {
            untar(plain, fresh);
        }
        Path version = programs.resolve(version(fresh));
        Files.writeString(fresh.resolve(DIGEST), digest);
        FileSystemUtils.deleteRecursively(version);
        return Files.move(fresh, version, StandardCopyOption.ATOMIC_MOVE);
    }

    /// Unpacks a tar into a folder; what would lie or point outside of it is refused.
    static void untar(InputStream tar, Path folder) throws IOException {
        TarArchiveInputStream entries = new TarArchiveInputStream(tar);
        for (TarArchiveEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
            Path to = inside(folder, folder.resolve(entry.getName()));
            Files.createDirectories(entry.isDirectory() ? to : to.resolve("..").normalize());
            if (entry.isSymbolicLink()) {
                inside(folder, to.resolveSibling(entry.getLinkName()));
                Files.createSymbolicLink(to, Path.of(entry.getLinkName()));
            } else if (entry.isLink()) {
                Files.createLink(to, inside(folder, folder.resolve(entry.getLinkName())));
            } else if (entry.isFile()) {
                Files.copy(entries, to);
                if ((entry.getMode() & 0100) != 0 && !to.toFile().setExecutable(true)) {
                    throw new IOException(to + " cannot be made executable");
                }
            }
        }
    }

    private static Path inside(Path folder, Path path) throws IOException {
        Path normal = path.normalize();
        if (!normal.startsWith(folder)) {
            throw new IOException("the archive points outside of its folder: " + path);
        }
        return normal;
    }

    // "postgres (PostgreSQL) 18.1" gives 18.1
    private static String version(Path home) throws IOException {
        Process process = new ProcessBuilder(home.resolve("bin/postgres").toString(), "--version").start();
        try (InputStream answer = process.getInputStream()) {
            String line = new String(answer.readAllBytes(), StandardCharsets.UTF_8).strip();
            String version = line.substring(line.lastIndexOf(' ') + 1);
            if (!version.matches("[0-9][0-9a-z.]*")) {
                throw new IOException("PostgreSQL's programs do not run on this machine: " + line);
            }
            return version;
        }
    }

    /// The archive's name for Java's `os.name` and `os.arch`, as its makers name it.
    static String archive(String system, String processor) {
        String os = system.toLowerCase(Locale.ROOT);
        String kind = os.startsWith("windows") ? "windows" : os.startsWith("mac") ? "darwin" : os;
        String arch =
                switch (processor) {
                    case "amd64", "x86_64" -> "x86_64";
                    case "aarch64" -> "arm_64";
                    default -> processor;
                };
        return "postgres-%s-%s.txz".formatted(kind, arch);
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> content = Files.list(folder)) {
            return content.toList();
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }
}
