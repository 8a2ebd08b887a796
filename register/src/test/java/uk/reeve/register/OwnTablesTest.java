package uk.reeve.register;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// A module's code writes only its own tables: those of the migration that bears its name. Read from the
/// SQL in the sources, which Modulith cannot see into; what a migration's functions write is not.
class OwnTablesTest {

    private static final Path SOURCES = Path.of("src/main/java/uk/reeve/register");
    private static final Path MIGRATIONS = Path.of("src/main/resources/db/migration");
    private static final Pattern TABLE = Pattern.compile("(?im)^\\s*CREATE TABLE (?:IF NOT EXISTS )?([a-z_]+)");
    private static final Pattern WRITTEN = Pattern.compile(
            "\\b(?:INSERT\\s+INTO|DELETE\\s+FROM|MERGE\\s+INTO|TRUNCATE|UPDATE)\\s+(?:ONLY\\s+)?([a-z_]+)(\\.)?");
    private static final Pattern COMMENT = Pattern.compile("(?m)^\\s*//.*$");
    /// `FOR UPDATE SKIP LOCKED`, `ON CONFLICT … DO UPDATE SET`.
    private static final Pattern LOCKS = Pattern.compile("\\b(?:FOR|DO)\\s+UPDATE\\b");

    /// Module and table of another, and why.
    private static final Map<String, String> EXCEPTIONS = new TreeMap<>(Map.of(
            "catalogue outbox", "whoever causes an alert writes its row in its own transaction (RULINGS 16)",
            "statement outbox", "the same",
            "exposure outbox", "the same",
            "alert system", "notes of which new systems it told, in the transaction that tells",
            "exposure component", "marks which advisories a component was held against, a million rows at a time",
            "exposure held_back", "what is held back and what is evaluated is decided in one transaction",
            "demo organisation", "what is invented is there before anybody could add it",
            "demo organisation_domain", "the same",
            "demo person", "the same",
            "demo membership", "the same"));

    @Test
    void each_module_writes_its_own_tables_only() throws IOException {
        Map<String, String> owners = owners();
        assertThat(owners).containsEntry("product", "catalogue").containsEntry("api_answer", "organisation");
        Set<String> foreign = new TreeSet<>();
        Set<String> nobodys = new TreeSet<>();
        int found = 0;
        for (Path source : files(SOURCES, ".java")) {
            String module = SOURCES.relativize(source).getName(0).toString();
            for (String table : written(Files.readString(source))) {
                found++;
                String owner = owners.get(table);
                if (owner == null) {
                    nobodys.add(source + " " + table);
                } else if (!owner.equals(module)) {
                    foreign.add(module + " " + table);
                }
            }
        }
        assertThat(found).isGreaterThan(100);
        assertThat(nobodys).as("written, and of no migration").isEmpty();
        assertThat(foreign).as("written by another module than its own").isEqualTo(EXCEPTIONS.keySet());
    }

    @Test
    void what_is_written_is_found_however_it_is_spelt() {
        assertThat(written("""
                // UPDATE in a comment
                jdbc.sql("INSERT INTO a (b) VALUES (1) ON CONFLICT (b) DO UPDATE SET b = 2")
                WITH gone AS (DELETE
                    FROM c RETURNING *) SELECT 1 FOR UPDATE SKIP LOCKED
                "UPDATE d SET e = 1"
                """)).containsExactly("a", "c", "d");
    }

    private static List<String> written(String source) {
        String sql = LOCKS.matcher(COMMENT.matcher(source).replaceAll("")).replaceAll("");
        return WRITTEN.matcher(sql)
                .results()
                .filter(found -> found.group(2) == null) // a schema: the whole database, as backup and restore see it
                .map(found -> found.group(1))
                .toList();
    }

    private static Map<String, String> owners() throws IOException {
        Map<String, String> owners = new HashMap<>();
        for (Path migration : files(MIGRATIONS, ".sql")) {
            String module = migration.getFileName().toString().replaceAll("^V\\d+__|\\.sql$", "");
            Matcher table = TABLE.matcher(Files.readString(migration));
            while (table.find()) {
                owners.put(table.group(1), module);
            }
        }
        return owners;
    }

    private static List<Path> files(Path folder, String end) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(end)).toList();
        }
    }
}
