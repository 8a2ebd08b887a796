package uk.reeve.cli;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tools.jackson.core.exc.JacksonIOException;

/// The `reeve` command.
public final class Reeve {

    private static final String VERSION = "version"; // an option, and people try it as a command

    private Reeve() {}

    public static void main(String[] args) {
        if (args.length > 1 && !args[1].startsWith("-")) {
            warmUp();
        }
        // The plain streams: System.out would encode and lock each line again.
        int status = run(
                args,
                new FileInputStream(FileDescriptor.in),
                new FileOutputStream(FileDescriptor.out),
                new FileOutputStream(FileDescriptor.err));
        Runtime.getRuntime().halt(status); // nothing of ours waits for an orderly end, and that costs milliseconds
    }

    // The JSON parser needs BigDecimal, which works out a table of large powers when it is first used (JDK 25: 40 ms
    // without the optimising compiler). Meanwhile the rest starts.
    private static void warmUp() {
        Thread thread = new Thread("warm-up") {
            @Override
            public void run() {
                java.math.BigDecimal.ONE.signum();
            }
        };
        thread.setDaemon(true);
        thread.start();
    }

    /// One run, in this process.
    ///
    /// @return the exit status
    public static int run(String[] args, InputStream in, OutputStream out, OutputStream err) {
        try {
            return run(args, Environment.real(in, out, err));
        } catch (Refused e) {
            line(err, "reeve: " + e.getMessage());
            return e.status();
        }
    }

    static int run(String[] args, Environment environment) {
        try {
            int status = dispatch(args, environment);
            environment.out().flush();
            return status;
        } catch (Refused e) {
            environment.say("reeve: " + e.getMessage());
            return e.status();
        } catch (JacksonIOException e) {
            return failed(String.valueOf(e.getOriginalMessage()), environment);
        } catch (IOException e) {
            return failed(String.valueOf(e.getMessage()), environment);
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            return fault(args, environment, e);
        }
    }

    // A file or stream that cannot be read or written is no fault of ours.
    private static int failed(String message, Environment environment) {
        if (message.contains("Broken pipe") || message.contains("pipe is being closed")) {
            return Exit.DONE; // whoever read the report had enough of it
        }
        environment.say("reeve: " + uk.reeve.cli.report.Text.clean(message));
        return Exit.INCOMPLETE;
    }

    private static int dispatch(String[] args, Environment environment) throws Refused, IOException {
        if (args.length == 0) {
            Help.welcome(environment);
            return Exit.DONE;
        }
        String first = args[0];
        if (first.equals("--version") || first.equals("-V")) {
            Version.print(environment);
            return Exit.DONE;
        }
        if (first.equals("--help") || first.equals("-h")) {
            Help.all(environment);
            return Exit.DONE;
        }
        Command command = Command.of(first);
        if (command == null) {
            throw Refused.usage(unknown(first, environment));
        }
        for (int i = 1; i < args.length && !args[i].equals("--"); i++) {
            if (args[i].equals("--help") || args[i].equals("-h")) {
                Help.of(command, environment);
                return Exit.DONE;
            }
        }
        return command.run(Arguments.read(command, args, 1), environment);
    }

    private static String unknown(String word, Environment environment) throws Refused {
        boolean option = word.startsWith("-");
        List<String> known = new ArrayList<>(option ? List.of("--help", "--version") : Command.NAMES);
        known.add(VERSION);
        if (!option) {
            known.addAll(Command.REGISTER);
        }
        String near = Nearest.to(word, known);
        near = VERSION.equals(near) ? "--version" : near;
        if (near == null && AdvisoriesCommand.ACTS.contains(word)) {
            near = "advisories " + word;
        } else if (near == null && !option && Files.exists(environment.path(word))) {
            near = "scan " + Shown.text(word);
        }
        return "there is no " + (option ? "option " : "command ") + Shown.text(word)
                + (near == null ? "; reeve --help lists them" : "; did you mean reeve " + near + "?");
    }

    private static int fault(String[] args, Environment environment, Throwable e) {
        boolean memory = e instanceof OutOfMemoryError;
        boolean debug = Arrays.asList(args).contains("--debug");
        environment.say(
                memory
                        ? "reeve: ran out of memory; give it more with REEVE_OPTS=-Xmx2g, or scan fewer files at once"
                        : "reeve: failed by its own fault (" + Shown.text(String.valueOf(e)) + ")"
                                + (debug ? "" : "; --debug shows where"));
        if (debug) {
            java.io.StringWriter trace = new java.io.StringWriter();
            e.printStackTrace(new java.io.PrintWriter(trace));
            environment.say(trace.toString());
        }
        return Exit.FAULT;
    }

    private static void line(OutputStream err, String line) {
        try {
            err.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // Nobody listens.
        }
    }
}
