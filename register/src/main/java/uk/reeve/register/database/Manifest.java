package uk.reeve.register.database;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// `manifest.json` of a backup: what the archive holds and what its bytes must be.
///
/// @param schemaVersion of the last migration, as Flyway writes it
/// @param sequences the last number that each gave out; those that gave none are left out
public record Manifest(
        int format, String schemaVersion, Instant writtenAt, List<Table> tables, Map<String, Long> sequences) {

    /// One table: the archive's entry `tables/<name>.copy` in COPY's text format, UTF-8.
    ///
    /// @param sha256 of the entry's plain bytes, in hexadecimal
    public record Table(String name, List<String> columns, long rows, String sha256) {

        String entry() {
            return "tables/" + name + ".copy";
        }
    }

    static final int FORMAT = 1;
    static final String ENTRY = "manifest.json";

    private static final int LONGEST = 16 << 20;
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(
                    DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
                    DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .build();

    byte[] json() {
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(this);
    }

    /// @throws DatabaseProblem when there is none, or it is not of this format
    static Manifest of(ZipFile archive) throws IOException, DatabaseProblem {
        ZipEntry entry = archive.getEntry(ENTRY);
        if (entry == null) {
            throw new DatabaseProblem(
                    "%s is not a backup of a register: it has no %s.".formatted(archive.getName(), ENTRY));
        }
        try (InputStream stream = archive.getInputStream(entry)) {
            byte[] bytes = stream.readNBytes(LONGEST + 1);
            if (bytes.length > LONGEST) {
                throw new DatabaseProblem("The %s in %s is longer than 16 MB.".formatted(ENTRY, archive.getName()));
            }
            int format = JSON.readTree(bytes).path("format").asInt(0);
            if (format != FORMAT) {
                throw new DatabaseProblem(
                        "%s is a backup of format %d, and this Reeve reads format %d. Use the version of Reeve that wrote it."
                                .formatted(archive.getName(), format, FORMAT));
            }
            return JSON.readValue(bytes, Manifest.class);
        } catch (JacksonException e) {
            throw new DatabaseProblem(
                    "The %s in %s cannot be read: %s.".formatted(ENTRY, archive.getName(), e.getOriginalMessage()), e);
        }
    }
}
