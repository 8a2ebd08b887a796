package uk.reeve.scanner.malice.sign;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import uk.reeve.scanner.malice.content.CheckedPackage;
import uk.reeve.scanner.malice.content.Manifest;

/// A popular name with a word that sounds official. Plugins are named so as well.
final class CombinedName extends Sign {

    private static final int TARGETS = 500;
    private static final Set<String> WORDS = Set.of(
            "security",
            "secure",
            "js",
            "py",
            "python",
            "node",
            "nodejs",
            "util",
            "utils",
            "lib",
            "api",
            "sdk",
            "client",
            "core",
            "dev",
            "official",
            "pro",
            "plus",
            "new",
            "fix",
            "fixed",
            "patch",
            "patched",
            "update",
            "updated",
            "latest",
            "v2",
            "v3",
            "next",
            "tool",
            "tools",
            "helper",
            "helpers",
            "free",
            "beta",
            "validator",
            "logger",
            "auth",
            "web",
            "async",
            "fast",
            "lite");

    CombinedName() {
        super(
                "combined-name",
                "joins a popular name and a word that sounds official",
                8,
                "plugins of popular packages are named so, too",
                "T1036.005");
    }

    @Override
    public void look(CheckedPackage whole, Sightings out) {
        Manifest manifest = whole.manifest();
        String name = manifest == null ? null : manifest.name();
        if (manifest == null || name == null) {
            return;
        }
        List<String> popular = PopularNames.of(manifest.type());
        String lower = name.toLowerCase(Locale.ROOT);
        if (popular.contains(lower)) {
            return;
        }
        for (String target : popular.subList(0, Math.min(TARGETS, popular.size()))) {
            boolean first = lower.startsWith(target + "-") && WORDS.contains(lower.substring(target.length() + 1));
            boolean last = lower.endsWith("-" + target)
                    && WORDS.contains(lower.substring(0, Math.max(0, lower.length() - target.length() - 1)));
            if (first || last) {
                out.addOfPackage(this, manifest.path(), 0, name + ", and " + target + " is popular");
                return;
            }
        }
    }
}
