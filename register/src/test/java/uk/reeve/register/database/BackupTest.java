package uk.reeve.register.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import uk.reeve.register.PostgresHere;

@ExtendWith(PostgresHere.class)
class BackupTest {

    private static final String ROWS = """
            SELECT row_to_json(r)::text FROM (
                SELECT c.*, s.*, encode(s.document, 'hex') AS bytes FROM council c LEFT JOIN a_system s ON s.council_id = c.id
                 ORDER BY c.id, s.id) r
            """;

    @TempDir
    static Path temporary;

    static DataFolder folder;
    static EmbeddedPostgres postgres;
    static DatabaseAccess source;
    static Path archive;
    static Manifest written;
    static List<String> rows;
    static int databases;

    @BeforeAll
    static void back_up_a_filled_register() throws Exception {
        folder = DataFolder.open(temporary.resolve("register"), DataFolder.Kind.DEMO);
        postgres = EmbeddedPostgres.start(folder);
        source = postgres.access();
        migrate(source, "1");
        asOwner(
                source,
                "INSERT INTO council (name, successor) VALUES ('Ðale\tand \\. \"Dën\"', 2), ('', 1), ('line\nbreak', NULL)",
                "ALTER TABLE a_system DISABLE TRIGGER stamp",
                """
                INSERT INTO a_system VALUES
                    ('00000000-0000-0000-0000-000000000001', 1, '{"a": [1.50, "\\u00e9\\n", null]}', '\\x00ff0a5c2e0a',
                     '2026-03-29 01:30:00.123456+01', '2026-03-29 01:30:00', 0.1::float8 + 0.2, '-1 mon 3 days 00:00:01', '{"a,b",NULL}'),
                    ('00000000-0000-0000-0000-000000000002', 2, '{}', NULL, 'infinity', NULL, 'NaN', NULL, '{}')
                """,
                "ALTER TABLE a_system ENABLE TRIGGER stamp",
                "UPDATE council SET main_system = '00000000-0000-0000-0000-000000000001' WHERE id = 1",
                "INSERT INTO a_system (id, council_id, facts, document, seen)"
                        + " SELECT gen_random_uuid(), 3, jsonb_build_object('n', n), decode(repeat('5c', 5000), 'hex'), now()"
                        + " FROM generate_series(1, 500) n");
        rows = read(source, ROWS);
        archive = temporary.resolve("register.zip");
        written = Backup.write(source, archive);
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    private DatabaseAccess target;

    @BeforeEach
    void an_empty_database() throws Exception {
        String name = "restored" + databases++;
        superuser("reeve", "CREATE DATABASE " + name);
        target = new DatabaseAccess(
                source.url().replaceFirst("reeve$", name),
                source.migratorPassword(),
                source.webPassword(),
                source.jobsPassword());
        try (Connection connection = DriverManager.getConnection(
                target.url(), "postgres", folder.secrets().superuser())) {
            Roles.apply(connection);
        }
    }

    @Test
    void what_is_restored_is_what_was_backed_up() throws Exception {
        migrate(target, "1");

        Manifest restored = Restore.read(archive, target);

        assertThat(rows).hasSize(502);
        assertThat(read(target, ROWS)).isEqualTo(rows);
        assertThat(restored).isEqualTo(written);
        assertThat(Restore.schemaVersion(archive)).isEqualTo("1");
        assertThat(written.tables()).extracting(Manifest.Table::rows).containsExactly(502L, 3L);
        assertThat(written.sequences()).isEqualTo(Map.of("council_id_seq", 3L));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(archive)))
                .isEqualTo("rw-------");
        assertThat(archive.resolveSibling("register.zip.part")).doesNotExist();
    }

    @Test
    void a_restored_database_keeps_its_rules() throws Exception {
        migrate(target, "1");
        String rules = """
                SELECT conrelid::regclass || conname || pg_get_constraintdef(oid) FROM pg_constraint
                 WHERE connamespace = 'public'::regnamespace
                UNION SELECT oid::regclass || ' ' || relforcerowsecurity FROM pg_class WHERE relnamespace = 'public'::regnamespace
                UNION SELECT tgname || ' ' || tgenabled::text FROM pg_trigger WHERE NOT tgisinternal
                ORDER BY 1
                """;
        List<String> before = read(target, rules);

        Restore.read(archive, target);

        assertThat(read(target, rules)).isEqualTo(before);
        asOwner(target, "INSERT INTO council (name) VALUES ('next')");
        assertThat(read(target, "SELECT max(id)::text FROM council")).containsExactly("4");
        try (Connection web = DriverManager.getConnection(target.url(), "reeve_web", target.webPassword())) {
            assertThat(Schema.strings(web, "SELECT id FROM a_system")).hasSize(1);
        }
        assertThatThrownBy(() -> Restore.read(archive, target))
                .isInstanceOf(DatabaseProblem.class)
                .hasMessageMatching("The database is not empty \\(table \\w+ has rows\\). Restore into a new one.");
    }

    @Test
    void a_later_version_takes_an_older_backup_and_an_older_one_refuses_a_newer() throws Exception {
        migrate(target, "2");
        Restore.read(archive, target);
        assertThat(read(target, "SELECT DISTINCT kind FROM council")).containsExactly("district");
        Path newer = temporary.resolve("newer.zip");
        Backup.write(target, newer);

        an_empty_database();
        assertThatThrownBy(() -> Restore.read(newer, target))
                .isInstanceOf(DatabaseProblem.class)
                .hasMessageContaining("no tables of a register yet");
        migrate(target, "1");
        assertThatThrownBy(() -> Restore.read(newer, target))
                .isInstanceOf(DatabaseProblem.class)
                .hasMessageStartingWith("The backup is of schema version 2, the database of 1.");
    }

    @Test
    void an_archive_that_lies_changes_nothing() throws Exception {
        migrate(target, "1");
        Path copy = temporary.resolve("tampered.zip");

        tamper(copy, "/tables/council.copy", text -> text.replace("line", "lime"));
        refused(copy, "the digest of tables/council.copy is not the manifest's");
        tamper(copy, "/tables/council.copy", text -> text.replace("\tline", "\\.\n\tline"));
        refused(copy, "");
        tamper(copy, "/tables/a_system.copy", text -> null);
        refused(copy, "entries for 2 tables");
        tamper(copy, "/manifest.json", text -> text.replace("\"rows\" : 3", "\"rows\" : 4"));
        refused(copy, "tables/council.copy has 3 rows, not 4");
        tamper(copy, "/manifest.json", text -> text.replace("\"main_system\"", "\"main_system\\\" FROM x\""));
        refused(copy, "has no place for the backup's table council");
        tamper(copy, "/manifest.json", text -> text.replace("\"name\" : \"council\"", "\"name\" : \"a_system\""));
        refused(copy, "");
        tamper(copy, "/manifest.json", text -> text.replace("\"format\" : 1", "\"format\" : 2"));
        refused(copy, "is a backup of format 2, and this Reeve reads format 1");
        tamper(copy, "/manifest.json", text -> "{\"format\": 1}");
        refused(copy, "cannot be read");
        tamper(copy, "/manifest.json", text -> null);
        refused(copy, "is not a backup of a register: it has no manifest.json");

        byte[] bytes = Files.readAllBytes(archive);
        Files.write(copy, Arrays.copyOf(bytes, bytes.length / 2));
        refused(copy, "is not a backup of a register, or was cut short");
        byte[] damaged = bytes.clone();
        Arrays.fill(damaged, 2000, 2100, (byte) 0x55);
        Files.write(copy, damaged);
        refused(copy, "");
    }

    @Test
    void a_backup_that_would_lack_rows_or_overwrite_a_file_is_refused() throws Exception {
        migrate(target, "1");
        Path file = temporary.resolve("partial.zip");
        asOwner(target, "CREATE POLICY less ON a_system AS RESTRICTIVE USING (council_id = 1)");
        assertThatThrownBy(() -> Backup.write(target, file))
                .isInstanceOf(DatabaseProblem.class)
                .hasMessageEndingWith("a backup would lack them: a_system.");
        asOwner(target, "DROP POLICY less ON a_system", "DROP POLICY owner_all ON a_system");
        assertThatThrownBy(() -> Backup.write(target, file))
                .isInstanceOf(DatabaseProblem.class)
                .hasMessageEndingWith("a backup would lack them: a_system.");
        assertThat(file).doesNotExist();

        assertThatThrownBy(() -> Backup.write(source, archive))
                .isInstanceOf(DatabaseProblem.class)
                .hasMessage("%s exists already. Name another file.".formatted(archive));
    }

    private void refused(Path copy, String sentence) throws SQLException {
        assertThatThrownBy(() -> Restore.read(copy, target))
                .isInstanceOf(DatabaseProblem.class)
                .hasMessageContaining(sentence);
        assertThat(read(target, "SELECT id::text FROM council UNION ALL SELECT id::text FROM a_system"))
                .isEmpty();
        assertThat(read(target, "SELECT last_value::text FROM pg_sequences WHERE schemaname = 'public'"))
                .isEmpty();
    }

    private interface Change {
        /// @return null to take the entry out
        String of(String text);
    }

    private static void tamper(Path copy, String entry, Change change) throws IOException {
        Files.deleteIfExists(copy);
        Files.copy(archive, copy);
        try (FileSystem zip = FileSystems.newFileSystem(copy)) {
            Path path = zip.getPath(entry);
            String before = Files.readString(path);
            String after = change.of(before);
            assertThat(after).isNotEqualTo(before);
            if (after == null) {
                Files.delete(path);
            } else {
                try (OutputStream stream = Files.newOutputStream(path, StandardOpenOption.TRUNCATE_EXISTING)) {
                    stream.write(after.getBytes(StandardCharsets.UTF_8));
                }
            }
        }
    }

    private static void migrate(DatabaseAccess access, String version) {
        Flyway.configure()
                .dataSource(access.url(), DatabaseAccess.MIGRATOR, access.migratorPassword())
                .initSql("SET ROLE reeve_owner")
                .locations("classpath:uk/reeve/register/database")
                .target(version)
                .load()
                .migrate();
    }

    private static List<String> read(DatabaseAccess access, String sql) throws SQLException {
        try (Connection owner = access.asOwner()) {
            return Schema.strings(owner, sql);
        }
    }

    private static void asOwner(DatabaseAccess access, String... statements) throws SQLException {
        try (Connection owner = access.asOwner();
                Statement statement = owner.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static void superuser(String name, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                        source.url().replaceFirst("reeve$", name),
                        "postgres",
                        folder.secrets().superuser());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
