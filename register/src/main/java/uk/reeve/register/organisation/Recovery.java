package uk.reeve.register.organisation;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;
import uk.reeve.register.audience.Asker;
import uk.reeve.register.audience.Asking;
import uk.reeve.register.audit.Act;
import uk.reeve.register.audit.AuditLog;

/// Back in without the password: a link by mail, and beside it a second factor, or the word of an administrator
/// of one's organisation (RULINGS 28).
@Service
class Recovery {

    private static final Duration LASTS = Duration.ofHours(1);
    private static final Duration WORD_LASTS = Duration.ofHours(24);

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final Argon2PasswordEncoder passwords;
    private final SecondFactors factors;
    private final People people;
    private final Post post;
    private final AuditLog audit;
    private final Clock clock;

    Recovery(
            JdbcClient jdbc,
            TransactionTemplate transactions,
            Argon2PasswordEncoder passwords,
            SecondFactors factors,
            People people,
            Post post,
            AuditLog audit,
            Clock clock) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.passwords = passwords;
        this.factors = factors;
        this.people = people;
        this.post = post;
        this.audit = audit;
        this.clock = clock;
    }

    /// @param word whether an administrator let the person back in, within a day
    /// @param codes whether the person has an app or recovery codes
    record Link(UUID id, UUID person, String email, boolean word, boolean codes) {}

    /// Sends a link where there is such an account. On a thread of its own: the answer takes as long for one that there
    /// is not.
    void ask(String email) {
        Thread.startVirtualThread(() -> send(email));
    }

    private void send(String email) {
        String secret = Secret.fresh();
        int made = gate(() -> jdbc.sql("""
                INSERT INTO recovery (person_id, hash, expires_at)
                SELECT id, :hash, :expires FROM person WHERE email = :email
                """)
                .param("hash", Secret.hash(secret))
                .param("expires", Timestamp.from(clock.instant().plus(LASTS)))
                .param("email", People.plain(email))
                .update());
        if (made == 1) {
            post.send(People.plain(email), "Get back in", """
                    Somebody, we hope you, asked to get back in to the register with this address.

                    Open this link within one hour. It works once:
                    %s/recovery/%s

                    You need a code of your authenticator app or a recovery code, or an administrator of your
                    organisation who presses "Let them back in" on its page People.

                    If you did not ask, do nothing. Your password stays as it is.
                    """.formatted(post.address(), secret), LASTS, null);
        }
    }

    /// What a link leads to; empty where it was used, is over an hour old or never was.
    Optional<Link> find(String secret) {
        return gate(() -> jdbc.sql("""
                SELECT r.id, p.id AS person, p.email,
                       EXISTS (SELECT FROM recovery_word w WHERE w.person_id = p.id AND w.expires_at > :now) AS word,
                       EXISTS (SELECT FROM second_factor f WHERE f.person_id = p.id) AS codes
                  FROM recovery r JOIN person p ON p.id = r.person_id
                 WHERE r.hash = :hash AND r.spent_at IS NULL AND r.expires_at > :now
                """)
                .param("hash", Secret.hash(secret))
                .param("now", Timestamp.from(clock.instant()))
                .query(Link.class)
                .optional());
    }

    /// Sets a new password, ends every session and every other way in (passkeys, the provider's sign-in, keys that
    /// the person made), and spends the link and the word. Where the word stood for the second factor, that one
    /// is lost, and asked for no more.
    ///
    /// @return false where the link was spent meanwhile
    boolean recover(Link link, String password) {
        String hash = passwords.encode(password);
        boolean back = gate(() -> {
            int spent = jdbc.sql("UPDATE recovery SET spent_at = now() WHERE id = :id AND spent_at IS NULL")
                    .param("id", link.id())
                    .update();
            if (spent == 0) {
                return false;
            }
            if (link.word()) {
                factors.end(link.person());
            }
            for (String statement : new String[] {
                "UPDATE recovery SET spent_at = now() WHERE person_id = :person AND spent_at IS NULL",
                "DELETE FROM recovery_word WHERE person_id = :person",
                "DELETE FROM passkey WHERE person_id = :person",
                "DELETE FROM identity WHERE person_id = :person",
                "UPDATE api_key SET revoked_at = now() WHERE made_by = :person AND revoked_at IS NULL",
                "DELETE FROM session WHERE principal_name = :person::text",
                "UPDATE person SET proven_at = coalesce(proven_at, now()) WHERE id = :person"
            }) {
                jdbc.sql(statement).param("person", link.person()).update();
            }
            people.password(link.person(), hash);
            return true;
        });
        if (back) {
            post.changed(
                    link.email(),
                    "Your password was changed by a link that was sent to this address. Passkeys and API keys that you made are gone.");
        }
        return back;
    }

    /// An administrator's word that a colleague is who they say. For a day it stands for the colleague's second factor;
    /// the link still goes to the colleague alone.
    ///
    /// @return false where there is no such colleague
    @Transactional
    boolean letBackIn(UUID person) {
        int made = jdbc.sql("""
                INSERT INTO recovery_word (person_id, given_by, expires_at)
                SELECT person_id, asking_person(), :expires FROM membership
                 WHERE person_id = :person AND organisation_id = asking_organisation() LIMIT 1
                """)
                .param("person", person)
                .param("expires", Timestamp.from(clock.instant().plus(WORD_LASTS)))
                .update();
        if (made == 1) {
            audit.record(Act.LET_BACK_IN, person.toString(), null);
        }
        return made == 1;
    }

    /// Links and words that are too old to be of use.
    void forget() {
        gate(() -> {
            jdbc.sql("DELETE FROM recovery_word WHERE expires_at < now()").update();
            return jdbc.sql("DELETE FROM recovery WHERE expires_at < now() - interval '1 day'")
                    .update();
        });
    }

    private <T> T gate(java.util.function.Supplier<T> work) {
        return Asking.as(
                new Asker.Gate(), () -> java.util.Objects.requireNonNull(transactions.execute(_ -> work.get())));
    }
}
