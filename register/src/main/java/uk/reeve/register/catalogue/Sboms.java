package uk.reeve.register.catalogue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;
import uk.reeve.engine.input.Unreadable;
import uk.reeve.engine.sbom.Problem;
import uk.reeve.engine.sbom.Sbom;
import uk.reeve.engine.sbom.SbomReader;
import uk.reeve.register.audience.Asking;
import uk.reeve.register.audit.Act;
import uk.reeve.register.audit.AuditLog;

/// SBOMs in: read once, stored once. The same bytes from the same source again change nothing; other bytes supersede
/// that source's earlier document (RULINGS 4).
@Component
public class Sboms {

    /// More components than this in one SBOM are refused.
    public static final int MOST_COMPONENTS = 300_000;

    private static final int MOST_RELATIONS = 1_000_000;
    private static final long LARGE_BYTES = 4L << 20;
    private static final int BATCH = 5_000;
    private static final int LONGEST_SERIAL = 200;

    private final Semaphore larges = new Semaphore(1);
    private final JdbcClient jdbc;
    private final JdbcTemplate rows;
    private final TransactionTemplate transactions;
    private final ApplicationEventPublisher events;
    private final AuditLog audit;
    private final JsonMapper json;
    private final Clock clock;

    Sboms(
            JdbcClient jdbc,
            JdbcTemplate rows,
            TransactionTemplate transactions,
            ApplicationEventPublisher events,
            AuditLog audit,
            JsonMapper json,
            Clock clock) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.rows = rows;
        this.events = events;
        this.audit = audit;
        this.json = json;
        this.clock = clock;
    }

    /// Who says what an SBOM lists: its release's maker, or a council that scanned its own copy.
    public enum Origin {
        DECLARED,
        OBSERVED;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// That an SBOM says it is of something else than what it was sent for; nothing was stored.
    public static final class OfAnother extends Exception {

        private static final long serialVersionUID = 1;

        /// @param says what it says that it is, `X 1.2`
        /// @param wanted the release that it was sent for
        OfAnother(String says, String wanted) {
            super("This SBOM says that it is of %s, and it was sent for %s".formatted(says, wanted));
        }
    }

    /// @param known whether the same bytes from the same source were there already
    public record Stored(UUID document, String ref, int components, boolean known) {}

    /// Reads and stores an SBOM for the organisation that asks.
    ///
    /// @param file the original, untouched
    /// @throws Unreadable when it is no SBOM or breaks off; nothing is stored then
    public Stored store(UUID release, Origin origin, String audience, Path file) throws Unreadable {
        try {
            return store(release, origin, audience, file, true);
        } catch (OfAnother e) {
            throw new IllegalStateException(e); // it was not asked
        }
    }

    /// The same.
    ///
    /// @param sure whether it is taken whatever it says that it is of
    /// @throws OfAnother when it names another product or version; nothing is stored then
    public Stored store(UUID release, Origin origin, String audience, Path file, boolean sure)
            throws Unreadable, OfAnother {
        byte[] sha256 = digest(file);
        Optional<Stored> before = transactions.execute(_ -> current(release, origin, sha256));
        if (before != null && before.isPresent()) {
            return before.get();
        }
        Listed listed = listed(release, file, sure); // in no transaction: a large one takes its time
        Sbom sbom = listed.sbom();
        Contents contents = listed.contents();
        int[] ids = components(contents.components());
        Stored stored = Objects.requireNonNull(
                transactions.execute(_ -> current(release, origin, sha256) // another may have sent the same meanwhile
                        .orElseGet(() -> write(release, origin, audience, file, sha256, sbom, contents, ids))));
        if (!stored.known()) {
            events.publishEvent(new SbomStored(stored.document()));
        }
        return stored;
    }

    /// For whom the asking organisation last chose that its list of a release is; else for verified councils.
    public String audience(UUID release) {
        return Objects.requireNonNull(transactions.execute(_ -> jdbc.sql("""
                SELECT audience FROM sbom_document WHERE release_id = :release AND source_id = :source
                 ORDER BY received_at DESC LIMIT 1
                """)
                .param("release", release)
                .param("source", Asking.person().organisation())
                .query(String.class)
                .optional()
                .orElse("verified")));
    }

    private Optional<Stored> current(UUID release, Origin origin, byte[] sha256) {
        return jdbc.sql("""
                SELECT id, ref, components FROM sbom_document
                 WHERE release_id = :release AND source_id = :source AND origin = :origin
                   AND state = 'current' AND sha256 = :sha256
                """)
                .param("release", release)
                .param("source", Asking.person().organisation())
                .param("origin", origin.word())
                .param("sha256", sha256)
                .query((row, _) ->
                        new Stored(row.getObject("id", UUID.class), row.getString("ref"), row.getInt(3), true))
                .optional();
    }

    private Stored write(
            UUID release,
            Origin origin,
            String audience,
            Path file,
            byte[] sha256,
            Sbom sbom,
            Contents contents,
            int[] ids) {
        UUID source = Asking.person().organisation();
        int set = set(contents, ids);
        int graph = graph(contents, ids);
        tellOfWhatIsGone(release, source, origin, set);
        tellOfTheNew(release);
        if (origin == Origin.DECLARED) {
            tellOfTheFirst(release);
        }
        jdbc.sql("""
                UPDATE sbom_document SET state = 'superseded'
                 WHERE release_id = :release AND source_id = :source AND origin = :origin AND state = 'current'
                """)
                .param("release", release)
                .param("source", source)
                .param("origin", origin.word())
                .update();
        long checkable = contents.components().stream()
                .filter(c -> c.purl() != null && !c.version().isEmpty())
                .count();
        UUID document = UUID.randomUUID();
        String ref = jdbc.sql("""
                INSERT INTO sbom_document (id, release_id, source_id, origin, audience, received_from, sha256, format,
                       serial, made_at, component_set_id, graph_id, components, checkable, quality, warnings)
                VALUES (:id, :release, :source, :origin, :audience, :person, :sha256, :format,
                       :serial, :made, :set, :graph, :components, :checkable, :quality::jsonb, :warnings::jsonb)
                RETURNING ref
                """)
                .param("id", document)
                .param("release", release)
                .param("source", source)
                .param("origin", origin.word())
                .param("audience", audience)
                .param("person", Asking.person().person())
                .param("sha256", sha256)
                .param("format", Plain.of(sbom.format() + " " + sbom.specVersion() + " " + sbom.encoding()))
                .param("serial", serial(sbom))
                .param("made", sbom.timestamp() == null ? null : Plain.of(sbom.timestamp()))
                .param("set", set)
                .param("graph", graph)
                .param("components", contents.components().size())
                .param("checkable", checkable)
                .param("quality", json.writeValueAsString(Quality.of(sbom, clock.instant())))
                .param(
                        "warnings",
                        json.writeValueAsString(Stream.concat(
                                        ofAnother(release, sbom).stream(),
                                        sbom.warnings().stream().map(Sboms::sentence))
                                .limit(1_000)
                                .toList()))
                .query(String.class)
                .single();
        bytes(file, sha256); // after its document, by which row security knows whose it is
        audit.record(Act.SBOM_ADDED, ref, null);
        return new Stored(document, ref, contents.components().size(), false);
    }

    /// A vulnerability of a component that the newer document does not list any more may be left by
    /// nothing: a cause, so that whom it concerned hears it. What a newer one adds is no news of the
    /// instant kind (RULINGS 17).
    private void tellOfWhatIsGone(UUID release, UUID source, Origin origin, int set) {
        jdbc.sql("""
                INSERT INTO outbox (cause, vulnerability_id)
                SELECT DISTINCT 'withdrawal', f.vulnerability_id
                  FROM (SELECT unnest(o.components) AS component_id
                          FROM sbom_document d
                          JOIN component_set o ON o.id = d.component_set_id
                         WHERE d.release_id = :release AND d.source_id = :source AND d.origin = :origin
                           AND d.state = 'current'
                        EXCEPT SELECT unnest(components) FROM component_set WHERE id = :set) AS gone
                  JOIN component_finding f USING (component_id)
                 WHERE f.withdrawn_at IS NULL AND f.exact
                """)
                .param("release", release)
                .param("source", source)
                .param("origin", origin.word())
                .param("set", set)
                .update();
    }

    /// Known malicious packages in it are told at once, when its components have been looked at.
    private void tellOfTheNew(UUID release) {
        jdbc.sql("INSERT INTO outbox (cause, release_id) VALUES ('sbom', :release)")
                .param("release", release)
                .update();
    }

    /// Who runs a release hears what came of its first SBOM, once its components have been looked at.
    private void tellOfTheFirst(UUID release) {
        jdbc.sql("""
                INSERT INTO outbox (cause, release_id, due_at) SELECT 'first-sbom', :release, now() + interval '2 minutes'
                 WHERE NOT EXISTS (SELECT FROM sbom_document WHERE release_id = :release AND origin = 'declared')
                """).param("release", release).update();
    }

    /// In lower case; null where it has none that can be kept.
    private static @Nullable String serial(Sbom sbom) {
        String serial = sbom.serial() == null ? "" : Plain.of(sbom.serial()).toLowerCase(Locale.ROOT);
        return serial.isEmpty() || serial.length() > LONGEST_SERIAL ? null : serial;
    }

    /// That the document says it is of something whose name is not the product's. Makers name their builds as they
    /// like, so this is told and not refused.
    private Optional<String> ofAnother(UUID release, Sbom sbom) {
        String root = sbom.root();
        String named = sbom.components().stream()
                .filter(component -> component.ref().equals(root))
                .map(component -> component.name())
                .findFirst()
                .orElse("");
        String product = jdbc.sql("SELECT p.name FROM release r JOIN product p ON p.id = r.product_id WHERE r.id = :id")
                .param("id", release)
                .query(String.class)
                .single();
        String one = NameKey.of(named);
        String other = NameKey.of(product);
        return one.isEmpty() || one.contains(other) || other.contains(one)
                ? Optional.empty()
                : Optional.of(
                        "The file says that it is of “%s”, and this is a release of %s. If it is the wrong file, send the right one: the newer takes its place"
                                .formatted(Plain.of(named), product));
    }

    /// Makers name their builds as they like, so a name that holds the other is the same; a version must be the same
    /// as by [NameKey], but where the release is a service's *live* one.
    ///
    /// @return null where it names nothing, or the release
    private @Nullable OfAnother otherThan(UUID release, Sbom sbom) {
        record Wanted(String product, String version) {}
        String root = sbom.root();
        var of = sbom.components().stream()
                .filter(component -> component.ref().equals(root))
                .findFirst()
                .orElse(null);
        if (of == null) {
            return null;
        }
        Wanted wanted = jdbc.sql("""
                SELECT p.name AS product, r.version FROM release r JOIN product p ON p.id = r.product_id WHERE r.id = :id
                """).param("id", release).query(Wanted.class).single();
        String named = NameKey.of(of.name());
        String product = NameKey.of(wanted.product());
        String version = of.version() == null ? "" : of.version();
        boolean otherName = !named.isEmpty() && !named.contains(product) && !product.contains(named);
        boolean otherVersion = !version.isEmpty()
                && !wanted.version().equalsIgnoreCase("live")
                && !NameKey.ofVersion(version).equals(NameKey.ofVersion(wanted.version()));
        return otherName || otherVersion
                ? new OfAnother(
                        Plain.of((of.name() + " " + version).strip()), wanted.product() + " " + wanted.version())
                : null;
    }

    private static String sentence(Problem problem) {
        String message = Plain.of(problem.message());
        return problem.line() == 0 ? message : "Line " + problem.line() + ": " + message;
    }

    private record Listed(Sbom sbom, Contents contents) {}

    /// Large ones one at a time: each needs much of the memory.
    private Listed listed(UUID release, Path file, boolean sure) throws Unreadable, OfAnother {
        boolean large = file.toFile().length() > LARGE_BYTES;
        if (large) {
            larges.acquireUninterruptibly();
        }
        try {
            Sbom sbom = read(file);
            check("components", sbom.components().size(), MOST_COMPONENTS);
            check(
                    "relations",
                    sbom.dependencies().values().stream().mapToLong(List::size).sum(),
                    MOST_RELATIONS);
            if (!sure) {
                OfAnother another = Objects.requireNonNull(
                                transactions.execute(_ -> Optional.ofNullable(otherThan(release, sbom))))
                        .orElse(null);
                if (another != null) {
                    throw another;
                }
            }
            return new Listed(sbom, Contents.of(sbom));
        } finally {
            if (large) {
                larges.release();
            }
        }
    }

    private static void check(String what, long there, int most) throws Unreadable {
        if (there > most) {
            throw new Unreadable(
                    0,
                    "lists " + there + " " + what + ", and at most " + most
                            + " are taken; split it by part of the product");
        }
    }

    private static Sbom read(Path file) throws Unreadable {
        try (InputStream in = Files.newInputStream(file)) {
            return SbomReader.read(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] digest(Path file) {
        MessageDigest sha = Digests.sha256();
        byte[] buffer = new byte[64 << 10];
        try (InputStream in = Files.newInputStream(file)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                sha.update(buffer, 0, n);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return sha.digest();
    }

    private void bytes(Path file, byte[] sha256) {
        try {
            ByteArrayOutputStream packed = new ByteArrayOutputStream();
            try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
                Files.copy(file, gzip);
            }
            jdbc.sql("""
                    INSERT INTO document_bytes (sha256, size, gzip) VALUES (:sha256, :size, :gzip)
                    ON CONFLICT (sha256) DO NOTHING
                    """)
                    .param("sha256", sha256)
                    .param("size", Files.size(file))
                    .param("gzip", packed.toByteArray())
                    .update();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Ids of the components, in their order; those that the sector has not seen yet are added: in short
    /// transactions of their own, since another upload with the same waits for their end, and in the order of their
    /// digests, so that two do not lock each other out.
    private int[] components(List<Contents.Entry> entries) {
        List<Integer> order = new ArrayList<>(entries.size());
        for (int i = 0; i < entries.size(); i++) {
            order.add(i);
        }
        order.sort((a, b) ->
                Arrays.compareUnsigned(entries.get(a).digest(), entries.get(b).digest()));
        int[] ids = new int[entries.size()];
        for (int from = 0; from < order.size(); from += BATCH) {
            List<Integer> numbers = order.subList(from, Math.min(order.size(), from + BATCH));
            List<Contents.Entry> batch = numbers.stream().map(entries::get).toList();
            Map<ByteBuffer, Integer> known = Objects.requireNonNull(
                    transactions.execute(_ -> rows.execute((Connection connection) -> idsOf(connection, batch))));
            for (int number : numbers) {
                ids[number] = Objects.requireNonNull(
                        known.get(ByteBuffer.wrap(entries.get(number).digest())),
                        "a component was added and is not there");
            }
        }
        return ids;
    }

    private static Map<ByteBuffer, Integer> idsOf(Connection connection, List<Contents.Entry> batch)
            throws SQLException {
        Map<ByteBuffer, Integer> known = known(connection, batch);
        List<Contents.Entry> unseen = batch.stream()
                .filter(entry -> !known.containsKey(ByteBuffer.wrap(entry.digest())))
                .toList();
        if (!unseen.isEmpty()) {
            known.putAll(add(connection, unseen));
        }
        return known;
    }

    private static Map<ByteBuffer, Integer> known(Connection connection, List<Contents.Entry> batch)
            throws SQLException {
        Map<ByteBuffer, Integer> known = new HashMap<>();
        try (var select =
                connection.prepareStatement("SELECT digest, id FROM component WHERE digest = ANY (?::bytea[])")) {
            select.setArray(1, digests(connection, batch));
            try (var found = select.executeQuery()) {
                while (found.next()) {
                    known.put(ByteBuffer.wrap(found.getBytes(1)), found.getInt(2));
                }
            }
        }
        return known;
    }

    /// Another upload may have added some of them meanwhile.
    private static Map<ByteBuffer, Integer> add(Connection connection, List<Contents.Entry> unseen)
            throws SQLException {
        try (var insert = connection.prepareStatement("""
                INSERT INTO component (digest, purl, type, namespace, name, version)
                SELECT * FROM unnest(?::bytea[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
                ON CONFLICT (digest) DO NOTHING
                """)) {
            insert.setArray(1, digests(connection, unseen));
            insert.setArray(2, texts(connection, unseen, Contents.Entry::purl));
            insert.setArray(3, texts(connection, unseen, Contents.Entry::type));
            insert.setArray(4, texts(connection, unseen, Contents.Entry::namespace));
            insert.setArray(5, texts(connection, unseen, Contents.Entry::name));
            insert.setArray(6, texts(connection, unseen, Contents.Entry::version));
            insert.executeUpdate();
        }
        return known(connection, unseen);
    }

    private static Array digests(Connection connection, List<Contents.Entry> of) throws SQLException {
        return connection.createArrayOf(
                "bytea", of.stream().map(Contents.Entry::digest).toArray(byte[][]::new));
    }

    private static Array texts(
            Connection connection, List<Contents.Entry> batch, java.util.function.Function<Contents.Entry, ?> of)
            throws SQLException {
        return connection.createArrayOf("text", batch.stream().map(of).toArray());
    }

    private int set(Contents contents, int[] ids) {
        return jdbc.sql("""
                INSERT INTO component_set (digest, size, types, components) VALUES (:digest, :size, :types, :components)
                ON CONFLICT (digest) DO NOTHING RETURNING id
                """)
                .param("digest", contents.setDigest())
                .param("size", ids.length)
                .param("components", boxed(Arrays.stream(ids).sorted().toArray()))
                .param(
                        "types",
                        contents.components().stream()
                                .map(Contents.Entry::type)
                                .filter(type -> !type.isEmpty())
                                .distinct()
                                .sorted()
                                .toArray(String[]::new))
                .query(Integer.class)
                .optional()
                .orElseGet(() -> jdbc.sql("SELECT id FROM component_set WHERE digest = :digest")
                        .param("digest", contents.setDigest())
                        .query(Integer.class)
                        .single());
    }

    private int graph(Contents contents, int[] ids) {
        List<Contents.Entry> entries = contents.components();
        return jdbc.sql("""
                INSERT INTO component_graph (digest, components, via, parents)
                VALUES (:digest, :components, :via, :parents)
                ON CONFLICT (digest) DO NOTHING RETURNING id
                """)
                .param("digest", contents.graphDigest())
                .param("components", boxed(ids))
                .param("via", entries.stream().map(Contents.Entry::via).toArray(Integer[]::new))
                .param("parents", entries.stream().map(Contents.Entry::parents).toArray(Integer[]::new))
                .query(Integer.class)
                .optional()
                .orElseGet(() -> jdbc.sql("SELECT id FROM component_graph WHERE digest = :digest")
                        .param("digest", contents.graphDigest())
                        .query(Integer.class)
                        .single());
    }

    private static Integer[] boxed(int[] ids) {
        return Arrays.stream(ids).boxed().toArray(Integer[]::new);
    }
}
