package uk.reeve.scanner.malice.sign;

import uk.reeve.scanner.malice.content.FileText;
import uk.reeve.scanner.malice.content.Trait;

/// Writes into the folder from which a code host runs builds, where secrets are at hand.
final class WorkflowInjection extends Sign {

    private static final Trait FOLDER = Trait.of(
            "\\.github[/\\\\\"',\\s]{1,6}workflows|\\.gitlab-ci\\.yml|\\.circleci[/\\\\]config|/contents/\\.github",
            ".github",
            ".gitlab-ci",
            ".circleci");
    private static final Trait SECRETS = Trait.of("tojson\\s?\\(\\s?secrets\\s?\\)|\\$\\{\\{\\s?secrets\\.", "secrets");
    private static final Trait REPOSITORY = Trait.of(
            "api\\.github\\.com|/user/repos|/repos/|/git/refs|createorupdatefilecontents|repos\\.create|gh\\s{1,3}(?:api|repo|secret)|git\\s{1,3}push|self-hosted|actions/runner|registration-token",
            "github",
            "/repos",
            "/user/",
            "/git/",
            "createorupdate",
            "gh ",
            "git",
            "self-hosted",
            "actions/runner",
            "registration-token");

    WorkflowInjection() {
        super(
                "workflow-injection",
                "writes workflows that run where a project is built",
                40,
                "scaffolding tools write workflows of the project's own, without its secrets in them",
                "T1195.002",
                "T1554");
    }

    @Override
    public void look(FileText text, Sightings out) {
        boolean writes = text.language().isCode()
                && text.has(FOLDER)
                && (text.has(Behaviour.WRITES) || text.has(Behaviour.SENDS))
                && (text.has(REPOSITORY) || text.has(SECRETS));
        out.add(this, text, writes ? text.first(FOLDER) : -1);
    }
}
