package uk.reeve.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.reeve.cli.report.CheckReport;
import uk.reeve.engine.index.AdvisoryStore;
import uk.reeve.engine.input.Unreadable;
import uk.reeve.engine.match.Finding;
import uk.reeve.engine.match.Matcher;
import uk.reeve.engine.purl.BadPurl;
import uk.reeve.engine.purl.Purl;
import uk.reeve.engine.sbom.Component;
import uk.reeve.engine.sbom.Place;
import uk.reeve.engine.sbom.Scope;
import uk.reeve.scanner.malice.Check;
import uk.reeve.scanner.malice.CheckResult;
import uk.reeve.scanner.malice.Indicators;
import uk.reeve.scanner.malice.Yara;
import uk.reeve.scanner.malice.content.CheckLimits;

/// `reeve check PACKAGE|ARCHIVE|FOLDER...`.
final class CheckCommand extends Command {

    @Override
    String name() {
        return "check";
    }

    @Override
    String sentence() {
        return "says whether a package looks malicious: what is known of it, which signs it shows, what they weigh";
    }

    @Override
    String operands() {
        return "PACKAGE|ARCHIVE|FOLDER... [options]";
    }

    @Override
    List<String> examples() {
        return List.of(
                "reeve check left-padd-1.0.3.tgz                 an archive, before it is installed",
                "reeve check npm/left-padd@1.0.3                 only what is known of that version");
    }

    @Override
    List<String> notes() {
        return List.of(
                "Nothing of a package is run, and nothing leaves this machine. A package that looks malicious may be honest,"
                        + " and one that does not may be malicious: read what was seen. Only a published record, or an"
                        + " indicator that is given, says that a version is malicious.");
    }

    @Override
    List<Option> options() {
        return List.of(
                Option.value(
                        "--against",
                        "SOURCE",
                        "What to look at",
                        "what the package was made from: tells code that is in the package alone"),
                Option.list(
                        "--indicators",
                        "FILE",
                        "Knowledge",
                        "published lists of malicious versions: NAME:VERSION lines, or CSV"),
                Option.list("--yara", "FILE", "Knowledge", "rules of your own, for the yara program"),
                DB,
                format(CheckReport.NAMES),
                output(),
                colour(),
                verbose("every sign that was seen, and why it weighs what it does"),
                DEBUG,
                HELP);
    }

    @Override
    List<String> statuses() {
        return List.of(
                "0  done; nothing looks malicious",
                "1  something is known to be malicious, or is above the alarm score",
                "2  the command was wrong",
                "3  a package could not be read, or only in part");
    }

    @Override
    int run(Arguments arguments, Environment environment) throws Refused, IOException {
        if (arguments.operands().isEmpty()) {
            throw Refused.usage("check needs a package: reeve check left-padd-1.0.3.tgz");
        }
        Outputs outputs = Outputs.of(arguments, environment, CheckReport.NAMES);
        Indicators indicators = indicators(arguments, environment);
        Check.Aids aids = aids(arguments, environment);
        List<CheckReport.Entry> entries = new ArrayList<>();
        try (AdvisoryStore store = Stores.open(arguments, environment)) {
            Matcher matcher = store.isEmpty() ? null : new Matcher(store.index(), store.scores());
            for (String word : arguments.operands()) {
                entries.add(entry(word, aids, matcher, indicators, environment));
            }
        }
        CheckReport report = new CheckReport(entries);
        outputs.write(environment, report::write);
        return report.isAlarm() ? Exit.FAILED : report.isIncomplete() ? Exit.INCOMPLETE : Exit.DONE;
    }

    private static Check.Aids aids(Arguments arguments, Environment environment) throws Refused {
        String source = arguments.value("--against");
        List<Path> rules = Inputs.of(arguments.values("--yara"), environment);
        Yara yara =
                rules.isEmpty() ? null : Yara.of(rules, environment.variables().get("PATH"));
        if (yara == null && !rules.isEmpty()) {
            throw Refused.usage(
                    "--yara needs the yara program, which is not on the PATH; install it, or leave --yara out");
        }
        return new Check.Aids(
                source == null ? null : Inputs.of(List.of(source), environment).getFirst(), yara);
    }

    private static CheckReport.Entry entry(
            String word, Check.Aids aids, @Nullable Matcher matcher, Indicators indicators, Environment environment)
            throws Refused, IOException {
        Path path = environment.path(word);
        if (!Files.exists(path)) {
            Purl purl = purl(word);
            return new CheckReport.Entry(word, null, purl, known(purl, matcher, indicators), null);
        }
        try {
            CheckResult result = Check.of(path, aids, CheckLimits.DEFAULT);
            return new CheckReport.Entry(word, result, result.purl(), known(result.purl(), matcher, indicators), null);
        } catch (Unreadable e) {
            return new CheckReport.Entry(word, null, null, List.of(), e.at(Shown.text(word)));
        }
    }

    private static Purl purl(String word) throws Refused {
        try {
            Purl purl = Purl.parse(word.startsWith("pkg:") ? word : "pkg:" + word);
            if (purl.version() != null) {
                return purl;
            }
        } catch (BadPurl e) {
            // said below
        }
        throw Refused.usage(Shown.text(word)
                + ": there is no such file or folder, and it names no package; write npm/lodash@4.17.21");
    }

    private static List<CheckReport.Known> known(@Nullable Purl purl, @Nullable Matcher matcher, Indicators indicators)
            throws IOException {
        List<CheckReport.Known> known = new ArrayList<>();
        if (purl == null) {
            return known;
        }
        if (matcher != null) {
            Component component = Component.of(purl.toString(), purl, Scope.RUNTIME, true, new Place("", 0));
            for (Finding finding : matcher.match(component, null).findings()) {
                if (finding.malicious()) {
                    known.add(new CheckReport.Known(
                            finding.id(),
                            "published record, " + finding.reasons().getFirst().range()));
                }
            }
        }
        for (Indicators.Hit hit : indicators.of(purl)) {
            known.add(new CheckReport.Known(hit.list() + ":" + hit.line(), hit.words()));
        }
        return known;
    }

    private static Indicators indicators(Arguments arguments, Environment environment) throws Refused {
        Indicators indicators = new Indicators();
        for (String word : arguments.values("--indicators")) {
            Path path = Inputs.of(List.of(word), environment).getFirst();
            try {
                indicators.read(word, path);
            } catch (Unreadable e) {
                throw new Refused(Exit.INCOMPLETE, e.at(Shown.text(word)));
            } catch (IOException e) {
                throw new Refused(Exit.INCOMPLETE, Shown.text(word) + ": " + Inputs.why(e));
            }
        }
        return indicators;
    }
}
