package uk.reeve.register.advisory;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;
import uk.reeve.engine.index.AdvisoryIndex;
import uk.reeve.engine.index.BadIndex;
import uk.reeve.engine.index.Group;
import uk.reeve.engine.match.Finding;
import uk.reeve.engine.match.Rating;

/// What advisories that alias each other describe: one row each, with the facts that urgency is made of.
@Component
public class Vulnerabilities {

    // Whoever makes new ones has it until his transaction ends, else two would make one flaw twice.
    private static final long NEW = 0xf1a_5ee9L;

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final ApplicationEventPublisher events;

    Vulnerabilities(JdbcClient jdbc, JsonMapper json, ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.json = json;
        this.events = events;
    }

    /// @param title a sentence of our own; null where none was written
    /// @param names all, the preferred one first
    public record Vulnerability(
            UUID id,
            String name,
            @Nullable String title,
            String severity,
            @Nullable Double score,
            @Nullable String ratedBy,
            boolean malicious,
            @Nullable String kevAdded,
            boolean kevRansomware,
            @Nullable Double epss,
            @Nullable Boolean automatable,
            @Nullable Boolean totalImpact) {

        /// `Log4Shell (CVE-2021-44228)`, else the bare name.
        public String heading() {
            return Heading.of(name, title);
        }
    }

    /// By any of its names.
    @Transactional(readOnly = true)
    public Optional<Vulnerability> byName(String name) {
        return jdbc.sql("""
                SELECT v.id, v.name, v.title, v.severity, v.score, v.rated_by, v.malicious, v.kev_added::text AS kev_added,
                       v.kev_ransomware, v.epss, v.automatable, v.total_impact
                  FROM vulnerability_name n JOIN vulnerability v ON v.id = n.vulnerability_id
                 WHERE n.name = :name AND NOT is_held_back(ARRAY[n.name, v.name])
                """)
                .param("name", name.toUpperCase(Locale.ROOT).startsWith("CVE-") ? name.toUpperCase(Locale.ROOT) : name)
                .query(Vulnerability.class)
                .optional();
    }

    /// A vulnerability of something that is listed here.
    public record Line(
            String name,
            @Nullable String title,
            String severity,
            @Nullable Double score,
            @Nullable LocalDate kevAdded,
            Instant knownAt) {

        /// `Log4Shell (CVE-2021-44228)`, else the bare name.
        public String heading() {
            return Records.heading(name);
        }
    }

    private static final String LINE = """
            SELECT name, title, severity, score, kev_added, known_at FROM vulnerability
             WHERE merged_into IS NULL AND NOT is_held_back(ARRAY[name])
            """;

    /// Known to be exploited, the newest entry of KEV first.
    @Transactional(readOnly = true)
    public List<Line> exploited(int limit) {
        return jdbc.sql(LINE + " AND kev_added IS NOT NULL ORDER BY kev_added DESC, name LIMIT :limit")
                .param("limit", limit)
                .query(Line.class)
                .list();
    }

    /// The newest here first.
    @Transactional(readOnly = true)
    public List<Line> newest(int limit) {
        return jdbc.sql(LINE + " ORDER BY known_at DESC, name LIMIT :limit")
                .param("limit", limit)
                .query(Line.class)
                .list();
    }

    @Transactional(readOnly = true)
    public List<String> names(UUID vulnerability) {
        return jdbc.sql("""
                SELECT name FROM vulnerability_name WHERE vulnerability_id = :id ORDER BY name LIMIT 200
                """).param("id", vulnerability).query(String.class).list();
    }

