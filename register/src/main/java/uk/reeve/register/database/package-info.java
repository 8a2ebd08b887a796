/// The register's PostgreSQL: one that runs in a data folder, or an external one; its roles; backup and
/// restore. Owns no table. Start reading at [EmbeddedPostgres] and [DatabaseAccess].
@NullMarked
@ApplicationModule(allowedDependencies = {})
package uk.reeve.register.database;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
