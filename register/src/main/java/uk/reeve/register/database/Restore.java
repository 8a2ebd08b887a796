package uk.reeve.register.database;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationVersion;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/// Fills an empty, migrated database from a [Backup]: all of it, or nothing.
///
/// The owner is no superuser. So, inside the one transaction and under a lock on every table, foreign keys are
/// dropped and made again over the loaded rows (no order among tables, cycles allowed), triggers rest, and row
/// security is not forced (COPY refuses to write under it).
public final class Restore {

    private static final String FOREIGN_KEYS = """
            FROM pg_constraint
            WHERE contype = 'f' AND conparentid = 0 AND connamespace = 'public'::regnamespace
            """;
    private static final String FORCED = """
            FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relforcerowsecurity
            """;
    private static final String TRIGGERS = """
            FROM pg_trigger t JOIN pg_class c ON c.oid = tgrelid
            WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
              AND NOT tgisinternal AND tgparentid = 0 AND tgenabled <> 'D'
            """;

    private Restore() {}

    /// @return the schema version of an archive: a later register may migrate that far, restore, then migrate
    /// on, so that its later migrations see the rows
    public static String schemaVersion(Path archive) throws DatabaseProblem {
        try (ZipFile zip = open(archive)) {
            return Manifest.of(zip).schemaVersion();
        } catch (IOException e) {
            throw unreadable(archive, e);
        }
    }

    /// @throws DatabaseProblem when the archive is damaged or not what its manifest says, or the database is
    /// older than the archive, not migrated or not empty; nothing was changed then
    public static Manifest read(Path archive, DatabaseAccess access) throws DatabaseProblem {
        try (ZipFile zip = open(archive)) {
            Manifest manifest = Manifest.of(zip);
            try (Connection database = access.asOwner()) {
                database.setAutoCommit(false); // closing without commit rolls back
                fill(database, zip, manifest);
                database.commit();
            }
            return manifest;
        } catch (IOException e) {
            throw unreadable(archive, e);
        } catch (SQLException e) {
            throw new DatabaseProblem(
                    "%s cannot be restored; nothing was changed: %s.".formatted(archive, e.getMessage()), e);
        }
    }

    private static ZipFile open(Path archive) throws IOException, DatabaseProblem {
        if (!Files.isRegularFile(archive)) {
            throw new DatabaseProblem("There is no file %s.".formatted(archive));
        }
        try {
            return new ZipFile(archive.toFile());
        } catch (ZipException e) {
            throw new DatabaseProblem(
                    "%s is not a backup of a register, or was cut short: %s.".formatted(archive, e.getMessage()), e);
        }
    }

    private static DatabaseProblem unreadable(Path archive, IOException e) {
        return new DatabaseProblem(
                "%s is damaged and was not restored; nothing was changed: %s.".formatted(archive, e.getMessage()), e);
    }

    private static void fill(Connection database, ZipFile zip, Manifest manifest)
            throws IOException, SQLException, DatabaseProblem {
        checkVersion(Schema.version(database), manifest.schemaVersion());
        List<Schema.Table> tables = Schema.tables(database);
        List<String> filled = Schema.filled(database);
        checkEmpty(database, tables, filled);
        List<String> after = Schema.strings(database, """
                SELECT format('ALTER TABLE %s ADD CONSTRAINT %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid))
                """ + FOREIGN_KEYS);
        after.addAll(Schema.strings(database, """
                SELECT format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', oid::regclass)
                """ + FORCED));
        after.addAll(Schema.strings(database, """
                SELECT format('ALTER TABLE %s %s TRIGGER %I', tgrelid::regclass,
                              CASE tgenabled WHEN 'A' THEN 'ENABLE ALWAYS' WHEN 'R' THEN 'ENABLE REPLICA' ELSE 'ENABLE' END,
                              tgname)
                """ + TRIGGERS));
        execute(database, List.of("SET CONSTRAINTS ALL IMMEDIATE")); // a check still to come would bar ALTER TABLE
        execute(database, Schema.strings(database, """
                SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname)
                """ + FOREIGN_KEYS));
        execute(database, Schema.strings(database, """
                SELECT format('ALTER TABLE %s NO FORCE ROW LEVEL SECURITY', oid::regclass)
                """ + FORCED));
        execute(database, Schema.strings(database, """
                SELECT format('ALTER TABLE %s DISABLE TRIGGER %I', tgrelid::regclass, tgname)
                """ + TRIGGERS));
        for (String name : filled) {
            execute(database, List.of("DELETE FROM public." + Schema.quote(name)));
        }
        load(database, zip, manifest, tables);
        execute(database, after);
        setSequences(database, manifest); // last: a roll-back does not take it back
    }

