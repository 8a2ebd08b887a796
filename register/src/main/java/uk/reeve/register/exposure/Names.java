package uk.reeve.register.exposure;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;
import uk.reeve.register.advisory.Heading;
import uk.reeve.register.advisory.Vulnerabilities;
import uk.reeve.register.audience.Asker;
import uk.reeve.register.audience.Asking;
import uk.reeve.register.audit.Act;
import uk.reeve.register.audit.AuditLog;

/// Which councils are exposed: for the coordinator alone, by a grant that is recorded before a name is read, and that
/// each council named sees (RULINGS 22).
@Service
public class Names {

    private final JdbcClient jdbc;
    private final AuditLog audit;
    private final TransactionTemplate transactions;

    Names(JdbcClient jdbc, AuditLog audit, TransactionTemplate transactions) {
        this.jdbc = jdbc;
        this.audit = audit;
        this.transactions = transactions;
    }

    public record Grant(UUID id, String reason, Instant grantedAt, Instant expiresAt) {}

    /// @param systems affected, as it stood when they were named
    public record Council(
            String name, String slug, @Nullable String region, int systems) {}

    /// That the coordinator learnt of us.
    public record Named(
            Instant at,
            String coordinator,
            String vulnerability,
            @Nullable String title) {

        public String heading() {
            return Heading.of(vulnerability, title);
        }
    }

    /// Takes a grant, then the names under it. Not within a transaction: the grant stands even where what
    /// follows fails.
    ///
    /// @return how many councils were named
    public int take(Vulnerabilities.Vulnerability vulnerability, String reason) {
        Asker.Person person = Asking.person();
        UUID grant = UUID.randomUUID();
        transactions.executeWithoutResult(_ -> jdbc.sql("""
                INSERT INTO names_grant (id, person_id, organisation_id, vulnerability_id, reason)
                VALUES (:id, :person, :organisation, :vulnerability, :reason)
                """)
                .param("id", grant)
                .param("person", person.person())
                .param("organisation", person.organisation())
                .param("vulnerability", vulnerability.id())
                .param("reason", reason)
                .update());
        return Objects.requireNonNull(transactions.execute(_ -> {
            List<UUID> named = jdbc.sql("SELECT take_names(:grant)")
                    .param("grant", grant)
                    .query(UUID.class)
                    .list();
            List<UUID> about = new ArrayList<>(named);
            about.add(person.organisation());
            audit.record(Act.SAW_NAMES, vulnerability.name(), reason, about);
            return named.size();
        }));
    }

    /// The newest grant of the asking organisation that is still open.
    @Transactional(readOnly = true)
    public Optional<Grant> open(UUID vulnerability) {
        return jdbc.sql("""
                SELECT id, reason, granted_at, expires_at FROM names_grant
                 WHERE vulnerability_id = :vulnerability AND expires_at > now() ORDER BY granted_at DESC LIMIT 1
                """)
                .param("vulnerability", vulnerability)
                .query(Grant.class)
                .optional();
    }

    @Transactional(readOnly = true)
    public List<Council> under(Grant grant) {
        return jdbc.sql("""
                SELECT o.name, o.slug, coalesce(o.region, o.nation) AS region, n.systems
                  FROM named_council n JOIN organisation o ON o.id = n.organisation_id
                 WHERE n.grant_id = :grant ORDER BY n.systems DESC, o.name LIMIT 1000
                """).param("grant", grant.id()).query(Council.class).list();
    }

    /// Who learnt in the last seven days that the asking council is exposed.
    @Transactional(readOnly = true)
    public List<Named> ofUs() {
        return jdbc.sql("""
                SELECT n.named_at AS at, c.name AS coordinator, k.name AS vulnerability, k.title
                  FROM named_council n
                  JOIN organisation c ON c.id = n.coordinator_id
                  JOIN vulnerability k ON k.id = n.vulnerability_id
                 WHERE n.organisation_id = :ours AND n.named_at > now() - interval '7 days'
                 ORDER BY n.named_at DESC LIMIT 3
                """)
                .param("ours", Asking.person().organisation())
                .query(Named.class)
                .list();
    }
}
