package uk.reeve.scanner;

import java.util.ArrayList;
import java.util.List;

/// Globs of what is left out. `docs` and `*.min.json` hold for a name at every depth, `web/docs` and `**/test/**` for
/// the path below the folder that is scanned. A folder that matches is not entered.
final class Exclusions {

    private final List<Glob> names = new ArrayList<>();
    private final List<Glob> paths = new ArrayList<>();

    Exclusions(List<String> globs) {
        for (String glob : globs) {
            String tidy = glob.startsWith("./") ? glob.substring(2) : glob;
            tidy = tidy.endsWith("/") ? tidy.substring(0, tidy.length() - 1) : tidy;
            if (!tidy.contains("/")) {
                names.add(matcher(tidy));
                continue;
            }
            String path = tidy.startsWith("/") ? tidy.substring(1) : tidy;
            paths.add(matcher(path));
            if (path.startsWith("**/")) {
                paths.add(matcher(path.substring(3))); // a Java glob wants a slash where people mean "at any depth"
            }
            if (path.endsWith("/**")) {
                String folder = path.substring(0, path.length() - 3);
                paths.add(matcher(folder));
                paths.add(matcher(folder.startsWith("**/") ? folder.substring(3) : folder));
            }
        }
    }

    /// @throws IllegalArgumentException where a glob is broken: a sentence that quotes it
    static void check(List<String> globs) {
        if (!globs.isEmpty()) {
            new Exclusions(globs);
        }
    }

    /// Whether a path relative to its scanned folder is left out.
    boolean has(String relative) {
        if (names.isEmpty() && paths.isEmpty()) {
            return false;
        }
        String name = relative.substring(relative.lastIndexOf('/') + 1);
        for (Glob matcher : names) {
            if (matcher.matches(name)) {
                return true;
            }
        }
        for (Glob matcher : paths) {
            if (matcher.matches(relative)) {
                return true;
            }
        }
        return false;
    }

    private static Glob matcher(String glob) {
        try {
            return new Glob(glob);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("\"" + glob + "\" is not a glob: " + e.getMessage(), e);
        }
    }
}
