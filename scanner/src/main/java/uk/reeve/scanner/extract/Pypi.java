package uk.reeve.scanner.extract;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.purl.Purl;
import uk.reeve.engine.sbom.Scope;

/// What the files of Python's package managers have in common.
final class Pypi {

    static final String GIT = "comes from version control, not from PyPI";
    static final String ADDRESS = "comes from a web address, not from PyPI";
    static final String ARCHIVE = "comes from a file, not from PyPI";

    private Pypi() {}

    /// The package URL; null, with a problem said, where name or version are missing or broken.
    static @Nullable Purl purl(Sink out, int line, @Nullable String name, @Nullable String version) {
        return Parts.purl(out, line, "pypi", null, name, version, Map.of());
    }

    /// The name by which one package is known, however it is written. Source: PEP 503.
    static String key(String name) {
        StringBuilder key = new StringBuilder(name.length());
        boolean separated = false;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean separator = c == '-' || c == '_' || c == '.';
            if (!separator) {
                key.append(c >= 'A' && c <= 'Z' ? (char) (c + 32) : c);
            } else if (!separated) {
                key.append('-');
            }
            separated = separator;
        }
        return key.toString();
    }

    /// Why what comes from this address is not PyPI's.
    static String outside(String address) {
        if (address.startsWith("git+")
                || address.startsWith("hg+")
                || address.startsWith("svn+")
                || address.startsWith("bzr+")
                || address.endsWith(".git")) {
            return GIT;
        }
        return address.startsWith("http:") || address.startsWith("https:") ? ADDRESS : ARCHIVE;
    }

    /// Tells of a dependency that a manifest asks for.
    ///
    /// @param pinned the one version that is asked for; null where several fit
    /// @param address where it is to be fetched from; null where that is an index
    static void asked(
            int line,
            String name,
            String wanted,
            @Nullable String pinned,
            @Nullable String address,
            Scope scope,
            Sink out) {
        if (address != null) {
            String why = outside(address);
            if (!why.equals(ARCHIVE)
                    || address.endsWith(".whl")
                    || address.endsWith(".gz")) { // else a folder of its own
                out.notCovered(line, name, null, why);
            }
        } else if (pinned == null) {
            out.unlocked(line, "PyPI", name, wanted, scope);
        } else {
            Purl purl = purl(out, line, name, pinned);
            if (purl != null) {
                out.direct(out.component(line, purl, scope));
            }
        }
    }

    /// What a group of dependencies is for, by its name or that of its file: one of its words says `dev` or `test`.
    static Scope scope(String name) {
        int start = 0;
        for (int i = 0; i <= name.length(); i++) {
            char c = i < name.length() ? name.charAt(i) : '.';
            if (!(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z')) {
                switch (name.substring(start, i).toLowerCase(Locale.ROOT)) {
                    case "test", "tests", "testing" -> {
                        return Scope.TEST;
                    }
                    case "dev", "devel", "develop", "development", "lint", "linting", "typing", "ci", "docs", "doc" -> {
                        return Scope.DEVELOPMENT;
                    }
                    case "build" -> {
                        return Scope.BUILD;
                    }
                    default -> {}
                }
                start = i + 1;
            }
        }
        return Scope.RUNTIME;
    }
}
