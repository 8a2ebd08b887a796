package uk.reeve.register.organisation;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;
import uk.reeve.register.audience.Asker;
import uk.reeve.register.audience.Asking;

/// Codes of an authenticator app (RFC 6238: SHA-1, 6 digits, 30 s) beside the password, and ten codes for the day on
/// which the phone is gone.
@Service
class SecondFactors {

    private static final Logger LOG = LoggerFactory.getLogger(SecondFactors.class);
    private static final TimeBasedOneTimePasswordGenerator TOTP = new TimeBasedOneTimePasswordGenerator();
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"; // 32 without look-alikes
    private static final int CODES = 10;
    private static final int CODE_LENGTH = 16; // 80 bits

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final Seal seal;
    private final Clock clock;

    SecondFactors(JdbcClient jdbc, TransactionTemplate transactions, Seal seal, Clock clock) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.seal = seal;
        this.clock = clock;
    }

    @EventListener
    void ready(ApplicationReadyEvent event) {
        seal.renew(
                "authenticator apps",
                gate(() -> jdbc.sql("SELECT person_id AS id, secret AS all FROM second_factor")
                        .query(Seal.Kept.class)
                        .list()),
                fresh -> gate(() -> jdbc.sql("UPDATE second_factor SET secret = :all WHERE person_id = :id")
                        .paramSource(fresh)
                        .update()));
    }

    /// @param codesLeft how many recovery codes were not used
    record Standing(Instant since, int codesLeft) {}

    Optional<Standing> of(UUID person) {
        return gate(() ->
                jdbc.sql("""
                SELECT f.since, (SELECT count(*)::int FROM recovery_code c
                                  WHERE c.person_id = f.person_id AND c.spent_at IS NULL) AS codes_left
                  FROM second_factor f WHERE f.person_id = :person
                """).param("person", person).query(Standing.class).optional());
    }

    /// For an app to learn: 20 random bytes.
    static byte[] freshSecret() {
        byte[] secret = new byte[20];
        RANDOM.nextBytes(secret);
        return secret;
    }

    /// Begins to ask for codes, once the person has shown that their app knows the secret.
    ///
    /// @return ten recovery codes, told this once; empty where the code is wrong, or codes are asked for already
    List<String> begin(UUID person, byte[] secret, String code) {
        long step = step(secret, code, 0);
        if (step == 0) {
            return List.of();
        }
        return gate(() -> {
            int made = jdbc.sql("""
                    INSERT INTO second_factor (person_id, secret, last_step) VALUES (:person, :secret, :step)
                    ON CONFLICT DO NOTHING
                    """)
                    .param("person", person)
                    .param("secret", seal.close(secret))
                    .param("step", step)
                    .update();
            return made == 0 ? List.of() : freshCodes(person);
        });
    }

    /// Ten new recovery codes instead of those that there are.
    List<String> renewCodes(UUID person) {
        return gate(() -> freshCodes(person));
    }

    private List<String> freshCodes(UUID person) {
        jdbc.sql("DELETE FROM recovery_code WHERE person_id = :person")
                .param("person", person)
                .update();
        List<String> codes = new ArrayList<>();
        for (int i = 0; i < CODES; i++) {
            StringBuilder code = new StringBuilder();
            for (int letter = 0; letter < CODE_LENGTH; letter++) {
                code.append(letter > 0 && letter % 4 == 0 ? "-" : "")
                        .append(LETTERS.charAt(RANDOM.nextInt(LETTERS.length())));
            }
            codes.add(code.toString());
            jdbc.sql("INSERT INTO recovery_code (person_id, hash) VALUES (:person, :hash)")
                    .param("person", person)
                    .param("hash", hash(code.toString()))
                    .update();
        }
        return codes;
    }

    void end(UUID person) {
        gate(() -> {
            jdbc.sql("DELETE FROM recovery_code WHERE person_id = :person")
                    .param("person", person)
                    .update();
            return jdbc.sql("DELETE FROM second_factor WHERE person_id = :person")
                    .param("person", person)
                    .update();
        });
    }

    /// Whether a code is right; each is so once only: an app's code and those before it, a recovery code for ever.
    boolean spend(UUID person, String given) {
        String code = given.replaceAll("\\s", "");
        return code.matches("[0-9]{6}") ? spendStep(person, code) : spendRecoveryCode(person, code);
    }

    private boolean spendRecoveryCode(UUID person, String code) {
        return gate(() -> jdbc.sql("""
                        UPDATE recovery_code SET spent_at = now()
                         WHERE person_id = :person AND hash = :hash AND spent_at IS NULL
                        """)
                        .param("person", person)
                        .param("hash", hash(code))
                        .update())
                == 1;
    }

    private boolean spendStep(UUID person, String code) {
        record Kept(byte[] secret, long lastStep) {}
        return gate(() -> {
            Optional<Kept> kept = jdbc.sql("SELECT secret, last_step FROM second_factor WHERE person_id = :person")
                    .param("person", person)
                    .query(Kept.class)
                    .optional();
            Optional<byte[]> secret = kept.flatMap(of -> seal.open(of.secret()));
            if (secret.isEmpty()) {
                if (kept.isPresent()) {
                    LOG.error("a second factor cannot be read: it was sealed with another key. {}.", Seal.REMEDY);
                }
                return false;
            }
            long step = step(secret.get(), code, kept.get().lastStep());
            return step > 0
                    && jdbc.sql("""
                            UPDATE second_factor SET last_step = :step WHERE person_id = :person AND last_step < :step
                            """).param("person", person).param("step", step).update() == 1;
        });
    }

    /// The step of 30 s that a code belongs to: this one, the one before or the next, since clocks differ.
    ///
    /// @param after the last one that was used
    /// @return 0 where it belongs to none
    private long step(byte[] secret, String code, long after) {
        long length = TOTP.getTimeStep().toSeconds();
        long now = clock.instant().getEpochSecond() / length;
        for (long step = Math.max(now - 1, after + 1); step <= now + 1; step++) {
            if (MessageDigest.isEqual(
                    code(secret, Instant.ofEpochSecond(step * length))
                            .getBytes(java.nio.charset.StandardCharsets.UTF_8),
                    code.getBytes(java.nio.charset.StandardCharsets.UTF_8))) {
                return step;
            }
        }
        return 0;
    }

    /// What an app shows at that time.
    static String code(byte[] secret, Instant at) {
        try {
            return TOTP.generateOneTimePasswordString(new SecretKeySpec(secret, TOTP.getAlgorithm()), at, Locale.ROOT);
        } catch (InvalidKeyException e) {
            throw new IllegalStateException(e); // any bytes are a key
        }
    }

    private static byte[] hash(String code) {
        return Secret.hash(code.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", ""));
    }

    private <T> T gate(java.util.function.Supplier<T> work) {
        return Asking.as(
                new Asker.Gate(), () -> java.util.Objects.requireNonNull(transactions.execute(_ -> work.get())));
    }
}
