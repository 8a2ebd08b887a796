package uk.reeve.register.audit;

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

    /// Records what the asking person does, in the transaction that does it: both stand, or neither.
    ///
    /// @param act as in `system.add`
    /// @param subject the reference of what it was done to
    @Transactional(propagation = Propagation.MANDATORY)
    public void record(String act, String subject, @Nullable String reason) {
        Asker.Person person = Asking.person();
        jdbc.sql("""
                INSERT INTO audit_entry (person_id, organisation_id, about_organisation_id, act, subject, reason)
                VALUES (:person, :organisation, :organisation, :act, :subject, :reason)
                """)
                .param("person", person.person())
                .param("organisation", person.organisation())
                .param("act", act)
                .param("subject", subject)
                .param("reason", reason)
                .update();
    }
}
