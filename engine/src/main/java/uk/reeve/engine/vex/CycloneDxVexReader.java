package uk.reeve.engine.vex;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.advisory.Severity;
import uk.reeve.engine.input.Node;
import uk.reeve.engine.purl.Purl;

/// The `vulnerabilities` of a CycloneDX document, 1.4 and later. One without `analysis` takes no position.
///
/// A component of the document is meant within the product that the document describes (`metadata.component`), and
/// only there; a BOM-Link means one component of one inventory.
///
/// Source: CycloneDX 1.7, `vulnerability`.
final class CycloneDxVexReader {

    private final VexReading reading = new VexReading();
    private final Map<String, Identity> byRef = new LinkedHashMap<>();
    private final Node root;

    CycloneDxVexReader(Node root) {
        this.root = root;
    }

    VexDocument read() {
        Node metadata = root.get("metadata");
        Node described = metadata == null ? null : metadata.get("component");
        Identity product = described == null ? null : component(described);
        for (Node component : root.items("components")) {
            component(component);
        }
        Instant timestamp = metadata == null ? null : reading.instant(metadata.text("timestamp"), metadata.line());
        String serial = root.text("serialNumber");
        String version = root.text("version");
        Source source =
                new Source(author(metadata), serial == null ? "" : serial, version == null ? "" : version, false);
        for (Node vulnerability : root.items("vulnerabilities")) {
            vulnerability(vulnerability, product, source, timestamp);
        }
        String format = root.text("specVersion");
        if (format == null) {
            String namespace = root.text("xmlns");
            format = namespace == null ? "" : namespace.substring(namespace.lastIndexOf('/') + 1);
        }
        return new VexDocument("CycloneDX", format, source, timestamp, reading.statements, reading.warnings);
    }

    private static String author(@Nullable Node metadata) {
        if (metadata == null) {
            return "";
        }
        for (String party : List.of("supplier", "manufacturer", "manufacture")) {
            Node node = metadata.get(party);
            String name = node == null ? null : VexReading.filled(node.text("name"));
            if (name != null) {
                return name;
            }
        }
        for (Node author : metadata.items("authors")) {
            String name = VexReading.filled(author.text("name"));
            if (name != null) {
                return name;
            }
        }
        return "";
    }

    private Identity component(Node node) {
        List<Purl> purls = new ArrayList<>();
        String told = VexReading.filled(node.text("purl"));
        Purl purl = told == null ? null : reading.purl(told, node.line());
        if (purl != null) {
            purls.add(purl);
        }
        Map<String, String> hashes = new LinkedHashMap<>();
        for (Node hash : node.items("hashes")) {
            String algorithm = hash.text("alg");
            String content = hash.text("content");
            if (algorithm != null && content != null) {
                hashes.put(algorithm, content.toLowerCase(Locale.ROOT));
            }
        }
        String cpe = VexReading.filled(node.text("cpe"));
        Identity identity = new Identity(
                purls,
                null,
                null,
                hashes,
                cpe == null ? List.of() : List.of(cpe),
                VexReading.filled(node.text("group")),
                VexReading.filled(node.text("name")),
                VexReading.filled(node.text("version")),
                null);
        String ref = node.text("bom-ref");
        if (ref != null && byRef.putIfAbsent(ref, identity) != null) {
            reading.warn(node.line(), "the bom-ref " + VexReading.quoted(ref) + " stands twice; the first counts");
        }
        for (Node nested : node.items("components")) {
            component(nested);
        }
        return identity;
    }

    private void vulnerability(Node node, @Nullable Identity product, Source source, @Nullable Instant documentTime) {
        Node analysis = node.get("analysis");
        String state = analysis == null ? null : VexReading.filled(analysis.text("state"));
        if (analysis == null || state == null) {
            return;
        }
        int line = node.line();
        String id = VexReading.filled(node.text("id"));
        if (id == null) {
            reading.warn(line, "a vulnerability has no id and is left out");
            return;
        }
        Status status = status(state);
        if (status == null) {
            reading.warn(
                    line,
                    "the analysis of " + id + " has the state " + VexReading.quoted(state)
                            + ", which CycloneDX does not know, and is left out");
            return;
        }
        String told = VexReading.filled(analysis.text("justification"));
        String detail = VexReading.filled(analysis.text("detail"));
        Justification justification = null;
        if (status == Status.NOT_AFFECTED) {
            if ("protected_at_perimeter".equals(told) || "protected_by_mitigating_control".equals(told)) {
                status = Status.AFFECTED;
            } else if (told != null) {
                justification = Justification.ofCycloneDx(told);
            } else if (state.equals("false_positive")) {
                justification = Justification.COMPONENT_NOT_PRESENT;
            }
            if (status == Status.NOT_AFFECTED && justification == null && detail == null) {
                reading.warn(line, "the analysis of " + id + " says " + state + ", and gives no reason");
            }
        }
        reading.statements.add(new Statement(
                id,
                otherIds(node, id),
                status,
                justification,
                told,
                status == Status.AFFECTED ? null : detail,
                status == Status.AFFECTED ? action(node, analysis, told, detail) : null,
                products(node, product, id, status),
                severities(node),
                time(node, analysis, documentTime),
                source,
                line));
    }

    private static @Nullable Status status(String state) {
        return switch (state) {
            case "exploitable" -> Status.AFFECTED;
            case "not_affected", "false_positive" -> Status.NOT_AFFECTED;
            case "resolved", "resolved_with_pedigree" -> Status.FIXED;
            case "in_triage" -> Status.UNDER_INVESTIGATION;
            default -> null;
        };
    }

