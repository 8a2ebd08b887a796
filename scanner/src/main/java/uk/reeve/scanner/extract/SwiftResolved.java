package uk.reeve.scanner.extract;

import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.input.Node;
import uk.reeve.engine.input.Unreadable;
import uk.reeve.engine.purl.Purl;
import uk.reeve.engine.sbom.Scope;

/// `Package.resolved` of Swift, versions 1 to 3. A package is known by the address of its repository; one that follows
/// a branch has its revision for a version.
final class SwiftResolved implements Extractor {

    @Override
    public String name() {
        return "swift/package-resolved";
    }

    @Override
    public boolean wants(ScanPath path, Head head) {
        return path.fileName().equals("Package.resolved");
    }

    @Override
    public void extract(ScanFile file, Sink out) throws IOException, Unreadable {
        Node root = file.json();
        Node old = root.get("object");
        Node pins = old == null ? root.get("pins") : old.get("pins");
        if (pins == null) {
            throw new Unreadable(root.line(), "has no \"pins\"; write it again with: swift package resolve");
        }
        for (Node pin : pins.items()) {
            add(pin, out);
        }
    }

    private static void add(Node pin, Sink out) {
        String location = pin.text("location");
        location = location == null ? pin.text("repositoryURL") : location;
        String name = pin.text("identity");
        name = name == null ? pin.text("package") : name;
        Node state = pin.get("state");
        String version = state == null ? null : state.text("version");
        version = version == null && state != null ? state.text("revision") : version;
        String kind = pin.text("kind");
        if ("registry".equals(kind) || "localSourceControl".equals(kind)) {
            String why = "registry".equals(kind) ? "has no repository address" : "lies in a folder of this computer";
            out.notCovered(pin.line(), String.valueOf(name), version, why);
            return;
        }
        String path = location == null ? null : path(location);
        int slash = path == null ? -1 : path.lastIndexOf('/');
        if (path == null || slash <= 0) {
            out.problem(
                    pin.line(),
                    "\"" + Parts.shown(String.valueOf(location)) + "\" is no address of a repository;"
                            + " the package was left out");
            return;
        }
        String namespace = path.substring(0, slash);
        Purl purl = Parts.purl(out, pin.line(), "swift", namespace, path.substring(slash + 1), version, Map.of());
        if (purl != null) {
            out.component(pin.line(), purl, Scope.RUNTIME);
        }
    }

    /// `github.com/owner/name` of `https://github.com/owner/name.git` or `git@github.com:owner/name`; null where it is
    /// neither.
    static @Nullable String path(String location) {
        int scheme = location.indexOf("://");
        String rest = scheme < 0 ? location : location.substring(scheme + 3);
        int slash = rest.indexOf('/');
        int user = rest.indexOf('@');
        if (user >= 0 && (slash < 0 || user < slash)) {
            rest = rest.substring(user + 1);
        }
        if (scheme < 0) {
            int colon = rest.indexOf(':');
            if (colon <= 0) {
                return null;
            }
            rest = rest.substring(0, colon) + "/" + rest.substring(colon + 1);
        }
        while (rest.endsWith("/")) {
            rest = rest.substring(0, rest.length() - 1);
        }
        int port = rest.indexOf(':');
        int path = rest.indexOf('/');
        if (port > 0 && port < path) {
            rest = rest.substring(0, port) + rest.substring(path);
        }
        rest = rest.endsWith(".git") ? rest.substring(0, rest.length() - 4) : rest;
        return rest.indexOf('/') < 0 || rest.startsWith("/") ? null : rest;
    }
}
