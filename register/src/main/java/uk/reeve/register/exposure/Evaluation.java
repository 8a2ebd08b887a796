package uk.reeve.register.exposure;

import java.util.ArrayList;
import java.util.Collection;
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
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.dao.QueryTimeoutException;
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
import uk.reeve.register.advisory.VulnerabilitiesMerged;
import uk.reeve.register.audience.Asker;
import uk.reeve.register.audience.Asking;
import uk.reeve.register.exposure.SetFindings.Of;

/// Components held against advisories: the findings, once for the sector. A job's work, in small transactions.
@Service
public class Evaluation {

    private static final Logger LOG = LoggerFactory.getLogger(Evaluation.class);
    private static final Asker JOB = new Asker.Job();
    private static final int BATCH = 1_000;
    private static final int SMALLEST = 10;
    private static final RowMapper<Part> PART =
            (row, _) -> new Part(row.getLong(1), text(row.getString(2)), row.getString(3));

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final Editions editions;
    private final Vulnerabilities vulnerabilities;
    private final SetFindings sets;
    private final JsonMapper json;
    private final AtomicLong merges = new AtomicLong();

    Evaluation(
            JdbcClient jdbc,
            TransactionTemplate transactions,
            Editions editions,
            Vulnerabilities vulnerabilities,
            SetFindings sets,
            JsonMapper json) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.editions = editions;
        this.vulnerabilities = vulnerabilities;
        this.sets = sets;
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
        Changes all = fresh();
        editions.claim().ifPresent(edition -> again(edition, all));
        sets.reckon();
        return all;
    }

    /// The same of new components only: at any time beside [#catchUp].
    private Changes fresh() {
        Changes all = new Changes(new HashSet<>(), new HashSet<>());
        // where another node's copy is in force, that node holds components against it
        editions.claim().ifPresent(edition -> {
            inBatches(edition, all, (after, most) -> {
                List<Part> batch = jdbc.sql("""
                        SELECT id, purl, evaluated_with FROM component
                         WHERE evaluated_with IS NULL AND id > :after ORDER BY id LIMIT :most FOR UPDATE SKIP LOCKED
                        """)
                        .param("after", after)
                        .param("most", most)
                        .query(PART)
                        .list();
                return batch.isEmpty() ? null : new Batch(batch, batch.getLast().id());
            });
            // what another has in hand was passed over: this waits until that is done
            inJob(() -> jdbc.sql("""
                    SELECT count(*) FROM (SELECT id FROM component WHERE evaluated_with IS NULL ORDER BY id FOR SHARE) c
                    """).query(Integer.class).single());
        });
        return all;
    }

    /// New components of this SBOM, for whose page somebody waits, and what is in its set. What another SBOM's has in
    /// hand, this waits for.
    void fresh(UUID document) {
        Changes all = new Changes(new HashSet<>(), new HashSet<>());
        editions.claim().ifPresent(edition -> {
            List<Integer> inside = inJob(() -> jdbc.sql("""
                    SELECT unnest(s.components) FROM sbom_document d JOIN component_set s ON s.id = d.component_set_id
                     WHERE d.id = :document ORDER BY 1
                    """)
                    .param("document", document)
                    .query(Integer.class)
                    .list());
            inBatches(edition, all, (from, most) -> {
                List<Integer> some = inside.subList((int) from, (int) Math.min(inside.size(), from + most));
                return some.isEmpty()
                        ? null
                        : new Batch(
                                jdbc.sql("""
                        SELECT id, purl, evaluated_with FROM component
                         WHERE id = ANY (:some) AND evaluated_with IS NULL ORDER BY id FOR UPDATE
                        """)
                                        .param("some", some.toArray(Integer[]::new))
                                        .query(PART)
                                        .list(),
                                from + some.size());
            });
        });
        sets.reckon(document);
    }

    /// Holds an edition against every component that an earlier one was held against, from where this was left.
    private void again(AdvisoryLibrary.Edition edition, Changes all) {
        inBatches(edition, all, (_, most) -> {
            int from = jdbc.sql("""
                    INSERT INTO held_through AS h (stamp, component_id) VALUES (:stamp, 0)
                    ON CONFLICT (one) DO UPDATE
                       SET stamp = excluded.stamp, component_id = CASE WHEN h.stamp = excluded.stamp THEN h.component_id ELSE 0 END
                    RETURNING component_id
                    """)
                    .param("stamp", edition.stamp())
                    .query(Integer.class)
                    .single();
            List<Part> batch = jdbc.sql("""
                    SELECT id, purl, evaluated_with FROM component
                     WHERE evaluated_with IS NOT NULL AND id > :from ORDER BY id LIMIT :most
                    """)
                    .param("from", from)
                    .param("most", most)
                    .query(PART)
                    .list();
            if (batch.isEmpty()) {
                return null;
            }
            long last = batch.getLast().id();
            jdbc.sql("UPDATE held_through SET component_id = :last")
                    .param("last", last)
                    .update();
            return new Batch(batch, last);
        });
    }

    /// @param end from where the next one goes on
    private record Batch(List<Part> parts, long end) {}

    private interface Batches {

        /// Null where nothing is left.
        @Nullable
        Batch next(long from, int most);
    }

    private record Done(Changes changes, long end) {}

    /// A transaction each, until nothing is left, or another edition is in force. One that takes longer than a
    /// statement may is tried again with fewer.
    private void inBatches(AdvisoryLibrary.Edition edition, Changes all, Batches batches) {
        Map<String, UUID> passed = Map.of(); // flaws whose rows were written by a transaction before
        long from = 0;
        int most = BATCH;
        while (editions.heard(edition)) {
            Map<String, UUID> now = new HashMap<>(passed);
            long at = from;
            int limit = most;
            Optional<Done> done;
            try {
                done = inJob(() -> {
                    Batch batch = editions.inForce(edition) ? batches.next(at, limit) : null;
                    return Optional.ofNullable(batch)
                            .map(some -> new Done(
                                    some.parts().isEmpty()
                                            ? new Changes(Set.of(), Set.of())
                                            : evaluate(some.parts(), edition, now),
                                    some.end()));
                });
            } catch (QueryTimeoutException e) {
                if (most <= SMALLEST) {
                    throw e;
                }
                most = Math.max(SMALLEST, most / 4);
                LOG.warn("{} components at once take too long; it goes on with {}", limit, most);
                continue;
            }
            if (done.isEmpty()) {
                return;
            }
            passed = now;
            from = done.get().end();
            all.opened().addAll(done.get().changes().opened());
            all.withdrawn().addAll(done.get().changes().withdrawn());
        }
    }

    /// Lets everyone see what was held back under these names, as if its records had come in this moment.
    public Changes publish(Set<String> names) {
        inJob(() -> {
            jdbc.sql("DELETE FROM held_back WHERE name = ANY (:names)")
                    .param("names", names.toArray(String[]::new))
                    .update();
            return jdbc.sql("UPDATE held_through SET component_id = 0").update();
        });
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
                     WHERE (lower(name) = ANY (:names) OR source_name(purl) = ANY (:names))
                       AND purl IS NOT NULL AND id > :after ORDER BY id LIMIT :limit
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
            Changes changes = inJob(() -> evaluate(batch, edition, null));
            all.opened().addAll(changes.opened());
        }
    }

    private <T> T inJob(Supplier<T> work) {
        return Asking.as(JOB, () -> Objects.requireNonNull(transactions.execute(_ -> work.get())));
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }

    /// @param passed flaws whose rows this edition has written; null where it holds some records only
    private Changes evaluate(List<Part> batch, AdvisoryLibrary.Edition edition, @Nullable Map<String, UUID> passed) {
        boolean whole = passed != null;
        Long[] ids = batch.stream().map(Part::id).toArray(Long[]::new);
        String[] coverages = new String[batch.size()];
        List<List<Finding>> findings = new ArrayList<>();
        Map<String, Finding> distinct = new LinkedHashMap<>();
        for (int i = 0; i < batch.size(); i++) {
            Outcome outcome = outcome(batch.get(i), edition);
            coverages[i] = outcome == null
                    ? "unknown-version"
                    : outcome.coverage().name().toLowerCase(Locale.ROOT).replace('_', '-');
            findings.add(
                    outcome == null
                            ? List.of()
                            : outcome.findings().stream()
                                    .filter(finding -> !finding.unimportant())
                                    .toList());
            findings.getLast().forEach(finding -> distinct.putIfAbsent(finding.id(), finding));
        }
        Map<String, UUID> vulnerabilities = vulnerabilities(distinct.values(), edition, passed);
        Map<Of, Boolean> before = before(ids); // after that, since vulnerabilities may have become one
        Map<Of, Finding> now = new LinkedHashMap<>();
        Set<UUID> opened = new HashSet<>();
        for (int i = 0; i < batch.size(); i++) {
            for (Finding finding : findings.get(i)) {
                UUID vulnerability = vulnerabilities.get(finding.id());
                if (vulnerability == null) {
                    continue; // held back
                }
                Of of = new Of(batch.get(i).id(), vulnerability);
                boolean another = now.putIfAbsent(of, finding) != null; // name of the same
                boolean news = exact(finding) && !Boolean.TRUE.equals(before.get(of));
                // what is known when a component is first looked at is no news; a record that has just come is (RULINGS
                // 17)
                if (!another && news && (!whole || batch.get(i).evaluatedWith() != null)) {
                    opened.add(vulnerability);
                }
            }
        }
        if (passed != null
                && !stand(now.keySet().stream()
                        .filter(of -> !before.containsKey(of))
                        .toList())) {
            passed.clear();
            return evaluate(batch, edition, passed);
        }
        List<Of> changed = new ArrayList<>(write(now, whole));
        changed.removeIf(of -> Objects.equals(before.get(of), exact(Objects.requireNonNull(now.get(of)))));
        Set<UUID> withdrawn = new HashSet<>();
        if (whole) {
            List<Of> gone = withdraw(
                    before.keySet().stream().filter(of -> !now.containsKey(of)).toList());
            gone.forEach(one -> withdrawn.add(one.vulnerability()));
            changed.addAll(gone);
            jdbc.sql("""
                    UPDATE component c SET evaluated_with = coalesce(c.evaluated_with, :stamp), coverage = told.coverage
                      FROM unnest(:ids::integer[], :coverages::text[]) AS told (id, coverage)
                     WHERE c.id = told.id AND (c.evaluated_with IS NULL OR c.coverage IS DISTINCT FROM told.coverage)
                    """)
                    .param("stamp", edition.stamp())
                    .param("ids", ids)
                    .param("coverages", coverages)
                    .update();
        }
        sets.change(changed);
        if (!opened.isEmpty()) {
            this.vulnerabilities.tellOfSplits(opened);
        }
        tell("advisory", opened);
        tell("withdrawal", withdrawn);
        return new Changes(opened, withdrawn);
    }

    /// Whether the flaws of what is found anew still go by their own ids, and do so until this transaction ends: since
    /// they were looked up, another may have found that two are one.
    private boolean stand(List<Of> fresh) {
        UUID[] flaws = fresh.stream().map(Of::vulnerability).distinct().toArray(UUID[]::new);
        return flaws.length == 0
                || jdbc.sql("""
                        SELECT id FROM vulnerability WHERE id = ANY (:flaws) AND merged_into IS NULL ORDER BY id FOR SHARE
                        """).param("flaws", flaws).query(UUID.class).list().size() == flaws.length;
    }

    /// @return what is found in them so far, and whether exactly
    private Map<Of, Boolean> before(Long[] components) {
        Map<Of, Boolean> before = new HashMap<>();
        jdbc.sql("""
                SELECT component_id, vulnerability_id, exact FROM component_finding
                 WHERE component_id = ANY (:ids) AND withdrawn_at IS NULL
                """)
                .param("ids", components)
                .query((row, _) -> before.put(new Of(row.getLong(1), row.getObject(2, UUID.class)), row.getBoolean(3)))
                .list();
        return before;
    }

    /// Not what was found since the edition came into force: a record that came alone is not in it yet.
    ///
    /// @return what was withdrawn
    private List<Of> withdraw(List<Of> gone) {
        if (gone.isEmpty()) {
            return List.of();
        }
        return jdbc.sql("""
                UPDATE component_finding f SET withdrawn_at = now()
                  FROM unnest(:components::bigint[], :vulnerabilities::uuid[]) AS gone (component_id, vulnerability_id)
                 WHERE f.component_id = gone.component_id AND f.vulnerability_id = gone.vulnerability_id
                   AND f.found_after < (SELECT since FROM edition)
                RETURNING f.component_id, f.vulnerability_id
                """)
                .param("components", gone.stream().map(Of::component).toArray(Long[]::new))
                .param("vulnerabilities", gone.stream().map(Of::vulnerability).toArray(UUID[]::new))
                .query(OF)
                .list();
    }

    private static final RowMapper<Of> OF = (row, _) -> new Of(row.getLong(1), row.getObject(2, UUID.class));

    /// The cause commits one row each; whom it concerns, jobs find out (RULINGS 16).
    private void tell(String cause, Set<UUID> vulnerabilities) {
        if (vulnerabilities.isEmpty()) {
            return;
        }
        jdbc.sql("INSERT INTO outbox (cause, vulnerability_id) SELECT :cause, unnest(:vulnerabilities::uuid[])")
                .param("cause", cause)
                .param("vulnerabilities", vulnerabilities.toArray(UUID[]::new))
                .update();
    }

    @EventListener
    void on(VulnerabilitiesMerged merged) {
        merges.incrementAndGet();
    }

    private static boolean exact(Finding finding) {
        return finding.confidence() == Confidence.EXACT;
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

    private Map<String, UUID> vulnerabilities(
            Collection<Finding> findings, AdvisoryLibrary.Edition edition, @Nullable Map<String, UUID> passed) {
        try {
            if (passed == null) {
                return vulnerabilities.of(findings, edition.index(), false);
            }
            List<Finding> rest = findings.stream()
                    .filter(finding -> !passed.containsKey(finding.id()))
                    .toList();
            long before = merges.get();
            if (!rest.isEmpty()) {
                passed.putAll(vulnerabilities.of(rest, edition.index(), true));
            }
            if (merges.get() != before) { // what was passed may go by another's id now
                passed.clear();
                passed.putAll(vulnerabilities.of(findings, edition.index(), true));
            }
            return passed;
        } catch (BadIndex e) {
            throw new IllegalStateException("The advisory index is damaged: " + e.getMessage(), e);
        }
    }

    /// @return those that are new or not what they were
    private List<Of> write(Map<Of, Finding> findings, boolean whole) {
        List<Finding> of = List.copyOf(findings.values());
        return jdbc.sql("""
                WITH told AS MATERIALIZED (
                    SELECT component, vulnerability, exact, reasons::jsonb AS reasons,
                           array(SELECT jsonb_array_elements_text(fixed::jsonb)) AS fixed_in
                      FROM unnest(:components::integer[], :vulnerabilities::uuid[], :exact::boolean[], :reasons::text[],
                                  :fixed::text[]) AS told (component, vulnerability, exact, reasons, fixed))
                INSERT INTO component_finding AS f (component_id, vulnerability_id, exact, reasons, fixed_in)
                SELECT component, vulnerability, exact, reasons, fixed_in FROM told
                 WHERE NOT EXISTS ( -- what is there as it is told is not even locked
                     SELECT FROM component_finding t
                      WHERE t.component_id = told.component AND t.vulnerability_id = told.vulnerability
                        AND (t.exact, t.reasons, t.fixed_in) = (told.exact, told.reasons, told.fixed_in)
                        AND t.withdrawn_at IS NULL)
                ON CONFLICT (component_id, vulnerability_id) DO UPDATE
                   SET exact = excluded.exact, reasons = excluded.reasons, fixed_in = excluded.fixed_in,
                       found_at = CASE WHEN f.withdrawn_at IS NULL THEN f.found_at ELSE now() END,
                       found_after = CASE WHEN f.withdrawn_at IS NULL THEN f.found_after ELSE excluded.found_after END,
                       withdrawn_at = NULL
                 WHERE (:whole OR f.withdrawn_at IS NOT NULL OR excluded.exact AND NOT f.exact)
                   AND (f.exact, f.reasons, f.fixed_in, f.withdrawn_at)
                       IS DISTINCT FROM (excluded.exact, excluded.reasons, excluded.fixed_in, NULL::timestamptz)
                RETURNING component_id, vulnerability_id
                """)
                .param("whole", whole)
                .param(
                        "components",
                        findings.keySet().stream().map(Of::component).toArray(Long[]::new))
                .param(
                        "vulnerabilities",
                        findings.keySet().stream().map(Of::vulnerability).toArray(UUID[]::new))
                .param("exact", of.stream().map(Evaluation::exact).toArray(Boolean[]::new))
                .param(
                        "reasons",
                        of.stream()
                                .map(finding -> json.writeValueAsString(finding.reasons()))
                                .toArray(String[]::new))
                .param(
                        "fixed",
                        of.stream()
                                .map(finding -> json.writeValueAsString(finding.fixedIn()))
                                .toArray(String[]::new))
                .query(OF)
                .list();
    }
}
