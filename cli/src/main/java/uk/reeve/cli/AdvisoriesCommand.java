package uk.reeve.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.reeve.cli.report.RecordReport;
import uk.reeve.cli.report.StatusReport;
import uk.reeve.cli.report.Text;
import uk.reeve.engine.index.AdvisoryStore;
import uk.reeve.engine.index.BadIndex;
import uk.reeve.engine.index.BadPem;
import uk.reeve.engine.index.SourceState;

/// `reeve advisories status|update|import|export|show|verify`.
final class AdvisoriesCommand extends Command {

    static final List<String> ACTS = List.of("status", "update", "import", "export", "show", "verify");

    private static final String UPDATE = "Update";
    private static final String BUNDLES = "Export and import";

    @Override
    String name() {
        return "advisories";
    }

    @Override
    String sentence() {
        return "shows, fetches, imports, exports and checks what is known";
    }

    @Override
    String operands() {
        return """
                status | update | show ID | verify |
                                        import PATH... | export FILE""";
    }

    @Override
    List<String> examples() {
        return List.of(
                "reeve advisories status                what is known, and how old it is",
                "reeve advisories update                fetches what is new; nothing else does");
    }

    @Override
    List<String> notes() {
        return List.of(
                "update takes the proxy that HTTPS_PROXY, HTTP_PROXY and NO_PROXY say, unless --proxy is given. What"
                        + " cannot be fetched stays as it was.",
                "export writes all that is known to one file, and import takes it where no network is: it then"
                        + " replaces what was there.",
                "import also takes zips in the layout of OSV's bucket, folders, single records, KEV's JSON,"
                        + " EPSS's CSV and the products of endoflife.date (when support ends); the same again"
                        + " changes nothing.");
    }

    @Override
    List<Option> options() {
        return List.of(
                DB,
                Option.value("--as-of", "DATE", "Knowledge", "how fresh what is imported is, where it does not say"),
                Option.value("--from", "URL", UPDATE, "a mirror in the layout of OSV's bucket, instead of OSV's own"),
                Option.value("--kev", "URL", UPDATE, "another address of KEV's JSON; none leaves it out"),
                Option.value("--epss", "URL", UPDATE, "another address of EPSS's CSV; none leaves it out"),
                Option.list("--ecosystem", "NAME", UPDATE, "only this one (npm, Debian), instead of all"),
                Option.value("--proxy", "URI", UPDATE, "http://HOST:PORT, also with USER:PASSWORD@"),
                Option.value("--ca", "FILE", UPDATE, "certificates (PEM) to be trusted beside the JDK's"),
                Option.value("--key", "FILE", BUNDLES, "export: private Ed25519 key (PEM) to sign with"),
                Option.value("--trust", "FILE", BUNDLES, "import: public key (PEM) that it must be signed for"),
                Option.flag("--starter", BUNDLES, "export: the snapshot that ships with Reeve, made anew"),
                DEBUG,
                HELP);
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
        for (Option option : options()) {
            String of = actOf(option);
            if (of != null && !of.equals(act) && arguments.has(option.name())) {
                throw Refused.usage(option.name() + " is for reeve advisories " + of + ", not for " + act);
            }
        }
        if (act.equals("import")) {
            return imported(rest, arguments, environment);
        }
        if (act.equals("update")) {
            return AdvisoriesUpdate.run(arguments, environment);
        }
        try (AdvisoryStore store = Stores.open(arguments, environment)) {
            if (store.isEmpty()) {
                throw new Refused(Exit.INCOMPLETE, "there are no advisories yet; reeve advisories update");
            }
            return switch (act) {
                case "export" -> AdvisoriesExport.run(store, rest, arguments, environment);
                case "show" -> show(store, rest, environment);
                case "verify" -> verify(store, environment);
                default -> status(store, arguments, environment);
            };
        }
    }

