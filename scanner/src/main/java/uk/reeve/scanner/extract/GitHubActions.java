package uk.reeve.scanner.extract;

import java.io.IOException;
import java.util.Map;
import uk.reeve.engine.input.Node;
import uk.reeve.engine.input.Unreadable;
import uk.reeve.engine.purl.BadPurl;
import uk.reeve.engine.purl.Purl;
import uk.reeve.engine.sbom.Scope;

/// The actions and workflows that GitHub workflows, and actions made of steps, use. A ref is a tag, a branch or a
/// commit: it is the version as it stands. Containers and folders of the repository are left out.
final class GitHubActions implements Extractor {

    @Override
    public String name() {
        return "github/actions";
    }

    @Override
    public boolean wants(ScanPath path, Head head) {
        String value = path.value();
        if (!value.endsWith(".yml") && !value.endsWith(".yaml")) {
            return false;
        }
        String name = path.fileName();
        return name.equals("action.yml")
                || name.equals("action.yaml")
                || new ScanPath(path.folder()).endsWith(".github/workflows");
    }

    @Override
    public void extract(ScanFile file, Sink out) throws IOException, Unreadable {
        Node root = file.yaml();
        for (Node job : root.fields("jobs").values()) {
            uses(job, out);
            for (Node step : job.items("steps")) {
                uses(step, out);
            }
        }
        Node runs = root.get("runs");
        if (runs != null) {
            for (Node step : runs.items("steps")) {
                uses(step, out);
            }
        }
    }

    private static void uses(Node place, Sink out) {
        Node node = place.get("uses");
        String text = node == null ? null : node.text();
        if (node == null || text == null || text.startsWith(".") || text.startsWith("docker://")) {
            return;
        }
        int at = text.indexOf('@');
        String path = at < 0 ? text : text.substring(0, at);
        int first = path.indexOf('/');
        int second = path.indexOf('/', first + 1);
        if (at < 0 || first <= 0 || at == text.length() - 1) {
            out.problem(node.line(), "uses \"" + Parts.shown(text) + "\", which is not owner/repository@ref");
            return;
        }
        String repository = path.substring(first + 1, second < 0 ? path.length() : second);
        String inside = second < 0 || second == path.length() - 1 ? null : path.substring(second + 1);
        try {
            Purl purl =
                    Purl.of("github", path.substring(0, first), repository, text.substring(at + 1), Map.of(), inside);
            out.direct(out.component(node.line(), purl, Scope.BUILD));
        } catch (BadPurl e) {
            out.problem(node.line(), e.getMessage() + "; it was left out");
        }
    }
}
