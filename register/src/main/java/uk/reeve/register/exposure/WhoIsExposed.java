package uk.reeve.register.exposure;

import java.sql.Types;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import uk.reeve.engine.purl.BadPurl;
import uk.reeve.engine.purl.Purl;
import uk.reeve.engine.version.Affected;
import uk.reeve.engine.version.BadRange;
import uk.reeve.engine.version.Vers;
import uk.reeve.register.advisory.Records;
import uk.reeve.register.advisory.Vulnerabilities;
import uk.reeve.register.audience.Asker;
import uk.reeve.register.audience.Asking;
import uk.reeve.register.audit.Act;
import uk.reeve.register.audit.AuditLog;
import uk.reeve.register.catalogue.NameKey;
import uk.reeve.register.catalogue.Plain;
import uk.reeve.register.catalogue.Products;

/// Who is exposed to something: a vulnerability, a package, a range of its versions, a product, an SBOM. Names of
/// systems are the asking council's own; releases are those whose list is for who asks; the rest is counted.
@Service
public class WhoIsExposed {

    private static final int LONGEST = 500;
    private static final int MOST_COMPONENTS = 5_000;
    private static final int MOST_RELEASES = 200;
    private static final String VERSION = "[0-9A-Za-z.+_:~^-]*[0-9][0-9A-Za-z.+_:~^-]*";
    private static final Pattern BOUNDS = Pattern.compile(
            "(?:(?:[<>]=?|==?|!=)\\s*" + VERSION + ")(?:[\\s,|]+(?:[<>]=?|==?|!=)\\s*" + VERSION + "){0,9}");
    private static final Pattern PACKAGE =
            Pattern.compile("(@?[^@<>=!\\s]+)(?:\\s*@\\s*(\\S+)|\\s*([<>=!].*)|\\s+v?(" + VERSION + "))?\\s*");

    private final JdbcClient jdbc;
    private final Vulnerabilities vulnerabilities;
    private final Records records;
    private final Products products;
    private final Exposures exposures;
    private final AuditLog audit;

    WhoIsExposed(
            JdbcClient jdbc,
            Vulnerabilities vulnerabilities,
            Records records,
            Products products,
            Exposures exposures,
            AuditLog audit) {
        this.jdbc = jdbc;
        this.vulnerabilities = vulnerabilities;
        this.records = records;
        this.products = products;
        this.exposures = exposures;
        this.audit = audit;
    }

    /// How a query was read.
    public sealed interface Question {

        /// @param known null where the advisories know it and nothing here is affected
        record OfVulnerability(String name, Vulnerabilities.@Nullable Vulnerability known) implements Question {}

        /// @param type of a package URL; empty where any is meant
        /// @param range bounds as an advisory writes them; empty where all versions are meant
        /// @param version a single one; empty where none is told
        record OfPackage(String type, String namespace, String name, String range, String version) implements Question {

            /// Whether a version is meant, by the order of its ecosystem; unknown where that cannot compare it.
            Affected meant(String purlType, String candidate) {
                if (range.isEmpty() && version.isEmpty()) {
                    return Affected.YES;
                }
                String bounds = version.isEmpty()
                        ? range.replace("==", "=")
                                .replaceAll("([<>=])\\s+", "$1")
                                .replaceAll("[\\s,|]+", "|")
                        : "=" + version;
                try {
                    return Vers.read("vers:" + (purlType.isEmpty() ? "generic" : purlType) + "/" + bounds)
                            .contains(candidate);
                } catch (BadRange e) {
                    return Affected.UNKNOWN;
                }
            }
        }

        record OfProduct(Products.Product product) implements Question {}

        record OfSbom(String sha256) implements Question {}

        /// @param why one sentence
        /// @param near what may have been meant
        record Unreadable(String why, List<String> near) implements Question {

            Unreadable(String why) {
                this(why, List.of());
            }
        }
    }

    /// A system of the asking council's own.
    ///
    /// @param holds what it was asked for, with its version; empty where a product or an SBOM was
    /// @param verdict as in [Exposures.SystemExposure]; null where no vulnerability was asked for
    public record Own(
            String ref,
            String name,
            String product,
            String version,
            List<String> holds,
            @Nullable String verdict) {}

    /// A release whose list is for who asks.
    ///
    /// @param steps from the release down to the component; 1: direct; 0: not told
    /// @param status its supplier's word on the vulnerability; null where none was asked for, or nothing said
    public record Holder(
            UUID release,
            String product,
            String productAddress,
            String version,
            List<String> holds,
            int steps,
            boolean declared,
            @Nullable String status) {

        public String path() {
            return "/products/" + productAddress + "/releases/" + Products.Release.address(version, release);
        }
    }

