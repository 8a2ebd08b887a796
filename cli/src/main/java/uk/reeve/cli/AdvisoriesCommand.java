package uk.reeve.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import uk.reeve.cli.report.StatusReport;
import uk.reeve.cli.report.Text;
import uk.reeve.engine.index.AdvisoryStore;

/// `reeve advisories status|update|import|export|show|verify`.
final class AdvisoriesCommand extends Command {

    private static final List<String> ACTS = List.of("status", "update", "import", "export", "show", "verify");

    @Override
    String name() {
        return "advisories";
    }

    @Override
    String sentence() {
        return "shows, updates, carries over and checks what is known";
    }

    @Override
    String operands() {
        return "status | update | import PATH... | export FILE | show ID | verify";
    }

    @Override
    List<String> examples() {
        return List.of(
                "reeve advisories status                what is known, and how old it is",
                "reeve advisories import bundle.zip     without a network");
    }

    @Override
    List<String> notes() {
        return List.of("Only \"update\" uses the network: it fetches, and tells nobody what you have.");
    }

    @Override
    List<Option> options() {
        return List.of(DB, Option.flag("--verbose", "Other", "each step").letter("-v"), DEBUG, HELP);
    }

    @Override
    List<String> statuses() {
        return List.of(
                "0  done",
                "1  show: no record has that id; verify: something is wrong",
                "2  the command was wrong",
                "3  something could not be fetched or read; what was there before stays");
    }

    @Override
    int run(Arguments arguments, Environment environment) throws Refused, IOException {
        List<String> words = arguments.operands();
        String act = words.isEmpty() ? "status" : words.getFirst();
        if (!ACTS.contains(act)) {
            String near = Nearest.to(act, ACTS);
            throw Refused.usage("advisories has no \"" + Shown.text(act) + "\"; "
                    + (near == null ? "it has " + String.join(", ", ACTS) : "did you mean " + near + "?"));
        }
        List<String> rest = words.isEmpty() ? List.of() : words.subList(1, words.size());
        try (AdvisoryStore store = AdvisoryStore.open(DataFolder.of(arguments.value("--db"), environment))) {
            return switch (act) {
                case "update" -> change(store.update(new Bars(environment)::at), environment);
                case "import" -> change(store.importFrom(paths(rest, environment)), environment);
                case "export" -> export(store, rest, environment);
                case "show" -> show(store, rest, environment);
                case "verify" -> verify(store, environment);
                default -> status(store, arguments, environment);
            };
        }
    }

    private static List<Path> paths(List<String> words, Environment environment) throws Refused {
        if (words.isEmpty()) {
            throw Refused.usage("import needs a path: reeve advisories import PATH...");
        }
        return Inputs.of(words, environment);
    }

    private static int change(AdvisoryStore.Change change, Environment environment) throws IOException {
        for (String failure : change.failures()) {
            environment.say(Text.clean(failure));
        }
        print(environment, Text.count(change.added() + change.changed()) + " new or changed, "
                + Text.count(change.withdrawn()) + " withdrawn.\n");
        if (change.failures().isEmpty()) {
            return Exit.DONE;
        }
        print(environment, "Of what failed, what was there before stays.\n");
        return Exit.INCOMPLETE;
    }

    private static int export(AdvisoryStore store, List<String> words, Environment environment)
            throws Refused, IOException {
        if (words.size() != 1) {
            throw Refused.usage("export needs a file: reeve advisories export FILE");
        }
        store.exportTo(environment.path(words.getFirst()));
        return Exit.DONE;
    }

    private static int show(AdvisoryStore store, List<String> words, Environment environment)
            throws Refused, IOException {
        if (words.size() != 1) {
            throw Refused.usage("show needs an id: reeve advisories show CVE-2021-44228");
        }
        String text = store.show(words.getFirst());
        print(environment, text == null ? "No record has the id " + Shown.text(words.getFirst()) + ".\n" : text);
        return text == null ? Exit.FAILED : Exit.DONE;
    }

    private static int verify(AdvisoryStore store, Environment environment) throws IOException {
        List<String> wrong = store.verify();
        for (String line : wrong) {
            print(environment, Text.clean(line) + "\n");
        }
        print(environment, wrong.isEmpty() ? "Nothing is wrong.\n" : "Import or update the advisories again.\n");
        return wrong.isEmpty() ? Exit.DONE : Exit.FAILED;
    }

    private static int status(AdvisoryStore store, Arguments arguments, Environment environment)
            throws Refused, IOException {
        AdvisoryStore.Status status = store.status();
        List<String> ages = new ArrayList<>();
        LocalDate today = environment.now().atOffset(ZoneOffset.UTC).toLocalDate();
        for (uk.reeve.engine.index.SourceState source : status.sources()) {
            ages.add(age(source.asOf(), today));
        }
        StatusReport.write(status, ages, Outputs.look(arguments, environment), environment.out());
        return status.sources().isEmpty() ? Exit.INCOMPLETE : Exit.DONE;
    }

    /// `today`, `3 days old`, `5 months old`, `age unknown`.
    static String age(String asOf, LocalDate today) {
        try {
            long days = ChronoUnit.DAYS.between(LocalDate.parse(asOf), today);
            if (days <= 0) {
                return "today";
            }
            return days < 60
                    ? Text.count(days, "day old", "days old")
                    : days < 730
                            ? Text.count(days / 30, "month old", "months old")
                            : Text.count(days / 365, "year old", "years old");
        } catch (DateTimeException e) {
            return "age unknown";
        }
    }

    private static void print(Environment environment, String text) throws IOException {
        environment.out().write(text.getBytes(StandardCharsets.UTF_8));
    }

    /// One line a source, written over on a terminal.
    private static final class Bars {

        private final Environment environment;
        private String current = "";

        Bars(Environment environment) {
            this.environment = environment;
        }

        void at(String source, long bytes, long records) {
            if (!environment.errIsTerminal()) {
                return;
            }
            String start = source.equals(current) ? "\r\u001b[K" : current.isEmpty() ? "" : "\n";
            current = source;
            environment.write(start + "  " + Text.clean(source) + "  " + Text.count(bytes / 1024) + " KiB  "
                    + Text.count(records) + " records");
        }
    }
}