    /// The vulnerabilities that findings are of, with the facts that their records tell today. A job's, in its
    /// transaction; a fixed number of statements, however many findings, but for those whose names part or unite.
    ///
    /// @param findings one of each [Finding#id]
    /// @param whole whether the index holds every record: names that it does not unite are two vulnerabilities
    /// @return by the finding's id; those that are held back from everyone are not in it
    public Map<String, UUID> of(Collection<Finding> findings, AdvisoryIndex index, boolean whole) throws BadIndex {
        Map<Finding, Set<String>> names = new LinkedHashMap<>();
        for (Finding finding : findings) {
            names.put(finding, names(finding, index));
        }
        String[] all =
                names.values().stream().flatMap(Set::stream).distinct().sorted().toArray(String[]::new);
        Set<String> held = new HashSet<>(jdbc.sql("SELECT name FROM held_back WHERE name = ANY (:names)")
                .param("names", all)
                .query(String.class)
                .list());
        names.values().removeIf(some -> !Collections.disjoint(some, held));
        Map<String, Known> known = known(all);
        if (names.values().stream().anyMatch(some -> Collections.disjoint(some, known.keySet()))) {
            jdbc.sql("SELECT pg_advisory_xact_lock(:lock)")
                    .param("lock", NEW)
                    .query((_, _) -> true)
                    .list();
            known.putAll(known(all)); // what another wrote while this waited
        }
        Map<UUID, Set<String>> carried = whole ? carried(known.values()) : Map.of();
        Map<UUID, Finding> of = new LinkedHashMap<>();
        Map<String, UUID> ids = new HashMap<>();
        List<String> fresh = new ArrayList<>();
        for (Map.Entry<Finding, Set<String>> entry : names.entrySet()) {
            Set<String> some = entry.getValue();
            Known one = one(some, known);
            if (!some.containsAll(carried.getOrDefault(one.id(), Set.of()))) {
                UUID old = one.id();
                Set<String> kept = part(old, some, index);
                known.entrySet().removeIf(name -> name.getValue().id().equals(old) && !kept.contains(name.getKey()));
                carried.put(old, kept);
                one = kept.containsAll(some) ? one : new Known(UUID.randomUUID(), Instant.MAX);
            }
            if (one.since().equals(Instant.MAX)) {
                fresh.addAll(some);
            }
            for (String name : some) {
                known.put(name, one);
            }
            of.put(one.id(), entry.getKey());
            ids.put(entry.getKey().id(), one.id());
        }
        List<Facts> facts = new ArrayList<>(of.size());
        for (Map.Entry<UUID, Finding> one : of.entrySet()) {
            facts.add(Facts.of(one.getKey(), one.getValue(), malicious(one.getValue(), index)));
        }
        write(facts, whole);
        cameOut(fresh, known);
        name(names.values().stream().flatMap(Set::stream).distinct().sorted().toList(), known);
        return ids;
    }

    private record Known(UUID id, Instant since) {}

    private Map<String, Known> known(String[] names) {
        Map<String, Known> known = new HashMap<>();
        jdbc.sql("""
                SELECT n.name, v.id, v.known_at FROM vulnerability_name n JOIN vulnerability v ON v.id = n.vulnerability_id
                 WHERE n.name = ANY (:names)
                """)
                .param("names", names)
                .query((row, _) -> known.put(
                        row.getString(1),
                        new Known(
                                row.getObject(2, UUID.class),
                                row.getTimestamp(3).toInstant())))
                .list();
        return known;
    }

    /// All names by which these go.
    private Map<UUID, Set<String>> carried(Collection<Known> known) {
        Map<UUID, Set<String>> carried = new HashMap<>();
        jdbc.sql("SELECT vulnerability_id, name FROM vulnerability_name WHERE vulnerability_id = ANY (:ids)")
                .param("ids", known.stream().map(Known::id).distinct().toArray(UUID[]::new))
                .query((row, _) -> carried.computeIfAbsent(row.getObject(1, UUID.class), _ -> new HashSet<>())
                        .add(row.getString(2)))
                .list();
        return carried;
    }

