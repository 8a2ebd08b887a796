package uk.reeve.register.exposure;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;
import uk.reeve.register.advisory.Vulnerabilities;
import uk.reeve.register.audience.Asking;
import uk.reeve.register.audit.Act;
import uk.reeve.register.audit.AuditLog;
import uk.reeve.register.web.Words;

/// What the asking council does about an exposure. A new decision supersedes the earlier one, which stays on record.
@Service
public class Decisions {

    /// VEX's five reasons why a flaw does not affect, in words.
    public static final Map<String, String> NOT_US = new LinkedHashMap<>();

    static {
        NOT_US.put("component_not_present", "We do not have the component");
        NOT_US.put("vulnerable_code_not_present", "Our copy of the component lacks the faulty code");
        NOT_US.put("vulnerable_code_not_in_execute_path", "The faulty code never runs here");
        NOT_US.put(
                "vulnerable_code_cannot_be_controlled_by_adversary", "Nobody from outside can reach the faulty code");
        NOT_US.put("inline_mitigations_already_exist", "Something already in place stops an attack");
    }

    /// The same five as a supplier says them.
    static final Map<String, String> SAID = Map.of(
            "component_not_present", "the component is not there",
            "vulnerable_code_not_present", "the faulty code is not there",
            "vulnerable_code_not_in_execute_path", "the faulty code never runs",
            "vulnerable_code_cannot_be_controlled_by_adversary", "nobody from outside can reach the faulty code",
            "inline_mitigations_already_exist", "something already in place stops an attack");

    private final JdbcClient jdbc;
    private final Exposures exposures;
    private final AuditLog audit;
    private final JsonMapper json;
    private final Clock clock;

    Decisions(JdbcClient jdbc, Exposures exposures, AuditLog audit, JsonMapper json, Clock clock) {
        this.jdbc = jdbc;
        this.exposures = exposures;
        this.audit = audit;
        this.json = json;
        this.clock = clock;
    }

    /// What can be decided.
    public enum Kind {
        FIX("fix", "Fix by"),
        WORK_AROUND("work-around", "Work around until"),
        ACCEPT("accept", "Accepted until"),
        NOT_US("not-us", "Does not affect us");

        private final String key;
        private final String words;

        Kind(String key, String words) {
            this.key = key;
            this.words = words;
        }

        public String key() {
            return key;
        }

        /// "Fix by 12 May 2026", "Does not affect us".
        public String words(@Nullable LocalDate until) {
            return until == null ? words : words + " " + Words.date(until);
        }

        /// @param key as the database and the form have it
        public static Kind of(String key) {
            for (Kind kind : values()) {
                if (kind.key.equals(key)) {
                    return kind;
                }
            }
            throw new IllegalArgumentException(key + " is no kind of decision");
        }
    }

    /// @param until needed but for NOT_US; for ACCEPT at most twelve months from today
    /// @param owner who sees to it
    /// @param reason needed for ACCEPT
    /// @param agreedBy needed for ACCEPT
    /// @param justification a key of [#NOT_US], for that kind only
    public record Decision(
            Kind kind,
            @Nullable LocalDate until,
            @Nullable String owner,
            @Nullable String reason,
            @Nullable String agreedBy,
            @Nullable String justification) {}

    /// A decision on record.
    ///
    /// @param days the class of urgency when it was made
    public record Row(
            String system,
            String systemName,
            String kind,
            @Nullable LocalDate until,
            @Nullable String owner,
            @Nullable String reason,
            @Nullable String agreedBy,
            @Nullable String justification,
            int days,
            @Nullable String by,
            Instant decidedAt,
            boolean superseded) {

        public String words() {
            return Kind.of(kind).words(until)
                    + (owner == null ? "" : ", " + owner)
                    + (agreedBy == null ? "" : ", agreed by " + agreedBy)
                    + (justification == null ? "" : ": " + NOT_US.get(justification))
                    + (reason == null ? "" : ": " + reason);
        }
    }

    /// Records one decision on several systems that the vulnerability touches, with the class of urgency and
    /// its reasons as they stand: all or none. References of other systems are left out.
    ///
    /// @return how many systems it is recorded for
    @Transactional
    public int decide(Vulnerabilities.Vulnerability vulnerability, Collection<String> refs, Decision decision) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), Exposures.UK);
        LocalDate until = decision.until();
        if (until != null
                && (until.isBefore(today) || decision.kind() == Kind.ACCEPT && until.isAfter(today.plusYears(1)))) {
            throw new IllegalArgumentException(until + " is no day until which this can be decided");
        }
        List<Exposures.SystemExposure> systems = exposures.of(vulnerability.id()).stream()
                .filter(system -> refs.contains(system.ref()))
                .toList();
        UUID[] ids = systems.stream().map(Exposures.SystemExposure::system).toArray(UUID[]::new);
        jdbc.sql("""
                UPDATE decision SET superseded_at = now()
                 WHERE system_id = ANY (:systems) AND vulnerability_id = :vulnerability AND superseded_at IS NULL
                """)
                .param("systems", ids)
                .param("vulnerability", vulnerability.id())
                .update();
        jdbc.sql("""
                INSERT INTO decision (organisation_id, system_id, vulnerability_id, kind, until, owner, reason, agreed_by,
                       justification, urgency_days, urgency_reasons, decided_by, decided_at)
                SELECT :council, s.id, :vulnerability, :kind, :until, :owner, :reason, :agreed,
                       :justification, s.days, s.reasons::jsonb, :person, :now
                  FROM unnest(:systems::uuid[], :days::int[], :reasons::text[]) AS s (id, days, reasons)
                """)
                .param("council", Asking.person().organisation())
                .param("systems", ids)
                .param(
                        "days",
                        systems.stream().map(Exposures.SystemExposure::days).toArray(Integer[]::new))
                .param(
                        "reasons",
                        systems.stream()
                                .map(system ->
                                        json.writeValueAsString(Urgency.reasons(vulnerability, system.exposure())))
                                .toArray(String[]::new))
                .param("vulnerability", vulnerability.id())
                .param("kind", decision.kind().key())
                .param("until", decision.until())
                .param("owner", decision.owner())
                .param("reason", decision.reason())
                .param("agreed", decision.agreedBy())
                .param("justification", decision.justification())
                .param("person", Asking.person().person())
                .param("now", java.sql.Timestamp.from(clock.instant()))
                .update();
        systems.forEach(system -> audit.record(
                Act.DECIDED,
                decision.kind().words(decision.until()) + ": " + system.ref() + ", " + vulnerability.name(),
                decision.reason()));
        return systems.size();
    }

    /// All on a vulnerability, the newest first; superseded ones and those of retired systems too.
    @Transactional(readOnly = true)
    public List<Row> on(UUID vulnerability) {
        return jdbc.sql("""
                SELECT s.ref AS system, s.name AS system_name, d.kind, d.until, d.owner, d.reason, d.agreed_by,
                       d.justification, d.urgency_days::int AS days, p.name AS by, d.decided_at,
                       d.superseded_at IS NOT NULL AS superseded
                  FROM decision d
                  JOIN system s ON s.id = d.system_id
                  LEFT JOIN person p ON p.id = d.decided_by
                 WHERE d.vulnerability_id = :vulnerability
                 ORDER BY d.decided_at DESC, s.name, d.id LIMIT 500
                """)
                .param("vulnerability", vulnerability)
                .query(Row.class)
                .list();
    }
}
