package uk.reeve.scanner.malice.content;

/// When looking at a package ends, whatever has been seen until then.
public final class Deadline {

    /// For texts that are short.
    static final Deadline NONE = new Deadline(Integer.MAX_VALUE);

    private final long end;

    Deadline(int seconds) {
        this.end = System.nanoTime() + seconds * 1_000_000_000L;
    }

    public boolean isPast() {
        return System.nanoTime() - end > 0;
    }
}
