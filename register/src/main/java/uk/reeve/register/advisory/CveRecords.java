package uk.reeve.register.advisory;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;
import uk.reeve.engine.input.Unreadable;
import uk.reeve.register.audience.Asker;
import uk.reeve.register.audience.Asking;

/// Records of the CVE Program, one, a folder or a zip of them: all are taken, or none is. What they tell stands above
/// what advisories' vectors tell (DOMAIN 9). One that is older than what is here changes nothing; a rejected one takes
/// back what it said.
@Service
class CveRecords {

    private static final int MOST_BYTES = 10 << 20; // of a record; the largest of 2026 has 2 MB
    private static final int BATCH = 1_000;

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final JsonMapper json;
    private final Clock clock;

    CveRecords(JdbcClient jdbc, TransactionTemplate transactions, JsonMapper json, Clock clock) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.json = json;
        this.clock = clock;
    }

    /// @param read how many records there were
    /// @param news how many of them told something new
    record Taken(int read, int news) {}

    /// By the name of a CVE.
    @Transactional(readOnly = true)
    public Optional<CveRecord> of(String name) {
        return jdbc.sql("""
                SELECT name, rejected, updated_at, automatable, total_impact, kev_added, severity, score, vector, rated_by
                  FROM cve_record WHERE name = :name
                """).param("name", name).query(CveRecord.class).optional();
    }

    int count() {
        return inJob(() -> jdbc.sql("SELECT count(*)::int FROM cve_record WHERE NOT rejected")
                .query(Integer.class)
                .single());
    }

    private interface Each {
        void take(CveRecord record) throws IOException, Unreadable;
    }

    /// @throws Unreadable says which file cannot be read, and why; nothing was taken then
    Taken take(Path path) throws IOException, Unreadable {
        try {
            return inJob(() -> {
                try {
                    return taken(path);
                } catch (IOException | Unreadable e) {
                    throw new Broken(e); // so that the transaction takes everything back
                }
            });
        } catch (Broken e) {
            if (e.getCause() instanceof Unreadable unreadable) {
                throw unreadable;
            }
            throw (IOException) Objects.requireNonNull(e.getCause());
        } catch (DataIntegrityViolationException e) {
            throw new Unreadable(0, "holds a character or a day that cannot be kept", e);
        }
    }

    private static final class Broken extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Broken(Exception cause) {
            super(cause);
        }
    }

    private Taken taken(Path path) throws IOException, Unreadable {
        boolean first = jdbc.sql("SELECT NOT EXISTS (SELECT FROM cve_record)")
                .query(Boolean.class)
                .single();
        boolean feed = Files.isDirectory(path) || isZip(path);
        if (first && feed) { // the first load of a feed is silent (RULINGS 17); a record that comes alone is news
            jdbc.sql("SELECT set_config('reeve.first_load', 'on', true)")
                    .query(String.class)
                    .single();
        }
        Map<String, CveRecord> batch = new HashMap<>();
        Set<String> news = new HashSet<>();
        int[] read = {0};
        Each each = record -> {
            read[0]++;
            if (record.updatedAt().isAfter(clock.instant().plus(Duration.ofDays(1)))) {
                throw new Unreadable(
                        0, "says that it was updated on " + record.updatedAt() + ", a day that has not come yet");
            }
            batch.merge(
                    record.name(), record, (one, other) -> one.updatedAt().isAfter(other.updatedAt()) ? one : other);
            if (batch.size() >= BATCH) {
                news.addAll(write(batch));
            }
        };
        if (Files.isDirectory(path)) {
            folder(path, each);
        } else if (isZip(path)) {
            zip(path, each);
        } else {
            each.take(read(Files.newInputStream(path)));
        }
        news.addAll(write(batch));
        if (read[0] == 0) {
            throw new Unreadable(0, "holds no record of the CVE Program (CVE-….json)");
        }
        jdbc.sql("""
                UPDATE vulnerability SET own_severity = own_severity WHERE name = ANY (:news) AND merged_into IS NULL
                """).param("news", news.toArray(String[]::new)).update();
        return new Taken(read[0], news.size());
    }

    static boolean isZip(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.read() == 'P' && in.read() == 'K';
        }
    }

    private static void folder(Path folder, Each each) throws IOException, Unreadable {
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder)) {
            files = all.filter(file -> isRecord(file.toString())).sorted().toList();
        }
        for (Path file : files) {
            try {
                each.take(read(Files.newInputStream(file)));
            } catch (Unreadable e) {
                throw new Unreadable(0, "holds " + folder.relativize(file) + ", which " + e.getMessage(), e);
            }
        }
    }

    private static void zip(Path file, Each each) throws IOException, Unreadable {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements(); ) {
                ZipEntry entry = entries.nextElement();
                if (isRecord(entry.getName())) {
                    try {
                        each.take(read(zip.getInputStream(entry)));
                    } catch (Unreadable e) {
                        throw new Unreadable(0, "holds " + entry.getName() + ", which " + e.getMessage(), e);
                    }
                }
            }
        } catch (ZipException e) {
            throw new Unreadable(0, "is a damaged zip, or only half of one; fetch it again", e);
        }
    }

    private static boolean isRecord(String path) {
        return path.matches("(.*[/\\\\])?CVE-[0-9-]+\\.json");
    }

    private static CveRecord read(InputStream raw) throws IOException, Unreadable {
        try (InputStream in = new BufferedInputStream(raw)) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new Unreadable(0, "is larger than 10 MB; a single record was expected");
            }
            return CveRecord.read(new java.io.ByteArrayInputStream(bytes));
        }
    }

    /// @return the names of those that were new or newer
    private List<String> write(Map<String, CveRecord> batch) {
        List<String> news = jdbc.sql("""
                INSERT INTO cve_record (name, rejected, updated_at, automatable, total_impact, kev_added,
                       severity, score, vector, rated_by)
                SELECT name, rejected, "updatedAt", automatable, "totalImpact", "kevAdded",
                       severity, score, vector, "ratedBy"
                  FROM jsonb_to_recordset(:rows::jsonb) AS r (name text, rejected boolean, "updatedAt" timestamptz,
                       automatable boolean, "totalImpact" boolean, "kevAdded" date,
                       severity text, score numeric, vector text, "ratedBy" text)
                ON CONFLICT (name) DO UPDATE
                   SET rejected = excluded.rejected, updated_at = excluded.updated_at,
                       automatable = excluded.automatable, total_impact = excluded.total_impact,
                       kev_added = excluded.kev_added, severity = excluded.severity, score = excluded.score,
                       vector = excluded.vector, rated_by = excluded.rated_by
                 WHERE cve_record.updated_at < excluded.updated_at
                RETURNING name
                """)
                .param("rows", json.writeValueAsString(batch.values()))
                .query(String.class)
                .list();
        batch.clear();
        return news;
    }

    private <T> T inJob(java.util.function.Supplier<T> work) {
        return Asking.as(new Asker.Job(), () -> Objects.requireNonNull(transactions.execute(_ -> work.get())));
    }
}
