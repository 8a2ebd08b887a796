package uk.reeve.scanner.extract;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.purl.Purl;

/// What the lock files of npm, yarn, pnpm and bun have in common.
final class Npm {

    static final String GIT = "comes from git, not from the npm registry";
    static final String ADDRESS = "comes from a web address, not from the npm registry";
    static final String ARCHIVE = "comes from a file, not from the npm registry";

    private Npm() {}

    /// The package URL; null, with a problem said, where name or version are missing or broken.
    static @Nullable Purl purl(Sink out, int line, @Nullable String name, @Nullable String version) {
        return Parts.purl(out, line, "npm", null, name, version, Map.of());
    }

    /// Why a package that was taken from there is not the registry's; null where it is, or may be: any address of the
    /// shape `…/-/name-1.0.0.tgz` is that of a registry, a mirror or a private one.
    static @Nullable String outside(@Nullable String from) {
        if (from == null || from.isEmpty() || from.startsWith("https://registry.")) {
            return null;
        }
        if (isGit(from)) {
            return GIT;
        }
        if (from.startsWith("file:") || from.startsWith("link:") || from.startsWith("portal:")) {
            return ARCHIVE;
        }
        if (!from.startsWith("http:") && !from.startsWith("https:")) {
            return null;
        }
        boolean registry = from.contains("/-/") || from.startsWith("https://npm.pkg.github.com/");
        return registry ? null : ADDRESS;
    }

    private static boolean isGit(String from) {
        return from.startsWith("git+")
                || from.startsWith("git:")
                || from.startsWith("git@")
                || from.startsWith("github:")
                || from.startsWith("gitlab:")
                || from.startsWith("bitbucket:")
                || from.startsWith("gist:")
                || from.startsWith("ssh:")
                || from.startsWith("https://codeload.github.com/")
                || (from.startsWith("http") && (from.endsWith(".git") || from.contains(".git#")));
    }

    /// Whether this asks for something of the project's own: it is no package of a registry.
    static boolean isOwn(String wanted) {
        return wanted.startsWith("workspace:")
                || wanted.startsWith("link:")
                || wanted.startsWith("portal:")
                || (wanted.startsWith("file:") && !wanted.endsWith(".tgz") && !wanted.endsWith(".tar.gz"));
    }

    /// Splits `name@rest` at the `@` that is not the scope's; null where there is none.
    static String @Nullable [] split(String text) {
        int at = text.indexOf('@', 1);
        return at < 0 ? null : new String[] {text.substring(0, at), text.substring(at + 1)};
    }

    /// The digest and the licence as [Sink#tell] takes them.
    ///
    /// @param integrity as subresource integrity writes it: `sha512-` and Base64
    static Map<String, String> facts(@Nullable String integrity, @Nullable String licence) {
        if (integrity == null) {
            return licence == null || licence.isEmpty() ? Map.of() : Map.of("licence", licence);
        }
        return licence == null || licence.isEmpty()
                ? Map.of("integrity", integrity)
                : Map.of("integrity", integrity, "licence", licence);
    }
}
