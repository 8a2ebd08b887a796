package uk.reeve.scanner.malice.sign;

import uk.reeve.scanner.malice.content.CheckedPackage;
import uk.reeve.scanner.malice.content.Hook;

/// Something that runs when the package is installed. Many honest packages build or fetch what they need so; most
/// attacks by packages start so, too. Python's `setup.py` and a `pom.xml`, which every package of a kind has, are
/// not told.
final class InstallHook extends Sign {

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
            boolean usual = hook.name().equals("setup.py")
                    || hook.name().equals("pom.xml")
                    || hook.name().equals("gemspec")
                    || hook.name().equals("prepare");
            if (!usual) {
                out.addOfPackage(this, hook.file(), hook.line(), hook.name() + ": " + hook.command());
            }
        }
    }
}
