package uk.reeve.scanner.malice.sign;

import java.util.regex.Pattern;
import uk.reeve.scanner.malice.content.FileText;
import uk.reeve.scanner.malice.content.Trait;

/// A step of a code host's workflow that decodes what it runs, writes a command so that no filter knows it, or posts
/// several secrets in one request. Attackers add such a step to projects that they may write to, and a pull request's
/// branch may be named so. Silent where a step passes one secret on, as those do that call a service's own hook.
final class HijackedWorkflow extends Sign {

    private static final Pattern FILE = Pattern.compile(
            "(?:.{0,200}/)?(?:\\.github/workflows/[^/]{1,100}\\.ya?ml|\\.gitlab-ci\\.yml|action\\.ya?ml)");
    private static final Trait STEP = Trait.of(
            "base64\\s{1,3}(?:-d|--decode)\\b[^\\n]{0,80}\\|\\s{0,3}(?:(?:ba|z|da)?sh|python|node)\\b|\\$\\{ifs\\}|\\{(?:curl|wget),"
                    + "|\\b(?:curl|wget)\\b[^\\n]{0,400}\\$\\{\\{\\s?secrets\\.[^\\n]{0,200}\\$\\{\\{\\s?secrets\\.",
            "base64",
            "${ifs}",
            "{curl,",
            "{wget,",
            "secrets.");

    HijackedWorkflow() {
        super(
                "hijacked-workflow",
                "has a workflow with a step that hides what it runs, or posts several secrets",
                62,
                "steps name their commands, and give a secret to the one tool that needs it",
                "T1552.007",
                "T1027",
                "T1059.004");
    }

    @Override
    public void look(FileText text, Sightings out) {
        if (FILE.matcher(text.path()).matches()) {
            out.add(this, text, text.first(STEP));
        }
    }
}
