package uk.reeve.scanner.extract;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.input.Node;
import uk.reeve.engine.input.Unreadable;
import uk.reeve.engine.purl.Purl;
import uk.reeve.engine.sbom.Scope;

/// `pubspec.lock` of Dart and Flutter.
final class PubspecLock implements Extractor {

    @Override
    public String name() {
        return "pub/pubspec-lock";
    }

    @Override
    public boolean wants(ScanPath path, Head head) {
        return path.fileName().equals("pubspec.lock");
    }

    @Override
    public void extract(ScanFile file, Sink out) throws IOException, Unreadable {
        Node root = file.yaml();
        if (root.get("packages") == null) {
            throw new Unreadable(root.line(), "has no \"packages\"; write it again with: dart pub get");
        }
        if (root.get("sdks") == null && root.get("sdk") == null) { // the last of it
            out.problem(0, ScanFile.cut("\"sdks\" is missing", "dart pub get"));
        }
        for (Map.Entry<String, Node> entry : root.fields("packages").entrySet()) {
            add(entry.getKey(), entry.getValue(), out);
        }
    }

    private static void add(String name, Node entry, Sink out) {
        String source = entry.text("source");
        String version = entry.text("version");
        if ("sdk".equals(source)) {
            out.notCovered(entry.line(), name, version, "comes with the SDK " + entry.text("description"));
            return;
        }
        if ("path".equals(source)) {
            out.notCovered(entry.line(), name, version, "lies in a folder of the project");
            return;
        }
        String dependency = entry.text("dependency");
        boolean direct = dependency != null && dependency.startsWith("direct");
        Scope scope = "direct dev".equals(dependency) ? Scope.DEVELOPMENT : Scope.RUNTIME;
        Purl purl = Parts.purl(out, entry.line(), "pub", null, name, version, Map.of());
        if (purl == null) {
            return;
        }
        int number = out.component(entry.line(), purl, scope);
        if (direct) {
            out.direct(number);
        }
        tell(entry.get("description"), source, number, out);
    }

    private static void tell(@Nullable Node description, @Nullable String source, int number, Sink out) {
        if (description == null) {
            return;
        }
        Map<String, String> facts = new HashMap<>();
        String hash = description.text("sha256");
        if (hash != null && !hash.isEmpty()) {
            facts.put("hash:SHA-256", hash);
        }
        String url = description.text("url");
        if ("git".equals(source) && url != null) {
            facts.put("source", "git+" + url + "#" + description.text("resolved-ref"));
        }
        if (!facts.isEmpty()) {
            out.tell(number, facts);
        }
    }
}
