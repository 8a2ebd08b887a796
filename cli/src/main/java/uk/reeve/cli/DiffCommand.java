package uk.reeve.cli;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import uk.reeve.cli.report.DiffReport;
import uk.reeve.cli.report.Difference;
import uk.reeve.cli.report.JsonReport;
import uk.reeve.cli.report.Report;
import uk.reeve.cli.report.SavedReport;
import uk.reeve.cli.report.Severity;
import uk.reeve.engine.input.JsonInput;
import uk.reeve.engine.input.Unreadable;

/// `reeve diff OLD NEW`: each a report of ours, or something that can be scanned.
final class DiffCommand extends Command {

    @Override
    String name() {
        return "diff";
    }

    @Override
    String sentence() {
        return "says which flaws and components came and went between two scans, SBOMs or folders";
    }

    @Override
    String operands() {
        return "OLD NEW [options]";
    }

    @Override
    List<String> examples() {
        return List.of(
                "reeve diff monday.json today.json           two reports, by --format json",
                "reeve diff app-8.1.cdx.json app-8.2.cdx.json --fail-on any");
    }

    @Override
    List<Option> options() {
        return List.of(
                format(DiffReport.NAMES),
                output(),
                colour(),
                verbose("write out what is folded, and each step"),
                Option.list("--fail-on", "LIST", "Failing", String.join(", ", FailOn.WORDS) + "; of what is new"),
                exclude(),
                noDevelopment(),
                ArchiveBounds.DEPTH,
                ArchiveBounds.BYTES,
                ArchiveBounds.FILES,
                distribution(),
                ignore(),
                vex(),
                config(),
                DB,
                DEBUG,
                HELP);
    }

    @Override
    List<String> statuses() {
        return List.of(
                "0  done; differences alone do not fail",
                "1  something new met --fail-on",
                "2  the command was wrong",
                "3  a file that was recognised could not be read, or only in part");
    }

    @Override
    int run(Arguments arguments, Environment environment) throws Refused, IOException {
        if (arguments.operands().size() != 2) {
            throw Refused.usage("diff needs two things to compare: reeve diff OLD NEW");
        }
        ScanOptions options = ScanOptions.of(arguments, environment);
        Outputs outputs = Outputs.of(arguments, environment, DiffReport.NAMES);
        boolean[] incomplete = new boolean[1];
        SavedReport old = side(arguments.operands().get(0), arguments, options, environment, incomplete);
        SavedReport now = side(arguments.operands().get(1), arguments, options, environment, incomplete);
        Difference difference = Difference.of(old, now);
        List<String> failed = new ArrayList<>();
        for (String word : options.failOn().words()) {
            int count = 0;
            if (word.equals("eol")) {
                count = difference.lapsed().size();
                if (count > 0) {
                    failed.add(count + (count == 1 ? " release is" : " releases are") + " newly out of support"
                            + " (--fail-on eol).");
                }
                continue;
            }
            for (SavedReport.Entry entry : difference.opened()) {
                count += meets(entry, word) ? 1 : 0;
            }
            if (count > 0) {
                failed.add(count + (count == 1 ? " new finding meets" : " new findings meet") + " --fail-on " + word
                        + ".");
            }
        }
        outputs.write(environment, (format, look, out) -> DiffReport.write(difference, failed, format, look, out));
        return !failed.isEmpty() ? Exit.FAILED : incomplete[0] ? Exit.INCOMPLETE : Exit.DONE;
    }

    private static boolean meets(SavedReport.Entry entry, String word) {
        return switch (word) {
            case "any" -> true;
            case "kev" -> entry.exploited();
            case "malicious" -> entry.malicious();
            case "unrated" -> Severity.level(entry.severity()) < 0;
            case "stale", "eol" -> false;
            default -> Severity.level(entry.severity()) >= Severity.level(word);
        };
    }

    // A report is taken as it is; all else is scanned, and read back as the report that it gives.
    private static SavedReport side(
            String word, Arguments arguments, ScanOptions options, Environment environment, boolean[] incomplete)
            throws Refused, IOException {
        Path path = Inputs.of(List.of(word), environment).getFirst();
        try {
            if (isReport(path)) {
                try (InputStream in = new BufferedInputStream(Files.newInputStream(path))) {
                    return SavedReport.of(JsonInput.read(in));
                }
            }
            Steps steps = new Steps(environment, arguments.has("--verbose"));
            Report report = ScanCommand.report(List.of(word), arguments, options, environment, steps);
            incomplete[0] |= report.exitStatus() == Exit.INCOMPLETE;
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            JsonReport.write(report, bytes);
            return SavedReport.of(JsonInput.read(new java.io.ByteArrayInputStream(bytes.toByteArray())));
        } catch (Unreadable e) {
            throw new Refused(Exit.INCOMPLETE, e.at(Shown.text(word)));
        }
    }

    private static boolean isReport(Path path) throws IOException {
        if (!Files.isRegularFile(path)) {
            return false;
        }
        try (InputStream in = Files.newInputStream(path)) {
            return new String(in.readNBytes(256), StandardCharsets.UTF_8).contains("\"reeve-report/");
        }
    }
}
