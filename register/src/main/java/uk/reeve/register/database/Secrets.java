package uk.reeve.register.database;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Properties;

/// The passwords of the embedded database, 256 random bits each, kept in the file `secrets` that only its owner
/// reads.
record Secrets(String superuser, String migrator, String web, String jobs) {

    private static final SecureRandom RANDOM = new SecureRandom();

    /// Reads the folder's passwords, or makes them up where no database was made yet.
    static Secrets of(Path folder) throws IOException, DatabaseProblem {
        Path file = folder.resolve("secrets");
        if (!Files.exists(file)) {
            if (Files.exists(folder.resolve("data"))) {
                throw new DatabaseProblem(
                        "The file %s is missing, and without its passwords the database beside it stays shut. Put it back, for example from a copy of the folder."
                                .formatted(file));
            }
            write(file, new Secrets(random(), random(), random(), random()));
        }
        Properties kept = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            kept.load(reader);
        }
        return new Secrets(
                named(kept, "superuser", file),
                named(kept, "migrator", file),
                named(kept, "web", file),
                named(kept, "jobs", file));
    }

    private static void write(Path file, Secrets secrets) throws IOException {
        DataFolder.keep(
                file,
                "superuser=%s%nmigrator=%s%nweb=%s%njobs=%s%n"
                        .formatted(secrets.superuser, secrets.migrator, secrets.web, secrets.jobs));
    }

    private static String named(Properties kept, String name, Path file) throws DatabaseProblem {
        String password = kept.getProperty(name, "");
        if (password.isBlank()) {
            throw new DatabaseProblem(
                    "The file %s has no line %s=…. Put the file back as it was.".formatted(file, name));
        }
        return password;
    }

    private static String random() {
        byte[] bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Override
    public String toString() {
        return "Secrets[…]";
    }
}