    /// The one act that takes the option; null where all do.
    private static @Nullable String actOf(Option option) {
        return switch (option.name()) {
            case "--as-of", "--trust" -> "import";
            case "--key", "--starter" -> "export";
            default -> option.group().equals(UPDATE) ? "update" : null;
        };
    }

    // What is imported into an empty folder stands alone, without the starter snapshot.
    private static int imported(List<String> words, Arguments arguments, Environment environment)
            throws Refused, IOException {
        if (words.isEmpty()) {
            throw Refused.usage("import needs a path: reeve advisories import PATH...");
        }
        LocalDate asOf = asOf(arguments.value("--as-of"));
        String key = arguments.value("--trust");
        Path trust = key == null ? null : environment.path(key);
        if (trust != null && !Files.isRegularFile(trust)) {
            throw Refused.usage("--trust " + Shown.text(String.valueOf(key)) + ": there is no such file");
        }
        List<Path> paths = Inputs.of(words, environment);
        try (AdvisoryStore store = AdvisoryStore.open(Stores.folder(arguments.value("--db"), environment))) {
            AdvisoryStore.Change change;
            try {
                change = store.importFrom(paths, asOf, trust);
            } catch (BadPem e) {
                throw Refused.usage("--trust " + Inputs.why(e));
            } catch (BadIndex e) {
                throw new Refused(Exit.INCOMPLETE, Inputs.why(e));
            } catch (IOException e) {
                throw new Refused(
                        Exit.INCOMPLETE,
                        Shown.text(store.dir().toString()) + ": nothing was imported (" + Inputs.why(e) + ")");
            }
            for (String note : change.notes()) {
                environment.say("Note: " + Text.clean(note));
            }
            for (String problem : change.problems()) {
                environment.say(Text.clean(problem));
            }
            if (change.products() > 0) {
                String read = "Dates of support of " + Text.count(change.products(), "product", "products") + " read";
                print(environment, read + (change.dated() ? ".\n" : ": nothing is new.\n"));
            }
            if (change.products() == 0 || change.records() > 0) {
                String read = Text.count(change.records(), "record", "records") + " read: ";
                print(
                        environment,
                        read + (change.nothing() ? "nothing is new." : AdvisoriesUpdate.counts(change)) + "\n");
            }
            return change.problems().isEmpty() ? Exit.DONE : Exit.INCOMPLETE;
        }
    }

    private static @Nullable LocalDate asOf(@Nullable String text) throws Refused {
        try {
            return text == null ? null : LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw Refused.usage("--as-of takes no \"" + Shown.text(text) + "\"; write the date as 2026-11-24");
        }
    }

    private static int show(AdvisoryStore store, List<String> words, Environment environment)
            throws Refused, IOException {
        if (words.size() != 1) {
            throw Refused.usage("show needs an id: reeve advisories show CVE-2021-44228");
        }
        boolean found = RecordReport.write(store.index(), store.scores(), words.getFirst(), environment.out());
        return found ? Exit.DONE : Exit.FAILED;
    }

    private static int verify(AdvisoryStore store, Environment environment) throws IOException {
        try {
            int tried = store.verify();
            print(
                    environment,
                    "Nothing is wrong: digests match, and " + Text.count(tried)
                            + " comparisons agree with the slow path.\n");
            return Exit.DONE;
        } catch (BadIndex e) {
            print(
                    environment,
                    Text.clean(String.valueOf(e.getMessage())) + "\nImport or update the advisories again.\n");
            return Exit.FAILED;
        }
    }

    private static int status(AdvisoryStore store, Arguments arguments, Environment environment)
            throws Refused, IOException {
        AdvisoryStore.Status status = store.status();
        List<String> ages = new ArrayList<>();
        LocalDate today = environment.now().atOffset(ZoneOffset.UTC).toLocalDate();
        for (SourceState source : status.sources()) {
            ages.add(age(source.asOf(), today));
        }
        StatusReport.write(status, ages, Outputs.look(arguments, environment), environment.out());
        return Exit.DONE;
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
}
