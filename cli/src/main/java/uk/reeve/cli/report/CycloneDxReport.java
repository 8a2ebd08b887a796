package uk.reeve.cli.report;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.index.SourceState;
import uk.reeve.engine.match.Confidence;
import uk.reeve.engine.match.Finding;
import uk.reeve.engine.match.Rating;
import uk.reeve.engine.sbom.Bom;
import uk.reeve.engine.sbom.Component;
import uk.reeve.engine.sbom.CycloneDxWriter;
import uk.reeve.engine.sbom.Place;
import uk.reeve.engine.support.Standing;
import uk.reeve.scanner.Inventory;
import uk.reeve.scanner.archive.Layer;

/// CycloneDX 1.6 with components, dependencies and vulnerabilities. What is merely possible, said to be unimportant,
/// malicious, exploited or filtered away is a property (`reeve:...`); what a statement or a rule hides has an
/// `analysis`.
public final class CycloneDxReport {

    private CycloneDxReport() {}

    public static void write(Report report, OutputStream out) throws IOException {
        CycloneDxWriter.write(out, bom(report, vulnerabilities(report)));
    }

    /// The components and their relations alone.
    public static void writeInventory(Report report, OutputStream out) throws IOException {
        CycloneDxWriter.write(out, bom(report, List.of()));
    }

    private static Bom bom(Report report, List<Bom.Vulnerability> vulnerabilities) {
        List<Component> components = new ArrayList<>(report.rows().size());
        Map<String, List<String>> dependencies = new LinkedHashMap<>();
        Map<String, List<Place>> places = new LinkedHashMap<>();
        Map<Report.Row, List<Report.Lapse>> lapses = lapses(report);
        for (Report.Row row : report.rows()) {
            String presence = Presence.word(report, row.item());
            Component component =
                    with(with(flat(row.component(), presence), row.item()), lapses.getOrDefault(row, List.of()));
            components.add(component);
            places.put(component.ref(), row.item().places());
            if (!row.item().dependsOn().isEmpty()) {
                dependencies.put(component.ref(), row.item().dependsOn());
            }
        }
        return new Bom(
                null,
                report.time().toString(),
                new Bom.Tool("reeve", report.maker()),
                null,
                components,
                dependencies,
                places,
                vulnerabilities,
                properties(report),
                missing(report));
    }

    /// `reeve:not-looked-at:partly-read` and so on, each with a sentence for everything that was not looked at;
    /// `reeve:advisories`, what was looked up in.
    private static Map<String, List<String>> properties(Report report) {
        Map<String, List<String>> properties = new TreeMap<>();
        for (SourceState source : report.knowledge().of(report.rows())) {
            String licence = SourceLicence.of(source.name());
            properties
                    .computeIfAbsent("reeve:advisories", k -> new ArrayList<>())
                    .add(source.name()
                            + (source.asOf().isEmpty() ? "" : " as of " + source.asOf())
                            + (licence.isEmpty() ? "" : ", " + licence));
        }
        for (Inventory.ImageRead read : report.inventory().images()) {
            properties
                    .computeIfAbsent("reeve:image", k -> new ArrayList<>())
                    .add(new Layers(read, List.of()).title()
                            + (read.image().digest().isEmpty()
                                    ? ""
                                    : ", " + read.image().digest()));
        }
        for (NotLookedAt one : NotLookedAt.of(report)) {
            properties
                    .computeIfAbsent("reeve:not-looked-at:" + one.kind().replace(' ', '-'), k -> new ArrayList<>())
                    .add(one.sentence());
        }
        return properties;
    }

    // Components that nobody could list. What is listed and was not looked up is another thing.
    private static boolean missing(Report report) {
        for (Inventory.LedgerLine line : report.inventory().ledger()) {
            boolean odd = line.kind() == Inventory.LedgerLine.Kind.WARNING;
            if (!odd) {
                return true;
            }
        }
        return false;
    }

    private static Map<Report.Row, List<Report.Lapse>> lapses(Report report) {
        Map<Report.Row, List<Report.Lapse>> lapses = new IdentityHashMap<>();
        for (Report.Lapse lapse : report.lapses()) {
            for (Report.Row row : lapse.rows()) {
                lapses.computeIfAbsent(row, _ -> new ArrayList<>(1)).add(lapse);
            }
        }
        return lapses;
    }