    /// @param closed releases that hold it, whose list is not for who asks
    /// @param unlisted releases without an SBOM, so that they cannot be ruled out
    /// @param councils a band; null for who gets none
    /// @param open the first releases that hold it and whose list is for who asks
    public record Beyond(int closed, int unlisted, @Nullable String councils, List<UUID> open) {}

    /// @param holders at most 201, of which the last only tells that there are more
    /// @param notes what the answer leaves out, a sentence each
    public record Answer(Question question, List<Own> own, List<Holder> holders, Beyond beyond, List<String> notes) {

        /// Whether something that who asks may know of holds it.
        boolean tells() {
            return !own.isEmpty()
                    || !holders.isEmpty()
                    || beyond.closed() > 0
                    || beyond.councils() != null && !beyond.councils().equals("none");
        }
    }

    private record Candidate(int id, String type, String version) {}

    /// Reads a query and answers it. What a person asks is recorded.
    @Transactional
    public Answer ask(String query) {
        Question question = read(query);
        if (Asking.now() instanceof Asker.Person && !(question instanceof Question.Unreadable)) {
            audit.record(Act.ASKED_WHO_IS_EXPOSED, cut(query), null);
        }
        return switch (question) {
            case Question.OfVulnerability asked -> ofVulnerability(asked);
            case Question.OfPackage asked -> ofPackage(asked);
            case Question.OfProduct asked ->
                new Answer(
                        question,
                        systems(
                                "s.product_id = :id OR r.product_id = :id",
                                asked.product().id()),
                        releases("r.product_id = :id", asked.product().id()),
                        beyond(List.of(), null, asked.product().id()),
                        List.of());
            case Question.OfSbom asked -> ofSbom(asked);
            case Question.Unreadable asked -> unreadable(asked);
        };
    }

    /// The most particular reading first: a hash, a vulnerability, a package URL, a product's name, a package's name.
    Question read(String query) {
        String q = cut(query);
        if (q.matches("[0-9A-Fa-f]{64}")) {
            return new Question.OfSbom(q.toLowerCase(Locale.ROOT));
        }
        if (q.regionMatches(true, 0, "pkg:", 0, 4)) {
            return purl(q);
        }
        String spelt = Records.spelt(q);
        if (spelt.matches("[A-Za-z]+-[0-9A-Za-z:._-]+")) {
            Optional<Records.Told> told = records.of(spelt);
            Optional<Vulnerabilities.Vulnerability> known =
                    told.flatMap(one -> vulnerabilities.byName(one.name())).or(() -> vulnerabilities.byName(spelt));
            if (told.isPresent() || known.isPresent()) {
                return new Question.OfVulnerability(told.map(Records.Told::name).orElse(spelt), known.orElse(null));
            }
            if (spelt.startsWith("CVE-") || spelt.startsWith("GHSA-")) {
                return new Question.Unreadable("We have no record of " + spelt + ".");
            }
        }
        Optional<Question> named = byTitle(q);
        if (named.isPresent()) {
            return named.get();
        }
        Matcher matcher = PACKAGE.matcher(q);
        boolean read = matcher.matches();
        if (!read || matcher.group(2) == null && matcher.group(3) == null) {
            Optional<Question> product = product(q);
            if (product.isEmpty() && read && matcher.group(4) != null) { // Larkfield 8.2
                product = product(matcher.group(1));
            }
            if (product.isPresent()) {
                return product.get();
            }
        }
        if (!read) {
            return new Question.Unreadable("This could not be read.", near(q));
        }
        String range = text(matcher.group(3));
        if (!range.isEmpty() && !BOUNDS.matcher(range).matches()) {
            return new Question.Unreadable("The range of versions could not be read.");
        }
        String full = matcher.group(1);
        int split = Math.max(full.lastIndexOf('/'), full.lastIndexOf(':'));
        return new Question.OfPackage(
                "",
                split < 0 ? "" : full.substring(0, split),
                full.substring(split + 1),
                range,
                text(matcher.group(2)) + text(matcher.group(4)));
    }

    private Optional<Question> product(String name) {
        for (Products.Match match :
                NameKey.of(name).length() < 2 ? List.<Products.Match>of() : products.matching(name)) {
            Optional<Products.Product> product =
                    match.exact() ? products.find(match.product().toString()) : Optional.empty();
            if (product.isPresent()) {
                return Optional.of(new Question.OfProduct(product.get()));
            }
        }
        return Optional.empty();
    }

