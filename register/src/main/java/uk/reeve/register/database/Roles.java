package uk.reeve.register.database;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.PGConnection;

/// The roles of `database/roles.sql` in the embedded server. An administrator of an external one runs that
/// file.
final class Roles {

    static final String DATABASE = "reeve";

    private Roles() {}

    /// Makes what is missing of database and roles, and sets the passwords.
    ///
    /// @param server as `jdbc:postgresql://host:port/`
    static void prepare(String server, Secrets secrets) throws SQLException {
        try (Connection postgres = DriverManager.getConnection(server + "postgres", "postgres", secrets.superuser());
                Statement statement = postgres.createStatement()) {
            try (ResultSet found = statement.executeQuery("SELECT FROM pg_database WHERE datname = 'reeve'")) {
                if (!found.next()) {
                    statement.execute("CREATE DATABASE reeve");
                }
            }
            statement.execute("REVOKE CONNECT ON DATABASE postgres, template1 FROM PUBLIC");
        }
        try (Connection reeve = DriverManager.getConnection(server + DATABASE, "postgres", secrets.superuser())) {
            apply(reeve);
            // The driver sends the verifier, so no password reaches the server's log.
            PGConnection passwords = reeve.unwrap(PGConnection.class);
            set(passwords, DatabaseAccess.MIGRATOR, secrets.migrator());
            set(passwords, DatabaseAccess.WEB, secrets.web());
            set(passwords, DatabaseAccess.JOBS, secrets.jobs());
        }
    }

    private static void set(PGConnection connection, String role, String password) throws SQLException {
        connection.alterUserPassword(role, password.toCharArray(), "scram-sha-256");
    }

    static void apply(Connection database) throws SQLException {
        try (Statement statement = database.createStatement()) {
            statement.execute(sql());
        }
    }

    private static String sql() {
        try (InputStream file = Roles.class.getResourceAsStream("/database/roles.sql")) {
            if (file == null) {
                throw new IllegalStateException("database/roles.sql is missing from this build");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
