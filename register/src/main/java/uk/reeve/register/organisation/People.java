package uk.reeve.register.organisation;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;
import uk.reeve.register.audience.Asker;
import uk.reeve.register.audience.Asking;

/// Who comes in, and for whom they act.
@Service
public class People {

    private static final Asker GATE = new Asker.Gate();

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final ApplicationEventPublisher events;

    People(JdbcClient jdbc, TransactionTemplate transactions, ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.events = events;
        this.transactions = transactions;
    }

    /// @param passwordHash null where the person has none
    record Account(
            UUID id, String email, String name, @Nullable String passwordHash) {}

    /// An organisation that a person may act for.
    ///
    /// @param person the person's name
    public record Seat(
            UUID organisation, String slug, String name, Asker.Kind kind, Set<Asker.Role> roles, String person) {}

    Optional<Account> account(String email) {
        return gate(() -> jdbc.sql(
                        "SELECT id, email, name, w.hash AS password_hash FROM person LEFT JOIN password w ON w.person_id = id WHERE email = :email")
                .param("email", plain(email))
                .query(Account.class)
                .optional());
    }

    Optional<Account> account(UUID person) {
        return gate(() -> jdbc.sql(
                        "SELECT id, email, name, w.hash AS password_hash FROM person LEFT JOIN password w ON w.person_id = id WHERE id = :person")
                .param("person", person)
                .query(Account.class)
                .optional());
    }

    /// Sets or changes a password. Within a transaction of the gate's.
    void password(UUID person, String hash) {
        jdbc.sql("""
                INSERT INTO password (person_id, hash) VALUES (:person, :hash)
                ON CONFLICT (person_id) DO UPDATE SET hash = excluded.hash
                """).param("person", person).param("hash", hash).update();
    }

    /// A new password; ends every session but one, and links to get back in.
    ///
    /// @param stays the id of that session
    void change(UUID person, String hash, String stays) {
        gate(() -> {
            password(person, hash);
            jdbc.sql("UPDATE recovery SET spent_at = now() WHERE person_id = :person AND spent_at IS NULL")
                    .param("person", person)
                    .update();
            return jdbc.sql("""
                    DELETE FROM session WHERE principal_name = :person::text AND session_id <> session_key(:stays)
                    """).param("person", person).param("stays", stays).update();
        });
    }

    /// As addresses are kept.
    static String plain(String email) {
        return email.strip().toLowerCase(Locale.ROOT);
    }

    /// Name of the asking organisation.
    String organisation() {
        UUID asking = Asking.person().organisation();
        return gate(() -> jdbc.sql("SELECT name FROM organisation WHERE id = :id")
                .param("id", asking)
                .query(String.class)
                .single());
    }

    /// Names of the organisations of which a person is the only administrator.
    List<String> administeredAlone(UUID person) {
        return gate(
                () -> jdbc.sql("""
                SELECT o.name FROM membership m JOIN organisation o ON o.id = m.organisation_id
                 WHERE m.person_id = :person AND m.role = 'administrator'
                   AND NOT EXISTS (SELECT FROM membership n WHERE n.organisation_id = o.id
                                      AND n.role = 'administrator' AND n.person_id <> :person)
                 ORDER BY o.name
                """).param("person", person).query(String.class).list());
    }

    /// Whether without this person nobody would administer the register.
    boolean lastOfTheInstallation(UUID person) {
        return gate(() -> jdbc.sql("""
                SELECT bool_and(m.person_id = :person) FROM membership m JOIN organisation o ON o.id = m.organisation_id
                 WHERE o.kind = 'administrator' AND m.role = 'administrator'
                """)
                .param("person", person)
                .query(Boolean.class)
                .optional()
                .orElse(false));
    }

    /// Takes away who a person was, and everything by which they come in. What they decided for their organisations
    /// stands, by somebody who has left.
    void erase(UUID person) {
        gate(() -> {
            for (String statement : new String[] {
                "DELETE FROM session WHERE principal_name = :person::text",
                "DELETE FROM password WHERE person_id = :person",
                "DELETE FROM second_factor WHERE person_id = :person",
                "DELETE FROM passkey WHERE person_id = :person",
                "DELETE FROM identity WHERE person_id = :person",
                "DELETE FROM recovery_code WHERE person_id = :person",
                "DELETE FROM recovery WHERE person_id = :person",
                "DELETE FROM recovery_word WHERE person_id = :person OR given_by = :person",
                "UPDATE api_key SET revoked_at = now() WHERE made_by = :person AND revoked_at IS NULL",
                "DELETE FROM invitation WHERE email = (SELECT email FROM person WHERE id = :person)",
                "DELETE FROM letter WHERE address = (SELECT email FROM person WHERE id = :person)",
                "DELETE FROM membership WHERE person_id = :person",
                """
                UPDATE person SET email = id || '@erased.invalid', name = 'Someone who has left', last_seen_at = NULL
                 WHERE id = :person
                """
            }) {
                jdbc.sql(statement).param("person", person).update();
            }
            return person;
        });
        events.publishEvent(new PersonErased(person));
    }

    /// By name of the organisation.
    List<Seat> seats(UUID person) {
        record Line(UUID organisation, String slug, String name, String kind, String roles, String person) {}
        List<Line> lines = gate(
                () -> jdbc.sql("""
                SELECT o.id AS organisation, o.slug, o.name, o.kind, string_agg(m.role, ',') AS roles, p.name AS person
                  FROM membership m
                  JOIN organisation o ON o.id = m.organisation_id
                  JOIN person p ON p.id = m.person_id
                 WHERE m.person_id = :person GROUP BY o.id, p.id ORDER BY o.name LIMIT 100
                """).param("person", person).query(Line.class).list());
        return lines.stream()
                .map(line -> {
                    Set<Asker.Role> roles = new HashSet<>();
                    for (String role : line.roles().split(",", -1)) {
                        roles.add(Asker.Role.valueOf(role.toUpperCase(Locale.ROOT)));
                    }
                    return new Seat(
                            line.organisation(),
                            line.slug(),
                            line.name(),
                            Asker.Kind.valueOf(line.kind().toUpperCase(Locale.ROOT)),
                            Set.copyOf(roles),
                            line.person());
                })
                .toList();
    }

    /// Who belongs to an address, for whoever has made sure of them in another way than by password.
    public Optional<UUID> withEmail(String email) {
        return account(email).map(Account::id);
    }

    /// Someone who signed in, as they stand now.
    ///
    /// @param organisation for which they wish to act; the first of theirs where it is null or none of theirs
    /// @return empty where there is no such person, or they belong to no organisation
    Optional<SignedIn> signedIn(UUID person, @Nullable UUID organisation) {
        List<Seat> seats = seats(person);
        if (seats.isEmpty()) {
            return Optional.empty();
        }
        Seat seat = seats.stream()
                .filter(of -> of.organisation().equals(organisation))
                .findFirst()
                .orElse(seats.getFirst());
        return Optional.of(new SignedIn(person, seat.person(), seats, seat));
    }

    void seen(UUID person) {
        gate(() -> jdbc.sql("UPDATE person SET last_seen_at = now() WHERE id = :person")
                .param("person", person)
                .update());
    }

    private <T> T gate(java.util.function.Supplier<T> work) {
        return Asking.as(GATE, () -> java.util.Objects.requireNonNull(transactions.execute(_ -> work.get())));
    }
}