    /// `log4shell`: as people call it.
    private Optional<Question> byTitle(String q) {
        return jdbc.sql("""
                SELECT name FROM vulnerability
                 WHERE lower(title) = lower(:q) AND merged_into IS NULL AND NOT is_held_back(ARRAY[name])
                 ORDER BY kev_added IS NULL, name LIMIT 1
                """)
                .param("q", q.strip())
                .query(String.class)
                .optional()
                .map(name -> new Question.OfVulnerability(
                        name, vulnerabilities.byName(name).orElse(null)));
    }

    /// Names that begin so or hold it: products that who asks may see, flaws, and packages with a known
    /// flaw (what else is in somebody's list is not told).
    private List<String> near(String q) {
        String word = q.strip().toLowerCase(Locale.ROOT).replaceAll("[\\\\%_].*|[<>=!@ ].*", "");
        List<String> near = new ArrayList<>();
        if (NameKey.of(q).length() >= 2) {
            products.matching(q).stream().limit(3).forEach(match -> near.add(match.name()));
        }
        if (word.length() < 2) {
            return near;
        }
        near.addAll(jdbc.sql("""
                SELECT title FROM vulnerability
                 WHERE strpos(lower(title), :word) > 0 AND merged_into IS NULL AND NOT is_held_back(ARRAY[name])
                 ORDER BY kev_added IS NULL, title LIMIT 3
                """).param("word", word).query(String.class).list());
        near.addAll(
                jdbc.sql("""
                SELECT c.name FROM component c
                 WHERE lower(c.name) LIKE :prefix
                   AND EXISTS (SELECT FROM component_finding f JOIN vulnerability k ON k.id = f.vulnerability_id
                                WHERE f.component_id = c.id AND f.exact AND f.withdrawn_at IS NULL
                                  AND NOT is_held_back(ARRAY[k.name]))
                 GROUP BY c.name ORDER BY length(c.name), c.name LIMIT 5
                """).param("prefix", word + "%").query(String.class).list());
        return near.stream().distinct().toList();
    }

    private static Question purl(String q) {
        Matcher range = Pattern.compile("\\s*([<>]|!=|\\s=).*").matcher(q);
        int end = range.find() ? range.start() : q.length();
        String bounds = q.substring(end).strip();
        if (!bounds.isEmpty() && !BOUNDS.matcher(bounds).matches()) {
            return new Question.Unreadable("The range of versions could not be read.");
        }
        try {
            Purl purl = Purl.lenient(q.substring(0, end), _ -> {});
            return new Question.OfPackage(
                    purl.type(),
                    text(purl.namespace()),
                    purl.name(),
                    bounds,
                    bounds.isEmpty() ? text(purl.version()) : "");
        } catch (BadPurl e) {
            return new Question.Unreadable("The package URL could not be read: " + e.getMessage() + ".");
        }
    }

    private static Answer unreadable(Question.Unreadable asked) {
        return new Answer(asked, List.of(), List.of(), new Beyond(0, 0, null, List.of()), List.of());
    }

    private Answer ofVulnerability(Question.OfVulnerability asked) {
        if (asked.known() == null) {
            return new Answer(asked, List.of(), List.of(), beyond(List.of(), null, null), List.of());
        }
        UUID id = asked.known().id();
        List<Own> own = exposures.of(id).stream()
                .map(one -> new Own(one.ref(), one.name(), one.product(), one.version(), one.path(), one.verdict()))
                .toList();
        Beyond beyond = beyond(List.of(), id, null);
        return new Answer(asked, own, holders(List.of(), id, beyond), beyond, List.of());
    }

    private Answer ofPackage(Question.OfPackage asked) {
        String name = asked.name().toLowerCase(Locale.ROOT);
        String[] names = {name, name.replace('_', '-')};
        boolean uncompared = false;
        List<Integer> components = new ArrayList<>();
        List<Candidate> candidates = new ArrayList<>(candidates(asked, names));
        boolean cut = candidates.size() == MOST_COMPONENTS;
        if (cut) {
            Set<Candidate> all = new LinkedHashSet<>(candidates);
            all.addAll(ownCandidates(asked, names));
            candidates = new ArrayList<>(all);
        }
        for (Candidate candidate : candidates) {
            switch (asked.meant(candidate.type(), candidate.version())) {
                case YES -> components.add(candidate.id());
                case UNKNOWN -> uncompared = true;
                case NO -> {
                    // another version
                }
            }
        }
        List<String> notes = new ArrayList<>();
        if (uncompared) {
            notes.add("Some versions could not be compared with this range, and are left out.");
        }
        if (cut) {
            notes.add("Here are more than " + MOST_COMPONENTS
                    + " components of this name: of others’ systems the answer may lack some. Ask for one version.");
        }
        Answer answer = of(asked, components, notes);
        if (answer.tells()) {
            return answer;
        }
        // what is only in lists that are closed to who asks must look as if nobody had ever heard of it
        List<Integer> all = candidates.stream().map(Candidate::id).toList();
        boolean known =
                components.size() < all.size() && of(asked, all, List.of()).tells();
        if (!known && asked.type().isEmpty() && asked.namespace().isEmpty()) {
            return unreadable(new Question.Unreadable(
                    "No package, product or vulnerability is called exactly “" + cut(asked.name()) + "” here.",
                    near(asked.name())));
        }
        return known ? answer : new Answer(asked, List.of(), List.of(), answer.beyond(), List.of());
    }

