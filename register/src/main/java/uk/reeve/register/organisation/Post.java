package uk.reeve.register.organisation;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;
import uk.reeve.register.audience.Asker;
import uk.reeve.register.audience.Asking;
import uk.reeve.register.jobs.Job;
import uk.reeve.register.mail.IdentifiedMessage;
import uk.reeve.register.mail.MailServer;

/// Mail to one person about their own account. It is kept, sealed, until the mail server has taken it or it is of
/// no use any more; tried at once, then ever more seldom.
@Component
class Post {

    private static final Logger LOG = LoggerFactory.getLogger(Post.class);
    private static final Asker JOB = new Asker.Job();
    private static final Duration NOTICE_IS_OF_USE = Duration.ofDays(2);

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final Seal seal;
    private final MailServer mail;
    private final Clock clock;
    private final String address;

    Post(
            JdbcClient jdbc,
            TransactionTemplate transactions,
            Seal seal,
            MailServer mail,
            Clock clock,
            @Value("${reeve.address:http://localhost:8080}") String address) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.seal = seal;
        this.mail = mail;
        this.clock = clock;
        this.address = address;
    }

    @Bean
    Job sendLetters() {
        return new Job("letters-send", Duration.ofSeconds(10), this::catchUp);
    }

    /// Whether this register sends mail at all.
    boolean there() {
        return mail.session() != null;
    }

    /// Where people reach this register, without a slash at the end.
    String address() {
        return address;
    }

    /// Tells somebody that what lets them in has changed, without what it is.
    ///
    /// @param what a sentence
    void changed(String to, String what) {
        send(to, "Your way into the register has changed", """
                %s

                If that was you, there is nothing to do.

                If it was not, ask for a link at once, and tell an administrator of your organisation:
                %s/recovery
                """.formatted(what, address), NOTICE_IS_OF_USE, null);
    }

    /// Goes with the transaction that this is called in, if any; on a thread of its own.
    ///
    /// @param use for how long it is worth sending
    /// @param invitation whose link it holds; null where it is no invitation
    void send(String to, String subject, String text, Duration use, @Nullable UUID invitation) {
        if (!there()) {
            return;
        }
        UUID id = UUID.randomUUID();
        transactions.executeWithoutResult(_ -> {
            jdbc.sql("""
                    INSERT INTO letter (id, address, sealed, invitation_id, expires_at)
                    VALUES (:id, :address, :sealed, :invitation, :expires)
                    """)
                    .param("id", id)
                    .param("address", to)
                    .param("sealed", seal.close((subject + "\n" + text).getBytes(StandardCharsets.UTF_8)))
                    .param("invitation", invitation)
                    .param("expires", Timestamp.from(clock.instant().plus(use)))
                    .update();
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void afterCommit() {
                    Thread.ofVirtual().name("letter").start(() -> tried(id));
                }
            });
        });
    }

    /// Tries again what did not go, and forgets what is of no use any more. A job's work.
    void catchUp() {
        inJob(() -> jdbc.sql("""
                DELETE FROM letter l USING invitation i WHERE i.id = l.invitation_id AND i.spent_at IS NOT NULL
                """).update());
        int late = inJob(() -> jdbc.sql("DELETE FROM letter WHERE expires_at <= :now")
                .param("now", Timestamp.from(clock.instant()))
                .update());
        if (late > 0) {
            LOG.warn("{} mails about accounts never went, and are of no use any more", late);
        }
        if (there()) {
            inJob(() -> jdbc.sql("SELECT id FROM letter WHERE due_at <= now() ORDER BY due_at LIMIT 100")
                            .query(UUID.class)
                            .list())
                    .forEach(this::tried);
        }
    }

    private record Letter(
            UUID id,
            String address,
            byte[] sealed,
            @Nullable UUID invitationId,
            int tries) {}

    /// Nobody else tries it meanwhile; where this dies, somebody does in five minutes.
    private void tried(UUID id) {
        Optional<Letter> mine =
                inJob(() -> jdbc.sql("""
                UPDATE letter SET tries = tries + 1, due_at = now() + interval '5 minutes'
                 WHERE id = :id AND due_at <= now() RETURNING id, address, sealed, invitation_id, tries
                """).param("id", id).query(Letter.class).optional());
        mine.ifPresent(letter -> {
            Failure failure = sent(letter);
            inJob(() -> done(letter, failure));
        });
    }

    /// @param forGood whether it is no use to try again
    private record Failure(String problem, boolean forGood) {}

    /// @return null where it went
    private @Nullable Failure sent(Letter letter) {
        Optional<String> opened = seal.open(letter.sealed()).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
        if (opened.isEmpty()) {
            return new Failure("It was sealed with another key. " + Seal.REMEDY, false);
        }
        String[] words = opened.get().split("\n", 2);
        Session session = Objects.requireNonNull(mail.session());
        try {
            MimeMessage message = new IdentifiedMessage(session, letter.id());
            message.setFrom(mail.from());
            message.setRecipients(Message.RecipientType.TO, letter.address());
            message.setSubject(words[0], StandardCharsets.UTF_8.name());
            message.setText(words[1], StandardCharsets.UTF_8.name());
            message.setHeader("Auto-Submitted", "auto-generated");
            Transport.send(message);
            return null;
        } catch (MessagingException e) {
            return new Failure(MailServer.problem(e), MailServer.forGood(e));
        }
    }

    private int done(Letter letter, @Nullable Failure failure) {
        boolean last = failure == null || failure.forGood();
        jdbc.sql("""
                UPDATE invitation SET mail_error = :error, mailed_at = CASE WHEN :error::text IS NULL THEN now() ELSE mailed_at END
                 WHERE id = :id
                """)
                .param(
                        "error",
                        failure == null
                                ? null
                                : failure.problem() + (last ? ". It is not tried again" : ". It is tried again"))
                .param("id", letter.invitationId())
                .update();
        if (failure != null) {
            LOG.warn("a mail about an account did not go, try {}: {}", letter.tries(), failure.problem());
        }
        return last
                ? jdbc.sql("DELETE FROM letter WHERE id = :id")
                        .param("id", letter.id())
                        .update()
                : jdbc.sql("""
                        UPDATE letter SET due_at = now() + least(interval '1 hour', interval '10 seconds' * power(2, least(tries, 9)))
                         WHERE id = :id
                        """).param("id", letter.id()).update();
    }

    private <T> T inJob(Supplier<T> work) {
        return Asking.as(JOB, () -> Objects.requireNonNull(transactions.execute(_ -> work.get())));
    }
}