    /// The one by which all of these names go from now on: the oldest of those that they went by (RULINGS 11).
    private Known one(Set<String> names, Map<String, Known> known) {
        List<Known> before = names.stream()
                .map(known::get)
                .filter(Objects::nonNull)
                .distinct()
                .sorted(Comparator.comparing(Known::since)
                        .thenComparing(one -> one.id().toString()))
                .toList();
        if (before.isEmpty()) {
            return new Known(UUID.randomUUID(), Instant.MAX);
        }
        Known oldest = before.getFirst();
        if (before.size() > 1) {
            List<UUID> others = before.stream().skip(1).map(Known::id).toList();
            for (String step : List.of(
                    "UPDATE vulnerability SET merged_into = :id WHERE id = ANY (:others)",
                    "UPDATE vulnerability_name SET vulnerability_id = :id WHERE vulnerability_id = ANY (:others)")) {
                jdbc.sql(step)
                        .param("id", oldest.id())
                        .param("others", others.toArray(UUID[]::new))
                        .update();
            }
            known.replaceAll((_, one) -> others.contains(one.id()) ? oldest : one);
            events.publishEvent(new VulnerabilitiesMerged(oldest.id(), others));
        }
        return oldest;
    }

    private static Set<String> names(Finding finding, AdvisoryIndex index) throws BadIndex {
        Set<String> names = new HashSet<>();
        names.add(finding.id());
        for (Group group : groups(finding, index)) {
            names.addAll(group.ids());
        }
        return names;
    }

    /// Whether any record of it says so, not only those that name the component in which it was found: what is told
    /// of a flaw must not hang on which component is looked at first.
    private static boolean malicious(Finding finding, AdvisoryIndex index) throws BadIndex {
        for (Group group : groups(finding, index)) {
            for (int advisory : group.advisories()) {
                if (index.advisory(advisory).malicious()) {
                    return true;
                }
            }
        }
        return finding.malicious();
    }

    private static List<Group> groups(Finding finding, AdvisoryIndex index) throws BadIndex {
        List<Group> groups = new ArrayList<>(2);
        for (var reason : finding.reasons()) {
            var advisory = index.advisory(reason.record());
            if (advisory != null) {
                for (int number : advisory.groups()) {
                    Group group = index.group(number);
                    if (group.ids().contains(finding.id())) {
                        groups.add(group);
                    }
                }
            }
        }
        return groups;
    }

    private void name(List<String> names, Map<String, Known> known) {
        jdbc.sql("""
                INSERT INTO vulnerability_name (name, vulnerability_id)
                SELECT told.name, told.id FROM unnest(:names::text[], :ids::uuid[]) AS told (name, id)
                 WHERE NOT EXISTS (SELECT FROM vulnerability_name n WHERE n.name = told.name AND n.vulnerability_id = told.id)
                ON CONFLICT (name) DO UPDATE SET vulnerability_id = excluded.vulnerability_id
                 WHERE vulnerability_name.vulnerability_id <> excluded.vulnerability_id
                """)
                .param("names", names.toArray(String[]::new))
                .param(
                        "ids",
                        names.stream()
                                .map(name ->
                                        Objects.requireNonNull(known.get(name)).id())
                                .toArray(UUID[]::new))
                .update();
    }

