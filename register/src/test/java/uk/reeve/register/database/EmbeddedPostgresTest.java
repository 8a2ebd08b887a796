package uk.reeve.register.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.env.MockEnvironment;
import uk.reeve.register.PostgresHere;

@ExtendWith(PostgresHere.class)
class EmbeddedPostgresTest {

    @TempDir
    static Path temporary;

    static DataFolder folder;
    static EmbeddedPostgres database;

    @BeforeAll
    static void start() throws DatabaseProblem {
        folder = DataFolder.open(temporary.resolve("a register's folder"), DataFolder.Kind.REAL);
        database = EmbeddedPostgres.start(folder);
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @Test
    void what_was_stored_is_there_after_a_restart_and_close_leaves_no_process() throws Exception {
        asOwner("CREATE TABLE kept (word text)", "INSERT INTO kept VALUES ('Zürich')");

        database.close();
        database.close();

        await().atMost(Duration.ofSeconds(10)).until(() -> servers(folder).isEmpty());
        database = EmbeddedPostgres.start(folder);
        try (Connection owner = database.access().asOwner()) {
            assertThat(value(owner, "SELECT lower(word) FROM kept")).isEqualTo("zürich");
        }
    }

    @Test
    void a_server_that_is_killed_comes_again_where_it_was() throws Exception {
        asOwner("CREATE TABLE outlives (word text)", "INSERT INTO outlives VALUES ('a')");
        String pid =
                Files.readAllLines(folder.path().resolve("data/postmaster.pid")).getFirst();

        ProcessHandle.of(Long.parseLong(pid)).orElseThrow().destroyForcibly();

        await().atMost(Duration.ofSeconds(60)).ignoreExceptions().until(() -> {
            try (Connection owner = database.access().asOwner()) {
                return value(owner, "SELECT word FROM outlives").equals("a");
            }
        });
    }

    @Test
    void a_password_that_is_not_the_role_s_is_refused() {
        String server = database.access().url();

        for (String role : List.of("postgres", "reeve_migrator", "reeve_web", "reeve_jobs")) {
            assertThatThrownBy(() -> DriverManager.getConnection(server, role, "guess"))
                    .hasMessageContaining("password authentication failed");
        }
        for (String role : List.of("reeve_owner", "reeve_counter")) {
            assertThatThrownBy(() -> DriverManager.getConnection(server, role, ""))
                    .isInstanceOf(SQLException.class);
        }
    }

    @Test
    void only_the_folder_s_secret_opens_the_superuser_and_only_its_user_reads_it() throws Exception {
        try (Connection superuser = superuser("reeve")) {
            assertThat(value(superuser, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user"))
                    .isEqualTo("t");
            assertThat(value(superuser, "SHOW data_checksums")).isEqualTo("on");
            assertThat(value(superuser, "SHOW server_encoding")).isEqualTo("UTF8");
            assertThat(value(superuser, "SHOW listen_addresses")).isEqualTo("127.0.0.1");
            assertThat(value(superuser, "SHOW unix_socket_directories")).isEmpty();
            assertThat(value(superuser, "SELECT count(*) FROM pg_hba_file_rules WHERE auth_method <> 'scram-sha-256'"))
                    .isEqualTo("0");
        }
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(folder.path().resolve("secrets"))))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.path())))
                .isEqualTo("rwx------");
        assertThat(folder.path().resolve("password")).doesNotExist();
        Secrets secrets = folder.secrets();
        assertThat(Files.readString(folder.path().resolve("postgresql.log")))
                .doesNotContain(secrets.superuser(), secrets.migrator(), secrets.web(), secrets.jobs());
        assertThat(database.access().toString() + secrets)
                .doesNotContain(secrets.superuser(), secrets.migrator(), secrets.web(), secrets.jobs());
    }

    @Test
    void web_and_jobs_see_what_row_security_shows_and_make_no_tables() throws Exception {
        asOwner(
                "CREATE TABLE owned (council text, word text)",
                "INSERT INTO owned VALUES ('mine', 'a'), ('theirs', 'b')",
                "ALTER TABLE owned ENABLE ROW LEVEL SECURITY",
                "ALTER TABLE owned FORCE ROW LEVEL SECURITY",
                "CREATE POLICY mine ON owned TO reeve_web, reeve_jobs USING (council = 'mine')",
                "CREATE POLICY counted ON owned FOR SELECT TO reeve_counter USING (true)",
                "GRANT SELECT ON owned TO reeve_web, reeve_jobs, reeve_counter",
                "CREATE FUNCTION how_many() RETURNS bigint LANGUAGE sql STABLE SECURITY DEFINER"
                        + " SET search_path = public, pg_temp AS 'SELECT count(*) FROM owned'",
                "ALTER FUNCTION how_many() OWNER TO reeve_counter",
                "REVOKE EXECUTE ON FUNCTION how_many() FROM PUBLIC",
                "GRANT EXECUTE ON FUNCTION how_many() TO reeve_web");
        DatabaseAccess access = database.access();

        try (Connection web = DriverManager.getConnection(access.url(), "reeve_web", access.webPassword());
                Connection jobs = DriverManager.getConnection(access.url(), "reeve_jobs", access.jobsPassword())) {
            assertThat(value(web, "SELECT string_agg(word, ',') FROM owned")).isEqualTo("a");
            assertThat(value(jobs, "SELECT string_agg(word, ',') FROM owned")).isEqualTo("a");
            assertThat(value(web, "SELECT how_many()")).isEqualTo("2");
            refused(jobs, "SELECT how_many()");
            for (Connection role : List.of(web, jobs)) {
                refused(role, "CREATE TABLE mine (a int)");
                refused(role, "CREATE TEMP TABLE mine (a int)");
                refused(role, "CREATE SCHEMA mine");
                refused(role, "SET ROLE reeve_owner");
                refused(role, "SET ROLE reeve_counter");
                refused(role, "ALTER TABLE owned NO FORCE ROW LEVEL SECURITY");
                refused(role, "COPY owned TO PROGRAM 'cat'");
                try (Statement statement = role.createStatement()) {
                    statement.execute("SET row_security = off");
                }
                assertThatThrownBy(() -> value(role, "SELECT word FROM owned"))
                        .hasMessageContaining("row-level security");
            }
        }
        String elsewhere = access.url().replace("/reeve", "/postgres");
        assertThatThrownBy(() -> DriverManager.getConnection(elsewhere, "reeve_web", access.webPassword()))
                .hasMessageContaining("permission denied");
    }

    @Test
    void the_migrator_acts_only_as_the_owner() throws Exception {
        DatabaseAccess access = database.access();
        try (Connection migrator =
                DriverManager.getConnection(access.url(), "reeve_migrator", access.migratorPassword())) {
            refused(migrator, "CREATE TABLE public.stray (a int)");
        }
        try (Connection owner = access.asOwner()) {
            assertThat(value(owner, "SELECT current_user")).isEqualTo("reeve_owner");
            refused(owner, "CREATE ROLE another");
        }
    }

    @Test
    void roles_can_be_made_by_an_administrator_who_is_no_superuser() throws Exception {
        try (Connection superuser = superuser("reeve");
                Statement statement = superuser.createStatement()) {
            for (String object : List.of("reeve_counter", "reeve_owner", "reeve_migrator", "reeve_web", "reeve_jobs")) {
                statement.execute("ALTER ROLE " + object + " RENAME TO other" + object);
            }
            try {
                statement.execute("CREATE ROLE administrator LOGIN CREATEROLE CREATEDB PASSWORD 'invented'");
                statement.execute("CREATE DATABASE hosted OWNER administrator");
                String url = database.access().url().replace("/reeve", "/hosted");
                try (Connection administrator = DriverManager.getConnection(url, "administrator", "invented")) {
                    Roles.apply(administrator);
                    Roles.apply(administrator);
                    assertThat(value(
                                    administrator,
                                    "SELECT datdba::regrole FROM pg_database WHERE datname = current_database()"))
                            .isEqualTo("reeve_owner");
                }
                statement.execute("ALTER ROLE reeve_web BYPASSRLS");
                assertThatThrownBy(() -> Roles.apply(superuser)).hasMessageContaining("passes row security");
            } finally {
                statement.execute("DROP DATABASE IF EXISTS hosted");
                for (String role :
                        List.of("reeve_counter", "reeve_owner", "reeve_migrator", "reeve_web", "reeve_jobs")) {
                    statement.execute("DROP ROLE IF EXISTS " + role);
                    statement.execute("ALTER ROLE other" + role + " RENAME TO " + role);
                }
                statement.execute("DROP ROLE IF EXISTS administrator");
                Roles.prepare(database.access().url().replaceFirst("reeve$", ""), folder.secrets());
            }
        }
    }

    @Test
    void a_second_register_on_the_folder_is_refused_and_the_first_lives_on() throws Exception {
        String refusal = "Another register that runs uses the folder %s. Stop it, or name another folder."
                .formatted(folder.path());

        assertThatThrownBy(() -> EmbeddedPostgres.start(folder))
                .isInstanceOf(DatabaseProblem.class)
                .hasMessage(refusal);
        Process other = another(folder.path());
        try (BufferedReader said = other.inputReader()) {
            assertThat(said.readLine()).isEqualTo(refusal);
        }
        try (Connection owner = database.access().asOwner()) {
            assertThat(value(owner, "SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void the_server_of_a_killed_register_is_stopped_and_a_recycled_process_number_is_forgotten() throws Exception {
        DataFolder killed = DataFolder.open(temporary.resolve("killed"), DataFolder.Kind.DEMO);
        Process register = another(killed.path());
        try (BufferedReader said = register.inputReader()) {
            assertThat(said.readLine()).startsWith("jdbc:postgresql:");
        }
        register.destroyForcibly().waitFor();
        List<ProcessHandle> orphan = servers(killed);
        assertThat(orphan).hasSize(1);

        try (EmbeddedPostgres next = EmbeddedPostgres.start(killed);
                Connection owner = next.access().asOwner()) {
            assertThat(value(owner, "SELECT 1")).isEqualTo("1");
            assertThat(servers(killed)).hasSize(1).doesNotContainAnyElementsOf(orphan);
        }

        Path number = killed.path().resolve("data/postmaster.pid");
        Files.writeString(
                number,
                "%d%n%s%n1%n5432%n"
                        .formatted(ProcessHandle.current().pid(), killed.path().resolve("data")));
        try (EmbeddedPostgres next = EmbeddedPostgres.start(killed);
                Connection owner = next.access().asOwner()) {
            assertThat(value(owner, "SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void the_server_ends_with_its_register() throws Exception {
        DataFolder left = DataFolder.open(temporary.resolve("left"), DataFolder.Kind.DEMO);
        Process register = another(left.path());
        try (BufferedReader said = register.inputReader()) {
            assertThat(said.readLine()).startsWith("jdbc:postgresql:");
            register.destroy();
            register.waitFor();
        }

        await().atMost(Duration.ofSeconds(10)).until(() -> servers(left).isEmpty());
    }

    @Test
    void demonstration_and_real_data_do_not_mix() throws Exception {
        assertThatThrownBy(() -> DataFolder.open(folder.path(), DataFolder.Kind.DEMO))
                .isInstanceOf(DatabaseProblem.class)
                .hasMessage(
                        "The folder %s holds real data, and this command is for a demonstration. Name another folder."
                                .formatted(folder.path()));
        Path demo = temporary.resolve("demo");
        DataFolder.open(demo, DataFolder.Kind.DEMO);
        assertThatThrownBy(() -> DataFolder.open(demo, DataFolder.Kind.REAL))
                .isInstanceOf(DatabaseProblem.class)
                .hasMessage(
                        "The folder %s holds a demonstration, and this command is for real data. Name another folder."
                                .formatted(demo));
        Path photographs = Files.createDirectory(temporary.resolve("photographs"));
        Files.createFile(photographs.resolve("beach.jpg"));
        assertThatThrownBy(() -> DataFolder.open(photographs, DataFolder.Kind.REAL))
                .isInstanceOf(DatabaseProblem.class)
                .hasMessageContaining("is not empty and not a register's");
    }

    @Test
    void a_database_without_its_secrets_stays_shut() throws Exception {
        Path lost = temporary.resolve("lost");
        DataFolder.open(lost, DataFolder.Kind.REAL);
        Files.createDirectory(lost.resolve("data"));
        Files.delete(lost.resolve("secrets"));

        assertThatThrownBy(() -> DataFolder.open(lost, DataFolder.Kind.REAL))
                .isInstanceOf(DatabaseProblem.class)
                .hasMessageContaining("secrets is missing");
    }

    @ParameterizedTest
    @CsvSource({
        "Linux, amd64, postgres-linux-x86_64.txz",
        "Linux, aarch64, postgres-linux-arm_64.txz",
        "Mac OS X, aarch64, postgres-darwin-arm_64.txz",
        "Mac OS X, x86_64, postgres-darwin-x86_64.txz",
        "Windows 11, amd64, postgres-windows-x86_64.txz",
    })
    void programs_are_named_by_platform(String system, String processor, String archive) {
        assertThat(Binaries.archive(system, processor)).isEqualTo(archive);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "initdb: error: could not write to file: No space left on device | There is no room left",
                "unshare: unshare failed: Operation not permitted | refuses to run as root",
                "FATAL:  could not create any TCP/IP sockets | no free port",
                "FATAL:  lock file \"postmaster.pid\" already exists | Another PostgreSQL that runs",
                "FATAL:  database files are incompatible with server | another version of PostgreSQL",
                "LOG:  one | it gave no reason",
                "x [1] FATAL:  could not map anonymous shared memory | does not start: could not map anonymous shared memory.",
            })
    void what_postgresql_says_becomes_a_sentence(String said, String sentence) {
        assertThat(new Postmaster(temporary, temporary).explain(said)).contains(sentence);
    }

    @ParameterizedTest
    @CsvSource({"../outside, ''", "a/../../outside, ''", "link, ../outside", "link, /etc/passwd"})
    void programs_that_would_lie_outside_are_refused(String name, String target) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            TarArchiveEntry entry =
                    new TarArchiveEntry(name, target.isEmpty() ? TarConstants.LF_NORMAL : TarConstants.LF_SYMLINK);
            entry.setLinkName(target);
            tar.putArchiveEntry(entry);
            tar.closeArchiveEntry();
        }

        assertThatThrownBy(() ->
                        Binaries.untar(new ByteArrayInputStream(bytes.toByteArray()), temporary.resolve("unpacked")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("outside");
    }

    @Test
    void an_external_database_is_named_by_settings() throws Exception {
        MockEnvironment settings = new MockEnvironment();
        assertThat(DatabaseAccess.configured(settings)).isEmpty();

        settings.setProperty("reeve.database.url", "jdbc:postgresql://db.example:5432/reeve");
        settings.setProperty("reeve.database.migrator-password", "one");
        settings.setProperty("reeve.database.web-password", "two");
        assertThatThrownBy(() -> DatabaseAccess.configured(settings))
                .isInstanceOf(DatabaseProblem.class)
                .hasMessage("reeve.database.jobs-password is not set: it is the password of the role reeve_jobs.");

        settings.setProperty("reeve.database.jobs-password", "three");
        assertThat(DatabaseAccess.configured(settings))
                .contains(new DatabaseAccess("jdbc:postgresql://db.example:5432/reeve", "one", "two", "three"));

        settings.setProperty("reeve.database.url", "jdbc:mysql://db.example/reeve");
        assertThatThrownBy(() -> DatabaseAccess.configured(settings)).isInstanceOf(DatabaseProblem.class);
    }

    /// A register of its own process: says its URL, or why not, and lives until it is ended.
    static final class Register {

        public static void main(String[] arguments) throws Exception {
            Path path = Path.of(arguments[0]);
            DataFolder.Kind kind = Files.readString(path.resolve("register")).startsWith("real")
                    ? DataFolder.Kind.REAL
                    : DataFolder.Kind.DEMO;
            try {
                System.out.println(EmbeddedPostgres.start(DataFolder.open(path, kind))
                        .access()
                        .url());
                Thread.sleep(Duration.ofMinutes(1));
            } catch (DatabaseProblem e) {
                System.out.println(e.getMessage());
            }
        }
    }

    private static Process another(Path folder) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Register.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static List<ProcessHandle> servers(DataFolder folder) {
        String data = folder.path().resolve("data").toString();
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().arguments().stream()
                        .flatMap(Arrays::stream)
                        .anyMatch(data::equals))
                .toList();
    }

    private static Connection superuser(String name) throws SQLException {
        String url = database.access().url().replaceFirst("reeve$", name);
        return DriverManager.getConnection(url, "postgres", folder.secrets().superuser());
    }

    private static void asOwner(String... statements) throws SQLException {
        try (Connection owner = database.access().asOwner();
                Statement statement = owner.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static void refused(Connection connection, String sql) {
        assertThatThrownBy(() -> {
                    try (Statement statement = connection.createStatement()) {
                        statement.execute(sql);
                    }
                })
                .as(sql)
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42501"));
    }

    private static String value(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }
}
