package uk.reeve.scanner.malice.sign;

import java.util.regex.Pattern;
import uk.reeve.scanner.malice.content.CheckedPackage;
import uk.reeve.scanner.malice.content.Hook;
import uk.reeve.scanner.malice.content.PackageFile;

/// Something that runs when the package is installed. Many honest packages build or fetch what they need so; most
/// attacks by packages start so, too. Python's `setup.py` and a `pom.xml`, which every package of a kind has, are
/// not told.
final class InstallHook extends Sign {

    private static final int MOST = 64 << 10;
    private static final Pattern ROUTINE = Pattern.compile(
            "|#.{0,2000}|[{}();|\\\\]{1,4}|\\w{1,40}=[^`$;&|]{0,200}|[\\w|*\"'-]{1,80}\\)|(?:\\|\\s?)?(?:if|fi|then|else|elif|esac|case|do|done|set|exit|for|while"
                    + "|return|echo|test|\\[|:|true|local|find|rmdir|sed|awk|sort|xargs|grep|which|command|dpkg(?:-[a-z-]{1,30})?|ldconfig|py(?:py)?3?(?:compile|clean)"
                    + "|update-[a-z.-]{1,30}|deb-systemd-[a-z]{1,10}|phpenmod|phpdismod)(?:\\s[^&]{0,400}(?:&&[^&]{0,400}|>\\s?/dev/null 2>&1[^&]{0,100}){0,4})?");

    InstallHook() {
        super(
                "install-hook",
                "runs something at installation",
                6,
                "a few in a hundred honest packages do; it matters with what runs",
                "T1195.002");
    }

    @Override
    public void look(CheckedPackage whole, Sightings out) {
        for (Hook hook : whole.hooks()) {
            boolean usual = isRoutine(whole, hook)
                    || hook.name().equals("setup.py")
                    || hook.name().equals("pom.xml")
                    || hook.name().equals("gemspec")
                    || hook.name().equals("prepare");
            if (!usual) {
                out.addOfPackage(this, hook.file(), hook.line(), hook.name() + ": " + hook.command());
            }
        }
    }

    // A Debian maintainer script of nothing but the packaging system's own helpers: most packages have one.
    private static boolean isRoutine(CheckedPackage whole, Hook hook) {
        PackageFile script = hook.file().startsWith("DEBIAN/") ? whole.files().get(hook.command()) : null;
        return script != null
                && Content.latin(script, MOST).lines().allMatch(line -> ROUTINE.matcher(line.strip())
                        .matches());
    }
}
