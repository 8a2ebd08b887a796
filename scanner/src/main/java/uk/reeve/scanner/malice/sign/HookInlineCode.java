package uk.reeve.scanner.malice.sign;

import java.util.regex.Pattern;
import uk.reeve.scanner.malice.content.CheckedPackage;
import uk.reeve.scanner.malice.content.FileText;
import uk.reeve.scanner.malice.content.Hook;
import uk.reeve.scanner.malice.content.Language;
import uk.reeve.scanner.malice.content.Stage;
import uk.reeve.scanner.malice.content.Trait;

/// A hook whose command is itself a program: `node -e`, `python -c`, an encoded PowerShell. It is seen by nobody
/// who reads the package's files. Silent where the program only loads a file of the package, as core-js does.
final class HookInlineCode extends Sign {

    private static final Trait INLINE = Trait.of(
            "\\b(?:node|bun|deno)\\s{1,4}(?:-e|--eval|-p|eval)\\b|python[\\d.]{0,4}\\s{1,4}-c\\b|\\bruby\\s{1,4}-e\\b|\\bperl\\s{1,4}-e\\b|\\bphp\\s{1,4}-r\\b|\\b(?:ba|z|da)?sh\\s{1,4}-c\\b|powershell|pwsh|base64|\\$\\(|`[a-z]",
            "node",
            "bun",
            "deno",
            "python",
            "ruby",
            "perl",
            "php",
            "sh",
            "base64",
            "$(",
            "`");
    private static final Pattern LOADS_OWN = Pattern.compile(
            "^node -e [\"'](?:try\\s?\\{)?\\s?require\\([\\\\\"']{1,3}\\.[\\w./-]{1,80}[\\\\\"']{1,3}\\);?\\s?(?:\\}\\s?catch\\s?\\(\\w{1,10}\\)\\s?\\{\\s?\\})?;?[\"']$");

    HookInlineCode() {
        super(
                "hook-inline-code",
                "has the program of an install hook in its manifest",
                25,
                "honest hooks name a file or a tool; the few that do not load one of their own files",
                "T1059");
    }

    @Override
    public void look(CheckedPackage whole, Sightings out) {
        for (Hook hook : whole.hooks()) {
            FileText command = FileText.of(hook.file(), Language.SHELL, Stage.INSTALL, hook.command());
            if (command.has(INLINE)
                    && !whole.files().has(hook.command())
                    && !LOADS_OWN.matcher(hook.command().strip()).matches()) {
                out.addOfPackage(this, hook.file(), hook.line(), hook.name() + ": " + hook.command());
            }
        }
    }
}
