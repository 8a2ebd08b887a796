package uk.reeve.cli.report;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import uk.reeve.engine.sbom.Component;

/// The sentences that every format for people shares.
final class Sentences {

    private final Report report;
    private final Summary summary;

    Sentences(Report report, Summary summary) {
        this.report = report;
        this.summary = summary;
    }

    /// The first line.
    String answer() {
        int components = report.rows().size();
        String all = Text.count(components, "component", "components");
        if (components == 0) {
            return report.inventory().files().isEmpty()
                    ? "Nothing was found that names components."
                    : "No components in "
                            + Text.count(report.inventory().files().size(), "file", "files") + ".";
        }
        String fresh = report.baseline() ? "new " : "";
        StringBuilder text = new StringBuilder();
        if (!summary.malicious.isEmpty()) {
            text.append(Text.count(summary.malicious.size(), "component is", "components are"))
                    .append(" known to be malicious. ");
        }
        if (summary.lookedAt == 0 && summary.flaws.isEmpty() && summary.developmentFlaws.isEmpty()) {
            return text + "Nothing could be checked: "
                    + (components == 1 ? "the component has no" : "none of " + all + " has a")
                    + " package, version and release that an advisory source covers.";
        }
        if (summary.flaws.isEmpty() && summary.developmentFlaws.isEmpty()) {
            return text + "No " + fresh + "known flaws in " + Text.count(summary.lookedAt) + " of " + all + ".";
        }
        if (summary.flaws.isEmpty()) {
            text.append("No ").append(fresh).append("known flaws in what is shipped. ");
        } else {
            text.append(Text.count(summary.flaws.size(), fresh + "known flaw", fresh + "known flaws"))
                    .append(" in ")
                    .append(Text.count(summary.affected))
                    .append(" of ")
                    .append(all)
                    .append(". ");
            text.append(acts());
        }
        if (!summary.developmentFlaws.isEmpty()) {
            text.append(Text.count(summary.developmentFlaws.size()))
                    .append(summary.flaws.isEmpty() ? "" : " more")
                    .append(" in development-only components. ");
        }
        return text.toString().strip();
    }

    private String acts() {
        int acts = summary.acts();
        int total = summary.flaws.size();
        int closed = summary.closed.size();
        if (acts == 0) {
            return summary.unfixed.isEmpty() ? "" : "No fixed version is known. ";
        }
        String count = Text.count(acts, "upgrade closes", "upgrades close");
        return closed == total
                ? count + (total == 1 ? " it. " : " all " + Text.count(total) + ". ")
                : count + " " + Text.count(closed) + " of them. ";
    }

    /// Whether anything is exploited or malicious; empty where there are no flaws to say it of.
    String threat() {
        if (summary.flaws.isEmpty() && summary.developmentFlaws.isEmpty()) {
            return "";
        }
        int exploited = summary.exploited.size();
        String first = exploited == 0
                ? "None is known to be exploited."
                : Text.count(exploited, "is", "are") + " known to be exploited: "
                        + Text.list(new ArrayList<>(summary.exploited)) + ".";
        return summary.malicious.isEmpty() ? first + " None of the packages is known to be malicious." : first;
    }

    /// What was looked at, against what, as of when.
    String lookedAt() {
        String files = Text.count(report.inventory().files().size(), "file", "files");
        String advice = report.knowledge().sources().isEmpty() ? "" : " For newer ones: reeve advisories update";
        return "Looked at " + Text.count(summary.lookedAt) + " of "
                + Text.count(report.rows().size(), "component", "components") + " in " + files + ". "
                + report.knowledge().sentence(report.rows()) + "." + advice;
    }

    /// What was hidden, what the baseline folded away, rules that ran out.
    List<String> more() {
        List<String> lines = new ArrayList<>();
        if (summary.known > 0) {
            lines.add(Text.count(summary.known, "finding is", "findings are") + " in the baseline already.");
        }
        if (!report.lapses().isEmpty()) {
            lines.add(SupportWords.source(report));
        }
        presence(lines);
        int all = 0;
        List<String> causes = new ArrayList<>();
        for (Report.HiddenCount count : report.hiding()) {
            all += count.findings();
            String until = count.until() == null ? "" : " (until " + Text.date(count.until()) + ")";
            causes.add(count.findings() + " by " + count.cause().word() + until);
        }
        if (all > 0) {
            lines.add(Text.count(all) + " hidden: " + String.join(", ", causes) + ".");
        }
        lines.addAll(report.notes());
        return lines;
    }

    // Of what has flaws that count or may.
    private void presence(List<String> lines) {
        for (Report.Row row : report.rows()) {
            if (row.component().purl() == null || row.findings().isEmpty()) {
                continue;
            }
            String type = row.component().purl().type();
            if (type.equals("cargo") || type.equals("nuget")) {
                Doubts.add(report, lines);
                return;
            }
        }
    }

    /// Name as people know it: with its namespace, where the ecosystem writes one.
    static String name(Component component) {
        if (component.purl() == null) {
            return component.group() == null ? component.name() : component.group() + ":" + component.name();
        }
        String namespace = component.purl().namespace();
        String name = component.purl().name();
        if (namespace == null || Summary.isDistribution(component)) {
            return name;
        }
        return namespace + (component.purl().type().equals("maven") ? ":" : "/") + name;
    }

    /// What `reeve explain` takes.
    static String argument(Component component) {
        if (component.purl() == null) {
            return component.name();
        }
        String text = component.purl().toString();
        String words = text.startsWith("pkg:") ? text.substring(4) : text;
        return words.indexOf('?') < 0 ? words : "'" + words + "'"; // a shell would take ? and & for its own
    }

    /// All ids of a component's flaws, once.
    static Set<String> ids(Upgrade upgrade) {
        Set<String> ids = new LinkedHashSet<>();
        upgrade.findings().forEach(finding -> ids.add(finding.id()));
        return ids;
    }
}