    // Which layer of an image brought it, and which of the distribution's packages.
    private static Component with(Component c, Inventory.Item item) {
        Layer layer = item.layer();
        if (layer == null && item.owners().isEmpty()) {
            return c;
        }
        Map<String, String> properties = new LinkedHashMap<>(c.properties());
        if (layer != null) {
            properties.put("reeve:image:layer", Integer.toString(layer.number()));
            put(properties, "reeve:image:layer:digest", layer.digest());
            put(properties, "reeve:image:layer:command", layer.command());
        }
        put(properties, "reeve:owner", String.join(" ", item.owners()));
        return copy(c, properties, c.parent());
    }

    private static void put(Map<String, String> properties, String name, String value) {
        if (!value.isEmpty()) {
            properties.put(name, value);
        }
    }

    // The words of a release that is out of support, or soon will be, as properties of what is of it.
    private static Component with(Component c, List<Report.Lapse> lapses) {
        if (lapses.isEmpty()) {
            return c;
        }
        Map<String, String> properties = new LinkedHashMap<>(c.properties());
        Standing standing = lapses.getFirst().standing();
        String end = standing.cycle().endDate();
        properties.put("reeve:support", SupportWords.state(standing));
        properties.put(
                "reeve:support:release",
                standing.product().name() + " " + standing.cycle().name());
        if (!end.isEmpty()) {
            properties.put("reeve:support:end", end);
        }
        if (!standing.cycle().extendedEndDate().isEmpty()) {
            properties.put("reeve:support:extended", standing.cycle().extendedEndDate());
        }
        if (standing.replacement() != null) {
            properties.put("reeve:support:moveTo", standing.replacement().name());
        }
        properties.put("reeve:support:confidence", SupportWords.confidence(standing));
        Report.Hiding hidden = lapses.getFirst().hidden();
        if (hidden != null) {
            properties.put("reeve:support:hidden", hidden.cause().word());
        }
        return copy(c, properties, c.parent());
    }

    // Of several documents the nesting is not one: where each was seen is told by its places.
    private static Component flat(Component c, String presence) {
        if (presence.isEmpty()) {
            return c.parent() == null ? c : copy(c, c.properties(), null);
        }
        Map<String, String> properties = new LinkedHashMap<>(c.properties());
        properties.put("reeve:presence", presence);
        return copy(c, properties, null);
    }

    private static Component copy(Component c, Map<String, String> properties, @Nullable String parent) {
        return new Component(
                c.ref(),
                c.purl(),
                c.group(),
                c.name(),
                c.version(),
                c.type(),
                c.scope(),
                c.locked(),
                c.supplier(),
                c.licences(),
                c.hashes(),
                c.cpes(),
                properties,
                c.place(),
                parent);
    }

    /// One entry for all components in which a flaw is of the same standing, by id.
    private static List<Bom.Vulnerability> vulnerabilities(Report report) {
        Map<String, List<Report.Row>> affected = new TreeMap<>();
        Map<String, Report.Judged> first = new LinkedHashMap<>();
        Map<String, Set<String>> others = new HashMap<>();
        for (Report.Row row : report.rows()) {
            for (Report.Judged judged : row.findings()) {
                String key = judged.finding().id() + "\n" + properties(judged) + "\n" + judged.hidden();
                affected.computeIfAbsent(key, k -> new ArrayList<>()).add(row);
                first.putIfAbsent(key, judged);
                // a distribution's notice is of one package: the others have theirs
                others.computeIfAbsent(key, k -> new TreeSet<>())
                        .addAll(judged.finding().otherIds());
            }
        }
        List<Bom.Vulnerability> vulnerabilities = new ArrayList<>(affected.size());
        for (Map.Entry<String, List<Report.Row>> entry : affected.entrySet()) {
            Report.Judged judged = first.get(entry.getKey());
            Set<String> ids = others.get(entry.getKey());
            if (judged != null && ids != null) {
                vulnerabilities.add(vulnerability(judged, ids, entry.getValue()));
            }
        }
        return vulnerabilities;
    }

