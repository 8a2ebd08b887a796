package uk.reeve.cli.report;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.input.Node;
import uk.reeve.engine.input.Unreadable;
import uk.reeve.engine.purl.BadPurl;
import uk.reeve.engine.purl.Purl;
import uk.reeve.engine.sbom.Component;

/// What a report written by `--format json` is read back for.
///
/// @param targets what it was of
/// @param ended releases that were out of support, but for what was hidden or merely possible
public record SavedReport(List<String> targets, List<Part> components, List<Entry> findings, List<Ended> ended) {

    /// A release that was out of support.
    ///
    /// @param id `eol/debian/10`
    /// @param since ISO date; empty where none is told
    public record Ended(String id, String title, String since) {}

    /// A component of the report.
    ///
    /// @param packageName as [#packageOf] gives it
    /// @param version empty where there is none
    /// @param chain as in the inventory
    public record Part(String packageName, String name, String version, List<String> chain) {}

    /// A finding of the report that counted.
    ///
    /// @param ids the flaw's own first
    public record Entry(
            String packageName,
            String name,
            String version,
            List<String> ids,
            String severity,
            double score,
            boolean exploited,
            boolean malicious) {

        public String id() {
            return ids.getFirst();
        }
    }

    /// What the tree says.
    ///
    /// @throws Unreadable where it is no report of ours
    public static SavedReport of(Node root) throws Unreadable {
        if (!JsonReport.FORMAT.equals(root.text("format"))) {
            throw new Unreadable(
                    0, "is no report of Reeve's; make one with: reeve scan PATH --format json --output FILE");
        }
        List<String> targets = new ArrayList<>();
        for (Node target : root.items("targets")) {
            targets.add(String.valueOf(target.text()));
        }
        List<Part> components = new ArrayList<>();
        for (Node node : root.items("components")) {
            List<String> chain = new ArrayList<>();
            for (Node link : node.items("chain")) {
                chain.add(String.valueOf(link.text()));
            }
            components.add(new Part(packageOf(node), text(node, "name"), text(node, "version"), chain));
        }
        List<Entry> findings = new ArrayList<>();
        for (Node node : root.items("findings")) {
            boolean counts = node.get("hidden") == null
                    && "exact".equals(node.text("confidence"))
                    && !node.isTrue("unimportant");
            if (counts) {
                findings.add(entry(node));
            }
        }
        List<Ended> ended = new ArrayList<>();
        for (Node node : root.items("support")) {
            boolean counts = node.get("hidden") == null
                    && "exact".equals(node.text("confidence"))
                    && "ended".equals(node.text("state"));
            if (counts) {
                ended.add(new Ended(text(node, "id"), text(node, "title"), text(node, "end")));
            }
        }
        return new SavedReport(targets, components, findings, ended);
    }

    private static Entry entry(Node node) {
        List<String> ids = new ArrayList<>();
        ids.add(text(node, "id"));
        for (Node other : node.items("otherIds")) {
            ids.add(String.valueOf(other.text()));
        }
        return new Entry(
                packageOf(node),
                text(node, "name"),
                text(node, "version"),
                ids,
                text(node, "severity"),
                score(node.text("score")),
                node.isTrue("exploited"),
                node.isTrue("malicious"));
    }

    private static double score(@Nullable String text) {
        try {
            return text == null ? -1 : Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    private static String text(Node node, String field) {
        String text = node.text(field);
        return text == null ? "" : text;
    }

    private static String packageOf(Node node) {
        String purl = node.text("purl");
        if (purl == null) {
            return text(node, "name");
        }
        try {
            return packageOf(Purl.parse(purl));
        } catch (BadPurl e) {
            return purl;
        }
    }

    /// `npm/@types/node`: a component's package, whatever its version; its name where it has no package URL.
    public static String packageOf(Component component) {
        return component.purl() == null ? Sentences.name(component) : packageOf(component.purl());
    }

    private static String packageOf(Purl purl) {
        return purl.type() + "/" + (purl.namespace() == null ? "" : purl.namespace() + "/") + purl.name();
    }
}
