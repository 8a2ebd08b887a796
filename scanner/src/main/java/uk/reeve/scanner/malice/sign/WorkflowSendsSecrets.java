package uk.reeve.scanner.malice.sign;

import uk.reeve.scanner.malice.content.FileText;
import uk.reeve.scanner.malice.content.Language;
import uk.reeve.scanner.malice.content.Trait;

/// A workflow, in a file or in code that writes one, that puts all secrets of a project into one text.
final class WorkflowSendsSecrets extends Sign {

    private static final Trait ALL = Trait.of("tojson\\s?\\(\\s?secrets\\s?\\)", "tojson");

    WorkflowSendsSecrets() {
        super(
                "workflow-sends-secrets",
                "has a workflow that takes all secrets of a project at once",
                62,
                "a workflow names the secrets that it needs",
                "T1552.007",
                "T1567");
    }

    @Override
    public void look(FileText text, Sightings out) {
        if (text.language() != Language.PROSE) {
            out.add(this, text, text.first(ALL));
        }
    }
}
