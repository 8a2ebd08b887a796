package uk.reeve.register.database;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.springframework.core.env.Environment;

/// Where the database is, and the passwords of the three roles that log in (`database/roles.sql` makes them).
///
/// @param url as `jdbc:postgresql://host:port/reeve`
public record DatabaseAccess(String url, String migratorPassword, String webPassword, String jobsPassword) {

    /// Logs in at start, to migrate, back up and restore; owns nothing until it says `SET ROLE reeve_owner`.
    public static final String MIGRATOR = "reeve_migrator";

    /// What people's requests connect as.
    public static final String WEB = "reeve_web";

    /// What jobs connect as.
    public static final String JOBS = "reeve_jobs";

    /// An external database, by `reeve.database.url`, `.migrator-password`, `.web-password` and `.jobs-
    /// password`.
    ///
    /// @return empty where no URL is set: the embedded one is meant
    /// @throws DatabaseProblem when the URL is not PostgreSQL's, or a password is missing
    public static Optional<DatabaseAccess> configured(Environment settings) throws DatabaseProblem {
        String url = settings.getProperty("reeve.database.url", "");
        if (url.isBlank()) {
            return Optional.empty();
        }
        if (!url.startsWith("jdbc:postgresql:")) {
            throw new DatabaseProblem("reeve.database.url must begin with jdbc:postgresql: (for example"
                    + " jdbc:postgresql://db.example:5432/reeve).");
        }
        return Optional.of(new DatabaseAccess(
                url, password(settings, "migrator"), password(settings, "web"), password(settings, "jobs")));
    }

    private static String password(Environment settings, String role) throws DatabaseProblem {
        String name = "reeve.database." + role + "-password";
        String password = settings.getProperty(name, "");
        if (password.isEmpty()) {
            throw new DatabaseProblem(name + " is not set: it is the password of the role reeve_" + role + ".");
        }
        return password;
    }

    /// What is asked of the database by who owns it.
    public interface OwnersWork<T> {
        T on(Connection connection) throws SQLException;
    }

    /// Works on a connection that acts as `reeve_owner`, to whom every row shows.
    public <T> T asOwner(OwnersWork<T> work) throws DatabaseProblem {
        try (Connection connection = asOwner()) {
            return work.on(connection);
        } catch (SQLException e) {
            throw new DatabaseProblem("The database cannot be read: %s.".formatted(e.getMessage()), e);
        }
    }

    /// A connection that acts as `reeve_owner`.
    Connection asOwner() throws SQLException {
        Connection connection = DriverManager.getConnection(url, MIGRATOR, migratorPassword);
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET ROLE reeve_owner");
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /// Without the passwords.
    @Override
    public String toString() {
        return "DatabaseAccess[" + url + "]";
    }
}
