package uk.reeve.register.exposure;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;
import uk.reeve.engine.index.BadIndex;
import uk.reeve.engine.match.Confidence;
import uk.reeve.engine.match.Finding;
import uk.reeve.engine.match.Outcome;
import uk.reeve.engine.purl.BadPurl;
import uk.reeve.engine.purl.Purl;
import uk.reeve.engine.sbom.Component;
import uk.reeve.engine.sbom.Place;
import uk.reeve.engine.sbom.Scope;
import uk.reeve.register.advisory.AdvisoryLibrary;
import uk.reeve.register.advisory.Editions;
import uk.reeve.register.advisory.Vulnerabilities;
import uk.reeve.register.audience.Asker;
import uk.reeve.register.audience.Asking;

/// Components held against advisories: the findings, once for the sector. A job's work, in small transactions.
@Service
public class Evaluation {

    private static final Logger LOG = LoggerFactory.getLogger(Evaluation.class);
    private static final Asker JOB = new Asker.Job();
    private static final int BATCH = 1_000;
    private static final RowMapper<Part> PART =
            (row, _) -> new Part(row.getLong(1), text(row.getString(2)), row.getString(3));

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final Editions editions;
    private final Vulnerabilities vulnerabilities;
    private final JsonMapper json;
    private volatile String goneThrough = "";

