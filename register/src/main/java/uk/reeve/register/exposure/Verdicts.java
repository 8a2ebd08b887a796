package uk.reeve.register.exposure;

import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.DataClassRowMapper;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import uk.reeve.register.exposure.KnownFlaws.Contents;
import uk.reeve.register.exposure.KnownFlaws.Flaw;
import uk.reeve.register.exposure.KnownFlaws.Flaws;
import uk.reeve.register.exposure.KnownFlaws.Inside;

/// What the asking council's systems have of which flaw: its systems, what is in their releases, suppliers' statements
/// and its own decisions, joined here, since these are a hundred rows and their pairs are many thousands. The same for
/// all councils at once is the database's view `system_verdict`; each rule is the database's function for both.
@Component
class Verdicts {

    private static final RowMapper<Runs> RUNS = new DataClassRowMapper<>(Runs.class);
    private static final RowMapper<Said> SAID = new DataClassRowMapper<>(Said.class);
    private static final RowMapper<Decided> DECIDED = new DataClassRowMapper<>(Decided.class);

    private final JdbcClient jdbc;
    private final KnownFlaws known;
    private final Clock clock;

    Verdicts(JdbcClient jdbc, KnownFlaws known, Clock clock) {
        this.jdbc = jdbc;
        this.known = known;
        this.clock = clock;
    }

    /// A system on a release.
    ///
    /// @param facing whether it faces the internet, or nobody said that it does not
    /// @param hosted by its supplier
    record Runs(UUID system, UUID release, boolean facing, boolean hosted) {}

    /// A supplier's word on a release and a flaw, with the verdict that follows from it.
    record Said(
            UUID releaseId,
            int number,
            UUID statementId,
            @Nullable UUID fixedReleaseId,
            String found,
            String notFound,
            String foundHosted,
            String notFoundHosted) {

        String verdict(boolean isFound, boolean hosted) {
            return hosted ? (isFound ? foundHosted : notFoundHosted) : (isFound ? found : notFound);
        }
    }

    /// A decision in force.
    ///
    /// @param kind `fix`, `work-around`, `accept`, `not-us`
    /// @param notUs whether it says so, and the flaw is no more urgent than it was then
    /// @param inTime whether its day has not passed
    record Decided(
            UUID id,
            UUID systemId,
            int number,
            String kind,
            @Nullable LocalDate until,
            boolean notUs,
            boolean inTime) {

        boolean holds() {
            return notUs || inTime;
        }
    }

    /// One system and one flaw.
    ///
    /// @param verdict `affected`, `possible`, `not-affected`, `fixed`
    /// @param days within which to act: 3, 14, 60; 0: next upgrade
    record Verdict(
            Runs runs,
            Flaw flaw,
            String verdict,
            int days,
            @Nullable Said said,
            @Nullable Decided decision) {

        boolean affected() {
            return verdict.equals("affected");
        }

        boolean possible() {
            return verdict.equals("possible");
        }

        @Nullable
        UUID statement() {
            return said == null ? null : said.statementId();
        }

        @Nullable
        UUID fixedRelease() {
            return said == null ? null : said.fixedReleaseId();
        }

        @Nullable
        UUID decisionId() {
            return decision == null ? null : decision.id();
        }

        boolean decided() {
            return decision != null && decision.holds();
        }

        /// The most urgent is the least.
        int rank() {
            return Verdicts.rank(days);
        }
    }

    static int rank(int days) {
        return (days + 999) % 1_000;
    }

    /// Every one, in no order. Within the transaction that asks.
    List<Verdict> all() {
        return of(null, null);
    }

    /// Those of these systems.
    List<Verdict> of(Set<UUID> systems) {
        return of(systems, null);
    }

    /// Those of one vulnerability.
    List<Verdict> of(UUID vulnerability) {
        return of(null, vulnerability);
    }

