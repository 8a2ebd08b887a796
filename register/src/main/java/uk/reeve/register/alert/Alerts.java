package uk.reeve.register.alert;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import uk.reeve.register.advisory.Heading;
import uk.reeve.register.audience.Asking;
import uk.reeve.register.exposure.Urgency;
import uk.reeve.register.web.Words;

/// What the asking organisation was told.
@Service
public class Alerts {

    private final JdbcClient jdbc;

    Alerts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// @param sent deliveries that a server took
    /// @param waiting those that did not go yet, also for want of a mail server
    public record Told(
            String ref,
            String vulnerability,
            @Nullable String title,
            String kind,
            String news,
            String alertClass,
            int days,
            int systems,
            Instant raisedAt,
            boolean superseded,
            @Nullable Instant acknowledgedAt,
            int sent,
            int waiting,
            int failed) {

        /// `Act now: Log4Shell (CVE-2021-44228)`.
        public String words() {
            return kind.equals("retracted")
                    ? "Withdrawn: " + heading()
                    : Urgency.of(days).words() + ": " + heading();
        }

        /// Whether it arrived, by mail or at a webhook.
        ///
        /// @param mail whether any leaves this register
        public String deliveryWords(boolean mail) {
            if (sent + waiting + failed == 0) {
                return "Nobody here gets mail: it stands on this page only";
            }
            if (!mail && sent + failed == 0) {
                return "No mail leaves this register: it stands on this page only";
            }
            return failed > 0
                    ? Words.count(failed, "message") + " failed"
                    : waiting > 0
                            ? Words.count(waiting, "message") + " waiting"
                            : Words.count(sent, "message") + " arrived";
        }

        public String heading() {
            return Heading.of(vulnerability, title);
        }
    }

    /// The newest first.
    @Transactional(readOnly = true)
    public List<Told> told(int limit) {
        return jdbc.sql("""
                SELECT a.ref, k.name AS vulnerability, k.title, a.kind, a.news, a.class AS alert_class, a.days,
                       jsonb_array_length(a.systems) AS systems, a.raised_at, a.superseded_at IS NOT NULL AS superseded,
                       a.acknowledged_at,
                       count(d.id) FILTER (WHERE d.state = 'sent')::int AS sent,
                       count(d.id) FILTER (WHERE d.state = 'waiting')::int AS waiting,
                       count(d.id) FILTER (WHERE d.state = 'failed')::int AS failed
                  FROM alert a
                  JOIN vulnerability k ON k.id = a.vulnerability_id
                  LEFT JOIN delivery d ON d.alert_id = a.id
                 GROUP BY a.id, k.id
                 ORDER BY a.raised_at DESC, a.id LIMIT :limit
                """).param("limit", limit).query(Told.class).list();
    }

    /// The name of the vulnerability that an alert of the asking organisation tells of.
    @Transactional(readOnly = true)
    public Optional<String> vulnerability(String ref) {
        return jdbc.sql("""
                SELECT k.name FROM alert a JOIN vulnerability k ON k.id = a.vulnerability_id WHERE a.ref = :ref
                """).param("ref", ref).query(String.class).optional();
    }

    /// The asking person has read it; once is enough.
    @Transactional
    public void acknowledge(String ref) {
        UUID person = Asking.person().person();
        jdbc.sql("""
                UPDATE alert SET acknowledged_at = now(), acknowledged_by = :person
                 WHERE ref = :ref AND acknowledged_at IS NULL
                """).param("person", person).param("ref", ref).update();
    }
}
