package uk.reeve.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import uk.reeve.engine.input.JsonInput;
import uk.reeve.engine.input.Node;
import uk.reeve.engine.input.Unreadable;

/// One bad file in a folder of its own with a good one beside it, scanned by itself and with the folder.
final class BadInput {

    /// What one input may at most take.
    static final Duration LIMIT = Duration.ofSeconds(10);

    private static final String GOOD = """
            {"name": "good", "lockfileVersion": 3, "packages": {
              "node_modules/lodash": {"version": "4.17.20"}}}
            """;

    private final Path scratch;
    private final Path database;

    BadInput(Path scratch, Path database) {
        this.scratch = scratch;
        this.database = database;
    }

    /// @param faults what broke the rules; empty where nothing did
    /// @param lines what the report says of the file: kind, line and message
    record Told(int status, int components, Duration took, List<String> lines, List<String> faults) {}

    /// @param name as it must be called to be recognised
    Told scan(String name, byte[] content) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory(scratch, "bad");
        Path bad = Files.write(folder.resolve(name), content);
        Files.writeString(Files.createDirectory(folder.resolve("beside")).resolve("package-lock.json"), GOOD);
        String before = listing(folder);
        Run alone = run(bad);
        Told told = judge(name, alone);
        List<String> faults = new ArrayList<>(told.faults());
        Run both = run(folder);
        if (!both.out.contains("pkg:npm/lodash@4.17.20")) {
            faults.add("the good file beside it is not reported");
        }
        noise(both, faults);
        if (!before.equals(listing(folder))) {
            faults.add("something was written");
        }
        return new Told(told.status(), told.components(), told.took(), told.lines(), faults);
    }

    private record Run(int status, String out, String err, Duration took) {}

    private Run run(Path path) throws InterruptedException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream real = System.err;
        int[] status = {-1};
        Thread thread = Thread.ofPlatform()
                .daemon()
                .unstarted(() -> status[0] = Reeve.run(
                        new String[] {"scan", path.toString(), "--format", "json", "--db", database.toString()},
                        new Environment(
                                InputStream.nullInputStream(),
                                out,
                                err,
                                Map.of(),
                                scratch,
                                null,
                                false,
                                false,
                                true,
                                80,
                                Instant.EPOCH,
                                true)));
        long start = System.nanoTime();
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8)); // what the libraries say counts as well
        try {
            thread.start();
            thread.join(LIMIT);
        } finally {
            System.setErr(real);
        }
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        return new Run(status[0], out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8), took);
    }

    private static Told judge(String name, Run run) {
        List<String> faults = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        if (run.took.compareTo(LIMIT) >= 0) {
            faults.add("took more than " + LIMIT.toSeconds() + " s");
        }
        noise(run, faults);
        int components = 0;
        boolean incomplete = false;
        try {
            Node report = JsonInput.read(new ByteArrayInputStream(run.out.getBytes(StandardCharsets.UTF_8)));
            Node summary = report.get("summary");
            components = summary == null ? 0 : Integer.parseInt(String.valueOf(summary.text("components")));
            Node ledger = report.get("notLookedAt");
            for (Node line : ledger instanceof Node.Items items ? items.values() : List.<Node>of()) {
                String kind = String.valueOf(line.text("kind"));
                String message = String.valueOf(line.text("message"));
                incomplete |= kind.equals("unreadable") || kind.startsWith("partly");
                lines.add(kind + " " + line.text("line") + ": " + message);
                if (!name.equals(line.text("file"))) {
                    faults.add("names another file: " + line.text("file"));
                }
                if (message.lines().count() != 1 || message.length() > 500) {
                    faults.add("says more than one line: " + message);
                }
                if (message.contains("fault is ours") || message.contains("Exception")) {
                    faults.add("shows its inside: " + message);
                }
            }
        } catch (IOException | Unreadable | NumberFormatException e) {
            faults.add("the report is no JSON: " + e.getMessage());
        }
        if (run.status != (incomplete ? Exit.INCOMPLETE : Exit.DONE)) {
            faults.add("exit status " + run.status + " with " + lines);
        }
        if (run.out.contains("root:")) {
            faults.add("fetched a file");
        }
        return new Told(run.status, components, run.took, lines, faults);
    }

    private static void noise(Run run, List<String> faults) {
        String err = run.err.strip();
        if (!err.isEmpty()) {
            faults.add("standard error: " + err.lines().findFirst().orElse(""));
        }
    }

    /// The files below a folder with their sizes and times.
    static String listing(Path folder) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.toList()) {
                files.put(file.toString(), Files.size(file) + " " + Files.getLastModifiedTime(file));
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return files.toString();
    }
}
