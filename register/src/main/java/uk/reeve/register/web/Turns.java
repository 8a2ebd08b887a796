package uk.reeve.register.web;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.springframework.stereotype.Component;

/// Shares the work among those who ask at one time: who asks for much waits for himself, and nobody waits for him.
/// Alone, a caller has twice as many requests in work as there are processors; beside others an equal part, and one
/// at the least. Others are those who asked within the last seconds: a person reads between two pages, a script does
/// not.
@Component
public final class Turns {

    private static final int MOST_WAITING = 100;

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Object, Caller> callers = new HashMap<>();
    private final int most;
    private final Duration longest;
    private final Duration here;

    Turns() {
        this(2 * Runtime.getRuntime().availableProcessors(), Duration.ofSeconds(20), Duration.ofSeconds(5));
    }

    /// @param most how many requests one caller may have in work who is alone
    /// @param longest how long one waits
    /// @param here for how long somebody counts who was answered
    Turns(int most, Duration longest, Duration here) {
        this.most = most;
        this.longest = longest;
        this.here = here;
    }

    private static final class Caller {

        private final Condition turn;
        private int working;
        private int waiting;
        private long answered;

        private Caller(Condition turn) {
            this.turn = turn;
        }
    }

    /// The work of one request, until it is closed.
    public interface Turn extends AutoCloseable {

        @Override
        void close();
    }

    /// Waits until it is the caller's turn.
    ///
    /// @throws org.springframework.web.ErrorResponseException where too many of the same caller's wait, or it waits
    /// too long
    public Turn of(Object who) {
        lock.lock();
        try {
            Caller caller = callers.computeIfAbsent(who, _ -> new Caller(lock.newCondition()));
            if (caller.waiting >= MOST_WAITING) {
                throw Problem.TOO_MANY_REQUESTS.because("");
            }
            caller.waiting++;
            try {
                long left = longest.toNanos();
                while (caller.working >= share()) {
                    if (left <= 0) {
                        throw Problem.TOO_MANY_REQUESTS.because("");
                    }
                    long wait = Math.min(left, Math.max(here.toNanos(), 1_000_000)); // others may be gone by then
                    left -= wait - Math.max(0, caller.turn.awaitNanos(wait));
                }
                caller.working++;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw Problem.UNAVAILABLE.because("");
            } finally {
                caller.waiting--;
                caller.answered = System.nanoTime();
            }
            next(caller);
            return () -> end(caller);
        } finally {
            lock.unlock();
        }
    }

    private void end(Caller caller) {
        lock.lock();
        try {
            caller.working--;
            caller.answered = System.nanoTime();
            next(caller);
        } finally {
            lock.unlock();
        }
    }

    private void next(Caller caller) {
        if (caller.waiting > 0 && caller.working < share()) {
            caller.turn.signal();
        }
    }

    private int share() {
        long since = System.nanoTime() - here.toNanos();
        callers.values().removeIf(caller -> caller.working + caller.waiting == 0 && caller.answered - since <= 0);
        return Math.max(1, most / Math.max(1, callers.size()));
    }
}
