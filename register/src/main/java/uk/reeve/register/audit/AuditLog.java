package uk.reeve.register.audit;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import uk.reeve.register.audience.Asker;
import uk.reeve.register.audience.Asking;

/// The record of who did what; entries are never changed.
@Service
public class AuditLog {

    private final JdbcClient jdbc;

    AuditLog(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// Records what the asking person does to what is their own organisation's, in the transaction that does it: both
    /// stand, or neither.
    ///
    /// @param subject the reference of what it was done to
    @Transactional(propagation = Propagation.MANDATORY)
    public void record(Act act, String subject, @Nullable String reason) {
        record(act, subject, reason, List.of(Asking.person().organisation()));
    }

    /// The same of what is others': each of them reads its entry, and none of the others'.
    ///
    /// @param about organisations
    @Transactional(propagation = Propagation.MANDATORY)
    public void record(Act act, String subject, @Nullable String reason, List<UUID> about) {
        Asker.Person person = Asking.person();
        jdbc.sql("""
                INSERT INTO audit_entry (person_id, organisation_id, about_organisation_id, act, subject, reason)
                SELECT :person, :organisation, about, :act, :subject, :reason FROM unnest(:about::uuid[]) AS about
                """)
                .param("person", person.person())
                .param("organisation", person.organisation())
                .param("about", about.toArray(UUID[]::new))
                .param("act", act.key())
                .param("subject", subject)
                .param("reason", reason)
                .update();
    }

    /// @param who a colleague's name; of others the organisation alone; null where the account is gone
    public record Entry(
            long id,
            Instant at,
            @Nullable String who,
            String organisation,
            boolean outside,
            String act,
            String subject,
            @Nullable String reason) {

        public String words() {
            return Act.words(act);
        }
    }

    /// What was done to what is ours, the newest first.
    ///
    /// @param before an entry's id; those older than it
    @Transactional(readOnly = true)
    public List<Entry> ofOurs(long before, boolean outsideOnly, int limit) {
        return jdbc.sql("""
                SELECT e.id, e.at, p.name AS who, o.name AS organisation,
                       e.organisation_id IS DISTINCT FROM e.about_organisation_id AS outside, e.act, e.subject, e.reason
                  FROM audit_entry e
                  JOIN organisation o ON o.id = e.organisation_id
                  LEFT JOIN person p ON p.id = e.person_id
                 WHERE e.about_organisation_id = :ours AND e.id < :before
                   AND (NOT :outside OR e.organisation_id IS DISTINCT FROM e.about_organisation_id)
                 ORDER BY e.id DESC LIMIT :limit
                """)
                .param("ours", Asking.person().organisation())
                .param("before", before)
                .param("outside", outsideOnly)
                .param("limit", limit)
                .query(Entry.class)
                .list();
    }
}
