package uk.reeve.register;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import uk.reeve.register.database.DataFolder;
import uk.reeve.register.database.DatabaseAccess;
import uk.reeve.register.database.DatabaseProblem;
import uk.reeve.register.database.EmbeddedPostgres;
import uk.reeve.register.database.Migrations;

/// Backup and restore of the real schema, by the commands' own code.
@ExtendWith(PostgresHere.class)
class UpkeepTest {

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
            }
            before = counts(postgres.access());
            assertThat(Upkeep.backUp(new Order.BackUp(first, archive))).contains("register.zip holds");
            assertThatThrownBy(() -> Upkeep.backUp(new Order.BackUp(first, archive)))
                    .isInstanceOf(DatabaseProblem.class)
                    .hasMessageContaining("exists already");
        }
        assertThat(before).endsWith(" 1").doesNotStartWith("0 ");

        Path second = folder.resolve("second");
        assertThat(Upkeep.fill(new Order.FillFrom(second, archive))).contains("are restored");
        assertThatThrownBy(() -> Upkeep.fill(new Order.FillFrom(second, archive)))
                .hasMessageContaining("The database is not empty");
        assertThat(Upkeep.verify(new Order.VerifyAudit(second, "")).whole()).isTrue();
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(DataFolder.open(second, DataFolder.Kind.REAL))) {
            Migrations.run(postgres.access());
            assertThat(counts(postgres.access())).isEqualTo(before);
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
