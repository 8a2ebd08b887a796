package uk.reeve.register.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// The folder of one register: its stamp (`register`), its passwords (`secrets`), PostgreSQL's programs and
/// data. Only the user who made it may enter it.
public final class DataFolder {

    /// What the register in the folder is for. Demonstration and real data never mix.
    public enum Kind {
        DEMO("a demonstration"),
        REAL("real data");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        private String stamp() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final String STAMP = "register";

    // what whoever runs the register may lay there before the first start
    private static final List<String> BROUGHT = List.of("reeve.properties", "audit.key", "seal.key");

    private final Path path;
    private final Secrets secrets;

    private DataFolder(Path path, Secrets secrets) {
        this.path = path;
        this.secrets = secrets;
    }

    /// Opens the folder, and makes it, its stamp and its passwords where they are missing.
    ///
    /// @throws DatabaseProblem when it belongs to the other kind, holds something else, or cannot be written
    public static DataFolder open(Path path, Kind kind) throws DatabaseProblem {
        Path absolute = path.toAbsolutePath().normalize();
        try {
            Files.createDirectories(absolute, onlyFor(absolute, "rwx------"));
            stamp(absolute, kind);
            return new DataFolder(absolute, Secrets.of(absolute));
        } catch (IOException e) {
            throw new DatabaseProblem("The folder %s cannot be used: %s.".formatted(absolute, e), e);
        }
    }

    private static void stamp(Path folder, Kind kind) throws IOException, DatabaseProblem {
        Path file = folder.resolve(STAMP);
        if (Files.exists(file)) {
            String found = Files.readString(file).strip();
            for (Kind other : Kind.values()) {
                if (found.equals(other.stamp()) && other != kind) {
                    throw new DatabaseProblem("The folder %s holds %s, and this command is for %s. Name another folder."
                            .formatted(folder, other.words, kind.words));
                }
            }
            if (!found.equals(kind.stamp())) {
                throw new DatabaseProblem(
                        "The file %s must say demo or real. Name the folder of a register.".formatted(file));
            }
            return;
        }
        try (Stream<Path> content = Files.list(folder)) {
            if (content.map(Path::getFileName).map(Path::toString).anyMatch(name -> !BROUGHT.contains(name))) {
                throw new DatabaseProblem("The folder %s is not empty and not a register's. Name an empty or a new one."
                        .formatted(folder));
            }
        }
        Files.writeString(file, kind.stamp() + "\n");
    }

    public Path path() {
        return path;
    }

    Secrets secrets() {
        return secrets;
    }

    /// Writes a secret of the folder's that only its owner reads, whole or not at all.
    public static void keep(Path file, String text) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        Files.createFile(fresh, onlyFor(fresh, "rw-------"));
        Files.writeString(fresh, text);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /// Permissions for a new file or folder, as `rw-------`; none where the file system has no such
    /// permissions.
    static FileAttribute<?>[] onlyFor(Path path, String permissions) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
