package uk.reeve.register.database;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.exception.FlywayValidateException;

/// Brings a database to a version of the schema.
public final class Migrations {

    private Migrations() {}

    /// To the newest that this build knows.
    public static void run(DatabaseAccess access) throws DatabaseProblem {
        run(access, MigrationVersion.LATEST);
    }

    /// As far as a backup's, so that later migrations meet the rows that are restored.
    ///
    /// @param version as [Restore#schemaVersion] says
    public static void run(DatabaseAccess access, String version) throws DatabaseProblem {
        try {
            run(access, MigrationVersion.fromVersion(version));
        } catch (FlywayException e) {
            throw new DatabaseProblem("There is no schema version \"%s\".".formatted(version), e);
        }
    }

    private static void run(DatabaseAccess access, MigrationVersion target) throws DatabaseProblem {
        try {
            Flyway.configure()
                    .dataSource(access.url(), DatabaseAccess.MIGRATOR, access.migratorPassword())
                    .initSql("SET ROLE reeve_owner")
                    .target(target)
                    .load()
                    .migrate();
        } catch (FlywayValidateException e) {
            throw new DatabaseProblem(
                    "The database was made by another version of Reeve, with tables that this one cannot use; run it with that version, or begin in an empty folder: --data DIR.",
                    e);
        } catch (FlywayException e) {
            throw new DatabaseProblem(
                    "The database cannot be brought to this version of Reeve: %s. If it is new, its administrator runs database/roles.sql in it first."
                            .formatted(String.valueOf(e.getMessage())
                                    .lines()
                                    .findFirst()
                                    .orElse("")),
                    e);
        }
    }
}
