package uk.reeve.scanner.malice.sign;

import uk.reeve.scanner.malice.content.FileText;
import uk.reeve.scanner.malice.content.Trait;

/// A task that an editor runs as soon as somebody opens the folder, or a hook of a tool that reads the project.
final class EditorTask extends Sign {

    private static final Trait TASK = Trait.of("\"runon\"\\s?:\\s?\"folderopen\"", "folderopen");
    private static final Trait HOOK = Trait.of(
            "\"(?:sessionstart|pretooluse|userpromptsubmit)\"", "sessionstart", "pretooluse", "userpromptsubmit");

    EditorTask() {
        super(
                "editor-task",
                "runs something when an editor opens it",
                62,
                "packages ship no settings of editors; those that do have no such task",
                "T1204",
                "T1546");
    }

    @Override
    public void look(FileText text, Sightings out) {
        boolean tasks = text.path().endsWith("tasks.json") || text.path().endsWith(".code-workspace");
        boolean agent = text.path().contains(".claude/")
                || text.path().contains(".cursor/")
                || text.path().contains(".gemini/");
        out.add(this, text, tasks ? text.first(TASK) : agent ? text.first(HOOK) : -1);
    }
}
