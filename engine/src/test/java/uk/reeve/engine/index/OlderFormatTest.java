package uk.reeve.engine.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What an earlier version of the program left behind.
class OlderFormatTest {

    private static final String RECORD = """
            {"id": "GHSA-aaaa-0000-0001", "modified": "2026-01-01T00:00:00Z", "affected": [{"package":
             {"ecosystem": "npm", "name": "gate"}, "ranges": [{"type": "SEMVER", "events":
             [{"introduced": "0"}, {"fixed": "2.0.0"}]}]}]}
            """;

    @TempDir
    Path folder;

    @Test
    void advisories_can_be_imported_over_an_index_of_an_older_format() throws Exception {
        Path record = imported();
        AdvisoryStore store = AdvisoryStore.open(folder.resolve("db"));
        assertThat(store.isEmpty()).isTrue();
        assertThat(store.importFrom(List.of(record), null).added()).isEqualTo(1);
        assertThat(store.index().advisoryCount()).isEqualTo(1);
        assertThat(folder.resolve("db/advisories-1.idx")).doesNotExist();
        assertThat(folder.resolve("db/advisories-2.idx")).exists();
    }

    @Test
    void the_starter_snapshot_takes_the_place_of_an_older_format_and_says_so() throws Exception {
        imported();
        AdvisoryStore store = AdvisoryStore.openOrStarter(folder.resolve("db"));
        assertThat(store.replacedOlderFormat()).isTrue();
        assertThat(store.index().advisoryCount()).isGreaterThan(100_000);
        assertThat(store.status().starter()).isTrue();
        assertThat(AdvisoryStore.openOrStarter(folder.resolve("db")).replacedOlderFormat())
                .isFalse();
    }

    private Path imported() throws Exception {
        Path record = Files.writeString(folder.resolve("GHSA-aaaa-0000-0001.json"), RECORD);
        AdvisoryStore.open(folder.resolve("db")).importFrom(List.of(record), null);
        try (RandomAccessFile index =
                new RandomAccessFile(folder.resolve("db/advisories-1.idx").toFile(), "rw")) {
            index.seek(12);
            index.write(AdvisoryIndex.KEY_SCHEME - 1);
        }
        return record;
    }
}