    /// Parts a vulnerability whose names are no longer one group: the one keeps the
    /// id whose records matched something here, of several the one after which it is named. What else has records
    /// waits, by name, until something is found of it; a name without records is forgotten.
    /// @return the names that it keeps
    private Set<String> part(UUID id, Set<String> names, AdvisoryIndex index) throws BadIndex {
        List<String> others = jdbc.sql("""
                SELECT name FROM vulnerability_name WHERE vulnerability_id = :id AND name <> ALL (:names)
                """)
                .param("id", id)
                .param("names", names.toArray(String[]::new))
                .query(String.class)
                .list();
        List<List<String>> groups = new ArrayList<>();
        groups.add(List.copyOf(names));
        for (int i = 0; i < index.groupCount(); i++) { // seldom: it reads them all
            List<String> ids = index.group(i).ids();
            if (!Collections.disjoint(ids, others) && Collections.disjoint(ids, names)) {
                groups.add(ids);
            }
        }
        Set<String> matched =
                Set.copyOf(jdbc.sql("""
                SELECT DISTINCT r ->> 'record' FROM component_finding f, jsonb_array_elements(f.reasons) AS r
                 WHERE f.vulnerability_id = :id AND f.withdrawn_at IS NULL
                """).param("id", id).query(String.class).list());
        String name = jdbc.sql("SELECT name FROM vulnerability WHERE id = :id")
                .param("id", id)
                .query(String.class)
                .single();
        List<String> keeper = groups.getFirst();
        for (List<String> group : groups) {
            keeper = weight(group, matched, name) > weight(keeper, matched, name) ? group : keeper;
        }
        jdbc.sql("DELETE FROM vulnerability_name WHERE vulnerability_id = :id AND name <> ALL (:kept)")
                .param("id", id)
                .param("kept", keeper.toArray(String[]::new))
                .update();
        for (List<String> group : groups) {
            if (group != keeper) {
                jdbc.sql("""
                        INSERT INTO vulnerability_split (name, vulnerability_id) SELECT unnest(:names::text[]), :id
                        ON CONFLICT (name) DO UPDATE SET vulnerability_id = excluded.vulnerability_id
                        """)
                        .param("names", group.toArray(String[]::new))
                        .param("id", id)
                        .update();
            }
        }
        if (keeper != groups.getFirst() && !keeper.contains(name)) { // another takes its name with it
            jdbc.sql("UPDATE vulnerability SET name = :name WHERE id = :id")
                    .param("name", keeper.getFirst())
                    .param("id", id)
                    .update();
        }
        return Set.copyOf(keeper);
    }

    private static int weight(List<String> group, Set<String> matched, String name) {
        return (Collections.disjoint(group, matched) ? 0 : 2) + (group.contains(name) ? 1 : 0);
    }

    /// Of names that are new vulnerabilities', those that were another's until its group split.
    private void cameOut(List<String> fresh, Map<String, Known> known) {
        if (fresh.isEmpty()) {
            return;
        }
        Map<UUID, UUID> from = new HashMap<>();
        jdbc.sql("DELETE FROM vulnerability_split WHERE name = ANY (:names) RETURNING name, vulnerability_id")
                .param("names", fresh.toArray(String[]::new))
                .query((row, _) -> from.put(
                        Objects.requireNonNull(known.get(row.getString(1))).id(), row.getObject(2, UUID.class)))
                .list();
        from.forEach((id, old) -> jdbc.sql("UPDATE vulnerability SET split_from = :old WHERE id = :id")
                .param("old", old)
                .param("id", id)
                .update());
    }

    /// Tells of those among these, of which findings were just written, that came out of another.
    public void tellOfSplits(Set<UUID> found) {
        jdbc.sql(
                        "SELECT split_from AS old, id AS fresh FROM vulnerability WHERE id = ANY (:ids) AND split_from IS NOT NULL")
                .param("ids", found.toArray(UUID[]::new))
                .query(VulnerabilitySplit.class)
                .list()
                .forEach(events::publishEvent);
    }

    /// A vulnerability's row as a finding's records tell it.
    record Facts(
            UUID id,
            String name,
            @Nullable String title,
            String severity,
            @Nullable Double score,
            @Nullable String vector,
            @Nullable String ratedBy,
            boolean malicious,
            @Nullable String kevAdded,
            boolean kevRansomware,
            @Nullable Double epss,
            @Nullable Boolean automatable,
            @Nullable Boolean totalImpact) {

        static Facts of(UUID id, Finding finding, boolean malicious) {
            Rating highest = null;
            for (Rating rating : finding.ratings()) {
                highest = highest == null || rating.score() > highest.score() ? rating : highest;
            }
            Finding.Kev kev = finding.kev();
            Finding.Epss epss = finding.epss();
            return new Facts(
                    id,
                    finding.id(),
                    Titles.of(finding.id()),
                    finding.severity(),
                    highest == null || highest.score() < 0 ? null : highest.score(),
                    highest == null ? null : highest.vector(),
                    highest == null ? null : highest.source(),
                    malicious,
                    kev == null ? null : kev.added(),
                    kev != null && kev.ransomware(),
                    epss == null ? null : epss.score(),
                    CvssFacts.automatable(vectors(finding)),
                    CvssFacts.totalImpact(vectors(finding)));
        }
    }

