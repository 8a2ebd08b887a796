package uk.reeve.register.catalogue;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import uk.reeve.register.advisory.Heading;
import uk.reeve.register.web.Basis;
import uk.reeve.register.web.Words;

/// What is inside a release, by its SBOMs. Takes no reader: each query begins at a document, and row security shows
/// only documents that are for who asks.
@Service
public class Inside {

    private final JdbcClient jdbc;
    private final JsonMapper json;

    Inside(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /// An SBOM as it was received.
    ///
    /// @param source who declared it; null where it was observed by another council, whose name is not told
    /// @param own whether it is the asking organisation's
    /// @param sha256 of the original, in hex
    /// @param evaluated how many of its components advisories were held against
    /// @param quality in the order in which it is reckoned
    public record Document(
            UUID id,
            UUID release,
            String ref,
            String origin,
            @Nullable String source,
            boolean own,
            String audience,
            String state,
            @Nullable String stateReason,
            Instant receivedAt,
            String sha256,
            String format,
            int components,
            int checkable,
            int evaluated,
            List<QualityLine> quality,
            List<String> warnings) {

        public boolean declared() {
            return origin.equals("declared");
        }

        /// "Larkfield Systems", "your council", "a council".
        public String by() {
            return declared() && source != null ? source : own ? "your council" : "a council";
        }

        /// "CycloneDX 1.6 JSON, sha256 9f2c01ab…".
        public String detail() {
            return format + ", sha256 " + sha256.substring(0, 8) + "…";
        }
    }

    /// @param points of `of`
    public record QualityLine(String check, int points, int of, String note) {

        public boolean passed() {
            return points == of;
        }
    }

    private static final String DOCUMENT = """
            SELECT d.id, d.release_id, d.ref, d.origin, o.name AS source, d.source_id = asking_organisation() AS own,
                   d.audience, d.state, d.state_reason, d.received_at, encode(d.sha256, 'hex') AS sha256, d.format,
                   d.components, d.checkable, d.quality, d.warnings,
                   (SELECT count(*) FROM set_component sc JOIN component c ON c.id = sc.component_id
                     WHERE sc.component_set_id = d.component_set_id AND c.evaluated_with IS NOT NULL)::int AS evaluated
              FROM sbom_document d
              LEFT JOIN organisation o ON o.id = d.source_id AND d.origin = 'declared'
            """;

    /// The one that a release's pages speak of: current, declared before observed.
    @Transactional(readOnly = true)
    public Optional<Document> of(UUID release) {
        return jdbc.sql(DOCUMENT + """
                 WHERE d.release_id = :release AND d.state = 'current'
                 ORDER BY d.origin, d.source_id = asking_organisation() DESC, d.received_at DESC LIMIT 1
                """)
                .param("release", release)
                .query(this::document)
                .optional();
    }

    @Transactional(readOnly = true)
    public Optional<Document> byRef(String ref) {
        return jdbc.sql(DOCUMENT + " WHERE d.ref = :ref")
                .param("ref", ref)
                .query(this::document)
                .optional();
    }

    /// All that a release has and has had, the newest first; at most 50.
    @Transactional(readOnly = true)
    public List<Document> all(UUID release) {
        return jdbc.sql(DOCUMENT + " WHERE d.release_id = :release ORDER BY d.received_at DESC, d.ref LIMIT 50")
                .param("release", release)
                .query(this::document)
                .list();
    }

    private Document document(ResultSet row, int number) throws SQLException {
        JsonNode quality = json.readTree(row.getString("quality"));
        JsonNode warnings = json.readTree(row.getString("warnings"));
        return new Document(
                row.getObject("id", UUID.class),
                row.getObject("release_id", UUID.class),
                row.getString("ref"),
                row.getString("origin"),
                row.getString("source"),
                row.getBoolean("own"),
                row.getString("audience"),
                row.getString("state"),
                row.getString("state_reason"),
                row.getTimestamp("received_at").toInstant(),
                row.getString("sha256"),
                row.getString("format"),
                row.getInt("components"),
                row.getInt("checkable"),
                row.getInt("evaluated"),
                quality.valueStream()
                        .map(line -> new QualityLine(
                                line.path("check").asString(""),
                                line.path("points").asInt(0),
                                line.path("of").asInt(0),
                                line.path("note").asString("")))
                        .toList(),
                warnings.valueStream().map(line -> line.asString("")).toList());
    }

    /// The original, gzipped: of an own SBOM, or of one that its maker declared to who asks. What a council
    /// observed holds its host names and paths, and stays with it (RULINGS 5).
    @Transactional(readOnly = true)
    public Optional<byte[]> original(String ref) {
        return jdbc.sql("""
                SELECT b.gzip FROM sbom_document d JOIN document_bytes b ON b.sha256 = d.sha256
                 WHERE d.ref = :ref AND (d.source_id = asking_organisation() OR d.origin = 'declared')
                """)
                .param("ref", ref)
                .query((row, _) -> row.getBytes(1))
                .optional();
    }

    /// How many flaws are known in it, matched exactly.
    ///
    /// @param exploited those of them that are known to be exploited
    /// @param possible flaws of which only a weak match is known; counted apart
    public record Counts(int flaws, int exploited, int possible) {}

    @Transactional(readOnly = true)
    public Counts counts(Document document) {
        return jdbc.sql("""
                SELECT count(*) FILTER (WHERE exact)::int AS flaws,
                       count(*) FILTER (WHERE exact AND exploited)::int AS exploited,
                       count(*) FILTER (WHERE NOT exact)::int AS possible
                  FROM (SELECT f.vulnerability_id, bool_or(f.exact) AS exact,
                               bool_or(k.kev_added IS NOT NULL) AS exploited
                          FROM sbom_document d
                          JOIN set_component sc ON sc.component_set_id = d.component_set_id
                          JOIN component_finding f ON f.component_id = sc.component_id AND f.withdrawn_at IS NULL
                          JOIN vulnerability k ON k.id = f.vulnerability_id
                         WHERE d.id = :document GROUP BY f.vulnerability_id) AS each
                """)
                .param("document", document.id())
                .query(Counts.class)
                .single();
    }

    /// Of which types its packages are, by their URLs.
    @Transactional(readOnly = true)
    public List<String> types(Document document) {
        return jdbc.sql("""
                SELECT unnest(c.types) FROM sbom_document d JOIN component_set c ON c.id = d.component_set_id
                 WHERE d.id = :document
                """)
                .param("document", document.id())
                .query(String.class)
                .list();
    }

    /// @param direct whether the release itself names it
    /// @param parents how many bring it in
    /// @param findings flaws matched exactly
    /// @param coverage why it could not be checked; null where it was, or was not looked at yet
    public record Part(
            long id,
            String type,
            String namespace,
            String name,
            String version,
            boolean direct,
            int parents,
            int findings,
            @Nullable String coverage) {

        /// "org.apache.logging.log4j/log4j-core".
        public String fullName() {
            return namespace.isEmpty() ? name : namespace + "/" + name;
        }

        public String label() {
            return (name + " " + version).strip();
        }
    }

    private static final String PART = """
            SELECT c.id, c.type, c.namespace, c.name, c.version, g.via = 0 AS direct, g.parents,
                   (SELECT count(*) FROM component_finding f
                     WHERE f.component_id = c.id AND f.exact AND f.withdrawn_at IS NULL)::int AS findings,
                   CASE WHEN c.coverage <> 'looked-at' THEN c.coverage END AS coverage
              FROM sbom_document d
              JOIN component_graph whole ON whole.id = d.graph_id
              CROSS JOIN unnest(whole.components, whole.via, whole.parents) AS g (component_id, via, parents)
              JOIN component c ON c.id = g.component_id
             WHERE d.id = :document
            """;

    /// By name, after the component `after`.
    @Transactional(readOnly = true)
    public List<Part> components(Document document, String q, boolean direct, @Nullable Long after, int limit) {
        return jdbc.sql(PART + """
                   AND (:q = '' OR strpos(lower(c.namespace || '/' || c.name), lower(:q)) > 0)
                   AND (NOT :direct OR g.via = 0)
                   AND (:after::bigint IS NULL
                       OR (c.name, c.id) > (SELECT l.name, l.id FROM component l WHERE l.id = :after::bigint))
                 ORDER BY c.name, c.id LIMIT :limit
                """)
                .param("document", document.id())
                .param("q", q)
                .param("direct", direct)
                .param("after", after, Types.BIGINT)
                .param("limit", limit)
                .query(Part.class)
                .list();
    }

    @Transactional(readOnly = true)
    public Optional<Part> component(Document document, long id) {
        return jdbc.sql(PART + " AND c.id = :id")
                .param("document", document.id())
                .param("id", id)
                .query(Part.class)
                .optional();
    }

    /// A shortest way from the release to a component: a direct one first, that one last.
    @Transactional(readOnly = true)
    public List<Part> path(Document document, long component) {
        return jdbc.sql("""
                SELECT c.id, c.type, c.namespace, c.name, c.version, step.nth = 1 AS direct, 0 AS parents,
                       (SELECT count(*) FROM component_finding f
                         WHERE f.component_id = c.id AND f.exact AND f.withdrawn_at IS NULL)::int AS findings,
                       NULL::text AS coverage
                  FROM sbom_document d
                  CROSS JOIN unnest(path_to(ARRAY[:component::integer], d.graph_id)) WITH ORDINALITY AS step (id, nth)
                  JOIN component c ON c.id = step.id
                 WHERE d.id = :document ORDER BY step.nth
                """)
                .param("document", document.id())
                .param("component", component)
                .query(Part.class)
                .list();
    }

    /// A flaw of a component.
    ///
    /// @param exact false: a weak match, shown apart
    /// @param path labels from a direct component down to this one
    /// @param status the supplier's word in force; null where it has said nothing
    public record Flaw(
            String name,
            @Nullable String title,
            String severity,
            @Nullable Double score,
            boolean malicious,
            @Nullable LocalDate kevAdded,
            long component,
            String label,
            boolean exact,
            List<String> path,
            List<String> fixedIn,
            @Nullable String status) {

        private Flaw by(List<String> way) {
            return new Flaw(
                    name, title, severity, score, malicious, kevAdded, component, label, exact, way, fixedIn, status);
        }

        /// `Log4Shell (CVE-2021-44228)`, else the bare name.
        public String heading() {
            return Heading.of(name, title);
        }

        /// "Critical 9.8".
        public String rating() {
            String word = severity.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + severity.substring(1);
            return score == null ? word : word + " " + score;
        }
    }

    /// Known exploited first, then by score.
    ///
    /// @param exact whether exact matches are wanted, else the possible ones
    @Transactional(readOnly = true)
    public List<Flaw> flaws(Document document, boolean exact, int limit) {
        List<Flaw> flaws = jdbc.sql("""
                SELECT k.name, k.title, k.severity, k.score, k.malicious, k.kev_added, c.id AS component,
                       trim(c.name || ' ' || c.version) AS label, f.exact, f.fixed_in, st.status
                  FROM sbom_document d
                  JOIN set_component sc ON sc.component_set_id = d.component_set_id
                  JOIN component_finding f ON f.component_id = sc.component_id AND f.withdrawn_at IS NULL
                  JOIN vulnerability k ON k.id = f.vulnerability_id
                  JOIN component c ON c.id = f.component_id
                  LEFT JOIN release r ON r.id = d.release_id
                  LEFT JOIN product p ON p.id = r.product_id
                  LEFT JOIN statement st ON st.release_id = d.release_id AND st.vulnerability_id = k.id
                       AND st.organisation_id = p.supplier_id
                       AND st.superseded_at IS NULL AND st.withdrawn_at IS NULL
                 WHERE d.id = :document AND f.exact = :exact
                 ORDER BY k.malicious DESC, k.kev_added IS NULL, k.score DESC NULLS LAST, k.name, c.name, c.id LIMIT :limit
                """)
                .param("document", document.id())
                .param("exact", exact)
                .param("limit", limit)
                .query(FLAW)
                .list();
        Map<Integer, List<String>> ways = Ways.to(
                jdbc,
                document.id(),
                flaws.stream().map(flaw -> (int) flaw.component()).toList());
        return flaws.stream()
                .map(flaw -> flaw.by(ways.getOrDefault((int) flaw.component(), List.of())))
                .toList();
    }

    private static final RowMapper<Flaw> FLAW = (row, _) -> new Flaw(
            row.getString("name"),
            row.getString("title"),
            row.getString("severity"),
            row.getObject("score") == null ? null : row.getDouble("score"),
            row.getBoolean("malicious"),
            row.getObject("kev_added", LocalDate.class),
            row.getLong("component"),
            row.getString("label"),
            row.getBoolean("exact"),
            List.of(),
            List.of((String[]) row.getArray("fixed_in").getArray()),
            row.getString("status"));

    /// A package and its versions in two SBOMs; an empty list: not there.
    public record Change(String type, String namespace, String name, List<String> before, List<String> after) {

        public String kind() {
            return before.isEmpty() ? "Added" : after.isEmpty() ? "Removed" : "Changed";
        }

        public String fullName() {
            return namespace.isEmpty() ? name : namespace + "/" + name;
        }
    }

    /// What differs, by package and then by its set of versions; by name.
    @Transactional(readOnly = true)
    public List<Change> changes(Document before, Document after, int limit) {
        return jdbc.sql("""
                WITH each AS (
                    SELECT d.id, c.type, c.namespace, c.name, array_agg(DISTINCT c.version ORDER BY c.version) AS versions
                      FROM sbom_document d
                      JOIN set_component sc ON sc.component_set_id = d.component_set_id
                      JOIN component c ON c.id = sc.component_id
                     WHERE d.id IN (:before, :after)
                     GROUP BY d.id, c.type, c.namespace, c.name)
                SELECT type, namespace, name, coalesce(b.versions, '{}') AS before, coalesce(a.versions, '{}') AS after
                  FROM (SELECT * FROM each WHERE id = :before) b
                  FULL JOIN (SELECT * FROM each WHERE id = :after) a USING (type, namespace, name)
                 WHERE a.versions IS DISTINCT FROM b.versions
                 ORDER BY name, namespace, type LIMIT :limit
                """)
                .param("before", before.id())
                .param("after", after.id())
                .param("limit", limit)
                .query((row, _) -> new Change(
                        row.getString("type"),
                        row.getString("namespace"),
                        row.getString("name"),
                        List.of((String[]) row.getArray("before").getArray()),
                        List.of((String[]) row.getArray("after").getArray())))
                .list();
    }

    /// Flaws that are in the one and not in the other, matched exactly; the gravest first.
    @Transactional(readOnly = true)
    public List<String> flawsOnlyIn(Document one, Document other, int limit) {
        return jdbc.sql("""
                SELECT k.name FROM vulnerability k
                 WHERE EXISTS (SELECT FROM sbom_document d
                                 JOIN set_component sc ON sc.component_set_id = d.component_set_id
                                 JOIN component_finding f ON f.component_id = sc.component_id
                                WHERE d.id = :one AND f.vulnerability_id = k.id AND f.exact AND f.withdrawn_at IS NULL)
                   AND NOT EXISTS (SELECT FROM sbom_document d
                                 JOIN set_component sc ON sc.component_set_id = d.component_set_id
                                 JOIN component_finding f ON f.component_id = sc.component_id
                                WHERE d.id = :other AND f.vulnerability_id = k.id AND f.exact AND f.withdrawn_at IS NULL)
                 ORDER BY k.kev_added IS NULL, k.score DESC NULLS LAST, k.name LIMIT :limit
                """)
                .param("one", one.id())
                .param("other", other.id())
                .param("limit", limit)
                .query(String.class)
                .list();
    }

    /// What is known of the whole in one or two sentences; never a bare nought (PAGES 1).
    public static String answer(Document document, Counts counts, Basis basis) {
        int unchecked = document.components() - document.checkable();
        String rest = unchecked == 0
                ? ""
                : " " + Words.count(unchecked, "component has", "components have")
                        + " no package identity or version, so nothing can be said about "
                        + (unchecked == 1 ? "it." : "them.");
        if (document.components() == 0) {
            return "This SBOM lists no components.";
        }
        String in = Words.count(document.components(), "component") + ", " + Words.count(document.checkable())
                + " can be checked";
        if (document.evaluated() < document.components()) {
            return in + ". They are being held against the advisories now.";
        }
        if (counts.flaws() == 0) {
            return "No known flaw in the " + Words.count(document.checkable(), "component")
                    + " that could be checked"
                    + (basis.asOf() == null ? "." : "," + basis.words() + ".")
                    + rest;
        }
        return in + " against advisories" + basis.words() + ". " + Words.count(counts.flaws(), "known flaw") + ", "
                + (counts.exploited() == 0 ? "none" : Words.count(counts.exploited()))
                + " of them known to be exploited.";
    }
}
