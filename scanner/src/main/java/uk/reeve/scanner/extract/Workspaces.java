package uk.reeve.scanner.extract;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import uk.reeve.engine.input.Node;
import uk.reeve.engine.input.Unreadable;

/// The workspaces of npm, yarn, pnpm and bun: their members are locked by one file above them.
final class Workspaces {

    private static final String[] LOCKS = {
        "package-lock.json", "npm-shrinkwrap.json", "yarn.lock", "pnpm-lock.yaml", "bun.lock", "deno.lock"
    };

    /// Folders above a member that are looked at.
    private static final int LEVELS = 8;

    /// Parts of a glob, so that many `**` cost little.
    private static final int MOST_PARTS = 12;

    private Workspaces() {}

    /// Whether a folder above the `package.json` counts it as a member, and has a lock file.
    static boolean isLockedAbove(ScanFile manifest) throws IOException {
        String folder = manifest.path().folder();
        String up = "";
        String below = "";
        for (int level = 0; level < LEVELS && !folder.isEmpty(); level++) {
            int slash = folder.lastIndexOf('/');
            String name = folder.substring(slash + 1);
            below = below.isEmpty() ? name : name + "/" + below;
            folder = slash < 0 ? "" : folder.substring(0, slash);
            up += "../";
            if (hasLock(manifest, up) && isMember(below, members(manifest, up))) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasLock(ScanFile manifest, String folder) throws IOException {
        for (String lock : LOCKS) {
            if (manifest.neighbour(folder + lock) != null) {
                return true;
            }
        }
        return false;
    }

    // "workspaces": [...] or {"packages": [...]}; pnpm has a file of its own.
    private static List<String> members(ScanFile manifest, String folder) throws IOException {
        List<String> globs = new ArrayList<>();
        ScanFile above = manifest.neighbour(folder + "package.json");
        if (above != null) {
            Node root = PackageJson.read(above);
            texts(root.items("workspaces"), globs);
            Node workspaces = root.get("workspaces");
            texts(workspaces == null ? List.of() : workspaces.items("packages"), globs);
        }
        ScanFile pnpm = manifest.neighbour(folder + "pnpm-workspace.yaml");
        if (pnpm != null) {
            try {
                texts(pnpm.yaml().items("packages"), globs);
            } catch (Unreadable e) {
                // Then nothing is known to be a member.
            }
        }
        return globs;
    }

    private static void texts(List<Node> nodes, List<String> into) {
        for (Node node : nodes) {
            String text = node.text();
            if (text != null) {
                into.add(text);
            }
        }
    }

    static boolean isMember(String path, List<String> globs) {
        boolean member = false;
        for (String glob : globs) {
            boolean not = glob.startsWith("!");
            String plain = tidy(not ? glob.substring(1) : glob);
            String[] parts = plain.split("/");
            if (parts.length <= MOST_PARTS && matches(parts, 0, path.split("/"), 0)) {
                member = !not;
            }
        }
        return member;
    }

    private static String tidy(String glob) {
        String plain = glob.startsWith("./") ? glob.substring(2) : glob;
        return plain.endsWith("/") ? plain.substring(0, plain.length() - 1) : plain;
    }

    private static boolean matches(String[] glob, int g, String[] path, int p) {
        if (g == glob.length) {
            return p == path.length;
        }
        if (glob[g].equals("**")) {
            for (int i = p; i <= path.length; i++) {
                if (matches(glob, g + 1, path, i)) {
                    return true;
                }
            }
            return false;
        }
        return p < path.length && segment(glob[g], path[p]) && matches(glob, g + 1, path, p + 1);
    }

    // One star a segment is all that is used in practice.
    private static boolean segment(String glob, String name) {
        int star = glob.indexOf('*');
        if (star < 0) {
            return glob.equals(name);
        }
        String head = glob.substring(0, star);
        String tail = glob.substring(star + 1);
        return name.length() >= head.length() + tail.length() && name.startsWith(head) && name.endsWith(tail);
    }
}
