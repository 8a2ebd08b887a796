package uk.reeve.scanner;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// The caller and, once there is more to do than it can take at once, a few threads. A scan of one file starts none.
final class Crew {

    private static final int MOST = Math.min(8, Runtime.getRuntime().availableProcessors());

    private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
    private int busy;
    private int threads = 1;
    private boolean working;
    private @Nullable Throwable failure;

    /// A task may add others, and throws nothing that it can act on.
    synchronized void add(Runnable task) {
        tasks.push(task);
        if (working) {
            help();
        }
        notifyAll();
    }

    /// Works until nothing is left.
    ///
    /// @return whether everything was done; false where the thread was interrupted, which it then still is
    boolean work() {
        synchronized (this) {
            working = true;
            help();
        }
        boolean done = takeAll();
        synchronized (this) {
            tasks.clear();
            if (failure instanceof Error error) {
                throw error;
            }
            if (failure instanceof RuntimeException exception) {
                throw exception;
            }
        }
        return done;
    }

    private void help() {
        if (tasks.size() > 1 && threads < MOST) {
            threads++;
            Thread thread = new Thread(this::takeAll, "scan-" + threads);
            thread.setDaemon(true);
            thread.start();
        }
    }

    private boolean takeAll() {
        for (Runnable task = next(); task != null; task = next()) {
            try {
                task.run();
            } catch (RuntimeException | Error e) {
                synchronized (this) {
                    failure = e;
                    tasks.clear();
                }
            } finally {
                synchronized (this) {
                    busy--;
                    notifyAll();
                }
            }
        }
        return !Thread.currentThread().isInterrupted();
    }

    // Null when nothing is left and nobody who works could still add something, or when interrupted.
    private synchronized @Nullable Runnable next() {
        while (tasks.isEmpty() && busy > 0) {
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                tasks.clear();
                return null;
            }
        }
        if (Thread.currentThread().isInterrupted()) {
            tasks.clear();
            return null;
        }
        Runnable task = tasks.poll();
        if (task != null) {
            busy++;
        }
        return task;
    }
}
