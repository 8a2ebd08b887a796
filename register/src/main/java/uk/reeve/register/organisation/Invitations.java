package uk.reeve.register.organisation;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;
import uk.reeve.register.audience.Asker;
import uk.reeve.register.audience.Asking;
import uk.reeve.register.audit.Act;
import uk.reeve.register.audit.AuditLog;

/// How people come in: by a link that one of their organisation, or for its first person the installation's
/// administrator, made for their address. It works once, for seven days, and is spent by a POST.
@Service
public class Invitations {

    private static final Asker GATE = new Asker.Gate();
    private static final Duration LASTS = Duration.ofDays(7);

    /// Of one organisation at a time.
    static final int MOST_WAITING = 50;

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final Argon2PasswordEncoder passwords;
    private final People people;
    private final Post post;
    private final AuditLog audit;
    private final Clock clock;

    Invitations(
            JdbcClient jdbc,
            TransactionTemplate transactions,
            Argon2PasswordEncoder passwords,
            People people,
            Post post,
            AuditLog audit,
            Clock clock) {
        this.audit = audit;
        this.people = people;
        this.post = post;
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.passwords = passwords;
        this.clock = clock;
    }

    /// @param account whose the address is; null where nobody has it yet
    public record Invitation(
            UUID id,
            UUID organisation,
            String organisationName,
            String email,
            String by,
            @Nullable UUID account) {

        public boolean known() {
            return account != null;
        }

        /// Whether who asks may accept: with an account that there is, only its owner, signed in. Else whoever
        /// invites an address could give its owner an organisation, and that organisation's administrators a
        /// word in their recovery.
        public boolean mayAccept() {
            return account == null
                    || Asking.now() instanceof Asker.Person person
                            && person.person().equals(account);
        }
    }

    /// @param lastSeen null where the person never signed in
    public record Colleague(
            UUID id,
            String name,
            String email,
            String roles,
            @Nullable Instant lastSeen) {}

    /// Makes an invitation, for the asking organisation or, by the installation's administrator, for another, and sends
    /// its link, so that who joins has shown that the address is theirs.
    ///
    /// @param name the organisation's
    /// @param roles in lower case
    /// @return the link, to be handed over, where this register sends no mail; else null
    @Transactional
    public @Nullable String invite(UUID organisation, String name, String email, Set<String> roles) {
        String secret = Secret.fresh();
        UUID id = UUID.randomUUID();
        jdbc.sql("""
                INSERT INTO invitation (id, organisation_id, email, roles, invited_by, hash, mailed, expires_at)
                VALUES (:id, :organisation, :email, :roles, :by, :hash, :mailed, :expires)
                """)
                .param("id", id)
                .param("organisation", organisation)
                .param("email", email.strip().toLowerCase(Locale.ROOT))
                .param("roles", roles.toArray(String[]::new))
                .param("by", Asking.person().person())
                .param("hash", Secret.hash(secret))
                .param("mailed", post.there())
                .param("expires", Timestamp.from(clock.instant().plus(LASTS)))
                .update();
        audit.record(Act.INVITED, String.join(", ", new TreeSet<>(roles)), null, List.of(organisation));
        if (!post.there()) {
            return post.address() + "/join/" + secret;
        }
        post.send(People.plain(email), "Join " + name, """
                You are invited to act for %s in the register of the software that councils run.

                Open this link within seven days. It works once:
                %s/join/%s

                If you do not know why, do nothing.
                """.formatted(name, post.address(), secret), LASTS, id);
        return null;
    }

    /// Whether an organisation lets its own people in, so that nobody else may.
    @Transactional(readOnly = true)
    public boolean standsAlone(UUID organisation) {
        return jdbc.sql("SELECT has_administrator(:organisation)")
                .param("organisation", organisation)
                .query(Boolean.class)
                .single();
    }

    /// Ends what a colleague may do for the asking organisation, at once: the person's keys for it, too.
    ///
    /// @return false where there is no such colleague, or it is who asks
    @Transactional
    public boolean remove(UUID person) {
        if (person.equals(Asking.person().person())) {
            return false;
        }
        int gone = jdbc.sql(
                        "DELETE FROM membership WHERE person_id = :person AND organisation_id = asking_organisation()")
                .param("person", person)
                .update();
        if (gone > 0) {
            jdbc.sql("""
                    UPDATE api_key SET revoked_at = now()
                     WHERE made_by = :person AND organisation_id = asking_organisation() AND revoked_at IS NULL
                    """).param("person", person).update();
            audit.record(Act.REMOVED, person.toString(), null);
        }
        return gone > 0;
    }

    /// An invitation that nobody has accepted yet.
    /// @param mailed whether its link goes by mail
    /// @param mailedAt when the mail server took it; null where it has not yet
    /// @param mailError why it has not, and whether it is tried again; null where it has, or was not tried yet
    public record Waiting(
            UUID id,
            String email,
            String roles,
            Instant expiresAt,
            boolean mailed,
            @Nullable Instant mailedAt,
            @Nullable String mailError) {

        /// What became of the mail, in words.
        public String mail() {
            if (!mailed) {
                return "None: you hand over the link";
            }
            return mailError != null ? mailError : mailedAt == null ? "On its way" : "Sent";
        }
    }

    /// Who was invited to an organisation and has not come; the newest first.
    @Transactional(readOnly = true)
    public List<Waiting> waiting(UUID organisation) {
        return jdbc.sql("""
                SELECT id, email, array_to_string(roles, ', ') AS roles, expires_at, mailed, mailed_at, mail_error
                  FROM invitation
                 WHERE organisation_id = :organisation AND spent_at IS NULL AND expires_at > :now
                 ORDER BY made_at DESC LIMIT 100
                """)
                .param("organisation", organisation)
                .param("now", Timestamp.from(clock.instant()))
                .query(Waiting.class)
                .list();
    }

