package uk.reeve.register.database;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/// Writes all that a register knows into one ZIP archive, as it stood at one moment, while it goes on running.
///
/// Shape: `tables/<name>.copy` per table, then `manifest.json` ([Manifest]). The archive holds what the
/// database holds, password hashes and embargoed text included; only its owner may read the file.
public final class Backup {

    private Backup() {}

    /// @param archive does not exist yet; it appears when it is complete
    /// @throws DatabaseProblem when the file exists or cannot be written, or the database cannot be read in
    /// full
    public static Manifest write(DatabaseAccess access, Path archive) throws DatabaseProblem {
        if (Files.exists(archive)) {
            throw new DatabaseProblem("%s exists already. Name another file.".formatted(archive));
        }
        Path part = archive.resolveSibling(archive.getFileName() + ".part");
        try {
            try (Connection database = access.asOwner()) {
                Files.deleteIfExists(part);
                Files.createFile(part, DataFolder.onlyFor(part, "rw-------"));
                Manifest manifest = write(database, part);
                Files.move(part, archive, StandardCopyOption.ATOMIC_MOVE);
                return manifest;
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            throw new DatabaseProblem("The backup %s cannot be written: %s.".formatted(archive, e), e);
        } catch (SQLException e) {
            throw new DatabaseProblem("The database cannot be backed up: %s.".formatted(e.getMessage()), e);
        }
    }

    private static Manifest write(Connection database, Path part) throws IOException, SQLException, DatabaseProblem {
        try (FileChannel file = FileChannel.open(part, StandardOpenOption.WRITE);
                ZipOutputStream zip = new ZipOutputStream(Channels.newOutputStream(file));
                Statement statement = database.createStatement()) {
            database.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            database.setReadOnly(true);
            database.setAutoCommit(false);
            // COPY's text must not depend on how the server, the database or the role is set up
            statement.execute(
                    "SET LOCAL datestyle = 'ISO'; SET LOCAL intervalstyle = 'postgres'; SET LOCAL timezone = 'UTC';"
                            + " SET LOCAL extra_float_digits = 3; SET LOCAL bytea_output = 'hex'");
            List<String> hiding = Schema.hiding(database);
            if (!hiding.isEmpty()) {
                throw new DatabaseProblem(
                        "Row security hides rows of these tables from reeve_owner, so a backup would lack them: %s."
                                .formatted(String.join(", ", hiding)));
            }
            String version = Schema.version(database);
            CopyManager copy = database.unwrap(PGConnection.class).getCopyAPI();
            List<Manifest.Table> tables = new ArrayList<>();
            for (Schema.Table table : Schema.tables(database)) {
                tables.add(write(table, copy, zip));
            }
            Manifest manifest = new Manifest(
                    Manifest.FORMAT,
                    version,
                    Instant.now().truncatedTo(ChronoUnit.SECONDS),
                    tables,
                    Schema.sequences(database));
            zip.putNextEntry(new ZipEntry(Manifest.ENTRY));
            zip.write(manifest.json());
            zip.finish();
            file.force(true);
            return manifest;
        }
    }

    private static Manifest.Table write(Schema.Table table, CopyManager copy, ZipOutputStream zip)
            throws IOException, SQLException {
        zip.putNextEntry(new ZipEntry(new Manifest.Table(table.name(), List.of(), 0, "").entry()));
        MessageDigest digest = sha256();
        OutputStream entry = new DigestOutputStream(zip, digest);
        long rows =
                copy.copyOut("COPY (SELECT %s FROM %s) TO STDOUT".formatted(table.columnList(), table.quoted()), entry);
        zip.closeEntry();
        return new Manifest.Table(
                table.name(), table.columns(), rows, HexFormat.of().formatHex(digest.digest()));
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }
}