    private List<Verdict> of(@Nullable Set<UUID> wanted, @Nullable UUID vulnerability) {
        Map<UUID, List<Runs>> systems = new HashMap<>();
        jdbc.sql("""
                SELECT id AS system, release_id AS release, exposure IN ('internet', 'unknown') AS facing,
                       hosting = 'supplier' AS hosted
                  FROM system WHERE retired_on IS NULL AND release_id IS NOT NULL
                """).query(RUNS).list().forEach(runs -> {
            if (wanted == null || wanted.contains(runs.system())) {
                systems.computeIfAbsent(runs.release(), _ -> new ArrayList<>()).add(runs);
            }
        });
        Map<UUID, List<Contents>> contents = new HashMap<>();
        List<Contents> all = new ArrayList<>();
        jdbc.sql("SELECT release_id, declared, own, component_set_id, changed FROM estate_contents()")
                .query(row -> {
                    UUID release = row.getObject(1, UUID.class);
                    if (systems.containsKey(release)) {
                        Contents one =
                                new Contents(row.getBoolean(2), row.getBoolean(3), row.getInt(4), row.getString(5));
                        all.add(one);
                        contents.computeIfAbsent(release, _ -> new ArrayList<>())
                                .add(one);
                    }
                });
        Map<Integer, Inside> inside = known.in(all);
        Map<UUID, Map<Integer, Said>> said = new HashMap<>();
        jdbc.sql("SELECT * FROM estate_statements()").query(SAID).list().forEach(one -> said.computeIfAbsent(
                        one.releaseId(), _ -> new HashMap<>())
                .put(one.number(), one));
        Map<UUID, Map<Integer, Decided>> decisions = decisions();
        Flaws flaws = known.flaws(); // last, so that none is missing that another statement saw
        List<Verdict> verdicts = new ArrayList<>();
        systems.forEach((release, runs) -> {
            Map<Integer, Said> words = said.getOrDefault(release, Map.of());
            Each each = (number, found) -> {
                Flaw flaw = flaws.get(number);
                if (flaw != null && (vulnerability == null || flaw.id().equals(vulnerability))) {
                    Said word = words.get(number);
                    for (Runs one : runs) {
                        Decided decision =
                                decisions.getOrDefault(one.system(), Map.of()).get(number);
                        verdicts.add(verdict(one, flaw, found, word, decision));
                    }
                }
            };
            Set<Integer> matched = matched(contents.getOrDefault(release, List.of()), inside, each);
            for (Integer number : words.keySet()) {
                if (!matched.contains(number)) {
                    each.of(number, false);
                }
            }
        });
        return verdicts;
    }

    private interface Each {
        void of(int flaw, boolean found);
    }

    /// One's supplier's list counts, and one's own; of others' it takes two (RULINGS 5).
    private static final int ENOUGH = 2;

    /// Tells each flaw that is in a release, once, and whether that is enough to call it found.
    ///
    /// @return those that were told
    private static Set<Integer> matched(List<Contents> contents, Map<Integer, Inside> inside, Each each) {
        Map<Integer, Integer> weights = new HashMap<>();
        for (Contents one : contents) {
            Inside in = inside.get(one.set());
            if (in != null) {
                int weight = one.declared() || one.own() ? ENOUGH : 1;
                for (int flaw : in.exact()) {
                    weights.merge(flaw, weight, Integer::sum);
                }
                for (int flaw : in.possible()) {
                    weights.merge(flaw, 0, Integer::sum);
                }
            }
        }
        weights.forEach((flaw, weight) -> each.of(flaw, weight >= ENOUGH));
        return weights.keySet();
    }

    private static Verdict verdict(
            Runs runs, Flaw flaw, boolean found, @Nullable Said said, @Nullable Decided decision) {
        String facts = said != null ? said.verdict(found, runs.hosted()) : found ? "affected" : "possible";
        boolean touched = facts.equals("affected") || facts.equals("possible");
        String verdict = touched && decision != null && decision.notUs() ? "not-affected" : facts;
        return new Verdict(runs, flaw, verdict, runs.facing() ? flaw.facing() : flaw.inside(), said, decision);
    }

    private Map<UUID, Map<Integer, Decided>> decisions() {
        Map<UUID, Map<Integer, Decided>> decisions = new HashMap<>();
        jdbc.sql("""
                SELECT d.id, d.system_id, k.number, d.kind, d.until, coalesce(d.until >= :today, false) AS in_time,
                       not_us(d.kind, d.urgency_days, urgency_days(k.malicious, k.kev_added IS NOT NULL,
                           s.exposure IN ('internet', 'unknown'), k.automatable, k.total_impact)) AS not_us
                  FROM decision d
                  JOIN system s ON s.id = d.system_id AND s.retired_on IS NULL
                  JOIN vulnerability k ON k.id = d.vulnerability_id
                 WHERE d.superseded_at IS NULL
                """)
                .param("today", LocalDate.ofInstant(clock.instant(), Exposures.UK))
                .query(DECIDED)
                .list()
                .forEach(one -> decisions
                        .computeIfAbsent(one.systemId(), _ -> new HashMap<>())
                        .put(one.number(), one));
        return decisions;
    }
}
