import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How long it takes from the command to the first page, of a register with its own database in a folder of its own: the
/// first start, which makes the database, then so many others. Each is ended properly before the next.
///
/// Usage: `Start FOLDER PORT TIMES COMMAND...`, the command being what `--port` and `--data` are added to. Prints a line a
/// start: whole, and where it went by the logs; then the medians of all but the first, in seconds. Processor time is that of
/// the Java process, both processors together. The pages of the files are in memory since the start before; with `COLD` set,
/// root throws them away first.
public final class Start {

    private static final double LONGEST = 300;

    // what is in a log, and what it is the end of
    private static final Map<String, String> MARKS = marks();

    private static Map<String, String> marks() {
        Map<String, String> marks = new LinkedHashMap<>();
        marks.put("Starting RegisterApplication", "JVM");
        marks.put("Root WebApplicationContext: initialization completed", "beans found");
        marks.put("org.flywaydb.core.FlywayExecutor", "PostgreSQL");
        marks.put("jobs - Start completed", "migrations checked");
        marks.put("Tomcat started on port", "beans made");
        return marks;
    }

    private record Took(double page, double processor, Map<String, Double> parts) {}

    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[0]);
        if (Files.exists(folder)) {
            throw new IllegalArgumentException(folder + " is there already");
        }
        List<String> command = new ArrayList<>(Arrays.asList(args).subList(3, args.length));
        command.addAll(List.of("--port", args[1], "--data", folder.toString()));
        List<Took> took = new ArrayList<>();
        for (int i = 0; i <= Integer.parseInt(args[2]); i++) {
            Took one = once(command, folder, args[1]);
            print(i == 0 ? "first" : "again", one);
            if (i > 0) {
                took.add(one);
            }
        }
        Map<String, Double> parts = new LinkedHashMap<>();
        took.getFirst().parts().keySet().forEach(part -> parts.put(part, median(took.stream().map(one -> one.parts().get(part)).toList())));
        print("median", new Took(median(took.stream().map(Took::page).toList()), median(took.stream().map(Took::processor).toList()), parts));
    }

    private static Took once(List<String> command, Path folder, String port) throws Exception {
        if (System.getenv("COLD") != null) {
            new ProcessBuilder("sync").inheritIO().start().waitFor();
            Files.writeString(Path.of("/proc/sys/vm/drop_caches"), "3\n");
        }
        Path log = folder.resolve("reeve.log");
        long before = Files.exists(log) ? Files.size(log) : 0;
        long start = System.nanoTime();
        Instant at = Instant.now();
        Process register = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(folder.resolveSibling(folder.getFileName() + ".log").toFile()).start();
        try {
            untilAnswered(register, port, start);
            double page = (System.nanoTime() - start) / 1e9;
            double processor = register.info().totalCpuDuration().orElseThrow().toMillis() / 1e3;
            return new Took(page, processor, parts(log, before, at, page));
        } finally {
            register.destroy();
            register.waitFor();
        }
    }

    private static void untilAnswered(Process register, String port, long start) throws Exception {
        HttpRequest first = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/")).build();
        try (HttpClient client = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).build()) {
            while (true) {
                try {
                    var answer = client.send(first, BodyHandlers.ofString());
                    if (answer.statusCode() != 200 || !answer.body().contains("<main")) {
                        throw new IllegalStateException("the first page is no page: " + answer.statusCode() + " " + answer.body());
                    }
                    return;
                } catch (IOException e) { // not yet
                    if (!register.isAlive() || System.nanoTime() - start > LONGEST * 1e9) {
                        throw new IllegalStateException("it does not start", e);
                    }
                    Thread.sleep(20);
                }
            }
        }
    }

    /// From mark to mark.
    private static Map<String, Double> parts(Path log, long from, Instant start, double page) throws IOException {
        byte[] all = Files.readAllBytes(log);
        List<String> lines = new String(all, (int) from, (int) (all.length - from), java.nio.charset.StandardCharsets.UTF_8).lines().toList();
        Map<String, Double> parts = new LinkedHashMap<>();
        double last = 0;
        for (var mark : MARKS.entrySet()) {
            Optional<String> line = lines.stream().filter(one -> one.contains(mark.getKey())).findFirst();
            double now = java.time.Duration.between(start, OffsetDateTime.parse(line.orElseThrow().split(" ", 2)[0]).toInstant()).toMillis() / 1e3;
            parts.put(mark.getValue(), now - last);
            last = now;
        }
        parts.put("first page", page - last);
        return parts;
    }

    private static double median(List<Double> of) {
        return of.stream().sorted().toList().get(of.size() / 2);
    }

    private static void print(String what, Took took) {
        StringBuilder parts = new StringBuilder();
        took.parts().forEach((part, seconds) -> parts.append("  %s %.1f".formatted(part, seconds)));
        System.out.printf("%-7s %6.1f s to the first page, %5.1f s of processors:%s%n", what, took.page(), took.processor(), parts);
    }
}
