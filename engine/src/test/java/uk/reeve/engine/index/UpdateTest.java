package uk.reeve.engine.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpdateTest {

    private static final String OLD = "2026-01-01T00:00:00Z";
    private static final String NEW = "2026-02-01T00:00:00Z";

    @TempDir
    Path dir;

    private Bucket bucket;
    private AdvisoryStore store;

    @BeforeEach
    void serve() throws IOException {
        bucket = new Bucket();
        store = AdvisoryStore.open(dir.resolve("store"));
        for (int i = 1; i <= 5; i++) {
            bucket.put("npm", "GHSA-000" + i, OLD, "1." + i + ".0");
        }
        bucket.put("Red Hat", "RHSA-2026:1", OLD, "1.0-1");
    }

    @AfterEach
    void stop() {
        bucket.close();
    }

    private AdvisoryStore.Change update() throws IOException {
        return update(bucket.feeds());
    }

    private AdvisoryStore.Change update(Feeds feeds) throws IOException {
        return store.update(feeds, Progress.SILENT, Map.of());
    }

    @Test
    void an_empty_store_fetches_each_source_whole() throws IOException {
        AdvisoryStore.Change change = update();

        assertThat(change.problems()).isEmpty();
        assertThat(change.notes()).isEmpty();
        assertThat(change.added()).isEqualTo(6);
        assertThat(bucket.asked())
                .containsExactly(
                        "Red Hat/all.zip 200",
                        "Red Hat/modified_id.csv 200",
                        "npm/all.zip 200",
                        "npm/modified_id.csv 200");
        String today = LocalDate.now(ZoneOffset.UTC).toString();
        assertThat(store.index().sources())
                .containsExactly(
                        new SourceState(
                                "Red Hat",
                                1,
                                0,
                                today,
                                bucket.uri("/osv/Red%20Hat").toString()),
                        new SourceState(
                                "npm", 5, 0, today, bucket.uri("/osv/npm").toString()));
        assertThat(filesOf("update/npm")).containsExactly("modified_id.csv", "modified_id.csv.etag");
    }

    @Test
    void afterwards_only_what_is_new_or_changed_is_fetched() throws IOException {
        update();
        bucket.asked();
        bucket.put("npm", "GHSA-0001", NEW, "9.9.9")
                .put("npm", "GHSA-0002", NEW, "1.2.0", NEW)
                .put("npm", "GHSA-0009", NEW, "2.0.0")
                .remove("npm", "GHSA-0003");

        AdvisoryStore.Change change = update();

        assertThat(change.problems()).isEmpty();
        assertThat(List.of(change.added(), change.changed(), change.removed())).containsExactly(1, 2, 1);
        assertThat(bucket.asked())
                .containsExactly(
                        "Red Hat/modified_id.csv 304",
                        "npm/GHSA-0001.json 200",
                        "npm/GHSA-0002.json 200",
                        "npm/GHSA-0009.json 200",
                        "npm/modified_id.csv 200");
        assertThat(store.index().advisory("GHSA-0003")).isNull();
        assertThat(held("GHSA-0002").withdrawn()).isTrue();
        assertThat(held("GHSA-0009").summary()).isEqualTo("About GHSA-0009");
        assertThat(store.index().sources().get(1))
                .extracting(SourceState::records, SourceState::withdrawn)
                .containsExactly(5, 1);
        store.verify();
    }

    @Test
    void nothing_new_fetches_nothing_and_writes_nothing() throws IOException {
        update();
        bucket.asked();
        Path before = store.index().file();

        AdvisoryStore.Change change = update();

        assertThat(change.nothing()).isTrue();
        assertThat(bucket.asked()).containsExactly("Red Hat/modified_id.csv 304", "npm/modified_id.csv 304");
        assertThat(store.index().file()).isEqualTo(before);
    }

    @Test
    void an_incremental_index_is_that_of_a_whole_fetch() throws IOException {
        update();
        bucket.put("npm", "GHSA-0001", NEW, "9.9.9")
                .put("npm", "GHSA-0006", NEW, "2.0.0")
                .remove("npm", "GHSA-0003");
        update();
        AdvisoryStore other = AdvisoryStore.open(dir.resolve("other"));
        other.update(bucket.feeds(), Progress.SILENT, Map.of());

        assertThat(store.index().digest()).isEqualTo(other.index().digest());
    }

    @Test
    void a_record_whose_time_goes_back_is_fetched_again() throws IOException {
        bucket.put("npm", "GHSA-0001", NEW, "9.9.9");
        update();
        bucket.put("npm", "GHSA-0001", OLD, "1.1.0");

        assertThat(update().changed()).isEqualTo(1);
        assertThat(held("GHSA-0001").modified()).isEqualTo(IndexBuilder.seconds(OLD));
    }

    @Test
    void a_time_of_the_year_1_or_a_fraction_of_a_second_is_no_change() throws IOException {
        bucket.put("Go", "GO-2020-0001", "0001-01-01T00:00:00Z", "1.0.0");
        bucket.put("npm", "GHSA-0001", "2026-01-01T00:00:00.123456Z", "1.0.0");
        update();
        bucket.asked();

        update();
        assertThat(bucket.asked())
                .containsExactly("Go/modified_id.csv 304", "Red Hat/modified_id.csv 304", "npm/modified_id.csv 304");
    }

    @Test
    void a_record_in_two_directories_is_gone_when_neither_names_it() throws IOException {
        bucket.put("Maven", "GHSA-0001", OLD, "1.1.0");
        update();
        String first = held("GHSA-0001").source();
        bucket.remove(first, "GHSA-0001").put(first, "GHSA-0077", OLD, "1.0.0");

        assertThat(update().removed()).isZero();
        bucket.remove(first.equals("npm") ? "Maven" : "npm", "GHSA-0001").put("Maven", "GHSA-0078", OLD, "1.0.0");
        assertThat(update().removed()).isEqualTo(1);
    }

    @Test
    void more_than_two_thousand_changes_are_fetched_as_one_zip() throws IOException {
        update();
        bucket.asked();
        for (int i = 0; i <= Update.MOST_SINGLE; i++) {
            bucket.put("npm", "MAL-" + i, NEW, "1.0.0");
        }

        assertThat(update().added()).isEqualTo(Update.MOST_SINGLE + 1);
        assertThat(bucket.asked())
                .containsExactly("Red Hat/modified_id.csv 304", "npm/all.zip 200", "npm/modified_id.csv 200");
    }

    @Test
    void a_list_that_lost_more_than_half_is_believed_only_when_the_zip_says_the_same() throws IOException {
        for (int i = 0; i < 500; i++) {
            bucket.put("npm", "MAL-" + i, OLD, "1.0.0");
        }
        update();
        bucket.file("/osv/npm/modified_id.csv", OLD + ",GHSA-0001\n");
        assertThat(update().removed()).isZero();

        for (int i = 0; i < 500; i++) {
            bucket.remove("npm", "MAL-" + i);
        }
        bucket.unfile("/osv/npm/modified_id.csv");
        assertThat(update().removed()).isEqualTo(500);
        assertThat(store.index().advisoryCount()).isEqualTo(6);
    }

    @Test
    void only_the_ecosystems_that_are_asked_for_are_fetched_and_one_that_is_not_served_is_named() throws IOException {
        AdvisoryStore.Change change = update(bucket.feeds().of(List.of("npm", "Wolfi")));

        assertThat(change.added()).isEqualTo(5);
        assertThat(change.problems()).isEmpty();
        assertThat(change.notes())
                .containsExactly("not served by " + bucket.uri("/osv") + ", left as they were: Wolfi");
    }

    @Test
    void a_source_that_disappears_keeps_its_records() throws IOException {
        update();
        bucket.removeSource("Red Hat");

        AdvisoryStore.Change change = update();
        assertThat(change.nothing()).isTrue();
        assertThat(change.notes())
                .containsExactly("not served by " + bucket.uri("/osv") + ", left as they were: Red Hat");
        assertThat(store.index().advisory("RHSA-2026:1")).isNotNull();
    }

    @Test
    void a_mirror_without_a_list_of_ecosystems_is_asked_for_each() throws IOException {
        bucket.status("/osv/ecosystems.txt", 404);

        AdvisoryStore.Change change = update();
        assertThat(change.problems()).isEmpty();
        assertThat(change.added()).isEqualTo(6);
    }

    @Test
    void kev_and_epss_come_along_and_are_not_fetched_twice() throws IOException {
        bucket.file("/kev.json", """
                {"dateReleased": "2026-03-01T00:00:00Z", "vulnerabilities": [
                  {"cveID": "CVE-2026-1234", "dateAdded": "2026-02-01", "knownRansomwareCampaignUse": "Known"}]}
                """);
        bucket.file("/epss.csv", """
                #model_version:v2026.01.01,score_date:2026-03-02T00:00:00+0000
                cve,epss,percentile
                CVE-2026-1234,0.5,0.99
                """);
        update(bucket.feedsWithScores());
        assertThat(store.scores().kevAsOf()).isEqualTo("2026-03-01");
        assertThat(store.scores().epssAsOf()).isEqualTo("2026-03-02");
        assertThat(Objects.requireNonNull(store.scores().kev("CVE-2026-1234")).ransomware())
                .isTrue();
        bucket.asked();

        AdvisoryStore.Change change = update(bucket.feedsWithScores());
        assertThat(change.problems()).isEmpty();
        assertThat(bucket.asked()).contains("/kev.json 304", "/epss.csv 304");
        assertThat(filesOf("").stream().filter(name -> name.startsWith("scores-")))
                .containsExactly("scores-1.sco");
    }

    @Test
    void progress_tells_bytes_and_records() throws IOException {
        List<String> told = Collections.synchronizedList(new ArrayList<>());
        store.update(
                bucket.feeds().of(List.of("npm")),
                (source, bytes, total, records) ->
                        told.add(source + " " + (bytes <= total || total < 0) + " " + records),
                Map.of());

        assertThat(told).contains("npm true 0", "npm true 5").doesNotContain("npm false 0");
    }

    private Advisory held(String id) throws IOException {
        return Objects.requireNonNull(store.index().advisory(id));
    }

    private List<String> filesOf(String folder) throws IOException {
        try (Stream<Path> files = java.nio.file.Files.list(store.dir().resolve(folder))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