    /// A record that comes alone only makes a flaw graver; what else it changes, the whole index tells.
    private void write(List<Facts> facts, boolean whole) {
        facts.sort(Comparator.comparing(fact -> fact.id().toString())); // in one order, so that two at once only wait
        jdbc.sql("""
                INSERT INTO vulnerability AS v (id, name, title, severity, malicious, kev_ransomware, epss, own_severity,
                       own_score, own_vector, own_rated_by, own_kev_added, own_automatable, own_total_impact)
                SELECT f.id, f.name, f.title, f.severity, f.malicious, f."kevRansomware", f.epss, f.severity,
                       f.score, f.vector, f."ratedBy", f."kevAdded", f.automatable, f."totalImpact"
                  FROM jsonb_to_recordset(:facts::jsonb) AS f (id uuid, name text, title text, severity text,
                       score numeric(3, 1), vector text, "ratedBy" text, malicious boolean, "kevAdded" date,
                       "kevRansomware" boolean, epss real, automatable boolean, "totalImpact" boolean)
                 WHERE NOT EXISTS ( -- what is there as it is told is not even locked
                     SELECT FROM vulnerability v
                      WHERE v.id = f.id
                        AND (v.name, v.malicious, v.kev_ransomware, v.epss, v.own_severity, v.own_score, v.own_vector,
                                v.own_rated_by, v.own_kev_added, v.own_automatable, v.own_total_impact)
                            IS NOT DISTINCT FROM (f.name, f.malicious, f."kevRansomware", f.epss, f.severity, f.score,
                                f.vector, f."ratedBy", f."kevAdded", f.automatable, f."totalImpact"))
                ON CONFLICT (id) DO UPDATE
                   SET name = CASE WHEN :whole THEN excluded.name ELSE v.name END, malicious = excluded.malicious,
                       kev_ransomware = excluded.kev_ransomware, epss = excluded.epss,
                       own_severity = excluded.own_severity, own_score = excluded.own_score,
                       own_vector = excluded.own_vector, own_rated_by = excluded.own_rated_by,
                       own_kev_added = excluded.own_kev_added, own_automatable = excluded.own_automatable,
                       own_total_impact = excluded.own_total_impact
                 WHERE (:whole OR excluded.malicious AND NOT v.malicious
                           OR coalesce(excluded.own_score, -1) > coalesce(v.own_score, -1))
                   AND (v.name, v.malicious, v.kev_ransomware, v.epss, v.own_severity, v.own_score, v.own_vector,
                           v.own_rated_by, v.own_kev_added, v.own_automatable, v.own_total_impact)
                       IS DISTINCT FROM (excluded.name, excluded.malicious, excluded.kev_ransomware, excluded.epss,
                           excluded.own_severity, excluded.own_score, excluded.own_vector, excluded.own_rated_by,
                           excluded.own_kev_added, excluded.own_automatable, excluded.own_total_impact)
                """)
                .param("facts", json.writeValueAsString(facts))
                .param("whole", whole)
                .update();
    }

    private static List<String> vectors(Finding finding) {
        List<String> vectors = new ArrayList<>();
        for (Rating rating : finding.ratings()) {
            if (rating.vector() != null) {
                vectors.add(rating.vector());
            }
        }
        return vectors;
    }
}