    private static void load(Connection database, ZipFile zip, Manifest manifest, List<Schema.Table> tables)
            throws IOException, SQLException, DatabaseProblem {
        if (zip.size() != manifest.tables().size() + 1) {
            throw lie(
                    zip,
                    "it has %,d entries for %,d tables"
                            .formatted(zip.size() - 1, manifest.tables().size()));
        }
        Map<String, Schema.Table> empty =
                tables.stream().collect(Collectors.toMap(Schema.Table::name, Function.identity()));
        for (Manifest.Table table : manifest.tables()) {
            load(database, zip, table, empty.remove(table.name()));
        }
        if (!empty.isEmpty() && Schema.version(database).equals(manifest.schemaVersion())) {
            throw lie(zip, "it lacks the table " + empty.keySet().iterator().next());
        }
    }

    private static void checkVersion(String database, String archive) throws DatabaseProblem {
        try {
            if (MigrationVersion.fromVersion(database).compareTo(MigrationVersion.fromVersion(archive)) < 0) {
                throw new DatabaseProblem(
                        "The backup is of schema version %s, the database of %s. Restore with the version of Reeve that wrote the backup, or a later one."
                                .formatted(archive, database));
            }
        } catch (FlywayException e) {
            throw new DatabaseProblem("The backup names no schema version but \"%s\".".formatted(archive), e);
        }
    }

    private static void checkEmpty(Connection database, List<Schema.Table> tables, List<String> filled)
            throws SQLException, DatabaseProblem {
        for (Schema.Table table : tables) {
            execute(database, List.of("LOCK TABLE " + table.quoted()));
            if (!filled.contains(table.name())
                    && !Schema.strings(database, "SELECT 1 FROM %s LIMIT 1".formatted(table.quoted()))
                            .isEmpty()) {
                throw new DatabaseProblem("The database is not empty (table %s has rows). Restore into a new one."
                        .formatted(table.name()));
            }
        }
    }

    private static void load(Connection database, ZipFile zip, Manifest.Table told, Schema.@Nullable Table table)
            throws IOException, SQLException, DatabaseProblem {
        ZipEntry entry = zip.getEntry(told.entry());
        if (entry == null) {
            throw lie(zip, "%s is missing".formatted(told.entry()));
        }
        if (table == null || !table.columns().containsAll(told.columns())) {
            throw new DatabaseProblem(
                    "The database has no place for the backup's table %s (%s). Restore with the version of Reeve that wrote the backup."
                            .formatted(told.name(), String.join(", ", told.columns())));
        }
        String copy = "COPY %s (%s) FROM STDIN"
                .formatted(table.quoted(), new Schema.Table(told.name(), told.columns()).columnList());
        MessageDigest digest = Backup.sha256();
        long rows;
        try (InputStream stream = new DigestInputStream(zip.getInputStream(entry), digest)) {
            rows = database.unwrap(PGConnection.class).getCopyAPI().copyIn(copy, stream);
        }
        if (!HexFormat.of().formatHex(digest.digest()).equals(told.sha256())) {
            throw lie(zip, "the digest of %s is not the manifest's".formatted(told.entry()));
        }
        if (rows != told.rows()) {
            throw lie(zip, "%s has %,d rows, not %,d".formatted(told.entry(), rows, told.rows()));
        }
    }

    private static DatabaseProblem lie(ZipFile zip, String what) {
        return new DatabaseProblem(
                "%s is not what its manifest says: %s. Nothing was changed.".formatted(zip.getName(), what));
    }

    private static void setSequences(Connection database, Manifest manifest) throws SQLException {
        try (PreparedStatement set = database.prepareStatement("SELECT setval(?::regclass, ?)")) {
            for (Map.Entry<String, Long> last : manifest.sequences().entrySet()) {
                set.setString(1, "public." + Schema.quote(last.getKey()));
                set.setLong(2, last.getValue());
                set.execute();
            }
        }
    }

    private static void execute(Connection database, List<String> statements) throws SQLException {
        try (Statement statement = database.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
