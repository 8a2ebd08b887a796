package uk.reeve.scanner.extract;

import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
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
        if (from == null || from.isEmpty()) {
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
        return wanted.startsWith("workspace:") || wanted.startsWith("link:") || wanted.startsWith("portal:")
                || (wanted.startsWith("file:") && !wanted.endsWith(".tgz") && !wanted.endsWith(".tar.gz"));
    }

    /// Splits `name@rest` at the `@` that is not the scope's; null where there is none.
    static String @Nullable [] split(String text) {
        int at = text.indexOf('@', 1);
        return at < 0 ? null : new String[] {text.substring(0, at), text.substring(at + 1)};
    }

    /// Digests of a subresource integrity string (`sha512-…`), and the licence, as [Sink#tell] takes them.
    static Map<String, String> facts(@Nullable String integrity, @Nullable String licence) {
        if (integrity == null && licence == null) {
            return Map.of();
        }
        Map<String, String> facts = new LinkedHashMap<>(4);
        if (licence != null && !licence.isEmpty()) {
            facts.put("licence", licence);
        }
        for (int start = 0; integrity != null && start < integrity.length(); ) {
            int end = integrity.indexOf(' ', start);
            end = end < 0 ? integrity.length() : end;
            digest(integrity.substring(start, end), facts);
            start = end + 1;
        }
        return facts;
    }

    private static void digest(String part, Map<String, String> facts) {
        int dash = part.indexOf('-');
        String algorithm = switch (dash < 0 ? "" : part.substring(0, dash)) {
            case "sha1" -> "SHA-1";
            case "sha256" -> "SHA-256";
            case "sha384" -> "SHA-384";
            case "sha512" -> "SHA-512";
            default -> "";
        };
        if (!algorithm.isEmpty()) {
            try {
                byte[] digest = Base64.getDecoder().decode(part.substring(dash + 1));
                facts.put("hash:" + algorithm, HexFormat.of().formatHex(digest));
            } catch (IllegalArgumentException e) {
                // No digest then: nothing is judged by it.
            }
        }
    }
}
