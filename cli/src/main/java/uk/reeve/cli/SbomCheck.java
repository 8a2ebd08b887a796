package uk.reeve.cli;

import java.io.IOException;
import java.util.List;
import uk.reeve.cli.report.SbomCheckReport;
import uk.reeve.cli.report.SbomCheckReport.Required;
import uk.reeve.cli.report.Text;
import uk.reeve.cli.schema.Validation;
import uk.reeve.engine.input.Element;
import uk.reeve.engine.input.Node;
import uk.reeve.engine.quality.MinimumElements;
import uk.reeve.engine.quality.Said;
import uk.reeve.engine.quality.Score;
import uk.reeve.engine.sbom.Sbom;

/// `reeve sbom check FILE`: is it what its schema asks for, and what does it lack?
final class SbomCheck {

    private SbomCheck() {}

    static int run(List<String> words, Arguments arguments, Environment environment) throws Refused, IOException {
        if (words.size() != 1) {
            throw Refused.usage("check needs one SBOM: reeve sbom check bom.json (a folder of that name is ./check)");
        }
        Required required = required(arguments.values("--require"));
        Outputs outputs = Outputs.of(arguments, environment, SbomCheckReport.NAMES);
        SbomFile file = SbomFile.of(words.getFirst(), environment);
        Node json = file.json();
        Element xml = json == null ? file.xml() : null;
        Validation validation;
        if (json != null) {
            validation = Validation.ofJson(json, file.bytes());
        } else if (xml != null) {
            validation = Validation.ofXml(file.bytes());
        } else {
            boolean broken = file.begins('{') || file.begins('<');
            validation = new Validation.NotDone(broken ? "it is not well-formed" : Validation.NONE);
        }
        Said said = json != null ? Said.of(json) : xml != null ? Said.of(xml) : null;
        Sbom sbom;
        try {
            sbom = file.sbom();
        } catch (Refused e) {
            SbomCheckReport.flaws(validation, file.name(), false).forEach(line -> environment.say(Text.clean(line)));
            throw e;
        }
        SbomCheckReport report = new SbomCheckReport(
                file.name(),
                sbom,
                validation,
                MinimumElements.of(sbom, said),
                Score.of(sbom, environment.now()),
                required);
        outputs.write(environment, report::write);
        return report.shortcoming() == null ? Exit.DONE : Exit.FAILED;
    }

    private static Required required(List<String> words) throws Refused {
        int score = 0;
        boolean valid = false;
        for (String word : words) {
            if (word.equals("valid")) {
                valid = true;
            } else if (word.matches("[0-9]{1,2}|100")) {
                score = Integer.parseInt(word);
            } else {
                throw Refused.usage(
                        "--require takes valid and a score from 0 to 100, not \"" + Shown.text(word) + "\"");
            }
        }
        return new Required(score, valid);
    }
}
