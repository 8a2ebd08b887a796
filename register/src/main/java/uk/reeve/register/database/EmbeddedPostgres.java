package uk.reeve.register.database;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A PostgreSQL that runs in a [DataFolder], on 127.0.0.1 and a free port, for as long as it is not closed or
/// this process does not end. What a killed register left running is stopped first; where the server itself is killed,
/// or ends for want of room, it is started again.
public final class EmbeddedPostgres implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgres.class);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);

    private final FolderLock lock;
    private final Postmaster postmaster;
    private final DatabaseAccess access;
    private boolean stopped;

    private EmbeddedPostgres(FolderLock lock, Postmaster postmaster, DatabaseAccess access) {
        this.lock = lock;
        this.postmaster = postmaster;
        this.access = access;
    }

    /// Starts it; the first time it unpacks the programs and makes the database, which takes some seconds.
    ///
    /// @throws DatabaseProblem when another register uses the folder, this build has no programs for this
    /// platform, there is no room, or PostgreSQL does not start
    public static EmbeddedPostgres start(DataFolder folder) throws DatabaseProblem {
        try {
            FolderLock lock = FolderLock.take(folder.path());
            boolean started = false;
            try {
                EmbeddedPostgres database = start(folder, lock);
                started = true;
                Runtime.getRuntime().addShutdownHook(new Thread(database::end, "database-stop"));
                return database;
            } finally {
                if (!started) {
                    lock.close();
                }
            }
        } catch (IOException e) {
            throw new DatabaseProblem("The database in %s does not start: %s.".formatted(folder, e), e);
        }
    }

    private static EmbeddedPostgres start(DataFolder folder, FolderLock lock) throws IOException, DatabaseProblem {
        Path home = Binaries.unpack(folder.path());
        Postmaster postmaster = new Postmaster(home, folder.path());
        Secrets secrets = folder.secrets();
        postmaster.stopOrphan();
        postmaster.create(secrets.superuser());
        int port = postmaster.start();
        String server = server(port);
        try {
            Roles.prepare(server, secrets);
        } catch (SQLException e) {
            postmaster.stop();
            throw new DatabaseProblem(
                    "The database in %s runs, but its roles cannot be made: %s.".formatted(folder, e.getMessage()), e);
        }
        EmbeddedPostgres database = new EmbeddedPostgres(lock, postmaster, access(port, secrets));
        Thread.ofPlatform().daemon().name("database-watch").start(() -> database.watch(port));
        return database;
    }

    /// The database of the register that runs in the folder now, in another process.
    ///
    /// @return empty where none runs
    public static Optional<DatabaseAccess> running(DataFolder folder) throws DatabaseProblem {
        try {
            OptionalInt port = new Postmaster(folder.path(), folder.path()).port();
            return port.isPresent() ? Optional.of(access(port.getAsInt(), folder.secrets())) : Optional.empty();
        } catch (IOException e) {
            throw new DatabaseProblem("The folder %s cannot be read: %s.".formatted(folder, e), e);
        }
    }

    private static String server(int port) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/";
    }

    private static DatabaseAccess access(int port, Secrets secrets) {
        return new DatabaseAccess(server(port) + Roles.DATABASE, secrets.migrator(), secrets.web(), secrets.jobs());
    }

    public DatabaseAccess access() {
        return access;
    }

    /// Stops the server: connections are cut off, what was committed is kept. Again: nothing.
    ///
    /// @throws IllegalStateException when it does not stop
    @Override
    public void close() {
        stop(false);
    }

    private void watch(int port) {
        boolean ran = true;
        try {
            while (true) {
                Thread.sleep(BETWEEN_LOOKS);
                synchronized (this) {
                    if (stopped) {
                        return;
                    }
                    ran = look(port, ran);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Missed twice in a row: somebody else may be restarting it.
    private boolean look(int port, boolean ran) {
        try {
            boolean runs = postmaster.runs();
            if (!runs && !ran) {
                LOG.error("the database has ended; it is started again");
                postmaster.startAgain(port);
                return true;
            }
            return runs;
        } catch (IOException | DatabaseProblem e) {
            LOG.error("the database does not start: {}", e.getMessage());
            return false;
        }
    }

    // At the end of the process, while requests under way finish and pools close: those who are connected may stay a
    // little.
    private void end() {
        stop(true);
    }

    private synchronized void stop(boolean letFinish) {
        if (stopped) {
            return;
        }
        try {
            if (letFinish) {
                postmaster.letFinish();
            }
            postmaster.stop();
            lock.close();
            stopped = true;
        } catch (IOException | DatabaseProblem e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }
}
