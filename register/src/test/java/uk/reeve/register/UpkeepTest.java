package uk.reeve.register;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import uk.reeve.register.database.DataFolder;
import uk.reeve.register.database.DatabaseAccess;
import uk.reeve.register.database.DatabaseProblem;
import uk.reeve.register.database.EmbeddedPostgres;
import uk.reeve.register.database.Migrations;
import uk.reeve.register.organisation.Seal;

/// Backup and restore of the real schema, by the commands' own code.
@ExtendWith(PostgresHere.class)
class UpkeepTest {

    private static final String KEY = "q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA=";

    private static final String COUNTS = """
            SELECT (SELECT count(*) FROM service_area) || ' ' || (SELECT count(*) FROM organisation WHERE name = 'Oxley')
            """;

    @TempDir
    Path folder;

    @Test
    void a_register_is_backed_up_while_it_runs_and_restored_into_a_new_folder() throws Exception {
        Path first = folder.resolve("first");
        Path archive = folder.resolve("register.zip");
        String before;
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(DataFolder.open(first, DataFolder.Kind.REAL))) {
            Migrations.run(postgres.access());
            try (Connection owner = Given.owner(postgres.access());
                    Statement statement = owner.createStatement()) {
                statement.execute("INSERT INTO organisation (kind, slug, name) VALUES ('council', 'oxley', 'Oxley')");
                byte[] sealed = Seal.in(folder, KEY).close(new byte[32]);
                statement.execute("""
                        INSERT INTO webhook (organisation_id, url, secret)
                        SELECT id, 'https://oxley.example', '\\x%s' FROM organisation WHERE name = 'Oxley'
                        """.formatted(HexFormat.of().formatHex(sealed)));
            }
            before = counts(postgres.access());
            assertThat(Upkeep.backUp(new Order.BackUp(first, archive)))
                    .contains("register.zip holds", first.resolve("seal.key") + ") is not in it: keep a copy");
            assertThatThrownBy(() -> Upkeep.backUp(new Order.BackUp(first, archive)))
                    .isInstanceOf(DatabaseProblem.class)
                    .hasMessageContaining("exists already");
        }
        assertThat(before).endsWith(" 1").doesNotStartWith("0 ");

        Path keyless = folder.resolve("keyless");
        assertThat(Upkeep.fill(new Order.FillFrom(keyless, archive)))
                .contains(
                        "are restored",
                        "1 secrets of authenticator apps and webhooks do not open",
                        "copy its seal.key to " + keyless);
        Path second = Files.createDirectories(folder.resolve("second"));
        Files.writeString(second.resolve("seal.key"), KEY);
        assertThat(Upkeep.fill(new Order.FillFrom(second, archive)))
                .contains("are restored")
                .doesNotContain("do not open");
        assertThatThrownBy(() -> Upkeep.fill(new Order.FillFrom(second, archive)))
                .hasMessageContaining("The database is not empty");
        assertThat(Upkeep.verify(new Order.VerifyAudit(second, "")).whole()).isTrue();
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(DataFolder.open(second, DataFolder.Kind.REAL))) {
            Migrations.run(postgres.access());
            assertThat(counts(postgres.access())).isEqualTo(before);
            try (Connection owner = Given.owner(postgres.access());
                    Statement statement = owner.createStatement()) {
                statement.execute("UPDATE flyway_schema_history SET checksum = 1 WHERE version = '001'");
            }
            assertThatThrownBy(() -> Migrations.run(postgres.access()))
                    .isInstanceOf(DatabaseProblem.class)
                    .hasMessageContaining("another version of Reeve");
        }
    }

    @Test
    void nothing_to_back_up_is_told_and_no_folder_is_made() {
        assertThatThrownBy(() -> Upkeep.backUp(new Order.BackUp(folder.resolve("none"), folder.resolve("a.zip"))))
                .hasMessageContaining("There is no register in");
        assertThat(folder.resolve("none")).doesNotExist();
    }

    private static String counts(DatabaseAccess access) throws Exception {
        try (Connection owner = Given.owner(access);
                Statement statement = owner.createStatement();
                ResultSet row = statement.executeQuery(COUNTS)) {
            row.next();
            return row.getString(1);
        }
    }
}
