package uk.reeve.cli;

import uk.reeve.cli.report.Text;

/// What a run is at, on standard error: a line a step with `--verbose`; on a terminal one line that is written over,
/// after the first second; else nothing.
final class Steps {

    private static final long PATIENCE = 1_000_000_000L;
    private static final long PAUSE = 100_000_000L;

    private final Environment environment;
    private final boolean verbose;
    private final long start = System.nanoTime();
    private long last = start;
    private boolean shown;

    Steps(Environment environment, boolean verbose) {
        this.environment = environment;
        this.verbose = verbose;
    }

    void step(String step) {
        if (verbose) {
            environment.say("reeve: " + Text.clean(step));
            return;
        }
        long now = System.nanoTime();
        if (environment.errIsTerminal() && now - start > PATIENCE && now - last > PAUSE) {
            last = now;
            shown = true;
            String line = Text.clean(step);
            environment.write("\r\u001b[K" + (line.length() > 78 ? line.substring(0, 75) + "..." : line));
        }
    }

    boolean verbose() {
        return verbose;
    }

    /// A file that the scan has met.
    void seen(int files, String path) {
        if (!verbose && environment.errIsTerminal()) {
            step(files + " files, " + path);
        }
    }

    /// Wipes the line, before the report comes.
    void end() {
        if (shown) {
            environment.write("\r\u001b[K");
            shown = false;
        }
    }
}
