package uk.reeve.register;

import java.nio.file.Files;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import uk.reeve.register.audit.SealKey;
import uk.reeve.register.audit.Seals;
import uk.reeve.register.database.Backup;
import uk.reeve.register.database.DataFolder;
import uk.reeve.register.database.DatabaseAccess;
import uk.reeve.register.database.DatabaseProblem;
import uk.reeve.register.database.EmbeddedPostgres;
import uk.reeve.register.database.Manifest;
import uk.reeve.register.database.Migrations;
import uk.reeve.register.database.Restore;
import uk.reeve.register.organisation.Seal;

/// What is done to a register from beside it. Its database is the one that the settings name, else the embedded one of
/// the data folder, running or not.
final class Upkeep {

    private Upkeep() {}

    static String backUp(Order.BackUp order) throws DatabaseProblem {
        mustBe(order);
        return with(order, access -> {
            Manifest manifest = Backup.write(access, order.archive());
            return "%s holds %,d rows of %d tables as of %s. It holds secrets: keep it as you keep the register. The key that seals some of them (%s) is not in it: keep a copy of it somewhere else."
                    .formatted(
                            order.archive(),
                            rows(manifest),
                            manifest.tables().size(),
                            manifest.writtenAt(),
                            setting(order).isBlank() ? order.data().resolve(Seal.FILE) : "reeve.key");
        });
    }

    static String fill(Order.FillFrom order) throws DatabaseProblem {
        String version = Restore.schemaVersion(order.archive());
        return with(order, access -> {
            Migrations.run(access, version);
            Manifest manifest = Restore.read(order.archive(), access);
            return "%,d rows of %d tables, as of %s, are restored. %sStart it with reeve serve --data %s."
                    .formatted(
                            rows(manifest),
                            manifest.tables().size(),
                            manifest.writtenAt(),
                            access.asOwner(database -> lost(database, order)),
                            order.data());
        });
    }

    /// What does not open with the key that is there, in a sentence; empty where all does.
    private static String lost(Connection database, Order order) throws SQLException {
        Seal seal = Seal.in(order.data(), setting(order));
        int lost = 0;
        try (Statement statement = database.createStatement();
                ResultSet sealed = statement.executeQuery(
                        "SELECT secret FROM second_factor UNION ALL SELECT secret FROM webhook WHERE length(secret) > 32")) {
            while (sealed.next()) {
                lost += seal.open(sealed.getBytes(1)).isEmpty() ? 1 : 0;
            }
        }
        return lost == 0
                ? ""
                : "%,d secrets of authenticator apps and webhooks do not open without the key of the register that was backed up: before the start, copy its %s to %s, or set its reeve.key; without it, people with an app need a recovery code or an administrator's word, and webhooks have to be added again. "
                        .formatted(lost, Seal.FILE, order.data().resolve(Seal.FILE));
    }

    private static String setting(Order order) {
        return Settings.of(order.data()).getProperty("reeve.key", "");
    }

    static Seals.Verdict verify(Order.VerifyAudit order) throws DatabaseProblem {
        mustBe(order);
        SealKey key = SealKey.in(order.data());
        return with(order, access -> access.asOwner(database -> Seals.verify(database, order.head(), key)));
    }

    private static void mustBe(Order order) throws DatabaseProblem {
        if (configured(order).isEmpty() && !Files.exists(order.data().resolve("data"))) {
            throw new IllegalArgumentException(
                    "There is no register in " + order.data() + ". Name its folder with --data.");
        }
    }

    private static long rows(Manifest manifest) {
        return manifest.tables().stream().mapToLong(Manifest.Table::rows).sum();
    }

    private interface Work<T> {
        T on(DatabaseAccess access) throws DatabaseProblem;
    }

    private static <T> T with(Order order, Work<T> work) throws DatabaseProblem {
        LoggingSystem.get(Upkeep.class.getClassLoader()).setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, LogLevel.WARN);
        Optional<DatabaseAccess> external = configured(order);
        if (external.isPresent()) {
            return work.on(external.get());
        }
        DataFolder folder = DataFolder.open(order.data(), DataFolder.Kind.REAL);
        Optional<DatabaseAccess> running = EmbeddedPostgres.running(folder);
        if (running.isPresent()) {
            return work.on(running.get());
        }
        try (EmbeddedPostgres embedded = EmbeddedPostgres.start(folder)) {
            return work.on(embedded.access());
        }
    }

    private static Optional<DatabaseAccess> configured(Order order) throws DatabaseProblem {
        return DatabaseAccess.configured(Settings.of(order.data()));
    }
}
