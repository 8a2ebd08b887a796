package uk.reeve.register.audience;

import java.util.function.Supplier;

/// Who is asking on this thread.
public final class Asking {

    private static final Asker NOBODY = new Asker.Nobody();
    private static final ThreadLocal<Asker> NOW = ThreadLocal.withInitial(() -> NOBODY);

    private Asking() {}

    public static Asker now() {
        return NOW.get();
    }

    /// The person who asks.
    ///
    /// @throws IllegalStateException where nobody who is known asks; whoever calls this has let nobody else in
    public static Asker.Person person() {
        if (NOW.get() instanceof Asker.Person person) {
            return person;
        }
        throw new IllegalStateException("nobody is signed in here");
    }

    /// Runs the work as another; a transaction that has begun stays with who began it.
    public static <T> T as(Asker asker, Supplier<T> work) {
        Asker before = NOW.get();
        NOW.set(asker);
        try {
            return work.get();
        } finally {
            NOW.set(before);
        }
    }

    /// Says who asks on this thread from now on; [Asker.Nobody] at the end of a request.
    public static void set(Asker asker) {
        NOW.set(asker);
    }
}