    private static List<String> otherIds(Node node, String id) {
        List<String> ids = new ArrayList<>();
        for (Node reference : node.items("references")) {
            String other = VexReading.filled(reference.text("id"));
            if (other != null && !other.equals(id) && !ids.contains(other)) {
                ids.add(other);
            }
        }
        return ids;
    }

    private static @Nullable String action(Node node, Node analysis, @Nullable String guard, @Nullable String detail) {
        StringBuilder words = new StringBuilder();
        if (guard != null) {
            words.append(guard.replace('_', ' '));
        }
        for (Node response : analysis.items("response")) {
            String word = response.text();
            if (word != null) {
                words.append(words.isEmpty() ? "" : ", ").append(word.replace('_', ' '));
            }
        }
        String what = VexReading.joined(words.isEmpty() ? null : words.toString(), detail);
        String more = VexReading.filled(node.text("recommendation"));
        more = more == null ? VexReading.filled(node.text("workaround")) : more;
        return what == null ? more : more == null ? what : what + " " + more;
    }

    private @Nullable Instant time(Node node, Node analysis, @Nullable Instant documentTime) {
        for (String told :
                new @Nullable String[] {analysis.text("lastUpdated"), analysis.text("firstIssued"), node.text("updated")
                }) {
            Instant time = reading.instant(told, node.line());
            if (time != null) {
                return time;
            }
        }
        return documentTime;
    }

    private List<Severity> severities(Node node) {
        List<Severity> severities = new ArrayList<>();
        for (Node rating : node.items("ratings")) {
            String vector = VexReading.filled(rating.text("vector"));
            String word = VexReading.filled(rating.text("severity"));
            String method = rating.text("method");
            Severity severity = null;
            if (vector != null && method != null && method.startsWith("CVSS")) {
                severity = reading.severity(prefix(vector, method) + vector, rating.line());
            }
            if (severity == null && word != null) {
                severity = Severity.ofWord(word);
            }
            if (severity != null) {
                severities.add(severity);
            }
        }
        return severities;
    }

    private static String prefix(String vector, String method) {
        return vector.startsWith("CVSS:")
                ? ""
                : switch (method) {
                    case "CVSSv3" -> "CVSS:3.0/";
                    case "CVSSv31" -> "CVSS:3.1/";
                    case "CVSSv4" -> "CVSS:4.0/";
                    default -> "";
                };
    }

    private List<Product> products(Node node, @Nullable Identity product, String id, Status status) {
        List<Product> products = new ArrayList<>();
        for (Node target : node.items("affects")) {
            String ref = VexReading.filled(target.text("ref"));
            if (ref == null) {
                reading.warn(target.line(), "an entry of affects of " + id + " has no ref and is left out");
                continue;
            }
            Identity thing = thing(ref, target.line());
            VersionSet versions = versions(target, status);
            if (thing == null
                    || (versions != null
                            && versions.exact().isEmpty()
                            && versions.ranges().isEmpty())) {
                continue;
            }
            boolean inside = product != null && !thing.equals(product) && thing.ref() == null && byRef.containsKey(ref);
            thing = versions == null ? thing : thing.with(versions);
            products.add(inside ? new Product(thing, List.of(product)) : Product.of(thing));
        }
        if (products.isEmpty()) {
            reading.warn(
                    node.line(), "the analysis of " + id + " names nothing that it affects, so it holds for nothing");
        }
        return products;
    }

    private @Nullable Identity thing(String ref, int line) {
        Identity known = byRef.get(ref);
        if (known != null) {
            return known;
        }
        if (ref.startsWith("urn:cdx:")) {
            int slash = ref.indexOf('/');
            int hash = ref.indexOf('#');
            if (slash < 0 || hash < slash) {
                reading.warn(
                        line,
                        "the BOM-Link " + VexReading.quoted(ref)
                                + " names no element, which is urn:cdx:serial/version#bom-ref; it is left out");
                return null;
            }
            String element = ref.substring(hash + 1);
            Purl purl = element.startsWith("pkg:") ? reading.purl(element, line) : null;
            Identity linked =
                    Identity.ofRef(purl == null ? decoded(element) : element, "urn:uuid:" + ref.substring(8, slash));
            return purl == null ? linked : linked.with(purl);
        }
        if (ref.startsWith("pkg:")) {
            Purl purl = reading.purl(ref, line);
            return purl == null ? null : Identity.ofPurl(purl);
        }
        return Identity.ofRef(ref, null);
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            return text;
        }
    }

    /// The versions for which the analysis speaks; null where all are meant. An analysis that clears a component speaks
    /// for all that are listed, one that does not for those that are not listed as unaffected.
    private @Nullable VersionSet versions(Node target, Status status) {
        List<Node> listed = target.items("versions");
        if (listed.isEmpty()) {
            return null;
        }
        List<String> exact = new ArrayList<>();
        List<String> ranges = new ArrayList<>();
        for (Node one : listed) {
            String word = one.text("status");
            String version = VexReading.filled(one.text("version"));
            String range = VexReading.filled(one.text("range"));
            boolean clears = status == Status.NOT_AFFECTED || status == Status.FIXED;
            if ("unknown".equals(word) ? clears : "unaffected".equals(word) && !clears) {
                continue;
            }
            if (version != null) {
                exact.add(version);
            } else if (range != null && VersRange.parse(range) != null) {
                ranges.add(range);
            } else {
                reading.warn(
                        one.line(),
                        "the versions " + VexReading.quoted(range == null ? "" : range)
                                + " are no range that could be understood; write vers:type/>=1.0|<2.0");
            }
        }
        return new VersionSet(exact, ranges);
    }
}