    private static Bom.Vulnerability vulnerability(Report.Judged judged, Set<String> others, List<Report.Row> rows) {
        Finding finding = judged.finding();
        List<Bom.Reference> references = new ArrayList<>();
        for (String other : others) {
            references.add(new Bom.Reference(other, Ids.source(other)));
        }
        List<Bom.Rating> ratings = new ArrayList<>();
        for (Rating rating : finding.ratings()) {
            ratings.add(new Bom.Rating(
                    rating.source(),
                    rating.score() < 0 ? null : Double.valueOf(rating.score()),
                    severity(rating.word()),
                    method(rating.vector()),
                    rating.vector()));
        }
        List<String> refs = new ArrayList<>();
        for (Report.Row row : rows) {
            refs.add(row.component().ref());
        }
        return new Bom.Vulnerability(
                finding.id(),
                Ids.source(finding.id()),
                references,
                ratings,
                List.of(),
                null,
                recommendation(rows),
                null,
                null,
                refs,
                analysis(judged.hidden()),
                properties(judged));
    }

    private static @Nullable String recommendation(List<Report.Row> rows) {
        StringBuilder text = new StringBuilder();
        for (Report.Row row : rows) {
            if (row.outcome().move() != null && row.outcome().move().to() != null) {
                text.append(text.isEmpty() ? "Move " : "; ")
                        .append(Sentences.name(row.component()))
                        .append(" to ")
                        .append(row.outcome().move().to());
            }
        }
        return text.isEmpty() ? null : text.toString();
    }

    private static Map<String, String> properties(Report.Judged judged) {
        Finding finding = judged.finding();
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("reeve:confidence", finding.confidence() == Confidence.EXACT ? "exact" : "possible");
        String relevance = finding.relevance();
        if (relevance != null) {
            properties.put("reeve:relevance", relevance);
        }
        if (finding.malicious()) {
            properties.put("reeve:malicious", "true");
        }
        if (finding.kev() != null) {
            properties.put("reeve:kev", finding.kev().added());
        }
        if (finding.epss() != null) {
            properties.put("reeve:epss", Double.toString(finding.epss().score()));
        }
        if (judged.hidden() != null) {
            properties.put("reeve:hidden", judged.hidden().cause().word());
        }
        return properties;
    }

    private static Bom.@Nullable Analysis analysis(Report.@Nullable Hiding hiding) {
        if (hiding == null) {
            return null;
        }
        return switch (hiding.cause()) {
            case VEX ->
                "fixed".equals(hiding.state())
                        ? new Bom.Analysis("resolved", null, detail(hiding))
                        : new Bom.Analysis("not_affected", justification(hiding.justification()), detail(hiding));
            case DISTRIBUTION ->
                "fixed".equals(hiding.state()) ? new Bom.Analysis("resolved", null, detail(hiding)) : null;
            case RULE, IGNORE_FILE -> new Bom.Analysis("not_affected", null, detail(hiding));
            case BELOW_SEVERITY, NOT_FIXED -> null; // nobody has said anything of the flaw
        };
    }

    private static @Nullable String detail(Report.Hiding hiding) {
        StringBuilder text = new StringBuilder(hiding.reason());
        if (!hiding.by().isEmpty()) {
            text.append(text.isEmpty() ? "" : " ")
                    .append("(")
                    .append(hiding.by())
                    .append(")");
        }
        if (hiding.until() != null) {
            text.append(" until ").append(hiding.until());
        }
        return text.isEmpty() ? null : text.toString();
    }

    private static @Nullable String justification(@Nullable String word) {
        return switch (word) {
            case "component_not_present" -> "requires_dependency";
            case "vulnerable_code_not_present" -> "code_not_present";
            case "vulnerable_code_not_in_execute_path" -> "code_not_reachable";
            case "vulnerable_code_cannot_be_controlled_by_adversary" -> "requires_environment";
            case "inline_mitigations_already_exist" -> "protected_at_runtime";
            case null, default -> null;
        };
    }

    private static String severity(String word) {
        return switch (word) {
            case "critical", "high", "medium", "low", "none" -> word;
            case "moderate" -> "medium";
            default -> "unknown";
        };
    }

    private static @Nullable String method(@Nullable String vector) {
        if (vector == null) {
            return null;
        }
        if (vector.startsWith("CVSS:4")) {
            return "CVSSv4";
        }
        if (vector.startsWith("CVSS:3.1")) {
            return "CVSSv31";
        }
        return vector.startsWith("CVSS:3") ? "CVSSv3" : vector.startsWith("AV:") ? "CVSSv2" : "other";
    }
}
