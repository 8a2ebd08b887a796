package uk.reeve.register.advisory;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import uk.reeve.engine.index.AdvisoryIndex;
import uk.reeve.engine.index.BadIndex;
import uk.reeve.engine.match.Finding;
import uk.reeve.engine.match.Rating;

/// What advisories that alias each other describe: one row each, with the facts that urgency is made of.
@Component
public class Vulnerabilities {

    private final JdbcClient jdbc;
    private final ApplicationEventPublisher events;

    Vulnerabilities(JdbcClient jdbc, ApplicationEventPublisher events) {
        this.jdbc = jdbc;
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

    /// The vulnerability that a finding is of, with the facts that its records tell today. A job's, in its transaction.
    ///
    /// @param whole whether the index holds every record: names that it does not unite are two vulnerabilities
    /// @return null where it is held back from everyone
    public @Nullable UUID of(Finding finding, AdvisoryIndex index, boolean whole) throws BadIndex {
        Set<String> names = new HashSet<>();
        names.add(finding.id());
        for (var reason : finding.reasons()) {
            var advisory = index.advisory(reason.record());
            if (advisory != null) {
                for (int group : advisory.groups()) {
                    List<String> ids = index.group(group).ids();
                    if (ids.contains(finding.id())) {
                        names.addAll(ids);
                    }
                }
            }
        }
        String[] all = names.toArray(String[]::new);
        boolean held = jdbc.sql("SELECT EXISTS (SELECT FROM held_back WHERE name = ANY (:names))")
                .param("names", all)
                .query(Boolean.class)
                .single();
        if (held) {
            return null;
        }
        List<UUID> known = jdbc.sql("""
                SELECT v.id FROM vulnerability v
                 WHERE v.id IN (SELECT vulnerability_id FROM vulnerability_name WHERE name = ANY (:names))
                 ORDER BY v.known_at, v.id
                """).param("names", all).query(UUID.class).list();
        UUID id = known.isEmpty() ? UUID.randomUUID() : known.getFirst(); // the oldest survives (RULINGS 11)
        if (known.size() > 1) {
            List<UUID> others = List.copyOf(known.subList(1, known.size()));
            jdbc.sql("UPDATE vulnerability SET merged_into = :id WHERE id = ANY (:others)")
                    .param("id", id)
                    .param("others", others.toArray(UUID[]::new))
                    .update();
            events.publishEvent(new VulnerabilitiesMerged(id, others));
        }
        if (whole && known.size() == 1 && !keeps(id, names, index)) {
            known = List.of();
            id = UUID.randomUUID();
        }
        write(id, finding, whole);
        if (known.isEmpty()) {
            cameOutOf(id, all);
        }
        jdbc.sql("""
                INSERT INTO vulnerability_name (name, vulnerability_id) SELECT unnest(:names::text[]), :id
                ON CONFLICT (name) DO UPDATE SET vulnerability_id = excluded.vulnerability_id
                """).param("names", all).param("id", id).update();
        return id;
    }

    /// Whether the vulnerability stays that of these names. Where its names are no longer one group, the one keeps the
    /// id whose records matched something here, of several the one after which it is named. What else has records
    /// waits, by name, until something is found of it; a name without records is forgotten.
    private boolean keeps(UUID id, Set<String> names, AdvisoryIndex index) throws BadIndex {
        List<String> others = jdbc.sql("""
                SELECT name FROM vulnerability_name WHERE vulnerability_id = :id AND name <> ALL (:names)
                """)
                .param("id", id)
                .param("names", names.toArray(String[]::new))
                .query(String.class)
                .list();
        if (others.isEmpty()) {
            return true;
        }
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
        return keeper == groups.getFirst();
    }

    private static int weight(List<String> group, Set<String> matched, String name) {
        return (Collections.disjoint(group, matched) ? 0 : 2) + (group.contains(name) ? 1 : 0);
    }

    private void cameOutOf(UUID fresh, String[] names) {
        jdbc.sql("""
                WITH old AS (DELETE FROM vulnerability_split WHERE name = ANY (:names) RETURNING vulnerability_id)
                UPDATE vulnerability SET split_from = (SELECT vulnerability_id FROM old LIMIT 1)
                 WHERE id = :id AND EXISTS (SELECT FROM old)
                """).param("names", names).param("id", fresh).update();
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

    private void write(UUID id, Finding finding, boolean whole) {
        Rating highest = null;
        for (Rating rating : finding.ratings()) {
            highest = highest == null || rating.score() > highest.score() ? rating : highest;
        }
        String vector = highest == null ? null : highest.vector();
        Finding.Kev kev = finding.kev();
        Finding.Epss epss = finding.epss();
        jdbc.sql("""
                INSERT INTO vulnerability (id, name, title, severity, malicious, kev_ransomware, epss, own_severity,
                       own_score, own_vector, own_rated_by, own_kev_added, own_automatable, own_total_impact)
                VALUES (:id, :name, :title, :severity, :malicious, :ransomware, :epss, :severity,
                       :score, :vector, :ratedBy, :kev::date, :automatable, :total)
                ON CONFLICT (id) DO UPDATE
                   SET name = CASE WHEN :whole THEN excluded.name ELSE vulnerability.name END, malicious = excluded.malicious,
                       kev_ransomware = excluded.kev_ransomware, epss = excluded.epss,
                       own_severity = excluded.own_severity, own_score = excluded.own_score,
                       own_vector = excluded.own_vector, own_rated_by = excluded.own_rated_by,
                       own_kev_added = excluded.own_kev_added, own_automatable = excluded.own_automatable,
                       own_total_impact = excluded.own_total_impact
                """)
                .param("id", id)
                .param("whole", whole)
                .param("name", finding.id())
                .param("title", Titles.of(finding.id()))
                .param("severity", finding.severity())
                .param("score", highest == null || highest.score() < 0 ? null : highest.score())
                .param("vector", vector)
                .param("ratedBy", highest == null ? null : highest.source())
                .param("malicious", finding.malicious())
                .param("kev", kev == null ? null : kev.added())
                .param("ransomware", kev != null && kev.ransomware())
                .param("epss", epss == null ? null : epss.score())
                .param("automatable", CvssFacts.automatable(vectors(finding)))
                .param("total", CvssFacts.totalImpact(vectors(finding)))
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
