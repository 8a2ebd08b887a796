package uk.reeve.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import uk.reeve.cli.convert.Conversion;
import uk.reeve.cli.convert.Input;
import uk.reeve.cli.convert.Losses;
import uk.reeve.cli.convert.Merge;
import uk.reeve.cli.report.Text;
import uk.reeve.engine.sbom.Problem;
import uk.reeve.engine.sbom.Sbom;

/// `reeve sbom convert FILE` and `reeve sbom merge FILE FILE...`: the SBOM is the report, and what was lost or
/// disagreed on the way is told on standard error.
final class SbomConversion {

    private static final int MOST_LINES = 100;
    private static final int MOST_WARNINGS = 20;

    private SbomConversion() {}

    static int convert(List<String> words, Arguments arguments, Environment environment) throws Refused, IOException {
        if (words.size() != 1) {
            throw Refused.usage("convert needs one SBOM: reeve sbom convert bom.json --format spdx");
        }
        Input input = input(words.getFirst(), environment);
        boolean spdx = input.sbom().format().equals("SPDX");
        Outputs outputs =
                Outputs.of(arguments, environment, spdx ? List.of("cyclonedx", "spdx") : List.of("spdx", "cyclonedx"));
        keep(words, outputs, environment);
        return write(Conversion.of(input), outputs, environment);
    }

    static int merge(List<String> words, Arguments arguments, Environment environment) throws Refused, IOException {
        if (words.size() < 2) {
            throw Refused.usage("merge needs two SBOMs or more: reeve sbom merge web.json database.json -o all.json");
        }
        Outputs outputs = Outputs.of(arguments, environment, List.of("cyclonedx", "spdx"));
        keep(words, outputs, environment);
        List<Input> inputs = new ArrayList<>(words.size());
        for (String word : words) {
            inputs.add(input(word, environment));
        }
        return write(Merge.of(inputs), outputs, environment);
    }

    // What was sent is the evidence: it is not written over.
    private static void keep(List<String> inputs, Outputs outputs, Environment environment)
            throws Refused, IOException {
        for (Outputs.Target target : outputs.targets()) {
            for (String word : inputs) {
                Path input = environment.path(word);
                Path place = target.file();
                if (place != null && Files.exists(place) && Files.exists(input) && Files.isSameFile(place, input)) {
                    throw Refused.usage(Shown.text(word) + " would be written over; give --output another name");
                }
            }
        }
    }

    private static Input input(String word, Environment environment) throws Refused, IOException {
        SbomFile file = SbomFile.of(word, environment);
        Sbom sbom = file.sbom();
        List<String> warnings = new ArrayList<>();
        for (Problem warning : sbom.warnings()) {
            warnings.add(word + (warning.line() == 0 ? "" : ":" + warning.line()) + ": " + warning.message());
        }
        say(warnings, MOST_WARNINGS, "", environment);
        Path name = Path.of(word).getFileName(); // folders of this machine are nobody's business
        return new Input(name == null ? word : name.toString(), file.digest(), sbom, file.json(), file.xml());
    }

    private static int write(Conversion conversion, Outputs outputs, Environment environment)
            throws Refused, IOException {
        outputs.write(
                environment,
                (format, look, out) ->
                        conversion.write(format, conversion.time(environment.now()), Version.NUMBER, out));
        Set<String> formats = new LinkedHashSet<>();
        outputs.targets().forEach(target -> formats.add(target.format()));
        for (String format : formats) {
            tell(conversion.losses(format), format.equals("spdx") ? "SPDX 2.3" : "CycloneDX 1.6", environment);
        }
        if (!conversion.disagreements().isEmpty()) {
            environment.say("The inputs disagree; what the first says is kept:");
            say(conversion.disagreements(), MOST_LINES, "  ", environment);
        }
        return Exit.DONE;
    }

    private static void tell(Losses losses, String format, Environment environment) {
        List<String> lines = new ArrayList<>();
        for (Map.Entry<String, Integer> element : losses.elements().entrySet()) {
            lines.add(element.getKey() + "  " + Text.count(element.getValue()));
        }
        if (!lines.isEmpty()) {
            environment.say("Not in the " + format + " that was written, by element and how often:");
            say(lines, MOST_LINES, "  ", environment);
        } else if (losses.itemised()) {
            environment.say("Nothing was lost in " + format + ".");
        }
        if (!losses.itemised()) {
            environment.say(
                    "What else may be lost is not known: that is looked at in JSON of CycloneDX and SPDX 2, and in"
                            + " CycloneDX's XML.");
        }
    }

    private static void say(List<String> lines, int most, String indent, Environment environment) {
        for (String line : lines.subList(0, Math.min(most, lines.size()))) {
            environment.say(indent + Text.clean(line));
        }
        if (lines.size() > most) {
            environment.say(indent + "and " + Text.count(lines.size() - most) + " more");
        }
    }
}
