package uk.reeve.scanner;

import java.util.Locale;

/// How much fits into the memory that there is. What does not is refused by name, before the scan ends for want of it.
///
/// @param bytes of the heap
record Memory(long bytes) {

    static final Memory OURS = new Memory(Runtime.getRuntime().maxMemory());

    /// Bytes of one component, from its file to the report. Measured: 300,000 in one chain need 400 MB.
    private static final int COMPONENT = 1_600;

    /// The most components of all files together.
    int components() {
        return (int) Math.min(bytes / COMPONENT, Integer.MAX_VALUE);
    }

    /// Says that a file needs more than there is.
    String tooLarge() {
        return "too large to read in " + megabytes() + "; " + advice();
    }

    /// Says that with the components of this file the scan holds more than there is memory for.
    String tooMany(int components) {
        return String.format(
                Locale.ROOT,
                "too large to read in %s: it has %,d components, and all files together may have %,d; %s",
                megabytes(),
                components,
                components(),
                advice());
    }

    private String megabytes() {
        return (bytes >> 20) + " MB of memory";
    }

    private String advice() {
        return "give more (REEVE_OPTS=-Xmx" + Math.max(1, bytes >> 29) * 2 + "g) or scan fewer files at once";
    }
}
