package uk.reeve.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.exc.JacksonIOException;
import uk.reeve.cli.report.Look;

/// In which formats a report is wanted, and where. A file appears whole or not at all: it is written beside its place
/// and then renamed.
///
/// @param targets at least one; of several at most one goes to standard output
record Outputs(List<Target> targets, Look look) {

    /// @param file null for standard output
    record Target(String format, @Nullable Path file) {}

    /// Writes a report in one format.
    @FunctionalInterface
    interface Writing {
        void to(String format, Look look, OutputStream out) throws IOException;
    }

    /// @param formats all words that `--format` takes, the usual one first
    static Outputs of(Arguments arguments, Environment environment, List<String> formats) throws Refused {
        List<Target> targets = new ArrayList<>();
        String output = arguments.value("--output");
        boolean bare = false;
        for (String word : arguments.values("--format")) {
            int equals = word.indexOf('=');
            String format = equals < 0 ? word : word.substring(0, equals);
            if (!formats.contains(format)) {
                String near = Nearest.to(format, formats);
                throw Refused.usage("--format takes no \"" + Shown.text(format) + "\"; "
                        + (near == null ? "it takes " + String.join(", ", formats) : "did you mean " + near + "?"));
            }
            if (equals >= 0) {
                targets.add(new Target(format, environment.path(word.substring(equals + 1))));
            } else if (bare) {
                throw Refused.usage("only one --format can go to standard output; write --format " + format + "=FILE");
            } else {
                bare = true;
                targets.add(new Target(format, output == null ? null : environment.path(output)));
            }
        }
        // People read along while files are written; a format for machines is not wanted twice.
        boolean people = formats.getFirst().equals("table");
        if (!bare && (people || targets.isEmpty() || output != null)) {
            targets.add(new Target(formats.getFirst(), output == null ? null : environment.path(output)));
        }
        return new Outputs(targets, look(arguments, environment));
    }

    static Look look(Arguments arguments, Environment environment) throws Refused {
        String word = arguments.value("--color");
        String color = word == null ? "auto" : word;
        boolean colour =
                switch (color) {
                    case "always" -> true;
                    case "never" -> false;
                    case "auto" -> {
                        String none = environment.variables().get("NO_COLOR");
                        yield environment.outIsTerminal()
                                && (none == null || none.isEmpty())
                                && !"dumb".equals(environment.variables().get("TERM"));
                    }
                    default ->
                        throw Refused.usage(
                                "--color takes no \"" + Shown.text(color) + "\"; it takes auto, always, never");
                };
        int columns = environment.outIsTerminal() ? environment.columns() : Look.PLAIN.columns();
        return new Look(columns, colour, environment.utf8(), arguments.has("--verbose"));
    }

    void write(Environment environment, Writing writing) throws IOException, Refused {
        for (Target target : targets) {
            Path file = target.file();
            if (file == null) {
                OutputStream out = new BufferedOutputStream(environment.out(), 1 << 16);
                writing.to(target.format(), look, out);
                out.flush();
            } else {
                Look plain = new Look(Look.PLAIN.columns(), false, true, look.verbose());
                write(file, target.format(), plain, writing);
            }
        }
    }

    private static void write(Path file, String format, Look look, Writing writing) throws Refused {
        try {
            // Through a link to what it points to; a device (/dev/stdout) cannot be renamed over.
            Path place = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
            if (Files.exists(place) && !Files.isRegularFile(place, LinkOption.NOFOLLOW_LINKS)) {
                try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(place), 1 << 16)) {
                    writing.to(format, look, out);
                }
                return;
            }
            Path draft = place.resolveSibling(
                    "." + place.getFileName() + "." + ProcessHandle.current().pid() + ".tmp");
            try {
                try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(draft), 1 << 16)) {
                    writing.to(format, look, out);
                }
                rename(draft, place);
            } finally {
                Files.deleteIfExists(draft);
            }
        } catch (FileSystemException e) {
            throw Refused.usage(Shown.text(file.toString()) + ": cannot be written (" + Inputs.why(e) + ")");
        } catch (IOException e) {
            throw unwritten(file, Inputs.why(e));
        } catch (JacksonIOException e) {
            throw unwritten(file, String.valueOf(e.getOriginalMessage()));
        }
    }

    // The name was good: the disk is full, or broke.
    private static Refused unwritten(Path file, String why) {
        return new Refused(Exit.INCOMPLETE, Shown.text(file.toString()) + ": cannot be written (" + why + ")");
    }

    private static void rename(Path draft, Path place) throws IOException {
        try {
            Files.move(draft, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(draft, place, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