    private List<Candidate> candidates(Question.OfPackage asked, String[] names) {
        return jdbc.sql("""
                SELECT id, type, version FROM component
                 WHERE lower(name) = ANY (:names)
                   AND (:type = '' OR type = :type) AND (:namespace = '' OR lower(namespace) = lower(:namespace))
                 ORDER BY version = :version DESC, id LIMIT :limit
                """)
                .param("names", names)
                .param("type", asked.type())
                .param("namespace", asked.namespace())
                .param("version", asked.version())
                .param("limit", MOST_COMPONENTS)
                .query(Candidate.class)
                .list();
    }

    /// Those in what the asking council runs.
    private List<Candidate> ownCandidates(Question.OfPackage asked, String[] names) {
        return jdbc.sql("""
                SELECT DISTINCT c.id, c.type, c.version
                  FROM system s
                  JOIN sbom_document d ON d.release_id = s.release_id AND d.state = 'current'
                  JOIN component_set o ON o.id = d.component_set_id
                  JOIN component c ON c.id = ANY (o.components)
                 WHERE s.retired_on IS NULL AND lower(c.name) = ANY (:names)
                   AND (:type = '' OR c.type = :type) AND (:namespace = '' OR lower(c.namespace) = lower(:namespace))
                 ORDER BY c.id LIMIT :limit
                """)
                .param("names", names)
                .param("type", asked.type())
                .param("namespace", asked.namespace())
                .param("limit", MOST_COMPONENTS)
                .query(Candidate.class)
                .list();
    }

    private Answer of(Question.OfPackage asked, List<Integer> components, List<String> notes) {
        Beyond beyond = beyond(components, null, null);
        return new Answer(asked, systems(components), holders(components, null, beyond), beyond, notes);
    }

    private Answer ofSbom(Question.OfSbom asked) {
        Optional<UUID> release =
                jdbc.sql("""
                SELECT release_id FROM sbom_document WHERE sha256 = decode(:sha256, 'hex')
                 ORDER BY state = 'current' DESC, received_at DESC LIMIT 1
                """).param("sha256", asked.sha256()).query(UUID.class).optional();
        return new Answer(
                asked,
                release.map(id -> systems("s.release_id = :id", id)).orElse(List.of()),
                release.map(id -> releases("r.id = :id", id)).orElse(List.of()),
                beyond(List.of(), null, null),
                List.of());
    }

    private Beyond beyond(List<Integer> components, @Nullable UUID vulnerability, @Nullable UUID product) {
        return jdbc.sql("SELECT * FROM sector_band(:components, :vulnerability, :product, :most)")
                .param("components", components.toArray(Integer[]::new))
                .param("vulnerability", vulnerability, Types.OTHER)
                .param("product", product, Types.OTHER)
                .param("most", MOST_RELEASES + 1)
                .query((row, _) -> new Beyond(
                        row.getInt("closed"), row.getInt("unlisted"), row.getString("councils"), List.of((UUID[])
                                row.getArray("open").getArray())))
                .single();
    }

    /// The asking council's systems on releases whose list it may read, that hold one of the components.
    private List<Own> systems(List<Integer> components) {
        return jdbc.sql("""
                SELECT s.ref, s.name, p.name AS product, r.version,
                       array_agg(DISTINCT trim(c.name || ' ' || c.version)) AS holds
                  FROM system s
                  JOIN release r ON r.id = s.release_id
                  JOIN product p ON p.id = r.product_id
                  JOIN sbom_document d ON d.release_id = r.id AND d.state = 'current'
                  JOIN set_component sc ON sc.component_set_id = d.component_set_id AND sc.component_id = ANY (:components)
                  JOIN component c ON c.id = sc.component_id
                 WHERE s.retired_on IS NULL
                 GROUP BY s.id, p.id, r.id ORDER BY s.name, s.id LIMIT 1000
                """)
                .param("components", components.toArray(Integer[]::new))
                .query((row, _) -> new Own(
                        row.getString("ref"),
                        row.getString("name"),
                        row.getString("product"),
                        row.getString("version"),
                        List.of((String[]) row.getArray("holds").getArray()),
                        null))
                .list();
    }