    /// @return false where there is no such invitation of ours
    @Transactional
    public boolean withdraw(UUID invitation) {
        return jdbc.sql("""
                UPDATE invitation SET spent_at = now()
                 WHERE id = :id AND organisation_id = asking_organisation() AND spent_at IS NULL
                """).param("id", invitation).update() == 1;
    }

    /// Who belongs to the asking organisation, by name.
    @Transactional(readOnly = true)
    public List<Colleague> colleagues() {
        return jdbc.sql("""
                SELECT p.id, p.name, p.email, string_agg(m.role, ', ' ORDER BY m.role) AS roles, p.last_seen_at AS last_seen
                  FROM membership m JOIN person p ON p.id = m.person_id
                 WHERE m.organisation_id = asking_organisation()
                 GROUP BY p.id ORDER BY p.name LIMIT 500
                """).query(Colleague.class).list();
    }

    /// What a link leads to; empty where it was used, is too old or never was.
    public Optional<Invitation> find(String secret) {
        return Asking.as(
                GATE,
                () -> transactions.execute(_ -> jdbc.sql("""
                        SELECT i.id, i.organisation_id AS organisation, o.name AS organisation_name, i.email, p.name AS by,
                               (SELECT q.id FROM person q WHERE q.email = i.email) AS account
                          FROM invitation i
                          JOIN organisation o ON o.id = i.organisation_id
                          JOIN person p ON p.id = i.invited_by
                         WHERE i.hash = :hash AND i.spent_at IS NULL AND i.expires_at > :now
                        """)
                        .param("hash", Secret.hash(secret))
                        .param("now", Timestamp.from(clock.instant()))
                        .query(Invitation.class)
                        .optional()));
    }

    /// Lets the person in: a new account, or one more organisation for an account that there is.
    ///
    /// @param wayIn gives a new person, who has the invitation's id, what lets them in; what it throws undoes all
    /// @return false where the link was spent meanwhile
    boolean accept(Invitation invitation, String name, Consumer<UUID> wayIn) {
        return Boolean.TRUE.equals(Asking.as(
                GATE,
                () -> transactions.execute(_ -> {
                    // one of the installation's administrator ends once the organisation has its own
                    int spent = jdbc.sql("""
                            UPDATE invitation i SET spent_at = now()
                             WHERE id = :id AND spent_at IS NULL
                               AND (NOT has_administrator(organisation_id)
                                   OR EXISTS (SELECT FROM membership m WHERE m.person_id = i.invited_by
                                               AND m.organisation_id = i.organisation_id))
                            """).param("id", invitation.id()).update();
                    if (spent == 0) {
                        return false;
                    }
                    if (!invitation.known()) {
                        UUID person = invitation.id();
                        jdbc.sql("INSERT INTO person (id, email, name) VALUES (:id, :email, :name)")
                                .param("id", person)
                                .param("email", invitation.email())
                                .param("name", name)
                                .update();
                        wayIn.accept(person);
                    }
                    jdbc.sql("""
                    INSERT INTO membership (person_id, organisation_id, role)
                    SELECT p.id, i.organisation_id, unnest(i.roles)
                      FROM invitation i JOIN person p ON p.email = i.email WHERE i.id = :id
                    ON CONFLICT DO NOTHING
                    """).param("id", invitation.id()).update();
                    // who opened a link that nobody but the mail has told has shown that the address is theirs
                    jdbc.sql("""
                            UPDATE person p SET proven_at = now() FROM invitation i
                             WHERE i.id = :id AND i.mailed AND p.email = i.email AND p.proven_at IS NULL
                            """).param("id", invitation.id()).update();
                    // who let this person in has called back, or is one of those who were let in so
                    jdbc.sql("UPDATE organisation SET verified_at = now() WHERE id = :id AND verified_at IS NULL")
                            .param("id", invitation.organisation())
                            .update();
                    return true;
                })));
    }

    /// The installation's first administrator, with the organisation that runs it; only while there is none.
    boolean first(String registerName, String email, String name, String password) {
        String hash = passwords.encode(password);
        return Boolean.TRUE.equals(Asking.as(
                GATE,
                () -> transactions.execute(_ -> {
                    if (!nobodyYet()) {
                        return false;
                    }
                    UUID organisation = UUID.randomUUID();
                    UUID person = UUID.randomUUID();
                    jdbc.sql(
                                    "INSERT INTO organisation (id, kind, slug, name, verified_at) VALUES (:id, 'administrator', 'operator', :name, now())")
                            .param("id", organisation)
                            .param("name", registerName)
                            .update();
                    jdbc.sql("INSERT INTO person (id, email, name) VALUES (:id, :email, :name)")
                            .param("id", person)
                            .param("email", email.strip().toLowerCase(Locale.ROOT))
                            .param("name", name)
                            .update();
                    people.password(person, hash);
                    jdbc.sql("""
                    INSERT INTO membership (person_id, organisation_id, role)
                    SELECT :person, :organisation, unnest(ARRAY['reader', 'editor', 'administrator'])
                    """)
                            .param("person", person)
                            .param("organisation", organisation)
                            .update();
                    return true;
                })));
    }

    /// Whether the register has no account at all.
    boolean nobodyYet() {
        return Boolean.TRUE.equals(Asking.as(
                GATE,
                () -> transactions.execute(_ -> jdbc.sql("SELECT NOT EXISTS (SELECT FROM person)")
                        .query(Boolean.class)
                        .single())));
    }
}
