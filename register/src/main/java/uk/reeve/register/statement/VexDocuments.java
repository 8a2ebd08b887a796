package uk.reeve.register.statement;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;
import uk.reeve.engine.input.Unreadable;
import uk.reeve.engine.vex.Product;
import uk.reeve.engine.vex.Statement;
import uk.reeve.engine.vex.Status;
import uk.reeve.engine.vex.VexDocument;
import uk.reeve.register.advisory.Records;
import uk.reeve.register.advisory.Vulnerabilities;
import uk.reeve.register.advisory.Vulnerabilities.Vulnerability;
import uk.reeve.register.audience.Asking;
import uk.reeve.register.catalogue.Plain;
import uk.reeve.register.statement.OwnReleases.Own;

/// VEX by upload: OpenVEX, CSAF, CycloneDX. A document is kept as it came, then shown with what it would say of the
/// asking organisation's own releases, and says that once it is published: all of it or nothing.
@Service
public class VexDocuments {

    /// A larger file is refused.
    public static final int MOST_BYTES = 20 << 20;

    private static final int MOST_STATEMENTS = 5_000;
    private static final int MOST_LEFT_OUT = 1_000;
    private static final int LONGEST = 4_000;

    private final JdbcClient jdbc;
    private final Statements statements;
    private final Vulnerabilities vulnerabilities;
    private final JsonMapper json;
    private final Clock clock;

    VexDocuments(
            JdbcClient jdbc, Statements statements, Vulnerabilities vulnerabilities, JsonMapper json, Clock clock) {
        this.jdbc = jdbc;
        this.statements = statements;
        this.vulnerabilities = vulnerabilities;
        this.json = json;
        this.clock = clock;
    }

    /// @param sha256 of the original, in hex
    /// @param publishedAt null until it is
    public record Document(
            UUID id,
            String ref,
            String name,
            String format,
            String sha256,
            long size,
            Instant receivedAt,
            @Nullable Instant publishedAt) {}

    /// What a document says of one release and vulnerability.
    ///
    /// @param line 1-based; 0 where it is not known
    public record Says(int line, String release, String vulnerability, Statements.Said said, Instant saidAt) {}

    /// What a document says that is not taken.
    ///
    /// @param line 1-based; 0 where it is not known
    /// @param what the vulnerability; empty where the document itself is meant
    public record LeftOut(int line, String what, String why) {}

    /// @param says by line of the document
    /// @param leftOut by line, at most 1,000
    public record Plan(List<Says> says, List<LeftOut> leftOut) {}

    /// Reads a document and keeps it for the asking organisation. The same bytes again are the same document.
    ///
    /// @return its reference
    /// @throws Unreadable where it is no VEX document, makes no statement, or is a draft; nothing is kept then
    @Transactional(rollbackFor = Exception.class)
    public String receive(String name, byte[] file) throws Unreadable {
        VexDocument document = read(file);
        byte[] sha256 = sha256(file);
        UUID organisation = Asking.person().organisation();
        jdbc.sql("DELETE FROM vex_document WHERE published_at IS NULL AND received_at < now() - interval '7 days'")
                .update();
        jdbc.sql("""
                INSERT INTO vex_document (organisation_id, received_from, name, format, sha256, size, gzip)
                VALUES (:organisation, :person, :name, :format, :sha256, :size, :gzip)
                ON CONFLICT (organisation_id, sha256) DO NOTHING
                """)
                .param("organisation", organisation)
                .param("person", Asking.person().person())
                .param("name", name)
                .param("format", cut(Plain.of(document.format() + " " + document.formatVersion()), 100))
                .param("sha256", sha256)
                .param("size", file.length)
                .param("gzip", gzip(file))
                .update();
        return jdbc.sql("SELECT ref FROM vex_document WHERE organisation_id = :organisation AND sha256 = :sha256")
                .param("organisation", organisation)
                .param("sha256", sha256)
                .query(String.class)
                .single();
    }

    /// One of the asking organisation's own.
    @Transactional(readOnly = true)
    public Optional<Document> find(String ref) {
        return jdbc.sql("""
                SELECT id, ref, name, format, encode(sha256, 'hex') AS sha256, size, received_at, published_at
                  FROM vex_document WHERE ref = :ref
                """).param("ref", ref).query(Document.class).optional();
    }

    /// The bytes as they came.
    @Transactional(readOnly = true)
    public Optional<byte[]> original(String ref) {
        return jdbc.sql("SELECT gzip FROM vex_document WHERE ref = :ref")
                .param("ref", ref)
                .query((row, _) -> plain(row.getBytes(1)))
                .optional();
    }

    /// What an unpublished document would say now.
    @Transactional(readOnly = true)
    public Plan plan(Document document) {
        return plan(reread(document));
    }

