package uk.reeve.register;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.transaction.support.TransactionTemplate;
import uk.reeve.register.audience.Asker;
import uk.reeve.register.audience.Asking;
import uk.reeve.register.audit.Act;
import uk.reeve.register.audit.AuditLog;
import uk.reeve.register.audit.SealKey;
import uk.reeve.register.audit.Seals;
import uk.reeve.register.database.DatabaseAccess;
import uk.reeve.register.jobs.Job;

@RegisterTest
class AuditTest {

    @Autowired
    AuditLog audit;

    @Autowired
    List<Job> jobs;

    @Autowired
    TransactionTemplate transactions;

    @Autowired
    DatabaseAccess access;

    @Autowired
    Given given;

    @Value("${reeve.data}")
    Path folder;

    @Test
    void what_was_changed_added_or_taken_away_after_it_was_sealed_shows() throws Exception {
        Asker.Person council = given.someoneOf(Asker.Kind.COUNCIL, "Audited 1");
        record(council, "S-1");
        record(council, "S-2");
        seal();
        record(council, "S-3");
        seal();
        String head = head(verify(""));
        record(council, "S-4");
        assertThat(verify(head))
                .startsWith("true The record is as it was sealed")
                .contains("1 wait for the next");
        seal();
        assertThat(verify(head)).startsWith("true");
        assertThat(verify("00")).startsWith("false The head 00 is not in the chain");

        tampered("UPDATE audit_entry SET reason = 'another' WHERE subject = 'S-2'", "is NOT as it was sealed");
        tampered("DELETE FROM audit_entry WHERE subject = 'S-2'", "is NOT as it was sealed");
        tampered("""
                INSERT INTO audit_entry (act, subject, seal_id)
                SELECT 'system.add', 'S-9', seal_id FROM audit_entry WHERE subject = 'S-2'
                """, "is NOT as it was sealed");
        tampered("UPDATE audit_seal SET signature = '\\x00' WHERE id = 1", "is not signed with this register's key");
    }

    @Test
    void others_read_only_what_is_about_them() {
        Asker.Person council = given.someoneOf(Asker.Kind.COUNCIL, "Audited 2");
        Asker.Person other = given.someoneOf(Asker.Kind.COUNCIL, "Audited 3");
        Asker.Person coordinator = given.someoneOf(Asker.Kind.COORDINATOR, "Audited 4");
        Asking.as(
                coordinator,
                () -> transactions.execute(_ -> {
                    audit.record(
                            Act.SAW_NAMES,
                            "CVE-2021-44228",
                            "to help",
                            List.of(council.organisation(), coordinator.organisation()));
                    return true;
                }));
        assertThat(read(council)).isEqualTo("outside Saw which councils are exposed CVE-2021-44228 to help, who: null");
        assertThat(read(other)).isEmpty();
    }

    private String read(Asker.Person person) {
        return Asking.as(person, () -> audit.ofOurs(Long.MAX_VALUE, true, 10)).stream()
                .map(entry -> (entry.outside() ? "outside " : "") + entry.words() + " " + entry.subject() + " "
                        + entry.reason() + ", who: " + entry.who())
                .reduce("", String::concat);
    }

    private void record(Asker.Person person, String subject) {
        Asking.as(
                person,
                () -> transactions.execute(_ -> {
                    audit.record(Act.SYSTEM_ADDED, subject, "since it was \u00fcber-" + UUID.randomUUID());
                    return true;
                }));
    }

    private void seal() {
        given.inJob(() -> {
            jobs.stream().filter(job -> job.name().equals("audit-seal")).forEach(job -> job.work()
                    .run());
            return true;
        });
    }

    private void tampered(String sql, String words) throws Exception {
        try (Connection owner = owner();
                Statement statement = owner.createStatement()) {
            owner.setAutoCommit(false);
            assertThat(statement.executeUpdate(sql)).isPositive();
            assertThat(said(owner, "")).startsWith("false").contains(words);
            owner.rollback();
        }
    }

    private String verify(String head) throws Exception {
        try (Connection owner = owner()) {
            return said(owner, head);
        }
    }

    private String said(Connection owner, String head) throws Exception {
        Seals.Verdict verdict = Seals.verify(owner, head, SealKey.in(folder));
        return verdict.whole() + " " + verdict.words();
    }

    private static String head(String words) {
        return words.substring(words.indexOf("Head: ") + 6);
    }

    private Connection owner() throws Exception {
        return Given.owner(access);
    }
}
