package uk.reeve.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import uk.reeve.cli.report.Knowledge;
import uk.reeve.cli.report.Report;
import uk.reeve.cli.report.SbomReport;
import uk.reeve.cli.report.Text;
import uk.reeve.engine.match.Outcome;
import uk.reeve.scanner.Inventory;

/// `reeve sbom PATH...`, and what is done with an SBOM that is there: `check`, `convert`, `merge`, `sign`, `verify`.
final class SbomCommand extends Command {

    private static final String THERE = "An SBOM that is there";

    /// Options that one act takes alone.
    private static final Map<String, String> OF_ACTS =
            Map.of("--require", "check", "--key", "sign", "--trust", "verify", "--signature", "verify");

    @Override
    String name() {
        return "sbom";
    }

    @Override
    String sentence() {
        return "writes an SBOM; checks, converts, merges and signs those that are there";
    }

    @Override
    String operands() {
        return """
                PATH... [options]     (- is standard input)
                       reeve sbom check FILE | convert FILE | merge FILE FILE...
                       reeve sbom sign FILE --key KEY | verify FILE --trust KEY""";
    }

    @Override
    List<String> examples() {
        return List.of(
                "reeve sbom . --output bom.json              CycloneDX 1.6",
                "reeve sbom . --format spdx -o bom.spdx.json SPDX 2.3",
                "reeve sbom check supplier.cdx.json          is it valid? what does it lack?");
    }

    @Override
    List<String> notes() {
        return List.of(
                "What could not be read is told on standard error, and by exit status 3.",
                "check holds an SBOM against the schema of its own format and version and against the minimum elements"
                        + " (NTIA 2021, CISA's draft of 2025, BSI TR-03183-2 2.1.0), says how to mend each, and gives it a"
                        + " score. Its formats are table and json. A folder that is called check is ./check.",
                "convert and merge write CycloneDX 1.6 or SPDX 2.3 (JSON), and tell on standard error what was lost and"
                        + " what disagreed.",
                "sign writes FILE.sig: Ed25519, or ECDSA with P-256 and SHA-256, in Base64.");
    }

    @Override
    List<Option> options() {
        return List.of(
                exclude(),
                as(),
                noDevelopment(),
                platform(),
                ArchiveBounds.DEPTH,
                ArchiveBounds.BYTES,
                ArchiveBounds.FILES,
                format(SbomReport.NAMES),
                output(),
                verbose("each step, on standard error; check: all flaws"),
                Option.list("--require", "WHAT", THERE, "check: valid, or a score: exit status 1 if it is less"),
                Option.value("--key", "FILE", THERE, "sign: private key (PEM) of Ed25519 or P-256"),
                Option.value("--trust", "FILE", THERE, "verify: public key (PEM) of who signed"),
                Option.value("--signature", "FILE", THERE, "verify: instead of FILE.sig"),
                config(),
                DEBUG,
                HELP);
    }

    @Override
    List<String> statuses() {
        return List.of(
                "0  done",
                "1  check: less than --require asks for; verify: not what was signed",
                "2  the command was wrong",
                "3  a file could not be read, or only in part");
    }

    @Override
    int run(Arguments arguments, Environment environment) throws Refused, IOException {
        if (arguments.operands().isEmpty()) {
            throw Refused.usage("sbom needs a path: reeve sbom .");
        }
        String act = arguments.operands().getFirst();
        List<String> words =
                arguments.operands().subList(1, arguments.operands().size());
        for (Map.Entry<String, String> option : OF_ACTS.entrySet()) {
            if (arguments.has(option.getKey()) && !option.getValue().equals(act)) {
                throw Refused.usage(option.getKey() + " is for reeve sbom " + option.getValue());
            }
        }
        return switch (act) {
            case "check" -> SbomCheck.run(words, arguments, environment);
            case "convert" -> SbomConversion.convert(words, arguments, environment);
            case "merge" -> SbomConversion.merge(words, arguments, environment);
            case "sign" -> SbomSignature.sign(words, arguments, environment);
            case "verify" -> SbomSignature.verify(words, arguments, environment);
            default -> write(arguments, environment);
        };
    }

    // An SBOM of what lies at the paths.
    private static int write(Arguments arguments, Environment environment) throws Refused, IOException {
        ScanOptions options = ScanOptions.of(arguments, environment);
        Outputs outputs = Outputs.of(arguments, environment, SbomReport.NAMES);
        Steps steps = new Steps(environment, arguments.has("--verbose"));
        Inventory inventory = ScanCommand.inventory(arguments.operands(), arguments, options, environment, steps);
        List<Outcome> outcomes = new ArrayList<>(inventory.items().size());
        for (Inventory.Item item : inventory.items()) {
            outcomes.add(new Outcome(item.component(), Outcome.Coverage.LOOKED_AT, null, List.of(), null));
        }
        Report report = new Assessment(options, environment)
                .report(arguments.operands(), inventory, outcomes, null, new Knowledge(List.of(), ""), null);
        steps.end();
        boolean incomplete = false;
        for (Inventory.LedgerLine line : inventory.ledger()) {
            boolean unread = line.kind() == Inventory.LedgerLine.Kind.UNREADABLE
                    || line.kind() == Inventory.LedgerLine.Kind.PARTLY_READ;
            incomplete |= unread;
            if (unread || arguments.has("--verbose")) {
                String at = line.line() == 0 ? line.file() : line.file() + ":" + line.line();
                environment.say(Text.clean(at + ": " + line.message()));
            }
        }
        outputs.write(environment, (format, look, out) -> SbomReport.write(report, format, out));
        return incomplete ? Exit.INCOMPLETE : Exit.DONE;
    }
}