    private List<Own> systems(String where, UUID id) {
        return jdbc.sql("""
                SELECT s.ref, s.name, coalesce(p.name, '') AS product, coalesce(r.version, '') AS version
                  FROM system s
                  LEFT JOIN release r ON r.id = s.release_id
                  LEFT JOIN product p ON p.id = coalesce(r.product_id, s.product_id)
                 WHERE s.retired_on IS NULL AND (WHERE)
                 ORDER BY s.name, s.id LIMIT 1000
                """.replace("(WHERE)", "(" + where + ")"))
                .param("id", id)
                .query((row, _) -> new Own(
                        row.getString(1), row.getString(2), row.getString(3), row.getString(4), List.of(), null))
                .list();
    }

    /// By product and version.
    private List<Holder> holders(List<Integer> components, @Nullable UUID vulnerability, Beyond beyond) {
        return jdbc.sql("""
                WITH asked AS MATERIALIZED (
                    SELECT unnest(:components::integer[]) AS id
                    UNION ALL
                    SELECT component_id FROM component_finding
                     WHERE vulnerability_id = :vulnerability::uuid AND exact AND withdrawn_at IS NULL),
                inside AS MATERIALIZED (
                    SELECT d.release_id, d.origin, d.graph_id,
                           array(SELECT id FROM unnest(s.components) AS held (id)
                                  WHERE (id IN (SELECT id FROM asked)) IS TRUE -- else a join, which walks one of them anew each time
                                  ORDER BY id) AS ids
                      FROM sbom_document d
                      JOIN component_set s ON s.id = d.component_set_id
                     WHERE d.release_id = ANY (:releases) AND d.state = 'current'),
                way AS MATERIALIZED (
                    SELECT *, cardinality(path_to(ids, graph_id)) AS steps, array(SELECT unnest(ids) LIMIT 100) AS shown
                      FROM inside WHERE ids <> '{}')
                SELECT r.id, p.name, coalesce(p.slug, p.id::text) AS address, r.version,
                       array_agg(DISTINCT trim(c.name || ' ' || c.version)) AS holds,
                       min(w.steps) AS steps, bool_or(w.origin = 'declared') AS declared,
                       (SELECT st.status FROM statement st
                         WHERE st.release_id = r.id AND st.vulnerability_id = :vulnerability::uuid
                           AND st.organisation_id = p.supplier_id
                           AND st.superseded_at IS NULL AND st.withdrawn_at IS NULL) AS status
                  FROM way w
                  JOIN release r ON r.id = w.release_id
                  JOIN product p ON p.id = r.product_id
                  JOIN component c ON c.id = ANY (w.shown)
                 GROUP BY r.id, p.id ORDER BY p.name, r.version, r.id
                """)
                .param("components", components.toArray(Integer[]::new))
                .param("vulnerability", vulnerability, Types.OTHER)
                .param("releases", beyond.open().toArray(UUID[]::new))
                .query((row, _) -> new Holder(
                        row.getObject("id", UUID.class),
                        row.getString("name"),
                        row.getString("address"),
                        row.getString("version"),
                        List.of((String[]) row.getArray("holds").getArray()),
                        row.getInt("steps"),
                        row.getBoolean("declared"),
                        row.getString("status")))
                .list();
    }

    private List<Holder> releases(String where, UUID id) {
        return jdbc.sql("""
                SELECT r.id, p.name, coalesce(p.slug, p.id::text) AS address, r.version
                  FROM release r JOIN product p ON p.id = r.product_id
                 WHERE (WHERE) ORDER BY r.released_on DESC NULLS LAST, r.version, r.id LIMIT :limit
                """.replace("(WHERE)", "(" + where + ")"))
                .param("id", id)
                .param("limit", MOST_RELEASES + 1)
                .query((row, _) -> new Holder(
                        row.getObject(1, UUID.class),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        List.of(),
                        0,
                        true,
                        null))
                .list();
    }

    private static String cut(String query) {
        String plain = Plain.of(query);
        return plain.substring(0, Math.min(LONGEST, plain.length()));
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }
}
