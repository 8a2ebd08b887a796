package uk.reeve.scanner.extract;

import java.io.IOException;
import java.util.Map;
import uk.reeve.engine.input.Node;
import uk.reeve.engine.input.Unreadable;
import uk.reeve.engine.purl.Purl;
import uk.reeve.engine.sbom.Scope;

/// `package.json` where no lock file stands beside it, nor above it for the workspace of which it is a member. What it
/// asks for has no version yet, but where it names exactly one.
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
            } else if (isVersion(wanted)) {
                Purl purl = Npm.purl(out, line, name, wanted);
                if (purl != null) {
                    out.direct(out.component(line, purl, scope));
                }
            } else {
                out.unlocked(line, "npm", name, wanted, scope);
            }
        }
    }

    // Three numbers, and what may follow them: nothing else is installed than that.
    private static boolean isVersion(String wanted) {
        int dots = 0;
        for (int i = 0; i < wanted.length(); i++) {
            char c = wanted.charAt(i);
            if (c == '.') {
                dots++;
            } else if (dots == 2 && (c == '-' || c == '+') && wanted.charAt(i - 1) != '.') {
                return wanted.indexOf(' ') < 0 && wanted.indexOf('|') < 0;
            } else if (c < '0' || c > '9') {
                return false;
            }
        }
        return dots == 2 && !wanted.startsWith(".") && !wanted.endsWith(".") && !wanted.contains("..");
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