    Evaluation(
            JdbcClient jdbc,
            TransactionTemplate transactions,
            Editions editions,
            Vulnerabilities vulnerabilities,
            JsonMapper json) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.editions = editions;
        this.vulnerabilities = vulnerabilities;
        this.json = json;
    }

    /// A component as evaluation needs it.
    ///
    /// @param evaluatedWith null where it was never evaluated: what is found in it then is no news (RULINGS 17)
    record Part(long id, String purl, @Nullable String evaluatedWith) {}

    /// What changed for which vulnerabilities.
    public record Changes(Set<UUID> opened, Set<UUID> withdrawn) {}

    /// Evaluates what the newest advisories have not been held against yet, to the last component. The same again
    /// changes nothing.
    public synchronized Changes catchUp() {
        AdvisoryLibrary.Edition edition = editions.claim().orElse(null);
        if (edition == null) { // another node's copy is in force: that node holds components against it
            return new Changes(Set.of(), Set.of());
        }
        // behind an edition that was gone through to the end there are new components only, and an index knows them
        String waiting = edition.stamp().equals(goneThrough)
                ? "evaluated_with IS NULL"
                : "evaluated_with IS DISTINCT FROM :stamp";
        Changes all = new Changes(new HashSet<>(), new HashSet<>());
        long[] after = {0};
        while (true) {
            Optional<Changes> changes = inJob(() -> {
                if (!editions.inForce(edition)) {
                    return Optional.empty();
                }
                List<Part> batch = jdbc.sql("""
                        SELECT id, purl, evaluated_with FROM component
                         WHERE %s AND id > :after ORDER BY id LIMIT :limit FOR UPDATE SKIP LOCKED
                        """.formatted(waiting))
                        .param("stamp", edition.stamp())
                        .param("after", after[0])
                        .param("limit", BATCH)
                        .query(PART)
                        .list();
                if (batch.isEmpty()) {
                    return Optional.empty();
                }
                after[0] = batch.getLast().id();
                return Optional.of(evaluate(batch, edition, true));
            });
            if (changes.isEmpty()) {
                goneThrough = inJob(() -> nothingWaits(edition)) ? edition.stamp() : "";
                return all;
            }
            all.opened().addAll(changes.get().opened());
            all.withdrawn().addAll(changes.get().withdrawn());
        }
    }

    private boolean nothingWaits(AdvisoryLibrary.Edition edition) {
        return jdbc.sql("SELECT NOT EXISTS (SELECT FROM component WHERE evaluated_with IS DISTINCT FROM :stamp)")
                .param("stamp", edition.stamp())
                .query(Boolean.class)
                .single();
    }

    /// Lets everyone see what was held back under these names, as if its records had come in this moment.
    public Changes publish(Set<String> names) {
        inJob(() -> {
            jdbc.sql("DELETE FROM held_back WHERE name = ANY (:names)")
                    .param("names", names.toArray(String[]::new))
                    .update();
            return jdbc.sql("UPDATE component SET evaluated_with = 'before' WHERE evaluated_with IS NOT NULL")
                    .update();
        });
        goneThrough = "";
        return catchUp();
    }

    /// Holds findings of these names back from everyone until they are published.
    public void holdBack(Set<String> names) {
        inJob(() -> jdbc.sql("INSERT INTO held_back (name) SELECT unnest(:names::text[]) ON CONFLICT DO NOTHING")
                .param("names", names.toArray(String[]::new))
                .update());
    }

    /// Evaluates every component of these names against one edition that holds some records only: opens findings,
    /// withdraws none.
    ///
    /// @param names of packages in lower case, without their namespaces
    public Changes against(AdvisoryLibrary.Edition edition, Set<String> names) {
        Changes all = new Changes(new HashSet<>(), new HashSet<>());
        long after = 0;
        while (true) {
            long from = after;
            List<Part> batch = inJob(() -> jdbc.sql("""
                    SELECT id, purl, evaluated_with FROM component
                     WHERE lower(name) = ANY (:names) AND purl IS NOT NULL AND id > :after ORDER BY id LIMIT :limit
                    """)
                    .param("names", names.toArray(String[]::new))
                    .param("after", from)
                    .param("limit", BATCH)
                    .query(PART)
                    .list());
            if (batch.isEmpty()) {
                return all;
            }
            after = batch.getLast().id();
            Changes changes = inJob(() -> evaluate(batch, edition, false));
            all.opened().addAll(changes.opened());
        }
    }

    private <T> T inJob(Supplier<T> work) {
        return Asking.as(JOB, () -> Objects.requireNonNull(transactions.execute(_ -> work.get())));
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }

    private Changes evaluate(List<Part> batch, AdvisoryLibrary.Edition edition, boolean whole) {
        Long[] ids = batch.stream().map(Part::id).toArray(Long[]::new);
        Map<String, Boolean> before = jdbc
                .sql("""
                SELECT component_id || ' ' || vulnerability_id AS key, exact FROM component_finding
                 WHERE component_id = ANY (:ids) AND withdrawn_at IS NULL
                """)
                .param("ids", ids)
                .query((row, _) -> Map.entry(row.getString(1), row.getBoolean(2)))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        Set<String> now = new HashSet<>();
        Set<UUID> opened = new HashSet<>();
        Map<String, Optional<UUID>> known = new HashMap<>();
        String[] coverages = new String[batch.size()];
        for (int i = 0; i < batch.size(); i++) {
            Part part = batch.get(i);
            Outcome outcome = outcome(part, edition);
            coverages[i] = outcome == null
                    ? "unknown-version"
                    : outcome.coverage().name().toLowerCase(Locale.ROOT).replace('_', '-');
            for (Finding finding : outcome == null ? List.<Finding>of() : outcome.findings()) {
                UUID vulnerability = known.computeIfAbsent(
                                finding.id(), _ -> Optional.ofNullable(vulnerability(finding, edition, whole)))
                        .orElse(null);
                if (vulnerability == null || finding.unimportant()) {
                    continue;
                }
                String key = part.id() + " " + vulnerability;
                boolean exact = finding.confidence() == Confidence.EXACT;
                if (!now.add(key)) {
                    continue; // another name of the same
                }
                write(part, vulnerability, exact, finding);
                boolean news = exact && !Boolean.TRUE.equals(before.get(key));
                if (news && part.evaluatedWith() != null) {
                    opened.add(vulnerability);
                }
            }
        }
        Set<UUID> withdrawn = new HashSet<>();
        if (whole) {
            Set<String> gone = new HashSet<>(before.keySet());
            gone.removeAll(now);
            for (String key : gone) {
                int space = key.indexOf(' ');
                UUID vulnerability = UUID.fromString(key.substring(space + 1));
                jdbc.sql("""
                        UPDATE component_finding SET withdrawn_at = now()
                         WHERE component_id = :component AND vulnerability_id = :vulnerability
                        """)
                        .param("component", Long.parseLong(key.substring(0, space)))
                        .param("vulnerability", vulnerability)
                        .update();
                withdrawn.add(vulnerability);
            }
            jdbc.sql("""
                    UPDATE component c SET evaluated_with = :stamp, coverage = told.coverage
                      FROM unnest(:ids::bigint[], :coverages::text[]) AS told (id, coverage) WHERE c.id = told.id
                    """)
                    .param("stamp", edition.stamp())
                    .param("ids", ids)
                    .param("coverages", coverages)
                    .update();
        }
        vulnerabilities.tellOfSplits(opened);
        opened.forEach(vulnerability -> tell("advisory", vulnerability));
        withdrawn.forEach(vulnerability -> tell("withdrawal", vulnerability));
        return new Changes(opened, withdrawn);
    }

    /// The cause commits one row; whom it concerns, jobs find out (RULINGS 16).
    private void tell(String cause, UUID vulnerability) {
        jdbc.sql("INSERT INTO outbox (cause, vulnerability_id) VALUES (:cause, :vulnerability)")
                .param("cause", cause)
                .param("vulnerability", vulnerability)
                .update();
    }

    private static @Nullable Outcome outcome(Part part, AdvisoryLibrary.Edition edition) {
        try {
            Purl purl = part.purl().isEmpty() ? null : Purl.lenient(part.purl(), _ -> {});
            return purl == null
                    ? null
                    : edition.matcher()
                            .match(Component.of("x", purl, Scope.RUNTIME, true, new Place("register", 1)), null);
        } catch (BadPurl | BadIndex e) {
            LOG.warn("component {} could not be evaluated: {}", part.id(), e.getMessage());
            return null;
        }
    }

    private @Nullable UUID vulnerability(Finding finding, AdvisoryLibrary.Edition edition, boolean whole) {
        try {
            return vulnerabilities.of(finding, edition.index(), whole);
        } catch (BadIndex e) {
            throw new IllegalStateException("The advisory index is damaged: " + e.getMessage(), e);
        }
    }

    private void write(Part part, UUID vulnerability, boolean exact, Finding finding) {
        jdbc.sql("""
                INSERT INTO component_finding (component_id, vulnerability_id, exact, reasons, fixed_in)
                VALUES (:component, :vulnerability, :exact, :reasons::jsonb, :fixed)
                ON CONFLICT (component_id, vulnerability_id) DO UPDATE
                   SET exact = excluded.exact, reasons = excluded.reasons, fixed_in = excluded.fixed_in,
                       withdrawn_at = NULL
                 WHERE (component_finding.exact, component_finding.reasons, component_finding.fixed_in,
                           component_finding.withdrawn_at)
                       IS DISTINCT FROM (excluded.exact, excluded.reasons, excluded.fixed_in, NULL::timestamptz)
                """)
                .param("component", part.id())
                .param("vulnerability", vulnerability)
                .param("exact", exact)
                .param("reasons", json.writeValueAsString(finding.reasons()))
                .param("fixed", finding.fixedIn().toArray(String[]::new))
                .update();
    }
}