    /// Publishes what the document says, in the asking organisation's name.
    ///
    /// @return what it said; empty where it was published before
    @Transactional
    public Optional<Plan> publish(Document document) {
        boolean waits = jdbc.sql("SELECT published_at IS NULL FROM vex_document WHERE id = :id FOR UPDATE")
                .param("id", document.id())
                .query(Boolean.class)
                .optional()
                .orElse(false);
        if (!waits) {
            return Optional.empty();
        }
        Plan plan = plan(reread(document));
        statements.say(plan.says(), document);
        jdbc.sql("UPDATE vex_document SET published_at = :now, left_out = :left::jsonb WHERE id = :id")
                .param("now", Timestamp.from(clock.instant()))
                .param("left", json.writeValueAsString(plan.leftOut()))
                .param("id", document.id())
                .update();
        return Optional.of(plan);
    }

    /// What was left out of a published document.
    @Transactional(readOnly = true)
    public List<LeftOut> leftOut(Document document) {
        String kept = jdbc.sql("SELECT coalesce(left_out, '[]')::text FROM vex_document WHERE id = :id")
                .param("id", document.id())
                .query(String.class)
                .single();
        return List.of(json.readValue(kept, LeftOut[].class));
    }

    /// How many statements it made.
    @Transactional(readOnly = true)
    public int said(Document document) {
        return statements.saidBy(document.id());
    }

    private VexDocument reread(Document document) {
        try {
            return read(original(document.ref()).orElseThrow());
        } catch (Unreadable e) {
            throw new IllegalStateException("a VEX document was read once and cannot be read again", e);
        }
    }

