package uk.reeve.register;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import uk.reeve.register.audience.Asker;
import uk.reeve.register.audience.Asking;
import uk.reeve.register.database.DatabaseAccess;

/// Invented organisations and people, put into the database by the jobs' role, as an import would.
@Component
class Given {

    static final String PASSWORD = "correct horse battery staple";

    /// Of [#PASSWORD], cheap to make and, since a hash says how it was made, as cheap to compare with: each account and
    /// sign-in of a test would cost some tenths of a second.
    private static final String HASH = new Argon2PasswordEncoder(16, 32, 1, 16, 1).encode(PASSWORD);

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;

    Given(JdbcClient jdbc, TransactionTemplate transactions) {
        this.jdbc = jdbc;
        this.transactions = transactions;
    }

    /// Someone of a new organisation of that kind, in every role.
    Asker.Person someoneOf(Asker.Kind kind, String name) {
        UUID organisation = UUID.randomUUID();
        UUID person = UUID.randomUUID();
        String slug = name.toLowerCase(java.util.Locale.ROOT).replaceAll("[^a-z0-9]+", "-") + "-"
                + organisation.toString().substring(0, 8);
        inJob(() -> {
            jdbc.sql("""
                    INSERT INTO organisation (id, kind, slug, name, invented, verified_at)
                    VALUES (:id, :kind, :slug, :name, true, now())
                    """)
                    .param("id", organisation)
                    .param("kind", kind.name().toLowerCase(java.util.Locale.ROOT))
                    .param("slug", slug)
                    .param("name", name)
                    .update();
            jdbc.sql("INSERT INTO person (id, email, name) VALUES (:id, :email, :name)")
                    .param("id", person)
                    .param("email", "someone@" + slug + ".example")
                    .param("name", "Someone of " + name)
                    .update();
            return jdbc.sql("""
                    INSERT INTO membership (person_id, organisation_id, role) SELECT :person, :organisation, r
                      FROM unnest(ARRAY['reader', 'editor', 'administrator']) AS r
                    """)
                    .param("person", person)
                    .param("organisation", organisation)
                    .update();
        });
        return new Asker.Person(
                person, organisation, kind, Set.of(Asker.Role.READER, Asker.Role.EDITOR, Asker.Role.ADMINISTRATOR));
    }

    /// Someone of a new organisation of that kind who can sign in with [#PASSWORD].
    ///
    /// @return the email address
    String account(Asker.Kind kind) {
        return account(someoneOf(kind, "Some " + kind.name().toLowerCase(java.util.Locale.ROOT) + " (invented)"));
    }

    String mailOf(Asker.Person person) {
        return inJob(() -> jdbc.sql("SELECT email FROM person WHERE id = :id")
                .param("id", person.person())
                .query(String.class)
                .single());
    }

    /// Lets a person sign in with [#PASSWORD].
    String account(Asker.Person person) {
        Asking.as(
                new Asker.Gate(),
                () -> transactions.execute(_ -> jdbc.sql("""
                        INSERT INTO password (person_id, hash) VALUES (:id, :hash)
                        ON CONFLICT (person_id) DO UPDATE SET hash = excluded.hash
                        """)
                        .param("hash", HASH)
                        .param("id", person.person())
                        .update()));
        return mailOf(person);
    }

    /// Lets everybody sign in with [#PASSWORD].
    void passwordsForAll() {
        Asking.as(
                new Asker.Gate(),
                () -> transactions.execute(
                        _ -> jdbc.sql("""
                        INSERT INTO password (person_id, hash) SELECT id, :hash FROM person
                        ON CONFLICT (person_id) DO UPDATE SET hash = excluded.hash
                        """).param("hash", HASH).update()));
    }

    /// What lets people in is the gate's alone.
    <T> T inGate(Supplier<T> work) {
        return Asking.as(new Asker.Gate(), () -> transactions.execute(_ -> work.get()));
    }

    <T> T inJob(Supplier<T> work) {
        return Asking.as(new Asker.Job(), () -> transactions.execute(_ -> work.get()));
    }

    /// A connection to which every row shows.
    static Connection owner(DatabaseAccess access) throws SQLException {
        Connection connection =
                DriverManager.getConnection(access.url(), DatabaseAccess.MIGRATOR, access.migratorPassword());
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET ROLE reeve_owner");
        }
        return connection;
    }
}
