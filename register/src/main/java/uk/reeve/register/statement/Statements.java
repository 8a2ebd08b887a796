package uk.reeve.register.statement;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import uk.reeve.engine.vex.Status;
import uk.reeve.register.audience.Asking;

/// VEX statements of the asking organisation. A new one supersedes its earlier one on the same release and
/// vulnerability; nothing is deleted.
@Service
public class Statements {

    private final JdbcClient jdbc;
    private final Clock clock;

    Statements(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /// What is said.
    ///
    /// @param justification one of VEX's five; null where there is an impact statement instead, or none is due
    /// @param action what councils should do; needed where affected
    /// @param hostingOnly true of what the supplier runs itself, not of a council's own installation (DOMAIN 7.2)
    public record Said(
            UUID release,
            UUID vulnerability,
            Status status,
            @Nullable String justification,
            @Nullable String impact,
            @Nullable String action,
            boolean hostingOnly,
            @Nullable UUID fixedRelease,
            @Nullable Instant nextWordBy) {

        Said fixedIn(UUID other) {
            return new Said(
                    release, vulnerability, status, justification, impact, action, hostingOnly, other, nextWordBy);
        }
    }

    /// @param by who said it
    /// @param own whether it is the release's own supplier: then it decides
    /// @param sha256 of the document that said it, in hex; null where it was said on a page
    public record Row(
            String ref,
            String vulnerability,
            String by,
            boolean own,
            String status,
            @Nullable String justification,
            @Nullable String impact,
            @Nullable String action,
            @Nullable String fixedVersion,
            Instant saidAt,
            boolean superseded,
            @Nullable Instant withdrawnAt,
            @Nullable String withdrawnReason,
            @Nullable String sha256) {}

    /// On record at once, for all who may see the release; what it changes is told by jobs.
    ///
    /// @return its reference
    @Transactional
    public String say(Said said) {
        String ref = put(said, clock.instant(), null);
        tell("statement", said.vulnerability());
        return ref;
    }

    /// The same of all that a document says, in the caller's transaction.
    void say(List<VexDocuments.Says> all, VexDocuments.Document document) {
        all.forEach(one -> put(one.said(), one.saidAt(), document));
        all.stream().map(one -> one.said().vulnerability()).distinct().forEach(id -> tell("statement", id));
    }

    private String put(Said said, Instant at, VexDocuments.@Nullable Document document) {
        UUID organisation = Asking.person().organisation();
        jdbc.sql("""
                UPDATE statement SET superseded_at = now()
                 WHERE organisation_id = :organisation AND release_id = :release AND vulnerability_id = :vulnerability
                   AND superseded_at IS NULL AND withdrawn_at IS NULL
                """)
                .param("organisation", organisation)
                .param("release", said.release())
                .param("vulnerability", said.vulnerability())
                .update();
        return jdbc.sql("""
                INSERT INTO statement (organisation_id, release_id, vulnerability_id, status, justification, impact, action,
                       reach, fixed_release_id, next_word_by, said_at, received_from, document_id, sha256)
                VALUES (:organisation, :release, :vulnerability, :status, :justification, :impact, :action,
                       :reach, :fixed, :next, :said, :person, :document, decode(:sha256, 'hex'))
                RETURNING ref
                """)
                .param("organisation", organisation)
                .param("release", said.release())
                .param("vulnerability", said.vulnerability())
                .param("status", said.status().name().toLowerCase(Locale.ROOT))
                .param("justification", said.justification())
                .param("impact", said.impact())
                .param("action", said.action())
                .param("reach", said.hostingOnly() ? "hosting" : "any")
                .param("fixed", said.fixedRelease())
                .param("next", said.nextWordBy() == null ? null : Timestamp.from(said.nextWordBy()))
                .param("said", Timestamp.from(at))
                .param("person", Asking.person().person())
                .param("document", document == null ? null : document.id())
                .param("sha256", document == null ? null : document.sha256())
                .query(String.class)
                .single();
    }

    /// Takes the asking organisation's own statement back; the verdict follows.
    ///
    /// @return false where there is none of that reference in force
    @Transactional
    public boolean withdraw(String ref, String reason) {
        Optional<UUID> vulnerability = jdbc.sql("""
                UPDATE statement SET withdrawn_at = now(), withdrawn_reason = :reason
                 WHERE ref = :ref AND organisation_id = :organisation AND withdrawn_at IS NULL
                RETURNING vulnerability_id
                """)
                .param("ref", ref)
                .param("reason", reason)
                .param("organisation", Asking.person().organisation())
                .query(UUID.class)
                .optional();
        vulnerability.ifPresent(id -> tell("statement", id));
        return vulnerability.isPresent();
    }

    private void tell(String cause, UUID vulnerability) {
        jdbc.sql("INSERT INTO outbox (cause, vulnerability_id) VALUES (:cause, :vulnerability)")
                .param("cause", cause)
                .param("vulnerability", vulnerability)
                .update();
    }

    private static final String ROW = """
            SELECT s.ref, k.name AS vulnerability, o.name AS by, p.supplier_id = s.organisation_id AS own, s.status,
                   s.justification, s.impact, s.action, fr.version AS fixed_version, s.said_at,
                   s.superseded_at IS NOT NULL AS superseded, s.withdrawn_at, s.withdrawn_reason,
                   encode(s.sha256, 'hex') AS sha256
              FROM statement s
              JOIN organisation o ON o.id = s.organisation_id
              JOIN vulnerability k ON k.id = s.vulnerability_id
              JOIN release r ON r.id = s.release_id
              JOIN product p ON p.id = r.product_id
              LEFT JOIN release fr ON fr.id = s.fixed_release_id
            """;

    /// All on a release, the newest first; superseded and withdrawn ones too.
    @Transactional(readOnly = true)
    public List<Row> on(UUID release) {
        return jdbc.sql(ROW + " WHERE s.release_id = :release ORDER BY s.said_at DESC, s.id LIMIT 500")
                .param("release", release)
                .query(Row.class)
                .list();
    }

    /// How many statements a document made.
    @Transactional(readOnly = true)
    public int saidBy(UUID document) {
        return jdbc.sql("SELECT count(*)::int FROM statement WHERE document_id = :document")
                .param("document", document)
                .query(Integer.class)
                .single();
    }
}
