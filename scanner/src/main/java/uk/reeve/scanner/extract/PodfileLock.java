package uk.reeve.scanner.extract;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import uk.reeve.engine.input.Node;
import uk.reeve.engine.input.Unreadable;
import uk.reeve.engine.sbom.Scope;

/// `Podfile.lock` of CocoaPods. Subspecs (`Forms/Core`) are parts of their pod, and counted as that.
final class PodfileLock implements Extractor {

    @Override
    public String name() {
        return "cocoapods/podfile-lock";
    }

    @Override
    public boolean wants(ScanPath path, Head head) {
        return path.fileName().equals("Podfile.lock");
    }

    @Override
    public void extract(ScanFile file, Sink out) throws IOException, Unreadable {
        Node root = file.yaml();
        if (root.get("PODS") == null) {
            throw new Unreadable(root.line(), "has no PODS; write it again with: pod install");
        }
        if (root.get("COCOAPODS") == null) { // its last line
            out.problem(0, ScanFile.cut("COCOAPODS is missing", "pod install"));
        }
        Map<String, Node> external = root.fields("EXTERNAL SOURCES");
        Parts parts = new Parts(out, "cocoapods");
        for (Node pod : root.items("PODS")) {
            String text = pod.text();
            if (text != null) {
                add(pod.line(), text, List.of(), external, parts, out);
            }
            for (Map.Entry<String, Node> entry : pod.fields().entrySet()) {
                add(pod.line(), entry.getKey(), entry.getValue().items(), external, parts, out);
            }
        }
        for (Node asked : root.items("DEPENDENCIES")) {
            String text = asked.text();
            if (text != null) {
                parts.direct(pod(text));
            }
        }
        parts.link();
    }

    private static void add(
            int line, String text, List<Node> needed, Map<String, Node> external, Parts parts, Sink out) {
        String pod = pod(text);
        int open = text.indexOf(" (");
        int close = text.lastIndexOf(')');
        String version = open > 0 && close > open ? text.substring(open + 2, close) : null;
        Node source = external.get(pod);
        if (source != null && source.text(":path") != null) {
            out.notCovered(line, pod, version, "lies in a folder of the project");
            return;
        }
        int number = parts.add(pod, line, null, pod, version, Scope.RUNTIME);
        for (Node dependency : needed) {
            String name = dependency.text();
            if (name != null) {
                parts.needs(number, pod(name));
            }
        }
        String git = source == null ? null : source.text(":git");
        if (git != null && number != Parts.NONE) {
            out.tell(number, Map.of("source", "git+" + git));
        }
    }

    /// The pod of `Forms/Core (= 2.0)`.
    private static String pod(String text) {
        int end = text.indexOf(" (");
        String name = end < 0 ? text : text.substring(0, end);
        int slash = name.indexOf('/');
        return (slash < 0 ? name : name.substring(0, slash)).strip();
    }
}
