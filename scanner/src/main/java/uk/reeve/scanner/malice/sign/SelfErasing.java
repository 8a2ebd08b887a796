package uk.reeve.scanner.malice.sign;

import uk.reeve.scanner.malice.content.FileText;
import uk.reeve.scanner.malice.content.Trait;

/// Removes its traces: deletes its own file, puts a clean manifest in place of the one with the hook.
final class SelfErasing extends Sign {

    private static final Trait ERASES = Trait.of(
            "(?:unlink(?:sync)?|rmsync|rm)\\s?\\(\\s?(?:path\\.\\w{1,8}\\(\\s?)?(?:__filename|__dirname\\s?,\\s?[\"'][\\w.]{1,20}\\.(?:js|cjs|sh|json)|process\\.argv\\[1\\]|require\\.main\\.filename|import\\.meta)|os\\.(?:remove|unlink)\\s?\\(\\s?(?:os\\.path\\.\\w{1,10}\\(\\s?)?(?:__file__|sys\\.argv\\[0\\])|(?:path|pathlib\\.path)\\(__file__\\)[^\\n]{0,30}\\.unlink|rm\\s{1,3}(?:-[rf]{1,2}\\s{1,3})?[\"']?\\$0|del\\s{1,3}(?:/f\\s{1,3})?[\"']?%~f?0|file\\.delete\\s?\\(?\\s?__file__|unlink\\s?\\(?\\s?__file__|remove-item\\s[^\\n]{0,30}\\$(?:myinvocation|pscommandpath)|delete\\s{1,3}[^\\n]{0,20}\\.scripts(?:\\s?[;,})]|[.\\[]{1,2}[\"']?(?:pre|post)?install)|(?:rename|copyfile)(?:sync)?\\s?\\([^\\n]{0,80}package\\.json|history\\s{1,2}-c|unset\\s{1,2}histfile|clear-history",
            "unlink", "rmsync", "rm ", "rm(", "remove", "del ", "delete", "rename", "copyfile", "history", "histfile");

    SelfErasing() {
        super(
                "self-erasing",
                "removes its own traces",
                30,
                "an install script may tidy up what it fetched, but not itself",
                "T1070.004");
    }

    @Override
    public void look(FileText text, Sightings out) {
        if (text.language().isCode()) {
            out.add(this, text, text.first(ERASES));
        }
    }
}
