package uk.reeve.register.catalogue;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import uk.reeve.register.audience.Asking;
import uk.reeve.register.audit.Act;
import uk.reeve.register.audit.AuditLog;

/// Who reads the components of a release that the asking supplier declared: an audience, and councils one by one
/// (RULINGS 6).
@Service
public class Readers {

    private final JdbcClient jdbc;
    private final AuditLog audit;

    Readers(JdbcClient jdbc, AuditLog audit) {
        this.jdbc = jdbc;
        this.audit = audit;
    }

    /// @param grantedAt null where it may not read
    public record Council(UUID id, String name, @Nullable Instant grantedAt) {}

    /// Those that may read, by name.
    @Transactional(readOnly = true)
    public List<Council> granted(UUID release) {
        return jdbc.sql("""
                SELECT o.id, o.name, g.granted_at FROM reader_grant g JOIN organisation o ON o.id = g.council_id
                 WHERE g.release_id = :release AND g.granted_by = asking_organisation() ORDER BY o.name, o.id
                """).param("release", release).query(Council.class).list();
    }

    /// Councils whose name holds all that was typed, the same name first; at most 10.
    @Transactional(readOnly = true)
    public List<Council> councils(String name) {
        return jdbc.sql("""
                SELECT id, name, NULL::timestamptz AS granted_at FROM organisation
                 WHERE kind = 'council' AND exists_to IS NULL AND strpos(lower(name), lower(:name)) > 0
                 ORDER BY lower(name) <> lower(:name), name, id LIMIT 10
                """).param("name", name).query(Council.class).list();
    }

    /// Lets a council read; nothing changes where it may already.
    @Transactional
    public void grant(UUID release, UUID council) {
        int added = jdbc.sql("""
                INSERT INTO reader_grant (release_id, council_id, granted_by) VALUES (:release, :council, :supplier)
                ON CONFLICT DO NOTHING
                """)
                .param("release", release)
                .param("council", council)
                .param("supplier", Asking.person().organisation())
                .update();
        if (added == 1) {
            audit.record(Act.READER_ADDED, named(release) + ", " + named(council), null);
        }
    }

    /// From now on it reads no more.
    @Transactional
    public void revoke(UUID release, UUID council) {
        int gone = jdbc.sql("""
                DELETE FROM reader_grant
                 WHERE release_id = :release AND council_id = :council AND granted_by = asking_organisation()
                """)
                .param("release", release)
                .param("council", council)
                .update();
        if (gone == 1) {
            audit.record(Act.READER_REMOVED, named(release) + ", " + named(council), null);
        }
    }

    /// Changes who reads what the asking supplier declares of a release, earlier versions with it.
    ///
    /// @return false where it has declared none
    @Transactional
    public boolean share(UUID release, Sharing sharing) {
        int changed = jdbc.sql("""
                UPDATE sbom_document SET audience = :audience
                 WHERE release_id = :release AND source_id = asking_organisation() AND origin = 'declared'
                """)
                .param("release", release)
                .param("audience", sharing.word())
                .update();
        if (changed > 0) {
            audit.record(Act.AUDIENCE_CHANGED, named(release) + ", " + sharing.word(), null);
        }
        return changed > 0;
    }

    /// A release or a council, as the record names it.
    private String named(UUID id) {
        return jdbc.sql("""
                SELECT p.name || ' ' || r.version FROM release r JOIN product p ON p.id = r.product_id WHERE r.id = :id
                UNION ALL SELECT name FROM organisation WHERE id = :id
                """).param("id", id).query(String.class).single();
    }
}
