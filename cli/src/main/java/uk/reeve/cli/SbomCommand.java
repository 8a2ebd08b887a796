package uk.reeve.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import uk.reeve.cli.report.Knowledge;
import uk.reeve.cli.report.Report;
import uk.reeve.cli.report.SbomReport;
import uk.reeve.cli.report.Text;
import uk.reeve.engine.match.Outcome;
import uk.reeve.scanner.Inventory;

/// `reeve sbom PATH...`.
final class SbomCommand extends Command {

    @Override
    String name() {
        return "sbom";
    }

    @Override
    String sentence() {
        return "writes an SBOM of what a folder or lock file holds";
    }

    @Override
    String operands() {
        return "PATH... [options]     (- is standard input)";
    }

    @Override
    List<String> examples() {
        return List.of(
                "reeve sbom . --output bom.json              CycloneDX 1.6",
                "reeve sbom . --format spdx -o bom.spdx.json SPDX 2.3");
    }

    @Override
    List<String> notes() {
        return List.of("What could not be read is told on standard error, and by exit status 3.");
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
                verbose("each step, on standard error"),
                config(),
                DEBUG,
                HELP);
    }

    @Override
    List<String> statuses() {
        return List.of("0  done", "2  the command was wrong", "3  a file could not be read, or only in part");
    }

    @Override
    int run(Arguments arguments, Environment environment) throws Refused, IOException {
        if (arguments.operands().isEmpty()) {
            throw Refused.usage("sbom needs a path: reeve sbom .");
        }
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
