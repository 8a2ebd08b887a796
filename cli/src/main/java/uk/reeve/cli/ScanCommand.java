package uk.reeve.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.reeve.cli.report.Formats;
import uk.reeve.cli.report.Knowledge;
import uk.reeve.cli.report.Report;
import uk.reeve.cli.report.SbomReport;
import uk.reeve.engine.index.AdvisoryStore;
import uk.reeve.engine.match.Matcher;
import uk.reeve.scanner.Inventory;
import uk.reeve.scanner.Scan;
import uk.reeve.scanner.archive.Platform;

/// `reeve scan PATH...`.
final class ScanCommand extends Command {

    @Override
    String name() {
        return "scan";
    }

    @Override
    String sentence() {
        return "finds known flaws in folders, lock files and SBOMs, and says what to do";
    }

    @Override
    String operands() {
        return "PATH... [options]     (- is standard input)";
    }

    @Override
    List<String> examples() {
        return List.of(
                "reeve scan .                                    this folder, with all below it",
                "reeve scan bom.json --fail-on kev,critical      for a build");
    }

    @Override
    List<String> notes() {
        return List.of(
                "Nothing leaves this machine, unless --publish sends the components that were found to a register. A version to move to is one that the advisories name and know nothing"
                        + " against; nobody checked that it can be had.",
                "reeve.yaml in the folder from which reeve is called may say what to ignore, why and until when, and"
                        + " what to fail on. One inside what is scanned is not obeyed.");
    }

    @Override
    List<Option> options() {
        return List.of(
                exclude(),
                as(),
                noDevelopment(),
                platform(),
                distribution(),
                ArchiveBounds.DEPTH,
                ArchiveBounds.BYTES,
                ArchiveBounds.FILES,
                format(Formats.NAMES),
                output(),
                colour(),
                verbose("write out what is folded, and each step"),
                Option.list(
                        "--fail-on",
                        "LIST",
                        "Failing",
                        String.join(", ", FailOn.WORDS)
                                + "; a severity means that or worse; without it findings do not fail"),
                Option.value("--baseline", "REPORT.json", "Failing", "only what is new since that report counts"),
                Option.value(
                        "--max-age", "AGE", "Failing", "warn of older advisories: 14d; fails with --fail-on stale"),
                Option.flag("--strict", "Failing", "exit status 3 for whatever was not looked at"),
                Option.value("--min-severity", "WORD", "Hiding", "hide what is milder, but never what is exploited"),
                Option.flag("--only-fixed", "Hiding", "hide what no version fixes"),
                ignore(),
                vex(),
                config(),
                Option.value(
                        "--publish",
                        "PRODUCT/VERSION",
                        "Register",
                        "send what was found there, as an SBOM, to this release"),
                Publishing.URL,
                Publishing.KEY,
                Publishing.AUDIENCE,
                Publishing.CA,
                DB,
                DEBUG,
                HELP);
    }

    @Override
    List<String> statuses() {
        return List.of(
                "0  done; findings alone do not fail",
                "1  something met --fail-on",
                "2  the command was wrong",
                "3  a file that was recognised could not be read, or only in part",
                "70 Reeve itself failed");
    }

    @Override
    int run(Arguments arguments, Environment environment) throws Refused, IOException {
        if (arguments.operands().isEmpty()) {
            throw Refused.usage("scan needs a path: reeve scan .");
        }
        ScanOptions options = ScanOptions.of(arguments, environment);
        Outputs outputs = Outputs.of(arguments, environment, Formats.NAMES);
        String release = arguments.value("--publish");
        Publishing publishing = release == null ? null : Publishing.of(release, arguments, environment);
        Steps steps = new Steps(environment, arguments.has("--verbose"));
        Report report = report(arguments.operands(), arguments, options, environment, steps);
        outputs.write(environment, (format, look, out) -> Formats.write(report, format, look, out));
        if (publishing != null) {
            ByteArrayOutputStream sbom = new ByteArrayOutputStream();
            SbomReport.write(report, SbomReport.NAMES.getFirst(), sbom);
            publishing.send(HttpRequest.BodyPublishers.ofByteArray(sbom.toByteArray()), "what was found", environment);
        }
        return report.exitStatus();
    }

    /// The report of what the words name.
    static Report report(
            List<String> words, Arguments arguments, ScanOptions options, Environment environment, Steps steps)
            throws Refused, IOException {
        Inventory inventory = inventory(words, arguments, options, environment, steps);
        Assessment assessment = new Assessment(options, environment);
        try (AdvisoryStore store = Stores.open(arguments, environment)) {
            boolean none = store.isEmpty();
            Matcher matcher = none ? null : new Matcher(store.index(), store.scores());
            Knowledge knowledge = none
                    ? new Knowledge(List.of(), "")
                    : new Knowledge(
                            store.index().sources(),
                            store.index().digest(),
                            store.support().size(),
                            store.support().asOf());
            steps.step("looking up " + inventory.items().size() + " components");
            Report report = assessment.report(
                    words,
                    inventory,
                    assessment.outcomes(inventory, matcher),
                    matcher,
                    knowledge,
                    knowledge.products() == 0 ? null : store.support());
            steps.end();
            return report;
        }
    }

    /// What the paths hold, without what is for development where that was asked.
    static Inventory inventory(
            List<String> words, Arguments arguments, ScanOptions options, Environment environment, Steps steps)
            throws Refused {
        List<Path> paths = Inputs.of(words, environment);
        List<String> exclude = new ArrayList<>(options.rules().exclude());
        exclude.addAll(arguments.values("--exclude"));
        Inventory inventory;
        try {
            inventory = Scan.of(
                    paths,
                    new Scan.Options(
                            exclude,
                            arguments.value("--as"),
                            steps::seen,
                            environment.in(),
                            platform(arguments.value("--platform")),
                            ArchiveBounds.of(arguments)));
        } catch (IllegalArgumentException e) { // a broken glob, or a kind that there is not
            throw Refused.usage(Shown.text(String.valueOf(e.getMessage())));
        }
        for (Inventory.FileRead file : steps.verbose() ? inventory.files() : List.<Inventory.FileRead>of()) {
            steps.step("read " + file.file() + " (" + file.kind() + "): " + file.components() + " components");
        }
        return options.noDevelopment() ? shipped(inventory) : inventory;
    }

    private static Inventory shipped(Inventory inventory) {
        List<Inventory.Item> kept = new ArrayList<>();
        for (Inventory.Item item : inventory.items()) {
            if (!item.component().scope().isDevelopment()) {
                kept.add(item);
            }
        }
        return new Inventory(kept, inventory.files(), inventory.ledger(), inventory.documents(), inventory.images());
    }

    private static @Nullable Platform platform(@Nullable String word) throws Refused {
        Platform platform = word == null ? null : Platform.of(word);
        if (word != null && platform == null) {
            throw Refused.usage("--platform takes no \"" + Shown.text(word) + "\"; it takes OS/ARCH: linux/arm64");
        }
        return platform;
    }
}