    private static VexDocument read(byte[] file) throws Unreadable {
        VexDocument document;
        try (InputStream in = new ByteArrayInputStream(file)) {
            document = VexDocument.read(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (document.source().draft()) {
            throw new Unreadable(0, "is a draft, or was withdrawn, by its own word; upload the final one");
        }
        if (document.statements().isEmpty()) {
            throw document.warnings().isEmpty()
                    ? new Unreadable(0, "makes no statement on any vulnerability; an SBOM goes to its release's SBOMs")
                    : new Unreadable(
                            document.warnings().getFirst().line(),
                            document.warnings().getFirst().message());
        }
        return document;
    }

    /// What a supplier said last of a release and a vulnerability.
    private record Word(
            UUID release,
            UUID vulnerability,
            String status,
            @Nullable String justification,
            @Nullable String impact,
            @Nullable String action,
            Instant saidAt) {}

    private record Pair(UUID release, UUID vulnerability) {}

    private Plan plan(VexDocument document) {
        UUID organisation = Asking.person().organisation();
        OwnReleases own = new OwnReleases(jdbc, organisation);
        List<LeftOut> left = new ArrayList<>();
        document.warnings().forEach(warning -> left.add(new LeftOut(warning.line(), "", Plain.of(warning.message()))));
        Map<String, Optional<Vulnerability>> known = new HashMap<>();
        Map<Pair, Says> says = new LinkedHashMap<>();
        Map<Pair, Own> releases = new HashMap<>();
        for (Statement statement : document.statements()) {
            String id = cut(Plain.of(statement.id()), 100);
            String refusal = refusal(statement);
            Vulnerability vulnerability = refusal != null ? null : vulnerability(statement, known);
            if (vulnerability == null) {
                left.add(new LeftOut(
                        statement.line(),
                        id,
                        refusal != null ? refusal : "no vulnerability of that name is known in anything listed here"));
                continue;
            }
            Set<String> reasons = new TreeSet<>();
            for (Product product : statement.products()) {
                OwnReleases.Meant meant = own.of(product);
                if (meant.why() != null) {
                    reasons.add(Plain.of(meant.why()));
                } else if (statement.status() == Status.FIXED && !meant.named()) {
                    reasons.add("it says fixed and names no release in which");
                } else {
                    for (Own release : meant.releases()) {
                        Pair pair = new Pair(release.release(), vulnerability.id());
                        releases.put(pair, release);
                        says.merge(pair, says(statement, release, vulnerability), VexDocuments::later);
                    }
                }
            }
            if (statement.products().isEmpty()) {
                reasons.add("it names no product");
            }
            reasons.forEach(reason -> left.add(new LeftOut(statement.line(), id, reason)));
        }
        if (says.size() > MOST_STATEMENTS) {
            return new Plan(
                    List.of(),
                    List.of(new LeftOut(
                            0,
                            "",
                            "it makes " + says.size() + " statements on your releases, and at most " + MOST_STATEMENTS
                                    + " are taken at once; send it in parts")));
        }
        Map<Pair, Word> before = new HashMap<>();
        words(organisation).forEach(word -> before.put(new Pair(word.release(), word.vulnerability()), word));
        List<Says> fresh = new ArrayList<>();
        says.forEach((pair, one) -> {
            Word word = before.get(pair);
            if (word != null && same(word, one)) {
                left.add(new LeftOut(
                        one.line(), one.vulnerability(), one.release() + ": you have said the same already"));
            } else if (word != null && word.saidAt().isAfter(one.saidAt())) {
                left.add(new LeftOut(
                        one.line(), one.vulnerability(), one.release() + ": you have said something else since then"));
            } else {
                fresh.add(fixedIn(one, pair, says, releases));
            }
        });
        left.sort(java.util.Comparator.comparingInt(LeftOut::line));
        return new Plan(fresh, List.copyOf(left.subList(0, Math.min(MOST_LEFT_OUT, left.size()))));
    }

    private List<Word> words(UUID organisation) {
        return jdbc.sql("""
                SELECT release_id AS release, vulnerability_id AS vulnerability, status, justification, impact, action, said_at
                  FROM statement
                 WHERE organisation_id = :organisation AND superseded_at IS NULL AND withdrawn_at IS NULL
                """)
                .param("organisation", organisation)
                .query(Word.class)
                .list();
    }

    /// Why a statement cannot be taken, whatever it is about; null where it can.
    private static @Nullable String refusal(Statement statement) {
        for (String text : new @Nullable String[] {statement.impact(), statement.action()}) {
            if (text != null && text.length() > LONGEST) {
                return "its text is longer than 4,000 characters";
            }
        }
        return switch (statement.status()) {
            case AFFECTED -> statement.action() == null ? "it says affected, and not what councils should do" : null;
            case NOT_AFFECTED ->
                statement.justification() == null && statement.impact() == null
                        ? "it says not affected, and not why"
                        : null;
            case FIXED, UNDER_INVESTIGATION -> null;
        };
    }

    private @Nullable Vulnerability vulnerability(Statement statement, Map<String, Optional<Vulnerability>> known) {
        List<String> ids = new ArrayList<>();
        ids.add(statement.id());
        ids.addAll(statement.otherIds());
        for (String id : ids) {
            String name = Records.spelt(Plain.of(id));
            Optional<Vulnerability> found = known.computeIfAbsent(name, vulnerabilities::byName);
            if (found.isPresent()) {
                return found.get();
            }
        }
        return null;
    }

    private Says says(Statement statement, Own release, Vulnerability vulnerability) {
        Instant now = clock.instant();
        Instant told = statement.timestamp();
        return new Says(
                statement.line(),
                release.label(),
                vulnerability.name(),
                new Statements.Said(
                        release.release(),
                        vulnerability.id(),
                        statement.status(),
                        statement.justification() == null
                                ? null
                                : statement.justification().word(),
                        plain(statement.impact()),
                        plain(statement.action()),
                        false,
                        null,
                        null),
                told == null || told.isAfter(now) ? now : told);
    }

    /// Of two in one document the later; of two of one time the worse.
    private static Says later(Says one, Says other) {
        int time = one.saidAt().compareTo(other.saidAt());
        return time != 0
                ? time > 0 ? one : other
                : one.said().status().compareTo(other.said().status()) <= 0 ? one : other;
    }

    /// An affected release is fixed in the one release of its product that the document says is fixed, if it is one.
    private static Says fixedIn(Says one, Pair pair, Map<Pair, Says> says, Map<Pair, Own> releases) {
        if (one.said().status() != Status.AFFECTED) {
            return one;
        }
        UUID product = Objects.requireNonNull(releases.get(pair)).product();
        List<UUID> fixed = says.entrySet().stream()
                .filter(other -> other.getValue().said().status() == Status.FIXED
                        && other.getKey().vulnerability().equals(pair.vulnerability())
                        && Objects.requireNonNull(releases.get(other.getKey()))
                                .product()
                                .equals(product))
                .map(other -> other.getKey().release())
                .toList();
        return fixed.size() != 1
                ? one
                : new Says(
                        one.line(),
                        one.release(),
                        one.vulnerability(),
                        one.said().fixedIn(fixed.getFirst()),
                        one.saidAt());
    }

    private static boolean same(Word word, Says says) {
        return word.status().equals(says.said().status().name().toLowerCase(Locale.ROOT))
                && Objects.equals(word.justification(), says.said().justification())
                && Objects.equals(word.impact(), says.said().impact())
                && Objects.equals(word.action(), says.said().action());
    }

    private static @Nullable String plain(@Nullable String text) {
        String plain = text == null ? "" : Plain.of(text);
        return plain.isEmpty() ? null : plain;
    }

    private static String cut(String text, int most) {
        return text.substring(0, Math.min(most, text.length()));
    }

    private static byte[] sha256(byte[] file) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(file);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }

    private static byte[] gzip(byte[] file) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    private static byte[] plain(byte[] gzip) {
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(gzip))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
