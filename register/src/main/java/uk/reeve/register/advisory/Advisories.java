package uk.reeve.register.advisory;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;
import uk.reeve.engine.advisory.OsvReader;
import uk.reeve.engine.advisory.OsvRecord;
import uk.reeve.engine.input.Unreadable;
import uk.reeve.register.audience.Asker;
import uk.reeve.register.audience.Asking;

/// Records that come one by one. Each is put on record, evaluated at once, and later folded into each node's index from
/// there, so that a restart loses none. The same bytes again change nothing.
@Service
public class Advisories {

    private static final Logger LOG = LoggerFactory.getLogger(Advisories.class);
    /// The source that single records are of in the index.
    static final String INCOMING = "incoming";

    private static final Asker JOB = new Asker.Job();
    private static final int MOST_BYTES = 5_000_000;
    private static final int BATCH = 200;

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final AdvisoryLibrary library;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Advisories(
            JdbcClient jdbc,
            TransactionTemplate transactions,
            AdvisoryLibrary library,
            ApplicationEventPublisher events,
            Clock clock) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.library = library;
        this.events = events;
        this.clock = clock;
    }

    /// @param news whether it differs from what was on record
    public record Received(String id, boolean news) {}

    /// Takes one record of OSV's schema.
    ///
    /// @param file JSON, at most 5 MB
    /// @throws Unreadable when it is none, or names neither an id nor a package; nothing is kept then
    public Received receive(Path file) throws Unreadable {
        try {
            byte[] bytes = Files.readAllBytes(file);
            if (bytes.length > MOST_BYTES) {
                throw new Unreadable(0, "is larger than 5 MB; a single advisory was expected");
            }
            OsvRecord record;
            try (InputStream in = Files.newInputStream(file)) {
                record = OsvReader.read(in);
            }
            if (record.id().isBlank() || !record.id().matches("[A-Za-z0-9][A-Za-z0-9:._-]{0,99}")) {
                throw new Unreadable(1, "has no id that could name an advisory, like GHSA-jfh8-c2jp-5v3q");
            }
            if (record.affected().isEmpty() && record.withdrawn() == null) {
                throw new Unreadable(1, "names no package that it affects");
            }
            refuseOlder(record);
            byte[] sha256 = sha256(bytes);
            if (!write(record.id(), bytes, sha256) && isTold(record.id(), sha256)) {
                return new Received(record.id(), false);
            }
            tell(record, file, sha256);
            return new Received(record.id(), true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void tell(OsvRecord record, Path file, byte[] sha256) throws IOException, Unreadable {
        Path scratch = Files.createTempDirectory("reeve-advisory");
        try {
            AdvisoryLibrary.Edition alone = library.of(file, scratch.resolve("index"));
            events.publishEvent(new AdvisoryArrived(record.id(), alone, names(record)));
        } finally {
            delete(scratch);
        }
        inJob(() -> jdbc.sql("UPDATE advisory SET told = true WHERE id = :id AND sha256 = :sha256")
                .param("id", record.id())
                .param("sha256", sha256)
                .update());
    }

    private boolean isTold(String id, byte[] sha256) {
        return inJob(() -> jdbc.sql("SELECT EXISTS (SELECT FROM advisory WHERE id = :id AND sha256 = :sha256 AND told)")
                .param("id", id)
                .param("sha256", sha256)
                .query(Boolean.class)
                .single());
    }

    private record Untold(String id, byte[] sha256, String body) {}

    /// Tells of records that somebody took who died before he had. A job's work.
    public void tellOfTheRest() {
        List<Untold> rest = inJob(() -> jdbc.sql(
                        """
                SELECT id, sha256, body::text FROM advisory
                 WHERE NOT told AND (received_at < now() - interval '1 minute' OR received_at > now())
                 ORDER BY random() LIMIT 100
                """) // of a time to come: the clock was set back; at random: else the untellable hold up others
                .query(Untold.class)
                .list());
        for (Untold one : rest) {
            try {
                Path file = Files.createTempFile("reeve-advisory", ".json");
                try (InputStream in = Files.newInputStream(Files.writeString(file, one.body()))) {
                    tell(OsvReader.read(in), file, one.sha256());
                } finally {
                    Files.deleteIfExists(file);
                }
            } catch (IOException | Unreadable | RuntimeException e) {
                LOG.error("advisory {} could not be told; the others go on, and it is tried again", one.id(), e);
            }
        }
    }

    private <T> T inJob(Supplier<T> work) {
        return Asking.as(JOB, () -> Objects.requireNonNull(transactions.execute(_ -> work.get())));
    }

    private void refuseOlder(OsvRecord record) throws Unreadable {
        Instant here = inJob(() -> jdbc.sql("SELECT body ->> 'modified' FROM advisory WHERE id = :id")
                        .param("id", record.id())
                        .query(String.class)
                        .optional())
                .map(Advisories::time)
                .orElse(null);
        Instant fresh = time(record.modified());
        if (fresh != null && fresh.isAfter(clock.instant().plus(Duration.ofDays(1)))) {
            throw new Unreadable(1, "says that it was changed on " + fresh + ", a day that has not come yet");
        }
        if (here != null && fresh != null && fresh.isBefore(here)) {
            throw new Unreadable(1, "is of " + fresh + ", older than the record of " + here + " which is here");
        }
    }

    private static @Nullable Instant time(@Nullable String text) {
        try {
            return text == null ? null : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }

    private boolean write(String id, byte[] bytes, byte[] sha256) throws Unreadable {
        try {
            return inJob(() -> jdbc.sql("""
                    INSERT INTO advisory (id, sha256, body) VALUES (:id, :sha256, :body::jsonb)
                    ON CONFLICT (id) DO UPDATE
                       SET sha256 = excluded.sha256, body = excluded.body, received_at = now(), told = false
                     WHERE advisory.sha256 <> excluded.sha256
                    """)
                            .param("id", id)
                            .param("sha256", sha256)
                            .param("body", new String(bytes, java.nio.charset.StandardCharsets.UTF_8))
                            .update()
                    == 1);
        } catch (DataIntegrityViolationException e) {
            throw new Unreadable(1, "holds a character or a number that cannot be kept", e);
        }
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }

    /// As `component.name`, or the name of its source, is compared: the last part of the record's name.
    private static Set<String> names(OsvRecord record) {
        Set<String> names = new HashSet<>();
        for (OsvRecord.Affected affected : record.affected()) {
            String name = affected.name().toLowerCase(Locale.ROOT);
            names.add(name);
            names.add(name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf(':')) + 1));
            for (char separator : new char[] {'-', '_', '.'}) { // PEP 503 and others' look-alikes
                names.add(name.replaceAll("[-_.]", String.valueOf(separator)));
            }
        }
        return names;
    }

    /// Folds what is on record, and not in this node's index yet, into it; the new one then takes the place of the old.
    ///
    /// @return how many records were folded in
    public synchronized int foldIn() {
        try {
            Set<String> folded = library.folded();
            Set<String> waiting =
                    new LinkedHashSet<>(inJob(() -> jdbc.sql("SELECT id || ' ' || encode(sha256, 'hex') FROM advisory")
                            .query(String.class)
                            .list()));
            waiting.removeAll(folded);
            if (waiting.isEmpty()) {
                return 0;
            }
            Path scratch = Files.createTempDirectory("reeve-advisories");
            try {
                Path folder = Files.createDirectory(scratch.resolve(INCOMING)); // names their source
                List<String> marks = List.copyOf(waiting);
                for (int from = 0; from < marks.size(); from += BATCH) { // so many in memory at a time
                    write(folder, marks.subList(from, Math.min(marks.size(), from + BATCH)), folded);
                }
                library.fold(List.of(folder), LocalDate.now(clock.withZone(ZoneOffset.UTC)), folded)
                        .forEach(LOG::warn);
            } finally {
                delete(scratch);
            }
            return waiting.size();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Waiting(String id, String mark, String body) {}

    /// @param folded gets the marks of what was written
    private void write(Path folder, List<String> marks, Set<String> folded) throws IOException {
        List<Waiting> waiting = inJob(() -> jdbc.sql("""
                SELECT id, id || ' ' || encode(sha256, 'hex') AS mark, body::text AS body FROM advisory WHERE id = ANY (:ids)
                """)
                .param(
                        "ids",
                        marks.stream()
                                .map(mark -> mark.substring(0, mark.lastIndexOf(' ')))
                                .toArray(String[]::new))
                .query(Waiting.class)
                .list());
        for (Waiting one : waiting) {
            Files.writeString(folder.resolve(folded.size() + ".json"), one.body());
            folded.add(one.mark());
        }
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
