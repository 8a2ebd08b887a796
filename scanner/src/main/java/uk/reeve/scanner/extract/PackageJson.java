package uk.reeve.scanner.extract;

import java.io.IOException;
import java.util.Map;
import uk.reeve.engine.input.Node;
import uk.reeve.engine.input.Unreadable;
import uk.reeve.engine.sbom.Scope;

/// `package.json` where no lock file stands beside it, nor above it for the workspace of which it is a member. What it
/// asks for has no version yet.
final class PackageJson implements Extractor {

    @Override
    public String name() {
        return "npm/package-json";
    }

    @Override
    public boolean wants(ScanPath path, Head head) {
        return path.fileName().equals("package.json");
    }

    @Override
    public void extract(ScanFile file, Sink out) throws IOException, Unreadable {
        Node root = file.json();
        if (!(root instanceof Node.Fields)) {
            throw new Unreadable(root.line(), "is no JSON object, which a package.json is");
        }
        if (Workspaces.isLockedAbove(file)) {
            return;
        }
        list(root.fields("dependencies"), Scope.RUNTIME, out);
        list(root.fields("optionalDependencies"), Scope.OPTIONAL, out);
        list(root.fields("devDependencies"), Scope.DEVELOPMENT, out);
    }

    private static void list(Map<String, Node> asked, Scope scope, Sink out) {
        for (Map.Entry<String, Node> entry : asked.entrySet()) {
            String wanted = entry.getValue().text();
            if (wanted == null || Npm.isOwn(wanted)) {
                continue;
            }
            int line = entry.getValue().line();
            String name = entry.getKey();
            if (wanted.startsWith("npm:")) {
                String[] alias = Npm.split(wanted.substring(4));
                name = alias == null ? wanted.substring(4) : alias[0];
                wanted = alias == null ? "" : alias[1];
            }
            String why = wanted.contains("/") && !wanted.contains(":") ? Npm.GIT : Npm.outside(wanted);
            if (why != null) {
                out.notCovered(line, name, null, why);
            } else {
                out.unlocked(line, "npm", name, wanted, scope);
            }
        }
    }

    /// The file's fields; none where it cannot be read, since what asks is another file.
    static Node read(ScanFile file) throws IOException {
        try {
            return file.json();
        } catch (Unreadable e) {
            return new Node.Nothing(0);
        }
    }
}
