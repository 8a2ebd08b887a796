package uk.reeve.scanner.malice.sign;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import uk.reeve.engine.input.Unreadable;
import uk.reeve.scanner.malice.content.CheckedPackage;
import uk.reeve.scanner.malice.content.Hook;
import uk.reeve.scanner.malice.content.PackageFile;

/// Files, or hooks, that the package has and its source has not, or otherwise: what was put in on the way to the
/// registry. Only where a source is given (`--against`). Files that a build makes (`dist`, minified ones, lists of
/// files) are left out, and ends of lines do not count.
final class DiffersFromSource extends Sign {

    private static final int BYTES = 4 << 20;
    private static final Pattern BUILT = Pattern.compile(
            "(?:^|/)(?:dist|build|out|umd|esm|cjs|es|target|generated)/.{1,300}|.{1,300}[.-]min\\.js|(?:^|.{0,300}/)(?:_version|version|__version__)\\.(?:py|js|rb)|.{0,200}\\.egg-info/.{0,200}|.{0,200}\\.dist-info/.{0,200}");

    DiffersFromSource() {
        super(
                "differs-from-source",
                "has code that its source has not, or otherwise",
                62,
                "builds add files of their own kinds, which are left out",
                "T1195.002",
                "T1554");
    }

    @Override
    public void look(CheckedPackage whole, Sightings out) {
        CheckedPackage source = whole.against();
        if (source == null) {
            return;
        }
        Set<String> hooks = new HashSet<>();
        source.hooks().forEach(hook -> hooks.add(hook.name() + " " + hook.command()));
        for (Hook hook : whole.hooks()) {
            if (!hooks.contains(hook.name() + " " + hook.command())) {
                out.addOfPackage(
                        this, hook.file(), hook.line(), "not in the source: " + hook.name() + ": " + hook.command());
            }
        }
        for (PackageFile file : whole.files().all()) {
            if (isCode(file) && !BUILT.matcher(file.path()).matches()) {
                PackageFile other = source.files().get(file.path());
                other = other == null ? source.files().get("src/" + file.path()) : other;
                if (other == null) {
                    out.addOfPackage(this, file.path(), 0, "is not in the source");
                } else if (!text(file).equals(text(other))) {
                    out.addOfPackage(this, file.path(), 0, "is otherwise in the source");
                }
            }
        }
    }

    private static boolean isCode(PackageFile file) {
        try {
            return file.language().isCode() && !file.path().contains("!/");
        } catch (IOException | Unreadable e) {
            return false; // told when its text is looked at
        }
    }

    private static String text(PackageFile file) {
        return Content.latin(file, BYTES).replace("\r\n", "\n").strip();
    }
}
