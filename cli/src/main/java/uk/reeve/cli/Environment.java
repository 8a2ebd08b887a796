package uk.reeve.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What surrounds a run: streams, variables, the folder, the clock.
///
/// @param folder from which `reeve` is called; relative paths start there
/// @param home folder of the program, where the knowledge that ships with it lies; null where it is not told
/// @param columns width of the terminal; 80 where it is not known
/// @param now time of the run; by `SOURCE_DATE_EPOCH` where that is set
/// @param reproducible whether `SOURCE_DATE_EPOCH` is set
record Environment(
        InputStream in,
        OutputStream out,
        OutputStream err,
        Map<String, String> variables,
        Path folder,
        @Nullable Path home,
        boolean outIsTerminal,
        boolean errIsTerminal,
        boolean utf8,
        int columns,
        Instant now,
        boolean reproducible) {

    /// The real one. The launcher tells by system properties what Java cannot ask cheaply.
    static Environment real(InputStream in, OutputStream out, OutputStream err) throws Refused {
        Map<String, String> variables = System.getenv();
        String encoding = System.getProperty("stdout.encoding", "UTF-8");
        String home = System.getProperty("reeve.home", "");
        return new Environment(
                in,
                new StandardOutput(out),
                err,
                variables,
                Path.of(""),
                home.isEmpty() ? null : Path.of(home),
                Boolean.getBoolean("reeve.out.terminal"),
                Boolean.getBoolean("reeve.err.terminal"),
                encoding.equalsIgnoreCase("UTF-8"),
                Math.clamp(Integer.getInteger("reeve.columns", 80), 80, 200),
                now(variables),
                variables.containsKey("SOURCE_DATE_EPOCH"));
    }

    private static Instant now(Map<String, String> variables) throws Refused {
        String epoch = variables.get("SOURCE_DATE_EPOCH");
        if (epoch == null) {
            return Instant.ofEpochSecond(System.currentTimeMillis() / 1000);
        }
        try {
            return Instant.ofEpochSecond(Long.parseLong(epoch.strip()));
        } catch (NumberFormatException | java.time.DateTimeException e) {
            throw Refused.usage("SOURCE_DATE_EPOCH is \"" + Shown.text(epoch) + "\"; it must be seconds since 1970");
        }
    }

    /// A path as the person gave it, from the folder.
    Path path(String text) throws Refused {
        try {
            return folder.resolve(text);
        } catch (java.nio.file.InvalidPathException e) {
            throw Refused.usage("\"" + Shown.text(text) + "\" cannot be a path");
        }
    }

    /// A line on standard error.
    void say(String line) {
        write(line + "\n");
    }

    /// Text on standard error.
    void write(String text) {
        try {
            err.write(text.getBytes(StandardCharsets.UTF_8));
            err.flush();
        } catch (IOException e) {
            // Nobody listens.
        }
    }
}
