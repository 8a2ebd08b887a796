package uk.reeve.register.organisation;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import uk.reeve.register.web.Problem;

/// Argon2id as the library advises: a tenth of a second and 16 MB each. Half the processors hash at one time, so that a
/// storm of sign-ins, from however many addresses, leaves the others to those who are in.
final class Passwords extends Argon2PasswordEncoder {

    private static final int SALT = 16;
    private static final int HASH = 32;
    private static final int PARALLEL = 1;
    private static final int KILOBYTES = 1 << 14;
    private static final int ROUNDS = 2;
    private static final int LONGEST_WAIT = 10;

    private final Semaphore turns =
            new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() / 2), true);

    Passwords() {
        super(SALT, HASH, PARALLEL, KILOBYTES, ROUNDS);
    }

    @Override
    protected String encodeNonNullPassword(String password) {
        return inTurn(() -> super.encodeNonNullPassword(password));
    }

    @Override
    protected boolean matchesNonNull(String password, String hash) {
        return inTurn(() -> super.matchesNonNull(password, hash));
    }

    private <T> T inTurn(Supplier<T> work) {
        boolean mine = false;
        try {
            mine = turns.tryAcquire(LONGEST_WAIT, TimeUnit.SECONDS);
            if (!mine) {
                throw Problem.UNAVAILABLE.because(
                        "Very many people sign in at this moment. Try again in a few minutes.");
            }
            return work.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problem.UNAVAILABLE.because("");
        } finally {
            if (mine) {
                turns.release();
            }
        }
    }
}
