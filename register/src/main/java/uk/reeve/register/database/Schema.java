package uk.reeve.register.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What backup and restore need to know of the tables in schema `public`. Flyway's own history is not among
/// them.
final class Schema {

    /// A table and the columns that are stored; generated ones are left out.
    record Table(String name, List<String> columns) {

        String quoted() {
            return "public." + quote(name);
        }

        String columnList() {
            return columns.stream().map(Schema::quote).collect(Collectors.joining(", "));
        }
    }

    /// The comment on a table whose rows come with the migrations: a restore replaces them.
    static final String FILLED = "filled by migrations";

    private Schema() {}

    static List<Table> tables(Connection connection) throws SQLException {
        List<Table> tables = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("""
                        SELECT c.relname::text, array_agg(a.attname::text ORDER BY a.attnum)
                          FROM pg_class c
                          JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
                                             AND NOT a.attisdropped AND a.attgenerated = ''
                         WHERE c.relnamespace = 'public'::regnamespace
                           AND c.relkind IN ('r', 'p') AND NOT c.relispartition
                           AND c.relname <> 'flyway_schema_history'
                         GROUP BY c.oid
                         ORDER BY c.relname
                        """)) {
            while (rows.next()) {
                String[] columns = (String[]) rows.getArray(2).getArray();
                tables.add(new Table(rows.getString(1), Arrays.asList(columns)));
            }
        }
        return tables;
    }

    /// @throws DatabaseProblem when nothing was migrated
    static String version(Connection connection) throws SQLException, DatabaseProblem {
        if (strings(connection, "SELECT to_regclass('public.flyway_schema_history')::text")
                .isEmpty()) {
            throw new DatabaseProblem("The database has no tables of a register yet. Start the register once.");
        }
        return strings(connection, """
                        SELECT version FROM public.flyway_schema_history
                         WHERE success AND version IS NOT NULL ORDER BY installed_rank DESC LIMIT 1
                        """).stream().findFirst().orElse("0");
    }

    /// @return names of tables
    static List<String> filled(Connection connection) throws SQLException {
        return strings(connection, """
                SELECT relname FROM pg_class
                 WHERE relnamespace = 'public'::regnamespace AND obj_description(oid, 'pg_class') = '%s'
                """.formatted(FILLED));
    }

    static Map<String, Long> sequences(Connection connection) throws SQLException {
        Map<String, Long> last = new TreeMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("""
                        SELECT sequencename::text, last_value FROM pg_sequences
                         WHERE schemaname = 'public' AND last_value IS NOT NULL
                        """)) {
            while (rows.next()) {
                last.put(rows.getString(1), rows.getLong(2));
            }
        }
        return last;
    }

    /// Tables whose row security would hide rows from their owner, and from a backup without a word.
    static List<String> hiding(Connection connection) throws SQLException {
        return strings(connection, """
                SELECT c.relname FROM pg_class c
                 WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
                   AND row_security_active(c.oid)
                   AND (NOT EXISTS (SELECT FROM pg_policy p
                                     WHERE p.polrelid = c.oid AND p.polpermissive AND p.polcmd IN ('*', 'r')
                                       AND p.polroles && ARRAY[0::oid, current_user::regrole::oid]
                                       AND pg_get_expr(p.polqual, p.polrelid) = 'true')
                        OR EXISTS (SELECT FROM pg_policy p
                                    WHERE p.polrelid = c.oid AND NOT p.polpermissive AND p.polcmd IN ('*', 'r')))
                 ORDER BY c.relname
                """);
    }

    /// The first column of what a query gives, nulls left out.
    static List<String> strings(Connection connection, String sql) throws SQLException {
        List<String> values = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                String value = rows.getString(1);
                if (value != null) {
                    values.add(value);
                }
            }
        }
        return values;
    }

    static String quote(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
